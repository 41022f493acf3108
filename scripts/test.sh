#!/usr/bin/env bash
# Runs pytest, keeps the machine-readable result under var/, and leaves no process behind.
set -uo pipefail
cd "$(dirname "$0")/.."
results=${CCHC_TEST_RESULTS:-var/test}
mkdir -p "$results"
# Tests make homes of their own; an installation that happens to run here is none of their business.
unset CCHC_HOME CCHC_DATABASE_URL CCHC_STORAGE_URL CCHC_INBOX_URL CCHC_MAILBOX_URL CCHC_SMTP_URL
# Two workers and no more: each has a PostgreSQL of its own, and the timeouts of the services are for a machine at ease.
exec "${CCHC_VENV:-.venv}/bin/python" -m pytest -n 2 --dist loadgroup --no-loadscope-reorder --junitxml="$results/junit.xml" "$@" </dev/null
