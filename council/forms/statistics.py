"""Figures of forms 0604 and 0605: a field for each cell, empty where nobody has counted."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django import forms

from awards.forms.based import BasedMixin
from council.domain.statistics.filling import Values
from council.domain.statistics.structure import Form, FormRow
from council.domain.statistics.typing_figures import cell_words, field_name, typed_cells
from khoithidua.web.forms import TidyForm

MOST = 100_000


class FiguresForm(BasedMixin, TidyForm):
    def __init__(self, data: Any = None, *, form: Form, saved: Values) -> None:
        self.of = form
        cells = typed_cells(form)
        vars(self)["base_fields"] = {name: self.field_for(name) for name in cells}
        known = {name: saved.get(cell) for name, cell in cells.items()}
        super().__init__(data, initial=known)
        self.remember(SimpleNamespace(**known), cells)

    def field_for(self, name: str) -> forms.Field:
        widget = forms.NumberInput(attrs={"inputmode": "numeric", "aria-label": cell_words(self.of, name)})
        return forms.IntegerField(
            label=cell_words(self.of, name), required=False, min_value=0, max_value=MOST, widget=widget
        )

    def values(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] for name in typed_cells(self.of)}

    def lines(self) -> Iterator[tuple[Any, list[Any]]]:
        """Lines of the form as it is typed: each with its fields, sections without, totals left out."""
        cells = typed_cells(self.of).values()
        for line in self.of.lines:
            fields = [self[field_name(line.code, key)] for key in self.of.by_key if (line.code, key) in cells]
            if fields or not isinstance(line, FormRow):
                yield line, fields
