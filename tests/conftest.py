"""Fixtures for every test. Rows are real; nothing of ours is mocked."""

import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.core.management.commands import flush

from accounts.domain.append_only import execute, removals, statements
from tests.world import World, build_world

# A migration's name begins with a number, which an import statement does not take.
final = import_module("council.migrations.0002_issued_decisions_are_final")
DECISION, LINE = final.DECISION, final.LINE

# Playwright runs an event loop in the test's thread; Django must not mistake that for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

APPEND_ONLY: dict[str, dict[str, Any]] = {
    "accounts_auditentry": {},
    "accounts_auditchain": {"refuse": ("DELETE",)},
    "reports_issueddocument": {"when": "OLD.file <> ''"},
    "awards_dossierversion": {},
    "council_decision": DECISION,
    "council_decisionline": LINE,
    "scoring_lockedstanding": {
        "columns": ("id", "bloc_year_id", "version", "locked_at", "locked_by_id", "content", "sha256")
    },
}
# What the migrations sow stays: sowing it anew after each test that commits would take longer than the test.
SOWN = frozenset(
    f"awards_{name}"
    for name in (
        *("awardform", "awardalias", "awardperiod", "rewardcoefficient", "basesalary", "requiredpaper"),
        *("ruleentry", "holiday"),
    )
)


@pytest.fixture(autouse=True)
def _private_files(settings: Any, tmp_path: Any) -> None:
    """Uploads and issued papers of a test live in its own folder; passwords hash fast."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "base_url": None},
        }
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers() -> Iterator[None]:
    """Tests that commit are cleaned by ``flush``, which append-only tables would refuse."""
    original = flush.Command.handle

    def handle(self: Any, **options: Any) -> None:
        from django.db import connection

        for table, refused in APPEND_ONLY.items():
            execute(removals(connection.vendor, table, **refused))
        named = connection.introspection.django_table_names
        connection.introspection.django_table_names = lambda *args, **kwargs: [
            table for table in named(*args, **kwargs) if table not in SOWN
        ]
        try:
            original(self, **options)
        finally:
            connection.introspection.django_table_names = named
            for table, refused in APPEND_ONLY.items():
                execute(statements(connection.vendor, table, **refused))

    flush.Command.handle = handle
    yield
    flush.Command.handle = original


@pytest.fixture(autouse=True, scope="session")
def _no_stray_sessions(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A server thread that a browser still holds open would keep PostgreSQL from dropping the test database."""
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def world(db: None) -> World:
    return build_world()
