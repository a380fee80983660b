"""The data of a paper as JSON, to be attached to its issued PDF: what was collected, before it became sentences."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

FILE_NAME = "du-lieu.json"
DESCRIPTION = "Số liệu của văn bản, dạng JSON"
FORM = 1  # grows when the shape of the file's head changes


def paper_data(kind: str, title: str, facts: Any, issue: Any = None, *, without: frozenset[str] = frozenset()) -> bytes:
    """``facts`` (a frozen dataclass) and how the paper was issued, as JSON in UTF-8. Equal facts give equal bytes.

    Decimals are strings, so that none is rounded; days and times as ISO 8601; what is not known is null.
    ``without``: fields that the paper itself does not show to its readers, at any depth.
    """
    content: dict[str, Any] = {"form": FORM, "kind": kind, "title": title}
    if issue is not None:
        content["issued"] = plain(issue, without)
    content["facts"] = plain(facts, without)
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def plain(value: Any, without: frozenset[str] = frozenset()) -> Any:
    """``value`` as JSON knows it. Raises TypeError for what it has no form for."""
    if is_dataclass(value):
        names = (each.name for each in fields(value) if each.name not in without)
        return {name: plain(getattr(value, name), without) for name in names}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each, without) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each, without) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(each, without) for each in value)
    return single(value)


def single(value: Any) -> str | int | bool | None:
    """One value that holds no others."""
    if isinstance(value, Enum):
        return single(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in a paper's data")
