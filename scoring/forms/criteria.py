"""What people type about a criteria set."""

from decimal import Decimal
from typing import Any

from django import forms

from blocs.models import Agency, BlocYear
from khoithidua.web.forms import TidyForm, TidyModelForm, tune
from scoring.domain.starting import EXAMPLE_1000, LAST_YEAR, SOURCES, latest_set_of
from scoring.domain.wording import TIE_BREAKS, tie_break_word
from scoring.enums import CriterionKind, Formula
from scoring.forms.options import fields_of, read_bands, read_levels, shown_options, stored_options
from scoring.models import CriteriaSet, Criterion

TIE_PLACES = 6
OWN_FIELDS = ("parent", "code", "name", "kind", "max_points", "formula", "floor_percent", "appraiser")
OPTIONAL_FIELDS = {"formula", "levels", "per", "step", "surplus_cap", "surplus_total", "bands"}


class StartForm(TidyForm):
    source = forms.ChoiceField(label="Bắt đầu từ", widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, bloc_year: BlocYear) -> None:
        offered = dict(SOURCES)
        if latest_set_of(bloc_year) is None:
            del offered[LAST_YEAR]
        super().__init__(data, initial={"source": LAST_YEAR if LAST_YEAR in offered else EXAMPLE_1000})
        self.fields["source"].choices = list(offered.items())  # type: ignore[attr-defined]


class CriteriaSetForm(TidyModelForm):
    """Scale, and the tie-breaks as a row of selects in their order."""

    class Meta:
        model = CriteriaSet
        fields = ["scale"]

    def __init__(self, data: Any = None, *, instance: CriteriaSet) -> None:
        super().__init__(data, instance=instance)
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


def tie_break_choices(criteria_set: CriteriaSet, chosen: list[str]) -> dict[str, str]:
    """What ties can be broken by: the four of the system, the root groups, and what stands already."""
    roots = criteria_set.criteria.filter(kind=CriterionKind.GROUP, parent=None)
    groups = {f"group:{root.code}": f"điểm nhóm {root.code}. {root.name[:60]}" for root in roots}
    return {entry: tie_break_word(entry) for entry in chosen} | TIE_BREAKS | groups


def option_number(label: str, least: Decimal, most: Decimal | None = None) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=8, decimal_places=2, min_value=least, max_value=most, required=False
    )


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
    appraiser = forms.ModelChoiceField(
        label="Cơ quan thẩm định", queryset=Agency.objects.none(), required=False, empty_label="Thư ký khối"
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
        return values

    def values(self) -> dict[str, Any]:
        """Arguments for the verbs of ``scoring.domain.criteria``."""
        own = {name: self.cleaned_data[name] for name in OWN_FIELDS}
        return own | {"options": stored_options(self.cleaned_data, self.kept)}
