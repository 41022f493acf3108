#!/usr/bin/env bash
# Run once by the PostgreSQL image on an empty volume: the warehouse is a database of its own with an owner of its own,
# so that what reads reports cannot read Airflow's connections.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set password="$CCHC_DB_PASSWORD" <<'SQL'
CREATE ROLE cchc LOGIN PASSWORD :'password';
CREATE DATABASE cchc OWNER cchc TEMPLATE template0 ENCODING 'UTF8';
REVOKE CONNECT ON DATABASE airflow FROM PUBLIC;
REVOKE CONNECT ON DATABASE cchc FROM PUBLIC;
SQL
