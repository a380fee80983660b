"""What happened in this system is not rewritten by a file: differences are faults, and nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from reports.yearfile.faults import Fault
from reports.yearfile.rows import Ledger, M, bare, name_of, same, says


@dataclass
class Sealed(Ledger):
    """A ledger that compares. ``why`` ends each sentence, ``path`` is where in the file it stands."""

    why: str = ""
    path: str = ""

    def write(
        self,
        row: M | None,
        model: type[M],
        key: dict[str, Any],
        values: dict[str, Any],
        born: dict[str, Any] | None = None,
    ) -> M:
        if row is None:
            self.faults.append(Fault(self.path, f"Hệ thống không có mục này ({name_of(model)}). {self.why}"))
            return self.build(model, key | (born or {}), values)
        for name, value in values.items():
            self.set(row, name, value)
        return row

    def set(self, row: models.Model, name: str, value: Any) -> bool:
        if says(value) and not same(getattr(row, name), bare(value)):
            self.faults.append(Fault(f"{self.path}.{name}", f"Khác với hệ thống. {self.why}"))
        return False

    def save(self, row: models.Model, changed: Sequence[str]) -> None:
        return None

    def arrange(self, rows: Sequence[Any]) -> None:
        return None


def at(ledger: Ledger, path: str) -> Ledger:
    """The same ledger for what stands at ``path``."""
    return replace(ledger, path=path) if isinstance(ledger, Sealed) else ledger


def sealed(ledger: Ledger, path: str, why: str) -> Sealed:
    """A comparing ledger that tells its faults where ``ledger`` tells them."""
    return Sealed(faults=ledger.faults, why=why, path=path)
