#!/usr/bin/env bash
# Locks requirements/*.in with hashes. UPGRADE=1 takes newer versions.
set -euo pipefail
cd "$(dirname "$0")/../requirements"

export CUSTOM_COMPILE_COMMAND="make lock"
for name in base dev; do
  ../.venv/bin/python -m piptools compile --quiet ${UPGRADE:+--upgrade} --generate-hashes --strip-extras --allow-unsafe \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file "$name.txt" "$name.in"
done
