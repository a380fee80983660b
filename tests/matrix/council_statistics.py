"""Biểu thống kê: the standing body's; the council's members and administrators see the council but not its office."""

from collections.abc import Iterator
from typing import Any

from tests.matrix.base import EVERYONE, STANDING, Row

SEATED = frozenset({"council_member", "observer", "administrator"})


def of_form(code: str, *more: Any) -> Any:
    return lambda scene: (scene.world.council.pk, code, *more)


def rows() -> Iterator[Row]:
    yield Row("council:statistics", STANDING, EVERYONE - STANDING)
    yield Row("council:statistics-form", STANDING, SEATED, of_form("0603"))
    yield Row("council:statistics-edit", STANDING, SEATED, of_form("0605"))
    yield Row("council:statistics-rows", STANDING, SEATED, of_form("0603", 2026, "nam", "01", "1"))
    yield Row("reports:statistics-pdf", STANDING, SEATED, of_form("0603"))
    yield Row("reports:statistics-xlsx", STANDING, SEATED, of_form("0603"))
