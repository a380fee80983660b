"""Figures and tables of an agency's report as they are typed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from khoithidua.web.forms import TidyForm
from khoithidua.web.numbers import parse_people_number
from khoithidua.web.text import without_controls
from reports.domain.asked import LONGEST_CELL, MOST_ROWS, AskedFigure, AskedTable, Entry
from reports.enums import FigureUnit

COUNTED = (FigureUnit.WHOLE, FigureUnit.MONEY)
BLANK_ROWS = 2  # under the rows that are there; saving brings the next two


class FigureForm(TidyForm):
    """One figure of the outline: blank means not known, never zero."""

    value = forms.DecimalField(required=False, max_digits=20, decimal_places=4)
    note = forms.CharField(required=False, max_length=300)
    version = forms.IntegerField(min_value=0)

    def __init__(self, data: Any = None, *, asked: AskedFigure) -> None:
        initial = {"value": asked.shown, "note": asked.note, "version": asked.version}
        super().__init__(data, prefix=f"so-{asked.figure.pk}", initial=initial)
        self.asked = asked

    def clean_value(self) -> Decimal | None:
        value: Decimal | None = self.cleaned_data["value"]
        kind = self.asked.figure.kind
        if value is not None and kind in COUNTED and value != value.to_integral_value():
            raise ValidationError("Chỉ tiêu này là số nguyên. Hãy ghi một số không có phần thập phân, ví dụ 12.")
        if value is not None and kind in COUNTED and value < 0:
            raise ValidationError("Chỉ tiêu này không nhận số âm. Hãy kiểm tra lại.")
        return value

    def renew(self, version: int) -> None:
        """From now on the form knows ``version``: sent again, its value replaces that one."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("version")] = str(version)
        self.data = data

    @property
    def entry(self) -> Entry:
        cleaned = self.cleaned_data
        return Entry(self.asked.figure.pk, cleaned["value"], cleaned["note"], cleaned["version"])


class TableForm:
    """The rows of one table as typed: cells "o-<row>-<column>", rows struck out by "xoa-<row>"."""

    def __init__(self, asked: AskedTable, data: QueryDict | None = None) -> None:
        self.asked = asked
        self.data = data
        self.error = ""
        self.seen = asked.seen if data is None else data.get("seen", "")
        self.rows = self.drawn(asked.rows) if data is None else self.read(data)

    def drawn(self, rows: list[list[str]]) -> list[list[str]]:
        blank = min(BLANK_ROWS, max(0, MOST_ROWS - len(rows)))
        return [*rows, *([""] * len(self.asked.columns) for _ in range(blank))]

    def read(self, data: QueryDict) -> list[list[str]]:
        """Rows in their order, one of blanks where a number is left out; what comes after the most rows is refused."""
        columns = range(len(self.asked.columns))
        count = data.get("so-dong", "0")
        number = min(int(count), MOST_ROWS + 1) if count.isdecimal() and len(count) < 6 else 0
        rows = [
            [" ".join(without_controls(data.get(f"o-{row}-{column}", "")).split()) for column in columns]
            for row in range(number)
            if f"xoa-{row}" not in data
        ]
        if sum(1 for row in rows if any(row)) > MOST_ROWS:
            self.error = f"Bảng này nhận tối đa {MOST_ROWS} dòng. Hãy gộp bớt rồi lưu lại."
        return rows

    def is_valid(self) -> bool:
        self.error = self.error or next((wrong for row in self.rows if (wrong := self.fault(row))), "")
        return not self.error

    def fault(self, row: list[str]) -> str:
        for cell, column in zip(row, self.asked.columns, strict=True):
            if len(cell) > LONGEST_CELL:
                return f"Ô «{cell[:30]}…» dài quá {LONGEST_CELL} ký tự. Hãy viết gọn lại."
            if column.get("kind") == "number":
                try:
                    parse_people_number(cell)
                except ValueError as refusal:
                    return f"Cột «{column['label']}»: {refusal}"
        return ""

    @property
    def lines(self) -> list[list[dict[str, str]]]:
        """Cells with what their inputs need."""
        return [
            [
                {
                    "name": f"o-{number}-{place}",
                    "value": value,
                    "label": f"{column['label']}, dòng {number + 1}",
                    "kind": column.get("kind", "text"),
                }
                for place, (value, column) in enumerate(zip(row, self.asked.columns, strict=True))
            ]
            for number, row in enumerate(self.rows)
        ]


class ReturnForm(TidyForm):
    """Why a report goes back: of the whole, and of each section."""

    reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, sections: list[tuple[str, str]]) -> None:
        super().__init__(data)
        for key, title in sections:
            self.fields[f"muc-{key}"] = forms.CharField(
                label=title, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.fields["reason"].label = "Lý do chung (không bắt buộc khi đã ghi ở từng mục)"

    @property
    def remarks(self) -> dict[str, str]:
        cleaned = self.cleaned_data.items()
        return {name.removeprefix("muc-"): text for name, text in cleaned if name.startswith("muc-")}
