#!/usr/bin/env bash
# Runs the examples beside this, as the transcript examples.cli says, against plaats as `make install`
# puts it into a folder. Speaks TAP.
set -uo pipefail
examples=$(cd "$(dirname "$0")" && pwd)
export examples CC="${CC:-cc}" PYTHONDONTWRITEBYTECODE=1
exec "$examples/../cli/run.sh" "$examples/examples.cli"
