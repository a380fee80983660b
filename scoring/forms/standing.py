"""What people type about grounds of disqualification, ties and grades."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from khoithidua.web.forms import TidyForm, tune
from scoring.domain.disqualifying import LIMIT, READY, READY_GROUNDS
from scoring.domain.grading import MEASURES, POINTS
from scoring.domain.grading_checks import CAP_TIE_BREAKS
from scoring.domain.ranking import Row
from scoring.domain.wording import tie_break_word
from scoring.enums import CriterionKind
from scoring.models import CriteriaSet

BAND_ROWS = 6
CAP_PLACES = 3


class WomenForm(TidyForm):
    """Whether at least 70 % of the collective are women; unknown is not "no"."""

    CHOICES = {"": None, "co": True, "khong": False}
    women_70 = forms.ChoiceField(
        label="Tập thể có từ 70% là nữ (căn cứ phân hạng khi bằng điểm, Nghị định 152/2025/NĐ-CP, Điều 4 khoản 6)",
        choices=[("", "Chưa rõ"), ("co", "Có"), ("khong", "Không")],
        required=False,
    )

    def __init__(self, data: Any = None, *, value: bool | None) -> None:
        super().__init__(data, initial={"women_70": next(key for key, known in self.CHOICES.items() if known is value)})

    def value(self) -> bool | None:
        return self.CHOICES[self.cleaned_data["women_70"]]


class GroundForm(TidyForm):
    """A ready ground, changed or not, or one in one's own words."""

    ready = forms.ChoiceField(label="Chọn lý do có sẵn", required=False)
    reason = forms.CharField(
        label="Hoặc ghi lý do khác",
        max_length=LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Để trống nếu dùng nguyên văn lý do có sẵn. Nếu ghi ở đây thì lý do này được dùng.",
    )
    evidence = forms.CharField(
        label="Căn cứ, minh chứng",
        max_length=LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: số, ngày của quyết định kỷ luật hoặc kết luận.",
    )
    bars_certificates = forms.BooleanField(
        label="Không xét cả bằng khen, giấy khen",
        required=False,
        help_text="Nếu không đánh dấu, đơn vị chỉ không được đề nghị Cờ thi đua.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choices = [(ground.code, ground.text) for ground in READY_GROUNDS]
        self.fields["ready"].choices = [("", "– Chọn –"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = READY.get(values.get("ready") or "")
        if "reason" in values and not values["reason"]:
            if chosen is None:
                self.add_error("reason", "Hãy chọn một lý do có sẵn hoặc ghi lý do.")
            else:
                values["reason"] = chosen.text
        return values

    def values(self) -> dict[str, Any]:
        """Arguments for ``disqualify``."""
        return {name: self.cleaned_data[name] for name in ("reason", "evidence", "bars_certificates")}


class LiftForm(TidyForm):
    reason = forms.CharField(label="Lý do xét lại", max_length=LIMIT, widget=forms.Textarea(attrs={"rows": 2}))


class TieForm(TidyForm):
    """The order of units that share a rank: a place for each, and why."""

    def __init__(self, data: Any = None, *, tied: Sequence[Row]) -> None:
        super().__init__(data)
        self.ids = [row.standing.sheet_id for row in tied]
        for row in tied:
            field = forms.IntegerField(
                label=f"Thứ tự của {row.standing.agency.name}", min_value=1, max_value=len(self.ids)
            )
            tune(field)
            self.fields[f"place_{row.standing.sheet_id}"] = field
        reason = forms.CharField(
            label="Lý do, ai đã thống nhất",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Ghi rõ trưởng khối, phó khối nào đã thống nhất và căn cứ.",
        )
        tune(reason)
        self.fields["reason"] = reason

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        places = [values.get(f"place_{pk}") for pk in self.ids]
        if None not in places and sorted(places) != list(range(1, len(places) + 1)):  # type: ignore[type-var]
            self.add_error(None, f"Hãy ghi mỗi đơn vị một thứ tự khác nhau, từ 1 đến {len(places)}.")
        return values

    def order(self) -> list[int]:
        """Sheet ids, the best first."""
        return sorted(self.ids, key=lambda pk: self.cleaned_data[f"place_{pk}"])


class GradingForm(TidyForm):
    """The bands in rows, the best first; a row without a name is left out."""

    of = forms.ChoiceField(label="Xếp loại theo", choices=[*MEASURES.items()], initial=POINTS)
    percent = forms.DecimalField(
        label="Tối đa bao nhiêu % số đơn vị được xếp mức cao nhất",
        max_digits=5,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        required=False,
        help_text="Để trống nếu không giới hạn. Số đơn vị được làm tròn xuống; đơn vị vượt giới hạn xếp mức kế tiếp.",
    )

    def __init__(self, data: Any = None, *, criteria_set: CriteriaSet) -> None:
        super().__init__(data, initial=shown(criteria_set.grading))
        for at in range(1, BAND_ROWS + 1):
            self.add(f"name_{at}", forms.CharField(label=f"Tên mức {at}", max_length=60, required=False))
            self.add(f"from_{at}", figure(f"Mức {at}: từ", max_digits=8))
            self.add(f"floor_{at}", figure(f"Mức {at}: mỗi tiêu chí đạt ít nhất (%)", max_digits=5))
        groups = criteria_set.criteria.filter(kind=CriterionKind.GROUP, parent=None)
        entries = [*CAP_TIE_BREAKS, *(f"group:{group.code}" for group in groups)]
        choices = [("", "(không dùng)"), *((entry, tie_break_word(entry)) for entry in entries)]
        for at in range(1, CAP_PLACES + 1):
            label = f"Khi vượt giới hạn mà bằng điểm, ưu tiên thứ {at}"
            self.add(f"cap_{at}", forms.ChoiceField(label=label, choices=choices, required=False))

    def add(self, name: str, field: forms.Field) -> None:
        tune(field)
        if not isinstance(field, forms.ChoiceField):
            field.widget.attrs["class"] = "form-control"
        self.fields[name] = field

    def rows(self) -> list[list[Any]]:
        """The bound fields of each band, for the table of the page."""
        names = ("name", "from", "floor")
        return [[self[f"{name}_{at}"] for name in names] for at in range(1, BAND_ROWS + 1)]

    def rest(self) -> list[Any]:
        return [self["of"], self["percent"], *(self[f"cap_{at}"] for at in range(1, CAP_PLACES + 1))]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for at in range(1, BAND_ROWS + 1):
            typed = [name for name in ("from", "floor") if values.get(f"{name}_{at}") is not None]
            if typed and not values.get(f"name_{at}"):
                self.add_error(f"name_{at}", "Hãy ghi tên mức xếp loại.")
        return values

    def grading(self) -> dict[str, Any]:
        """What ``set_grading`` stores; empty when no band is named."""
        values = self.cleaned_data
        bands = [
            {"name": values[f"name_{at}"]}
            | {name: plain(values[f"{name}_{at}"]) for name in ("from", "floor") if values[f"{name}_{at}"] is not None}
            for at in range(1, BAND_ROWS + 1)
            if values[f"name_{at}"]
        ]
        if not bands:
            return {}
        grading: dict[str, Any] = {"of": values["of"], "bands": bands}
        if values["percent"] is not None:
            entries = [values[f"cap_{at}"] for at in range(1, CAP_PLACES + 1) if values[f"cap_{at}"]]
            cap = {"band": bands[0]["name"], "percent": plain(values["percent"])}
            grading["cap"] = cap | {"tie_break": list(dict.fromkeys(entries))}
        return grading


def figure(label: str, *, max_digits: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=max_digits, decimal_places=2, min_value=Decimal(0), required=False
    )


def plain(value: Decimal) -> int | float:
    """A number as JSON keeps it: at most two decimals, so nothing is lost."""
    return int(value) if value == value.to_integral_value() else float(value)


def shown(grading: Mapping[str, Any]) -> dict[str, Any]:
    """A stored grading as the form shows it."""
    cap = grading.get("cap") or {}
    initial: dict[str, Any] = {"of": grading.get("of", POINTS), "percent": cap.get("percent")}
    for at, band in enumerate(grading.get("bands") or [], start=1):
        initial |= {f"{name}_{at}": band.get(name) for name in ("name", "from", "floor")}
    return initial | {f"cap_{at}": entry for at, entry in enumerate(cap.get("tie_break") or [], start=1)}
