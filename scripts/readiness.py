"""What the database still needs before serving: ``migrations``, ``demo`` or ``nothing``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - Django is set up first
from django.db import connection  # noqa: E402 - Django is set up first
from django.db.migrations.executor import MigrationExecutor  # noqa: E402 - Django is set up first


def needs() -> str:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "migrations"
    # Only a database without people gets the demo: what somebody changed since stays changed.
    return "nothing" if get_user_model().objects.exists() else "demo"


sys.stdout.write(needs())
