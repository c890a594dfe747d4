#!/bin/sh
# Sees to what the tests need and pip does not bring: a browser, LibreOffice, Node for the proxy of
# a room and, on Linux, strace.
# What is installed is used; else Debian's packages are; else it ends with a sentence.
set -eu
python=${PYTHON:-python3}

packages() {
    command -v apt-get >/dev/null 2>&1 || return 1
    root=
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 1
        root="sudo -n"
    fi
    echo "Installing $* from Debian's packages."
    [ -n "${refreshed:-}" ] || $root apt-get update -qq || return 1
    refreshed=yes
    $root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

browser() { "$python" tests/browsers.py >/dev/null 2>&1; }
office() { command -v soffice >/dev/null 2>&1 || [ -x /Applications/LibreOffice.app/Contents/MacOS/soffice ]; }

need() {
    echo "The tests need $1, and it is not here. Install it, then run this again." >&2
    exit 1
}

browser || packages chromium || true
browser || "$python" -m playwright install chromium || true
browser || need "Chrome or Chromium"

office || packages libreoffice-calc-nogui || packages libreoffice-calc || true
office || need "LibreOffice Calc"

# Reads the printed agreement back.
command -v pdftotext >/dev/null 2>&1 || packages poppler-utils || true
command -v pdftotext >/dev/null 2>&1 || need "pdftotext (poppler)"

# The proxy of a room runs on Node.
has_node() { command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; }
has_node || packages nodejs npm || true
has_node || need "Node with npm"
sh deploy/proxy/get.sh "$(dirname "$(dirname "$python")")" || need "the proxy of a room"

if [ "$(uname -s)" = Linux ]; then
    command -v strace >/dev/null 2>&1 || packages strace || true
    command -v strace >/dev/null 2>&1 || need strace
fi
