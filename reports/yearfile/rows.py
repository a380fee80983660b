"""Writing rows from a file: only what differs, and a count of what was done."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from khoithidua.web.fields import DerivedKeyField
from khoithidua.web.text import tidy
from reports.yearfile.faults import Fault

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Exactly:
    """A value that is written even when it is empty."""

    value: Any


@dataclass
class Ledger:
    """What an import did, and what kept it from going on.

    A value that says nothing (None, "", an empty list) leaves a row as it is: what people entered
    stays. With ``replace`` it takes the column back to its default: the file is the whole truth.
    """

    replace: bool = False
    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.deleted)

    @property
    def count(self) -> int:
        """How many rows were touched so far."""
        return self.created.total() + self.updated.total() + self.deleted.total()

    def summary(self) -> dict[str, int]:
        """For the audit entry: "Thêm thành viên khối": 7."""
        verbs = (("Thêm", self.created), ("Sửa", self.updated), ("Xóa", self.deleted))
        return {f"{verb} {name}": count for verb, counts in verbs for name, count in sorted(counts.items())}

    def write(
        self,
        row: M | None,
        model: type[M],
        key: dict[str, Any],
        values: dict[str, Any],
        born: dict[str, Any] | None = None,
    ) -> M:
        """``row`` with ``values``, or a new row with ``key``, ``values`` and ``born`` (for new rows only)."""
        if row is None:
            row = self.build(model, key | (born or {}), values)
            row.save(force_insert=True)
            self.created[name_of(model)] += 1
            return row
        changed = [name for name, value in values.items() if self.set(row, name, value)]
        self.save(row, changed)
        return row

    def build(self, model: type[M], key: dict[str, Any], values: dict[str, Any]) -> M:
        """An unsaved row; columns that nothing is said of keep their defaults."""
        return model(**key, **{name: bare(value) for name, value in values.items() if says(value)})

    def set(self, row: models.Model, name: str, value: Any) -> bool:
        """Put ``value`` into the attribute ``name``; True when that changes it."""
        if not says(value):
            if not self.replace:
                return False
            value = default_of(type(row), name)
        value = bare(value)
        if same(getattr(row, name), value):
            return False
        setattr(row, name, value)
        return True

    def save(self, row: models.Model, changed: Sequence[str]) -> None:
        """Write the columns ``changed`` and those computed from them."""
        if not changed:
            return
        derived = [
            each.name for each in row._meta.fields if isinstance(each, DerivedKeyField) and each.source in changed
        ]
        row.save(update_fields=[*changed, *derived])
        self.updated[name_of(type(row))] += 1

    def drop(self, rows: Iterable[models.Model]) -> None:
        """Delete rows that the file does not name: only when replacing."""
        if not self.replace:
            return
        for row in list(rows):
            self.deleted[name_of(type(row))] += 1
            row.delete()

    def arrange(self, rows: Sequence[Any]) -> None:
        """Renumber ``rows`` when their positions do not give this order."""
        if [*rows] == sorted(rows, key=lambda row: (row.position, row.pk)):
            return
        for position, row in enumerate(rows):
            if self.set(row, "position", Exactly(position)):
                self.save(row, ["position"])


def name_of(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)


def says(value: Any) -> bool:
    return isinstance(value, Exactly) or value not in (None, "", [], ())


def bare(value: Any) -> Any:
    return value.value if isinstance(value, Exactly) else value


def default_of(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name).get_default()  # type: ignore[union-attr]


def same(old: Any, new: Any) -> bool:
    """Equal; in text, white space that is not a line's end never makes a difference."""
    if isinstance(old, str) and isinstance(new, str):
        return paragraphs(old) == paragraphs(new)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(same, old, new))
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
    return bool(old == new)


def paragraphs(text: str) -> list[str]:
    return [line for line in map(tidy, text.splitlines()) if line]


def queues(pairs: Iterable[tuple[Hashable, M]]) -> dict[Hashable, list[M]]:
    """Rows by key, in order: rows that nothing tells apart are matched one after the other."""
    found: dict[Hashable, list[M]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return found


def first_of(rows: dict[Hashable, list[M]], key: Hashable) -> M | None:
    queue = rows.get(key)
    return queue.pop(0) if queue else None
