#!/usr/bin/env bash
# System packages that some tests need: a browser, LibreOffice, a PDF reader, fonts, a mail server.
#
# On Debian as root the absent ones are installed; elsewhere they are named, and only the tests that use them are left out.
set -euo pipefail

packages=(chromium libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils
          fonts-liberation fonts-noto-core fonts-dejavu-core curl dovecot-imapd)

absent_packages() {
    local package
    for package in "${packages[@]}"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done
}

absent_programs() {
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || echo "chromium (browser tests)"
    command -v soffice >/dev/null || echo "libreoffice (tests of printed pages)"
    command -v pdftoppm >/dev/null || echo "poppler-utils (tests of printed pages)"
    PATH="$PATH:/usr/sbin" command -v dovecot >/dev/null || echo "dovecot-imapd (tests of the mailbox)"
}

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    mapfile -t missing < <(absent_packages)
    if [ "${#missing[@]}" -gt 0 ]; then
        printf '\033[1m==>\033[0m system packages: %s\n' "${missing[*]}"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq </dev/null
        apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
    fi
else
    missing=$(absent_programs)
    if [ -n "$missing" ]; then
        printf 'Not installed here; the tests that need it are left out and counted as skipped:\n%s\n' "$missing"
    fi
fi
