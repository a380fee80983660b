"""Tables whose rows the database itself refuses to change or delete, on both engines."""

from collections.abc import Callable
from typing import Any

from django.db import connection

MESSAGE = "append-only table"


def statements(
    vendor: str,
    table: str,
    *,
    refuse: tuple[str, ...] = ("UPDATE", "DELETE"),
    columns: tuple[str, ...] = (),
    when: str = "",
) -> list[str]:
    """SQL that installs the refusing triggers of ``table`` for ``vendor`` (sqlite or postgresql).

    With ``columns`` an UPDATE is refused where it writes one of them, and free elsewhere. ``when`` is a condition on
    the row as it stands ("OLD.code IS NOT NULL"): other rows are free.
    """
    held = f"WHEN ({when}) " if when else ""
    written = [f"UPDATE OF {', '.join(columns)}" if columns and verb == "UPDATE" else verb for verb in refuse]
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {clause} ON {table} {held}"
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for verb, clause in zip(refuse, written, strict=True)
        ]
    verbs = " OR ".join(written)
    return [
        "CREATE OR REPLACE FUNCTION ktd_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE {verbs} ON {table} FOR EACH ROW {held}EXECUTE FUNCTION ktd_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ktd_refuse()",
    ]


def removals(
    vendor: str,
    table: str,
    *,
    refuse: tuple[str, ...] = ("UPDATE", "DELETE"),
    columns: tuple[str, ...] = (),
    when: str = "",
) -> list[str]:
    """SQL that takes the triggers away again, whatever ``columns`` and ``when``: to reverse a migration, for tests."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}" for verb in refuse]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
    ]


def installer(table: str, **kwargs: Any) -> Callable[[Any, Any], None]:
    """A RunPython function that makes ``table`` append-only."""

    def install(apps: Any, schema_editor: Any) -> None:
        for sql in statements(schema_editor.connection.vendor, table, **kwargs):
            schema_editor.execute(sql, params=None)

    return install


def remover(table: str, **kwargs: Any) -> Callable[[Any, Any], None]:
    """The reverse of ``installer``."""

    def remove(apps: Any, schema_editor: Any) -> None:
        for sql in removals(schema_editor.connection.vendor, table, **kwargs):
            schema_editor.execute(sql, params=None)

    return remove


def execute(lines: list[str]) -> None:
    """Run SQL lines on the default connection."""
    with connection.cursor() as cursor:
        for line in lines:
            cursor.execute(line)
