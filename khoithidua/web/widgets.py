"""Widgets for busy pages: Django renders a template for each option, which is most of a list page's time."""

from collections.abc import Container, Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class PlainSelect(forms.Select):
    """A select written in one go; a choice that holds choices is a group of them."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "form-select"} | (attrs or {}), choices)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(each) for each in self.format_value(value)}
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, attrs) | {"name": name}),
            written(self.choices, chosen),
        )


def written(choices: Iterable[Any], chosen: Container[str]) -> SafeString:
    rows = [
        format_html('<optgroup label="{}">{}</optgroup>', key, written(label, chosen))
        if isinstance(label, list | tuple)
        else format_html("<option{}>{}</option>", flatatt({"value": str(key), "selected": str(key) in chosen}), label)
        for key, label in choices
    ]
    return format_html_join("", "{}", ((row,) for row in rows))
