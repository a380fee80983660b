"""What people type while they check, appraise and explain: a few cells on each line of a page.

A line carries what it showed (``seen``), so that only what somebody really changed is written:
a line that a colleague filled in meanwhile and that nobody touched here is left alone.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from khoithidua.web.forms import TidyForm, tune
from khoithidua.web.numbers import parse_people_number, plain_number
from khoithidua.web.text import without_controls
from scoring.domain.appraising import AppraisedLine
from scoring.domain.cross_checking import CheckedLine
from scoring.domain.dealing import DealtSheet
from scoring.domain.explaining import Disputed
from scoring.models import Evidence, ScoreLine

Cells = Mapping[str, Any]
POINTS = ("points", "appraised_points")


def written(value: Any) -> str:
    """A stored cell as its input shows it, with plain line ends."""
    if value is None:
        return ""
    return plain_number(value) if not isinstance(value, bool | str) else clean(str(value))


def clean(text: str) -> str:
    return without_controls(text).replace("\r\n", "\n").strip()


def seen(cells: Cells) -> str:
    """A short mark of what a line showed."""
    shown = "\x1f".join(f"{name}={written(value)}" for name, value in cells.items())
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class TypedLine:
    """What was posted for one line: the texts, the cells that somebody changed, what cannot be read."""

    texts: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""
    version: int = 0

    @property
    def is_touched(self) -> bool:
        return bool(self.changed or self.fault)


UNTOUCHED = TypedLine()


def read_line(data: Mapping[str, str], prefix: str, stored: Cells) -> TypedLine:
    """The cells named in ``stored`` as posted under ``prefix``; UNTOUCHED where the page did not draw the line."""
    if prefix not in data:
        return UNTOUCHED
    texts: dict[str, str] = {}
    values: dict[str, Any] = {}
    fault = ""
    for name in stored:
        texts[name] = typed_text(data, prefix, name)
        try:
            values[name] = parsed(name, texts[name])
        except ValueError as refusal:
            fault = f"{fault} {refusal}".strip()
    version = str(data.get(f"{prefix}-version", ""))
    number = int(version) if version.isdecimal() and len(version) < 10 else -1
    if not fault and seen(values) == data[prefix]:
        return TypedLine(texts, version=number)
    changed = {name: value for name, value in values.items() if written(value) != written(stored[name])}
    return TypedLine(texts, changed, fault, number)


def typed_text(data: Mapping[str, str], prefix: str, name: str) -> str:
    if name == "assigned":
        return "" if f"{prefix}-not-assigned" in data else "1"
    return clean(str(data.get(f"{prefix}-{name}", "")))


def parsed(name: str, text: str) -> Any:
    """The value of one cell; ValueError with a sentence when it is no number."""
    if name == "assigned":
        return bool(text)
    return parse_people_number(text) if name in POINTS else text


@dataclass(frozen=True)
class Attempt:
    """What came of a posted page, by line: what was typed, sentences, and the status to answer with."""

    typed: Mapping[Any, TypedLine] = field(default_factory=dict)
    faults: Mapping[Any, str] = field(default_factory=dict)
    status: int = 200


FRESH = Attempt()


@dataclass(frozen=True)
class LineRow:
    """One line of a page: its object, what its inputs hold, what is wrong with it."""

    of: Any
    prefix: str
    cells: Mapping[str, str]
    seen: str
    version: int = 0
    fault: str = ""
    stored: ScoreLine | None = None
    evidence: Sequence[Evidence] = ()


def row_of_line(
    of: Any, prefix: str, current: Cells, *, typed: TypedLine = UNTOUCHED, fault: str = "", **more: Any
) -> LineRow:
    """What was typed wins where somebody touched the line; the marks are those of what is stored now."""
    cells = {name: ("1" if value else "") if name == "assigned" else written(value) for name, value in current.items()}
    if typed.is_touched:
        cells |= typed.texts
    told = " ".join(part for part in (fault or typed.fault, stored_words(current, typed)) if part)
    return LineRow(of, prefix, cells, seen(current), fault=told if fault or typed.fault else "", **more)


def stored_words(stored: Cells, typed: TypedLine) -> str:
    """What is stored now in the cells that were typed over, for who saved second."""
    values = [written(stored[name]) or "(trống)" for name in typed.changed if name in stored and name != "assigned"]
    return f"Bản đang lưu: {'; '.join(values)}." if values else ""


def check_cells(line: CheckedLine) -> Cells:
    return {"points": line.points, "reason": line.reason}


def appraisal_cells(line: AppraisedLine, stored: ScoreLine | None) -> Cells:
    row = stored or ScoreLine()
    return {
        "assigned": row.assigned,
        "appraised_points": row.appraised_points,
        "appraisal_reason": row.appraisal_reason,
    }


def answer_cells(line: Disputed) -> Cells:
    return {"answer": line.line.answer}


class DealForm(TidyForm):
    """A draw: how many check each sheet, until when, why what is under way is replaced."""

    per_sheet = forms.IntegerField(label="Số đơn vị chấm mỗi phiếu", min_value=1, max_value=50, initial=1)
    due = forms.DateField(label="Hạn chấm chéo", required=False)
    reason = forms.CharField(
        label="Lý do phân công lại",
        required=False,
        max_length=500,
        help_text="Chỉ cần khi thay các lượt chưa chấm xong.",
    )


class HandDealForm(TidyForm):
    """A few selects for each sheet, and when the checks are due."""

    due = forms.DateField(label="Hạn chấm chéo", required=False)
    reason = forms.CharField(
        label="Lý do phân công lại",
        required=False,
        max_length=500,
        help_text="Chỉ cần khi bỏ các lượt chưa chấm xong.",
    )

    def __init__(
        self, *args: Any, sheets: Iterable[DealtSheet], members: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        self.sheets = [each for each in sheets if each.is_open]
        super().__init__(*args, **kwargs)
        places = max([3, *(len(each.checks) for each in self.sheets)])
        for each in self.sheets:
            choices = [("", "– Không –"), *((code, name) for code, name in members if code != each.sheet.agency.code)]
            for place in range(min(places, len(choices) - 1)):
                field = self.fields[f"s{each.sheet.pk}-{place}"] = forms.ChoiceField(
                    label=f"{each.sheet.agency.label}: đơn vị chấm {place + 1}",
                    choices=choices,
                    required=False,
                    initial=each.checks[place].checker.code if place < len(each.checks) else "",
                    widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
                )
                tune(field)

    @property
    def rows(self) -> list[tuple[DealtSheet, list[forms.BoundField]]]:
        """Each sheet with its selects."""
        return [
            (each, [self[name] for name in self.fields if name.startswith(f"s{each.sheet.pk}-")])
            for each in self.sheets
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for each in self.sheets:
            codes = self.codes_of(each, cleaned)
            if len(set(codes)) < len(codes):
                name = each.sheet.agency.label
                raise ValidationError(
                    f"Phiếu của {name} có một đơn vị được chọn hai lần. Hãy chọn các đơn vị khác nhau."
                )
        return cleaned

    @property
    def wanted(self) -> dict[int, list[str]]:
        """Sheet id → agency codes, of the sheets whose choice differs from what stands."""
        return {
            each.sheet.pk: codes
            for each in self.sheets
            if sorted(codes := self.codes_of(each, self.cleaned_data))
            != sorted(check.checker.code for check in each.checks)
        }

    def codes_of(self, each: DealtSheet, cleaned: Mapping[str, Any]) -> list[str]:
        prefix = f"s{each.sheet.pk}-"
        return [code for name, code in cleaned.items() if name.startswith(prefix) and code]
