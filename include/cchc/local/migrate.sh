#!/usr/bin/env bash
# The one-shot service: both databases to the present version, the pool, the first administrator; then it exits.
set -euo pipefail
airflow db migrate
python -m cchc.cli db upgrade
airflow pools get warehouse >/dev/null 2>&1 \
    || airflow pools set warehouse 2 "Số việc được đọc và ghi kho dữ liệu cùng lúc"
airflow users create --role Admin --username "$AIRFLOW_ADMIN_USER" --password "$AIRFLOW_ADMIN_PASSWORD" \
    --firstname "Quản" --lastname "trị" --email "$AIRFLOW_ADMIN_USER@localhost"
# Without it the menu of those two roles lacks the portal: Airflow lists what plugins add only to who may read them.
airflow roles add-perms Viewer User -r Plugins -a can_read
