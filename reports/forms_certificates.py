"""The form that certificates are printed by."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from accounts.domain.workflow import TransitionRefused
from awards.models import AwardForm
from council.domain.certificates.layouts import layouts_for, proposed
from council.domain.certificates.printing import FARTHEST, Printed, chosen_places
from council.models import CertificateLayout, Decision
from khoithidua.web.forms import TidyForm


class PrintForm(TidyForm):
    """Which names of a decision, on which form, moved by how much."""

    award = forms.ModelChoiceField(
        AwardForm.objects.none(), label="Danh hiệu, hình thức", required=False, empty_label="Tất cả"
    )
    layout = forms.ModelChoiceField(CertificateLayout.objects.none(), label="Mẫu bằng")
    places = forms.CharField(
        label="Số thứ tự trong quyết định",
        required=False,
        max_length=500,
        help_text="Ví dụ 1-20, 25. Để trống để in tất cả.",
    )
    dx = forms.DecimalField(
        label="Dịch ngang (mm)",
        min_value=-FARTHEST,
        max_value=FARTHEST,
        max_digits=5,
        decimal_places=2,
        initial=Decimal(0),
        help_text="Máy in lệch trái thì ghi số dương.",
    )
    dy = forms.DecimalField(
        label="Dịch dọc (mm)",
        min_value=-FARTHEST,
        max_value=FARTHEST,
        max_digits=5,
        decimal_places=2,
        initial=Decimal(0),
        help_text="Máy in lệch lên trên thì ghi số dương.",
    )
    anyway = forms.BooleanField(label="In cả bằng có chữ không vừa (chữ tràn ra ngoài khung)", required=False)

    def __init__(self, *args: Any, decision: Decision, lines: Sequence[Printed], places: str, **kwargs: Any) -> None:
        """Awards and layouts on offer are those of the decision; two queries."""
        super().__init__(*args, **kwargs)
        self.lines, self.chosen = lines, list[Printed]()
        awards = {each.line.award_id: each.line.award for each in lines}
        layouts = list(layouts_for(decision))
        first = min(awards.values(), key=lambda award: (award.position, award.pk), default=None)
        self.proposed = proposed(layouts, issuer=decision.issuer_id, award=first.pk) if first else None
        given: Any = self.fields
        given["award"].queryset = AwardForm.objects.filter(pk__in=awards)
        given["layout"].queryset = layouts_for(decision)
        given["layout"].initial = self.proposed.pk if self.proposed else None
        given["award"].initial = first.pk if first and len(awards) > 1 else None
        given["places"].initial = places[:500]

    def clean(self) -> dict[str, Any]:
        """Settles which names are meant; a place that is not there is told in a sentence."""
        data = self.cleaned_data
        highest = max((each.line.position for each in self.lines), default=0)
        try:
            places = chosen_places(data.get("places", ""), highest)
        except TransitionRefused as refusal:
            self.add_error("places", str(refusal))
            return data
        award = data.get("award")
        self.chosen = [
            each
            for each in self.lines
            if (places is None or each.line.position in places) and (award is None or each.line.award_id == award.pk)
        ]
        if not self.chosen:
            self.add_error("places", "Không có trường hợp nào còn hiệu lực theo lựa chọn này. Hãy chọn lại.")
        return data
