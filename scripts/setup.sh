#!/usr/bin/env bash
# Makes the virtual environment: scripts/setup.sh runtime|dev
#
# Repeatable: a stamp remembers the hash of the requirements that were installed, so the second time takes no time.
# "dev" holds all of "runtime", so an environment for tests also serves the demonstration and is not taken apart for it.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:?runtime or dev}
venv=${CCHC_VENV:-.venv}

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
die() { printf 'set-up: %s\n' "$*" >&2; exit 1; }

find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    die "Python 3.11 or newer is needed; found: $(python3 --version 2>&1 || echo none). Set PYTHON=/path/to/python3."
}

digest() { cat "requirements/$1.txt" requirements/setup.txt pyproject.toml scripts/setup.sh | git hash-object --stdin; }

installed() { [ -x "$venv/bin/python" ] && [ "$(cat "$venv/.cchc-$1" 2>/dev/null)" = "$(digest "$1")" ]; }

# What was made for tests stays made for tests, also when the requirements have changed since.
[ -e "$venv/.cchc-dev" ] && kind=dev

if installed "$kind"; then
    exit 0
fi

if [ ! -x "$venv/bin/python" ]; then
    python=$(find_python)
    say "virtual environment in $venv with $($python --version)"
    "$python" -m venv "$venv" || die "python's venv module is missing (on Debian: apt-get install python3-venv)"
fi
# Emptied, not removed: half an installation must not pass for a whole one, nor be forgotten to have been for tests.
for stamp in "$venv"/.cchc-*; do [ -e "$stamp" ] && : >"$stamp"; done

say "installer (uv, pinned with hashes)"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt

say "packages of requirements/$kind.txt (the first time: a few hundred megabytes)"
export VIRTUAL_ENV=$PWD/$venv UV_HTTP_TIMEOUT=${UV_HTTP_TIMEOUT:-180}
case $venv in /*) export VIRTUAL_ENV=$venv ;; esac
# One sync over both files, for what set-up itself uses must not be swept away as foreign.
sync() { "$venv/bin/uv" pip sync --require-hashes "requirements/$kind.txt" requirements/setup.txt; }
if [ -t 2 ]; then sync; else sync 2> >(grep -v '^ [+~-] ' >&2); fi

say "this project, editable"
"$venv/bin/uv" pip install --quiet --no-deps --no-build-isolation --editable .
rm -f "$venv"/.cchc-*
digest "$kind" >"$venv/.cchc-$kind"
say "set-up done"
