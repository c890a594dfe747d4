#!/bin/sh
# Makes the virtual environment named, with a Python of 3.11 or newer, unless it is there.
set -eu
venv=$1

if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

# Some names lead nowhere (a version manager's, say), so each one is tried and not only found.
for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    if ! "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        lacking=$name
        continue
    fi
    exec "$name" -m venv --clear "$venv"
done

if [ -n "${lacking:-}" ]; then
    echo "$lacking is here, but it cannot make a virtual environment." >&2
    echo "On Debian and Ubuntu this mends it: sudo apt install python3-venv" >&2
else
    echo "Even Ground needs Python 3.11 or newer, and none was found." >&2
    echo "Install it from python.org or with your package manager, then run this again." >&2
fi
exit 1
