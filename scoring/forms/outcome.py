"""What people type about proposals."""

from typing import Any

from django import forms

from blocs.enums import Award
from blocs.models import Agency, BlocYear
from khoithidua.web.forms import TidyForm

OTHER_COLLECTIVE = {Award.CERTIFICATE, Award.UNIT_CERTIFICATE}
# What an agency as a collective may get; titles of persons, families and villages are not proposed for it.
COLLECTIVE_AWARDS = [
    (award.value, award.label)
    for award in Award
    if award.value.startswith(("co-", "tt-ld-", "bk-", "hc-")) or award in OTHER_COLLECTIVE
]


class ProposalForm(TidyForm):
    award = forms.ChoiceField(label="Hình thức đề nghị", choices=COLLECTIVE_AWARDS, initial=Award.PROVINCIAL_FLAG)
    agency = forms.ModelChoiceField(label="Đơn vị", queryset=Agency.objects.none())
    reason = forms.CharField(
        label="Lý do (bắt buộc khi khác thứ tự điểm hoặc vượt chỉ tiêu)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, bloc_year: BlocYear, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["agency"].queryset = members_of(bloc_year)  # type: ignore[attr-defined]


def members_of(bloc_year: BlocYear) -> Any:
    return Agency.objects.filter(memberships__bloc_year=bloc_year)
