# Every target does its own set-up; see scripts/. PORT= changes the port of `make run`.
# Paths are relative on purpose: the folder's name may hold spaces.

.PHONY: help run test lint bench lock
.DEFAULT_GOAL := help

help:
	@echo "make run    install what is missing, load the demo, serve on http://127.0.0.1:8000 (PORT=9000 changes it)"
	@echo "make test   the whole suite on SQLite, then on PostgreSQL when one answers"
	@echo "make lint   ruff, djlint, import-linter, mypy, missing migrations"
	@echo "make bench  the benchmarks, with ratios"
	@echo "make lock   lock the requirements again (UPGRADE=1 takes newer versions)"

run:
	@./scripts/run.sh

test:
	@./scripts/setup.sh test
	@./scripts/test.sh

lint:
	@./scripts/setup.sh lint
	@./scripts/lint.sh

bench:
	@./scripts/setup.sh test
	@.venv/bin/python -m bench

lock:
	@./scripts/setup.sh lint
	@./scripts/lock.sh
