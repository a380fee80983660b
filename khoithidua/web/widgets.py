"""Widgets for busy pages: Django renders a template for each option, which is most of a list page's time."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class PlainSelect(forms.Select):
    """A select without groups, written in one go."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "form-select"} | (attrs or {}), choices)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(each) for each in self.format_value(value)}
        rows = [(flatatt({"value": str(key), "selected": str(key) in chosen}), label) for key, label in self.choices]
        options = format_html_join("", "<option{}>{}</option>", rows)
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, attrs) | {"name": name}), options
        )
