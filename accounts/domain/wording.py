"""What an audit entry changed, in the words of the models: names of fields, labels of choices, numbers, days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from accounts.models import AuditEntry
from khoithidua.web.labels import labels_of
from khoithidua.web.numbers import plain_number
from khoithidua.web.templatetags.web import day, moment

# Keys of audit entries that are the name of no field.
FIELD_WORDS: dict[str, str] = {
    "state": "trạng thái",
    "source": "chép từ",
    "criteria": "số tiêu chí",
    "disqualification": "lý do không xét",
    "disqualified": "lý do không xét",
    "votes": "số phiếu của từng đơn vị",
    "observer": "thành viên Hội đồng theo dõi",
    "signatures": "chữ ký",
    "other_names": "tên gọi khác",
    "next_mode": "cách chọn trưởng khối năm sau",
    "next_head": "trưởng khối năm sau",
    "next_deputies": "phó khối năm sau",
    "items": "nội dung bàn giao",
}


@dataclass(frozen=True)
class ChangedRow:
    name: str
    before: str
    after: str


def changed_rows(entry: AuditEntry, obj: models.Model) -> list[ChangedRow]:
    """The fields that ``entry`` changed on ``obj``; what reads the same before and after is left out."""
    rows = []
    for key in sorted(entry.before.keys() | entry.after.keys()):
        prefix, _, name = key.rpartition(".")
        field = field_named(type(obj), name)
        before, after = shown(entry.before.get(key), field), shown(entry.after.get(key), field)
        if before != after:
            rows.append(
                ChangedRow(f"{prefix} – {words(name, field)}" if prefix and field else words(key, field), before, after)
            )
    return rows


def words(name: str, field: Any) -> str:
    return FIELD_WORDS.get(name) or str(field.verbose_name if field is not None else name)


def field_named(model: type[models.Model], name: str) -> Any:
    """The field of ``model``, or of the rows that belong to it: an entry of a sheet tells of its lines."""
    return next((field for owner in owners(model) for field in columns(owner) if field.name == name), None)


def owners(model: type[models.Model]) -> Iterator[type[models.Model]]:
    yield model
    for relation in model._meta.related_objects:
        yield relation.related_model  # type: ignore[misc]


def columns(model: type[models.Model]) -> Iterable[Any]:
    return model._meta.concrete_fields


def shown(value: Any, field: Any = None) -> str:
    """A value of an entry as people read it."""
    if value is None or value == "" or value == []:
        return "(trống)"
    if isinstance(value, list):
        return "; ".join(shown(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {shown(each)}" for key, each in value.items())
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int | float):
        return plain_number(Decimal(str(value)))
    return spoken(value, field)


def spoken(value: str, field: Any) -> str:
    """Text of an entry: the label of a choice, a number, a day; anything else as it is."""
    if field is not None and field.choices:
        return labels_of(field.model, field.name).get(value, value)
    try:
        if isinstance(field, models.DecimalField):
            return plain_number(Decimal(value))
        if isinstance(field, models.DateTimeField):
            return moment(datetime.fromisoformat(value))
        if isinstance(field, models.DateField):
            return day(date.fromisoformat(value))
    except (InvalidOperation, ValueError):
        return value
    return value
