"""Many rows written at once: one prepared statement for all of them."""

from collections.abc import Sequence
from typing import Any

from django.db import connections as known
from django.db import models, router, transaction


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write ``fields`` of ``rows``, all of one model and saved before: as ``bulk_update``, values only, no signals.

    ``bulk_update`` builds a CASE with a branch for each row and field: seven seconds for a thousand rows of seven
    fields, of which the database needs less than a tenth. The statement is prepared once and sent with all values.
    """
    if not rows:
        return
    model = type(rows[0])
    meta: Any = model._meta
    if any(row._meta.concrete_model is not meta.concrete_model or row.pk is None for row in rows):
        raise ValueError("update_rows takes saved rows of one model.")
    alias = router.db_for_write(model, instance=rows[0])
    connection = known[alias]
    written: list[Any] = [meta.get_field(name) for name in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in written)
    statement = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608
    values = [
        [
            *(field.get_db_prep_save(field.pre_save(row, False), connection=connection) for field in written),
            meta.pk.get_db_prep_value(row.pk, connection),
        ]
        for row in rows
    ]
    with transaction.atomic(using=alias, savepoint=False), connection.cursor() as cursor:
        cursor.executemany(statement, values)
