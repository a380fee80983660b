"""What people type about disqualifications, proposals and counted votes."""

from typing import Any

from django import forms

from blocs.enums import Award
from blocs.models import Agency, BlocYear
from khoithidua.web.forms import TidyForm
from scoring.enums import PollBase, PollMode
from scoring.models import Poll

OTHER_COLLECTIVE = {Award.CERTIFICATE, Award.UNIT_CERTIFICATE}
# What an agency as a collective may get; titles of persons, families and villages are not proposed for it.
COLLECTIVE_AWARDS = [
    (award.value, award.label)
    for award in Award
    if award.value.startswith(("co-", "tt-ld-", "bk-", "hc-")) or award in OTHER_COLLECTIVE
]


class DisqualifyForm(TidyForm):
    reason = forms.CharField(label="Lý do, căn cứ", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


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


class PollForm(TidyForm):
    award = forms.ChoiceField(label="Hình thức", choices=COLLECTIVE_AWARDS, initial=Award.PROVINCIAL_FLAG)
    round = forms.IntegerField(label="Vòng", min_value=1, max_value=2, initial=1)
    mode = forms.ChoiceField(label="Cách biểu quyết", choices=PollMode.choices)
    base = forms.ChoiceField(label="Cơ sở tính tỷ lệ", choices=PollBase.choices)
    threshold = forms.IntegerField(label="Tỷ lệ tối thiểu (%)", min_value=1, max_value=100, required=False)
    eligible = forms.IntegerField(label="Tổng số thành viên", min_value=0, required=False)
    present = forms.IntegerField(label="Có mặt", min_value=0, required=False)
    cast = forms.IntegerField(label="Số phiếu thu về", min_value=0, required=False)
    invalid = forms.IntegerField(label="Phiếu không hợp lệ", min_value=0, required=False)

    def __init__(self, data: Any = None, *, bloc_year: BlocYear, poll: Poll | None = None) -> None:
        super().__init__(data, initial=figures_of(poll) if poll else {"eligible": bloc_year.memberships.count()})
        if poll is not None:
            # A correction stays with its round; imported rounds may be about any award.
            self.fields["award"].choices = Award.choices  # type: ignore[attr-defined]
            self.fields["award"].disabled = self.fields["round"].disabled = True
        self.agencies = list(members_of(bloc_year))
        for agency in self.agencies:
            self.fields[f"votes_{agency.pk}"] = forms.IntegerField(
                label=f"Số phiếu của {agency.label}", min_value=0, required=False
            )

    def votes(self) -> dict[Agency, int]:
        """Counted votes by agency; one left empty was not on the ballot."""
        counted = {agency: self.cleaned_data.get(f"votes_{agency.pk}") for agency in self.agencies}
        return {agency: votes for agency, votes in counted.items() if votes is not None}


def figures_of(poll: Poll) -> dict[str, Any]:
    """What the form of ``poll`` shows before anybody types."""
    names = ("award", "round", "mode", "base", "threshold", "eligible", "present", "cast", "invalid")
    votes = {f"votes_{tally.agency_id}": tally.votes for tally in poll.tallies.all()}
    return {name: getattr(poll, name) for name in names} | votes


def members_of(bloc_year: BlocYear) -> Any:
    return Agency.objects.filter(memberships__bloc_year=bloc_year)
