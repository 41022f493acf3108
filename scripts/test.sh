#!/usr/bin/env bash
# Runs pytest, keeps the machine-readable result under var/, and leaves no process behind.
set -uo pipefail
cd "$(dirname "$0")/.."
results=${CCHC_TEST_RESULTS:-var/test}
mkdir -p "$results"
# Tests make homes of their own; an installation that happens to run here is none of their business.
unset CCHC_HOME CCHC_DATABASE_URL CCHC_STORAGE_URL CCHC_INBOX_URL CCHC_MAILBOX_URL CCHC_SMTP_URL
exec "${CCHC_VENV:-.venv}/bin/python" -m pytest --junitxml="$results/junit.xml" "$@" </dev/null
