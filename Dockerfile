# The pipeline on the official Airflow image. The slim one: what it leaves out are providers nobody here uses, and all
# that is used is installed at the very versions, with the very hashes, that the tests ran with.
FROM apache/airflow:slim-3.3.2-python3.11

USER root
# LibreOffice makes the PDF of an edition; the fonts carry Vietnamese.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        curl libreoffice-calc-nogui libreoffice-writer-nogui fonts-liberation fonts-noto-core \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir -p /var/lib/cchc && chown airflow:0 /var/lib/cchc && chmod 0770 /var/lib/cchc
USER airflow

COPY --chown=airflow:0 requirements/runtime.txt /tmp/runtime.txt
RUN pip install --no-cache-dir --require-hashes -r /tmp/runtime.txt

COPY --chown=airflow:0 include /opt/airflow/include
COPY --chown=airflow:0 sql /opt/airflow/sql
COPY --chown=airflow:0 expectations /opt/airflow/expectations
COPY --chown=airflow:0 plugins /opt/airflow/plugins
COPY --chown=airflow:0 dags /opt/airflow/dags

ENV PYTHONPATH=/opt/airflow/include \
    CCHC_HOME=/var/lib/cchc \
    AIRFLOW__CORE__LOAD_EXAMPLES=False
# An image that cannot import what it is for is no image.
RUN python -c "import cchc.steps" \
    && printf '#!/bin/sh\nexec python -m cchc.cli "$@"\n' >/home/airflow/.local/bin/cchc \
    && chmod 0755 /home/airflow/.local/bin/cchc
