"""The page of managers and Nội vụ staff: who has sent, who has not, and the editions to download.

:func:`cchc.portal.app.create_app` makes the application; Airflow's API server mounts it (``plugins/cchc_portal.py``).
Static files of others: ``static/htmx.min.js`` is htmx.org 2.0.11, licence in ``static/htmx.LICENSE.txt``.
"""
