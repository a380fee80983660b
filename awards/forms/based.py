"""Forms that remember what they were opened on, so that two people do not write over each other."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms

from awards.domain.conflicts import Base, Conflict, base_of


class BasedMixin:
    """Adds a hidden ``base``: the marks of the fields as the page showed them."""

    fields: dict[str, forms.Field]
    data: Any
    cleaned_data: dict[str, Any]
    add_error: Any

    def remember(self, row: Any, names: Iterable[str], more: Base | None = None) -> None:
        """Called once after construction, with the row that the page shows; ``more`` are marks beside its columns."""
        initial = json.dumps(base_of(row, names) | dict(more or {}), ensure_ascii=False)
        self.fields["base"] = forms.CharField(required=False, initial=initial, widget=forms.HiddenInput)

    def base(self) -> Base:
        """What the page was opened on; a field that it does not name is taken as it stands."""
        try:
            found = json.loads(self.data.get("base") or "{}")
        except (ValueError, RecursionError):
            return {}
        return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}

    def tell(self, conflict: Conflict) -> None:
        """Both values at each field; the person has been told, so saving again is a decision."""
        self.add_error(None, str(conflict))
        for each in conflict.differences:
            if each.name in self.fields:
                self.add_error(each.name, f"Bản đang lưu: «{each.saved}». Bản của bạn: «{each.typed}».")
        self.data["base"] = json.dumps(dict(self.base()) | dict(conflict.base), ensure_ascii=False)
