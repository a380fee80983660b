"""Words of choice fields, looked up once per field: ``get_X_display`` builds its table at every call."""

from functools import cache
from typing import Any

from django.db.models import Model


@cache
def labels_of(model: type[Model], field: str) -> dict[Any, str]:
    """The choices of ``field`` as value → words."""
    choices = model._meta.get_field(field).flatchoices  # type: ignore[union-attr]
    return {value: str(label) for value, label in choices}


def label_of(obj: Model, field: str) -> str:
    """The words of ``obj``'s value in ``field``; the value itself where it has none."""
    value = getattr(obj, field)
    return labels_of(type(obj), field).get(value, str(value))
