"""What people type about a criteria set."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from blocs.models import Agency, BlocYear
from khoithidua.web.forms import TidyForm, TidyModelForm, tune
from scoring.domain.criteria import appraised_by_of
from scoring.domain.grading import SANCTIONS
from scoring.domain.starting import EXAMPLE_1000, LAST_YEAR, SOURCES, latest_set_of
from scoring.domain.wording import TIE_BREAKS, tie_break_word
from scoring.enums import AppraisedBy, CriterionKind, Formula
from scoring.forms.options import fields_of, read_bands, read_levels, shown_options, stored_options
from scoring.models import CriteriaSet, Criterion

TIE_PLACES = 6
OWN_FIELDS = (
    *("parent", "code", "name", "kind", "max_points", "formula", "unit", "least", "most", "floor_percent"),
    *("appraised_by", "appraiser"),
)
OPTIONAL_FIELDS = {"formula", "levels", "per", "step", "surplus_cap", "surplus_total", "bands", "sanction", "bars"}
BARS = {
    "flag": "Gợi ý không xét Cờ thi đua",
    "flag,certificate": "Gợi ý không xét Cờ thi đua và Bằng khen, Giấy khen",
}


class StartForm(TidyForm):
    source = forms.ChoiceField(label="Bắt đầu từ", widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, bloc_year: BlocYear) -> None:
        offered = dict(SOURCES)
        if latest_set_of(bloc_year) is None:
            del offered[LAST_YEAR]
        super().__init__(data, initial={"source": LAST_YEAR if LAST_YEAR in offered else EXAMPLE_1000})
        self.fields["source"].choices = list(offered.items())  # type: ignore[attr-defined]


class CriteriaSetForm(TidyModelForm):
    """Scale, what an amendment is about, and the tie-breaks as a row of selects in their order."""

    class Meta:
        model = CriteriaSet
        fields = ["scale", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, data: Any = None, *, instance: CriteriaSet) -> None:
        super().__init__(data, instance=instance)
        if instance.version == 1:
            del self.fields["note"]
        chosen = [str(entry) for entry in instance.tie_break]
        choices = [("", "(không dùng)"), *tie_break_choices(instance, chosen).items()]
        self.places = [f"tie_{place}" for place in range(1, max(TIE_PLACES, len(chosen)) + 1)]
        for place, name in enumerate(self.places):
            field = forms.ChoiceField(
                label=f"Khi bằng điểm, căn cứ thứ {place + 1}",
                choices=choices,
                required=False,
                initial=chosen[place] if place < len(chosen) else "",
            )
            tune(field)
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        values["tie_break"] = []
        for name in self.places:
            entry = values.get(name)
            if entry and entry in values["tie_break"]:
                self.add_error(name, "Căn cứ này đã được chọn ở trên. Hãy chọn căn cứ khác hoặc bỏ trống.")
            elif entry:
                values["tie_break"].append(entry)
        return values

    def values(self) -> dict[str, Any]:
        """Arguments for ``change_set``."""
        return {name: self.cleaned_data[name] for name in ("scale", "note", "tie_break") if name in self.cleaned_data}


def tie_break_choices(criteria_set: CriteriaSet, chosen: list[str]) -> dict[str, str]:
    """What ties can be broken by: the four of the system, the root groups, and what stands already."""
    roots = criteria_set.criteria.filter(kind=CriterionKind.GROUP, parent=None)
    groups = {f"group:{root.code}": f"điểm nhóm {root.code}. {root.name[:60]}" for root in roots}
    return {entry: tie_break_word(entry) for entry in chosen} | TIE_BREAKS | groups


def option_number(label: str, least: Decimal, most: Decimal | None = None) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=8, decimal_places=2, min_value=least, max_value=most, required=False
    )


def figure(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=18, decimal_places=4, required=False)


# The form's parts that fold: each is open when something in it is filled in, or wrong.
SECTIONS = (
    ("Ai thẩm định", ("appraised_by", "appraiser")),
    ("Định lượng: công thức, đơn vị tính, khoảng giá trị", ("formula", "unit", "least", "most", "step")),
    ("Định lượng: thưởng khi vượt kế hoạch", ("surplus_cap", "surplus_total")),
    ("Chọn mức: các mức và điểm", ("levels",)),
    ("Tính theo số lần; trừ điểm chậm hạn", ("per", "bands")),
    ("Điểm trừ kéo theo: xếp loại, không xét khen thưởng", ("sanction", "bars")),
    ("Mức sàn, điều kiện, lời văn", ("floor_percent", "condition", "threshold", "stated_max")),
)
MAIN_FIELDS = ("parent", "code", "name", "kind", "max_points")


@dataclass(frozen=True)
class Section:
    title: str
    fields: tuple[forms.BoundField, ...]

    @property
    def is_open(self) -> bool:
        return any(field.errors or is_told(field) for field in self.fields)


def is_told(field: forms.BoundField) -> bool:
    """The field says something beside what an untouched form says."""
    return field.value() not in (None, "", field.field.initial)


class CriterionForm(TidyForm):
    parent = forms.ModelChoiceField(
        label="Thuộc nhóm", queryset=Criterion.objects.none(), required=False, empty_label="(cấp cao nhất)"
    )
    code = forms.CharField(label="Mã", max_length=40)
    name = forms.CharField(label="Tiêu chí", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label="Cách chấm", choices=CriterionKind.choices, initial=CriterionKind.JUDGED)
    max_points = forms.DecimalField(label="Điểm tối đa", max_digits=8, decimal_places=2, min_value=Decimal(0))
    formula = forms.ChoiceField(
        label="Công thức (chỉ với định lượng)", choices=[("", "—"), *Formula.choices], required=False
    )
    unit = forms.CharField(
        label="Đơn vị tính (với số liệu kế hoạch, thực hiện)",
        max_length=60,
        required=False,
        help_text="Ví dụ: %, mô hình, tỷ đồng. Với tỷ lệ, ghi % để hệ thống hỏi lại khi có đơn vị ghi 0,9 thay cho 90.",
    )
    least = figure("Giá trị nhỏ nhất hợp lý")
    most = figure("Giá trị lớn nhất hợp lý")
    floor_percent = forms.DecimalField(
        label="Mức sàn (%)",
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        required=False,
    )
    levels = forms.CharField(
        label="Các mức và điểm (chỉ với chọn mức)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một mức, ví dụ: A = 10. Mức làm mất điểm cả tiêu chí: C = 0, mất toàn tiêu chí.",
    )
    per = option_number("Điểm cho mỗi lần (chỉ với đếm số lượng, trừ dần, điểm thưởng, điểm trừ)", Decimal("0.01"))
    step = option_number("Bước làm tròn điểm (chỉ với công thức theo tỷ lệ đạt; bỏ trống là 0,25)", Decimal("0.01"))
    surplus_cap = option_number(
        "Mức thưởng tối đa khi vượt kế hoạch, % điểm của tiêu chí (chỉ với công thức vượt được thưởng; bỏ trống là 10)",
        Decimal(0),
        Decimal(100),
    )
    surplus_total = option_number(
        "Tổng điểm thưởng vượt kế hoạch của cả bảng (chỉ với công thức vượt được thưởng; bỏ trống là 20)", Decimal(0)
    )
    bands = forms.CharField(
        label="Tự động trừ điểm theo số ngày chậm (chỉ với điểm trừ)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một mức, số ngày tăng dần, ví dụ: từ 5 ngày = 5. Bỏ trống nếu điểm trừ được chấm tay.",
    )
    sanction = forms.ChoiceField(
        label="Khi bị trừ điểm thì xếp loại (chỉ với điểm trừ)",
        choices=[("", "(không ảnh hưởng)"), *((key, words.capitalize()) for key, words in SANCTIONS.items())],
        required=False,
    )
    bars = forms.ChoiceField(
        label="Khi bị trừ điểm thì khen thưởng (chỉ với điểm trừ)",
        choices=[("", "(không ảnh hưởng)"), *BARS.items()],
        required=False,
    )
    stated_max = option_number("Mức tối đa ghi trong lời văn (nếu văn bản ghi khác cột điểm)", Decimal(0))
    condition = forms.CharField(label="Điều kiện để được điểm (nếu có)", max_length=300, required=False)
    threshold = forms.CharField(label="Ngưỡng của điều kiện", max_length=200, required=False)
    appraised_by = forms.ChoiceField(
        label="Ai thẩm định", choices=AppraisedBy.choices, initial=AppraisedBy.SECRETARIAT, required=False
    )
    appraiser = forms.ModelChoiceField(
        label="Cơ quan thẩm định (khi chọn «Cơ quan chuyên môn»)",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="(không)",
    )

    def __init__(
        self, data: Any = None, *, criteria_set: CriteriaSet, criterion: Criterion | None = None, initial: Any = None
    ) -> None:
        self.kept = criterion.options if criterion else {}
        if criterion is not None:
            initial = {name: getattr(criterion, name) for name in OWN_FIELDS} | shown_options(criterion.options)
        super().__init__(data, initial=initial)
        groups = criteria_set.criteria.filter(kind=CriterionKind.GROUP)
        self.fields["parent"].queryset = groups.exclude(pk=criterion.pk) if criterion else groups  # type: ignore[attr-defined]
        agencies = Agency.objects.filter(council=criteria_set.bloc_year.bloc.council_id)
        self.fields["appraiser"].queryset = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Fields of other ways of scoring are passed over, whatever was typed there."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        counting = fields_of(values.get("kind", ""), values.get("formula") or "")
        for name in OPTIONAL_FIELDS - counting:
            self.errors.pop(name, None)
            values[name] = "" if name == "formula" else None
        for name, read in (("levels", read_levels), ("bands", read_bands)):
            try:
                values[name] = read(values.get(name) or "")
            except ValueError as fault:
                self.add_error(name, str(fault))
        self.check_range(values)
        self.check_appraiser(values)
        return values

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in MAIN_FIELDS]

    @property
    def sections(self) -> list[Section]:
        return [Section(title, tuple(self[name] for name in names)) for title, names in SECTIONS]

    def check_range(self, values: dict[str, Any]) -> None:
        least, most = values.get("least"), values.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", "Giá trị lớn nhất phải không nhỏ hơn giá trị nhỏ nhất.")

    def check_appraiser(self, values: dict[str, Any]) -> None:
        """A specialised agency appraises when, and only when, one is chosen."""
        appraiser = values.get("appraiser")
        by = values["appraised_by"] = values.get("appraised_by") or appraised_by_of(appraiser)
        if by == AppraisedBy.AGENCY and appraiser is None and "appraiser" not in self.errors:
            self.add_error("appraiser", "Hãy chọn cơ quan chuyên môn thẩm định tiêu chí này.")
        elif by != AppraisedBy.AGENCY and appraiser is not None:
            self.add_error("appraised_by", "Đã chọn cơ quan thẩm định: hãy chọn «Cơ quan chuyên môn», hoặc bỏ cơ quan.")

    def values(self) -> dict[str, Any]:
        """Arguments for the verbs of ``scoring.domain.criteria``."""
        own = {name: self.cleaned_data[name] for name in OWN_FIELDS}
        return own | {"options": stored_options(self.cleaned_data, self.kept)}
