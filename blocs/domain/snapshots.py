"""What a row says, in words, for the audit trail."""

from collections.abc import Iterable
from typing import Any

from django.db import models


def snapshot(obj: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Field values as a reader of the history understands them: labels instead of codes."""
    return {name: spoken(obj, name) for name in names}


def spoken(obj: models.Model, name: str) -> Any:
    value = getattr(obj, name)
    if hasattr(obj, f"get_{name}_display"):
        return str(getattr(obj, f"get_{name}_display")())
    return str(value) if isinstance(value, models.Model) else value
