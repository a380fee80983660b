"""Forms of a secretariat that touch a unit's sheet without seeing its draft: unlock plans, extend the deadline."""

from collections.abc import Sequence
from typing import Any

from django import forms

from khoithidua.web.forms import TidyForm
from scoring.domain.plans import PlanMember
from scoring.models import ScoreSheet


class MemberForm(TidyForm):
    """Chooses one of ``members`` (which all have a sheet) and says why."""

    agency = forms.ChoiceField(label="Đơn vị")
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, members: Sequence[PlanMember], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = {str(each.membership.agency_id): each.sheet for each in members if each.sheet}
        choices = [("", "– Chọn –"), *((str(each.membership.agency_id), each.label) for each in members if each.sheet)]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]

    @property
    def sheet(self) -> ScoreSheet:
        """The chosen member's sheet, once the form is valid."""
        return self.sheets[self.cleaned_data["agency"]]


class UnlockPlanForm(MemberForm):
    """Which member's plans are opened again."""


class ExtensionForm(MemberForm):
    """Until when one member may go on with its sheet."""

    until = forms.DateField(label="Gia hạn đến hết ngày")
    field_order = ["agency", "until", "reason"]
