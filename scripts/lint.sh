#!/usr/bin/env bash
# Every static gate, each under its heading. All of them run, so that one call shows all faults.
set -uo pipefail
cd "$(dirname "$0")/.."

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
# Django starts for mypy and for the migrations: without touching anybody's database.
export KTD_VAR_DIR="$scratch" DATABASE_URL=sqlite://:memory:
unset KTD_PRODUCTION
failed=()
gate() {
  local title="$1"
  shift
  echo "== $title"
  "$@" || failed+=("$title")
}

gate "ruff check" .venv/bin/python -m ruff check .
gate "ruff format" .venv/bin/python -m ruff format --check .
gate "djlint lint" .venv/bin/python -m djlint templates --lint
gate "djlint format" .venv/bin/python -m djlint templates --check
gate "import-linter" .venv/bin/python -c 'from importlinter.cli import lint_imports_command as run; run()'
gate "mypy" .venv/bin/python -m mypy .
gate "missing migrations" .venv/bin/python manage.py makemigrations --check --dry-run

if [ "${#failed[@]}" -gt 0 ]; then
  printf 'Failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
echo "All gates passed."
