"""Columns of a row as the file writes and reads them: the model says which kind each one is."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from khoithidua.web.text import tidy
from reports.yearfile.emitting import told_moment
from reports.yearfile.rows import Exactly
from reports.yearfile.spots import BIG, SMALL, Fields, Spot, limit_of, tidy_lines


def read_columns(fields: Fields, model: type[models.Model], names: Iterable[str]) -> dict[str, Any]:
    """What the file says of these columns; None or "" where it says nothing, faults noted."""
    return {name: read_column(fields[name], model, name) for name in names}


def read_column(spot: Spot, model: type[models.Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    if isinstance(field, models.DateTimeField):
        return spot.moment()
    if isinstance(field, models.DateField):
        return spot.day()
    if isinstance(field, models.TimeField):
        return spot.clock()
    if isinstance(field, models.BooleanField):
        return spot.flag()
    if isinstance(field, models.IntegerField):
        found = spot.whole(high=SMALL if isinstance(field, models.PositiveSmallIntegerField) else BIG)
        return None if found is None else Exactly(found)
    if isinstance(field, models.TextField):
        return spot.optional_text(lines=True)
    if field.choices and spot.given:
        return read_choice(spot, [value for value, _ in field.flatchoices])
    return spot.optional_text(limit_of(model, name))


def read_choice(spot: Spot, values: list[str]) -> str:
    """One of the column's values; the one that means "not known" is left out of files."""
    told = spot.optional_text()
    if told and told not in values:
        spot.fault(f"«{told[:60]}» không hợp lệ. Chọn một trong: {', '.join(value for value in values if value)}.")
        return ""
    return told


def dump_columns(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The same columns for the file; empty ones are left out by ``held``, and so is what is False by default."""
    return {name: dump_column(row, name) for name in names}


def dump_column(row: models.Model, name: str) -> Any:
    value, field = getattr(row, name), row._meta.get_field(name)
    if isinstance(field, models.DateTimeField):
        return told_moment(value)
    if isinstance(field, models.BooleanField) and not field.null and value is False and field.default is False:
        return None
    if isinstance(field, models.TextField):
        return tidy_lines(value)
    return tidy(value) if isinstance(value, str) else value
