#!/usr/bin/env bash
# Makes the machine and .venv ready for a purpose: setup.sh run|lint|test.
# A second call only compares checksums, so it takes no noticeable time.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose="${1:-run}"
case "$purpose" in
  run) lists="requirements/base.txt" ;;
  lint | test) lists="requirements/base.txt requirements/dev.txt" ;;
  *) echo "Usage: setup.sh run|lint|test" >&2; exit 2 ;;
esac
./scripts/packages.sh "$purpose"

python="$(command -v python3.11 || command -v python3)"
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python 3.11 or newer is needed; $("$python" --version) was found." >&2
  exit 1
fi

# The folder is part of the stamp: a virtual environment does not survive being moved.
# shellcheck disable=SC2086 # a list of files
checksum="$({ pwd -P; cat $lists; } | sha256sum | cut -d ' ' -f 1)"
stamp=".venv/.installed-${lists##*/}"
[ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$checksum" ] && exit 0

if ! .venv/bin/python -m pip --version >/dev/null 2>&1 || [ "$(cat .venv/.folder 2>/dev/null)" != "$(pwd -P)" ]; then
  echo "Making .venv"
  "$python" -m venv --clear .venv
  pwd -P >.venv/.folder
fi
echo "Installing the locked packages of ${lists##* }"
.venv/bin/python -m pip install -qq --no-input --disable-pip-version-check --require-hashes -r "${lists##* }"
echo "$checksum" >"$stamp"
