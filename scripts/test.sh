#!/usr/bin/env bash
# The whole suite on SQLite, then on PostgreSQL when one answers at KTD_TEST_POSTGRES_URL.
# REQUIRE_POSTGRES=1 makes a missing server a failure. Nothing is written into the work tree.
set -euo pipefail
cd "$(dirname "$0")/.."

postgres="${KTD_TEST_POSTGRES_URL:-postgresql://postgres@127.0.0.1:5432/postgres}"
shown="$(sed -E 's#//[^@/]*@#//#' <<<"$postgres")" # without the password
# The suite decides its own settings; those of whoever runs it are left out.
while read -r name; do unset "$name"; done < <(compgen -e | grep '^KTD_' || true)

answers() { .venv/bin/python -c 'import psycopg2, sys; psycopg2.connect(sys.argv[1], connect_timeout=5)' "$postgres" 2>/dev/null; }
with_postgres=yes
if ! answers; then
  with_postgres=no
  if [ "${REQUIRE_POSTGRES:-0}" = 1 ]; then
    echo "No PostgreSQL answers at $shown, and REQUIRE_POSTGRES=1 demands one. Start it or set KTD_TEST_POSTGRES_URL." >&2
    exit 1
  fi
fi

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
export KTD_VAR_DIR="$scratch/var" HYPOTHESIS_STORAGE_DIRECTORY="$scratch/hypothesis" PYTHONDONTWRITEBYTECODE=1
suite() { .venv/bin/python -m pytest -n auto --maxprocesses 8 --dist worksteal --output "$scratch/browser" "$@"; }

status=0
echo "== SQLite"
DATABASE_URL="sqlite:///$scratch/suite.sqlite3" suite "$@" || status=$?
if [ "$with_postgres" = yes ]; then
  echo "== PostgreSQL at $shown"
  DATABASE_URL="$postgres" suite --create-db "$@" || status=$?
else
  echo "No PostgreSQL answers at $shown: the second run is left out." >&2
fi
exit "$status"
