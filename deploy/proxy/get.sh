#!/bin/sh
# Puts the proxy of a room beside the Python named, at the versions of package-lock.json.
# It needs Node and npm, and says so when they are not there.
set -eu
from=$(cd "$(dirname "$0")" && pwd)
into=$1/room

if [ -x "$into/node_modules/.bin/configurable-http-proxy" ] && cmp -s "$from/package-lock.json" "$into/package-lock.json"; then
    exit 0
fi
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo "A room needs Node and npm, and they are not here." >&2
    echo "On Debian and Ubuntu this mends it: sudo apt install nodejs npm" >&2
    exit 1
fi
mkdir -p "$into"
cp "$from/package.json" "$from/package-lock.json" "$into/"
(cd "$into" && npm ci --no-audit --no-fund --loglevel=error --no-update-notifier)
