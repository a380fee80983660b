#!/usr/bin/env bash
# Serves the product on this machine, with its worker for long tasks. The first time it
# also migrates and loads the demo. Ctrl-C stops everything.
set -euo pipefail
cd "$(dirname "$0")/.."

port="${PORT:-8000}"
if ! [[ "$port" =~ ^[0-9]{1,5}$ ]] || ((10#$port < 1 || 10#$port > 65535)); then
  echo "PORT must be a number from 1 to 65535, not '$port'." >&2
  exit 2
fi
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
if answers; then
  echo "Port $port is in use already. Stop what listens there, or choose another one: make run PORT=$((port == 65535 ? 8000 : port + 1))" >&2
  exit 1
fi

./scripts/setup.sh run
python=.venv/bin/python
export DJANGO_SETTINGS_MODULE=khoithidua.settings
accounts="${KTD_VAR_DIR:-var}/demo-accounts-$(printf %s "${DATABASE_URL:-}" | cksum | cut -d ' ' -f 1).txt"

needs="$("$python" scripts/readiness.py)"
if [ "$needs" = migrations ]; then
  echo "Preparing the database"
  "$python" manage.py migrate --noinput --verbosity 0
  needs="$("$python" scripts/readiness.py)"
fi
if [ "$needs" = demo ]; then
  echo "Loading the demo"
  mkdir -p "$(dirname "$accounts")"
  "$python" manage.py load_demo >"$accounts.new"
  mv "$accounts.new" "$accounts"
fi
[ ! -e "$accounts" ] || cat "$accounts"

stop() {
  trap - INT TERM HUP EXIT
  # shellcheck disable=SC2046 # a list of numbers
  kill -TERM $(jobs -p) 2>/dev/null || true
  wait
}
trap 'stop; exit 0' INT TERM HUP
trap stop EXIT

"$python" -m gunicorn khoithidua.wsgi --bind "127.0.0.1:$port" --preload --workers 2 --threads 4 --timeout 120 --graceful-timeout 5 \
  --log-level warning &
server=$!
until answers; do
  kill -0 "$server" 2>/dev/null || { echo "The server did not start; see the message above." >&2; exit 1; }
  sleep 0.1
done
echo "Serving on http://127.0.0.1:$port (Ctrl-C stops it)"
# After the server, so that both do not start at the same moment on a small machine.
"$python" manage.py db_worker --interval 2 &
wait -n
