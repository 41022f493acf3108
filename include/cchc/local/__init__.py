"""The installation on one machine: embedded PostgreSQL, Airflow's services, the demonstration.

Not a stage: it runs what is already composed, starts and stops processes, and imports no Airflow.
"""
