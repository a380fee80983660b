"""Columns computed from another column of the same row, written with it."""

from collections.abc import Callable
from typing import Any

from django.db import models

from khoithidua.web.text import person_sort_key, search_key, sort_key


class DerivedKeyField(models.CharField):  # type: ignore[type-arg]
    """A key computed by ``derive`` from the attribute ``source`` whenever the row is written."""

    derive: Callable[[str], str] = staticmethod(search_key)

    def __init__(self, *, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs |= {"max_length": kwargs.get("max_length", 1500), "editable": False, "default": ""}
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.derive(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class SearchKeyField(DerivedKeyField):
    """Accent-free form for searching."""


class SortKeyField(DerivedKeyField):
    """Vietnamese dictionary order for names of things."""

    derive = staticmethod(sort_key)


class PersonSortKeyField(DerivedKeyField):
    """Given name first, as Vietnamese lists of people are ordered."""

    derive = staticmethod(person_sort_key)
