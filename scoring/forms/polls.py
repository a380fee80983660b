"""What people type about votes: the plan, who is there, counts. A single ballot has no form that is kept."""

from collections.abc import Sequence
from typing import Any

from django import forms

from blocs.enums import Award
from blocs.models import Agency, BlocYear
from khoithidua.web.forms import LinesField, TidyForm, tune
from scoring.domain.polling.preparing import Plan, Presence, suggested_plan
from scoring.domain.polling.results import Figures
from scoring.enums import PollBase, PollChannel, PollMode, PollPurpose
from scoring.forms.outcome import COLLECTIVE_AWARDS, members_of
from scoring.models import Poll, PollVoter

ABOUT = [
    ("Đề nghị khen thưởng", COLLECTIVE_AWARDS),
    (
        "Nhân sự của khối",
        [(each.value, each.label) for each in (PollPurpose.HEAD, PollPurpose.DEPUTY)],
    ),
]
# How it is voted, and what that means for the ballots.
WAYS = {
    "electronic": (PollMode.SECRET, PollChannel.ELECTRONIC, "Bỏ phiếu kín bằng phiếu điện tử"),
    "paper": (PollMode.SECRET, PollChannel.PAPER, "Bỏ phiếu kín bằng phiếu giấy, Ban kiểm phiếu đếm"),
    "hands": (PollMode.SHOW_OF_HANDS, PollChannel.COUNTED, "Biểu quyết giơ tay"),
    "consensus": (PollMode.CONSENSUS, PollChannel.COUNTED, "Nhất trí"),
}

COMMITTEE = "Mỗi dòng một người, trưởng ban ở dòng đầu: họ tên, dấu phẩy, chức vụ. Ví dụ: Nguyễn Thị Lan, Trưởng ban."


def committee_field(**kwargs: Any) -> LinesField:
    """Who counts or witnesses the count, one a line; ``members_named`` reads it."""
    return LinesField(label="Ban kiểm phiếu hoặc người chứng kiến", **{"help_text": COMMITTEE} | kwargs)


def members_named(lines: Sequence[str]) -> list[dict[str, str]]:
    """ "Họ tên, chức vụ" by line as a poll keeps its committee."""
    parts = [line.partition(",") for line in lines]
    return [{"name": name.strip(), "title": title.strip()} for name, _, title in parts if name.strip()]


def committee_lines(poll: Any) -> list[str]:
    return [", ".join(filter(None, (each.get("name"), each.get("title")))) for each in poll.committee]


class PlanForm(TidyForm):
    """What is asked, of whom, and by which rules."""

    about = forms.ChoiceField(label="Bỏ phiếu về", choices=ABOUT, initial=Award.PROVINCIAL_FLAG)
    options = forms.ModelMultipleChoiceField(
        label="Đơn vị có tên trên phiếu", queryset=Agency.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(label="Cách bỏ phiếu", choices=[(key, way[2]) for key, way in WAYS.items()])
    threshold = forms.IntegerField(
        label="Tỷ lệ phiếu tối thiểu (%)",
        min_value=1,
        max_value=100,
        required=False,
        help_text="Theo quy chế của khối hoặc của Hội đồng. So sánh bằng số nguyên: 10/13 chưa đạt 80 %, 11/13 đạt.",
    )
    base = forms.ChoiceField(label="Cơ sở tính tỷ lệ", choices=PollBase.choices)
    quorum = forms.IntegerField(
        label="Tỷ lệ có mặt tối thiểu (%)",
        min_value=1,
        max_value=100,
        required=False,
        help_text="Bỏ trống nếu không quy định.",
    )
    max_choices = forms.IntegerField(
        label="Số lựa chọn tối đa trên một phiếu",
        min_value=1,
        required=False,
        help_text="Bỏ trống: chọn bao nhiêu cũng được.",
    )
    recused_in_base = forms.BooleanField(
        label="Người có mặt nhưng không tham gia bỏ phiếu vẫn tính vào mẫu số", required=False
    )
    question = forms.CharField(label="Nội dung ghi trên phiếu (nếu cần)", required=False, max_length=500)
    note = forms.CharField(
        label="Ghi chú, căn cứ", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    committee = committee_field(help_text=f"{COMMITTEE} Còn ghi được đến khi ban hành biên bản kiểm phiếu.")

    def __init__(self, data: Any = None, *, bloc_year: BlocYear, poll: Poll | None = None) -> None:
        super().__init__(data, initial=plan_values(poll) if poll else suggested_plan(bloc_year))
        self.fields["options"].queryset = members_of(bloc_year)  # type: ignore[attr-defined]
        if poll is not None:
            self.fields["about"].choices = [(about_of(poll), poll.about.capitalize())]  # type: ignore[attr-defined]
            self.fields["about"].disabled = True

    def plan(self) -> Plan:
        values = {name: self.cleaned_data[name] for name in PLAIN}
        about = self.cleaned_data["about"]
        person = about in PollPurpose.values
        mode, channel, _ = WAYS[self.cleaned_data["way"]]
        return Plan(
            purpose=about if person else PollPurpose.AWARD.value,
            award="" if person else about,
            mode=mode.value,
            channel=channel.value,
            committee=members_named(self.cleaned_data["committee"]),
            **values,
        )

    def on_ballot(self) -> list[Agency]:
        return list(self.cleaned_data["options"])


PLAIN = ("base", "threshold", "quorum", "max_choices", "recused_in_base", "question", "note")


def about_of(poll: Poll) -> str:
    return poll.award or poll.purpose


def plan_values(poll: Poll) -> dict[str, Any]:
    way = next(key for key, (mode, channel, _) in WAYS.items() if (mode, channel) == (poll.mode, poll.channel))
    options = [option.agency_id for option in poll.options.all()]
    plain = {name: getattr(poll, name) for name in PLAIN} | {"committee": committee_lines(poll)}
    return plain | {"about": about_of(poll), "way": way, "options": options}


class CommitteeForm(TidyForm):
    """Who counts or witnesses the count of one poll."""

    committee = committee_field()

    def __init__(self, data: Any = None, *, poll: Poll) -> None:
        super().__init__(data, initial={"committee": committee_lines(poll)})

    def members(self) -> list[dict[str, str]]:
        return members_named(self.cleaned_data["committee"])


PRESENT, ABSENT, RECUSED = "present", "absent", "recused"
STATUSES = ((PRESENT, "Có mặt"), (ABSENT, "Vắng"), (RECUSED, "Có mặt, không tham gia bỏ phiếu"))


class AttendanceForm(TidyForm):
    """One status for each voter, and a reason for who keeps out of the vote."""

    def __init__(self, data: Any = None, *, voters: Sequence[PollVoter]) -> None:
        super().__init__(data)
        self.voters = voters
        for voter in voters:
            self.fields[f"status_{voter.pk}"] = forms.ChoiceField(
                label=f"Tình trạng của {voter}", choices=STATUSES, initial=status_of(voter)
            )
            self.fields[f"reason_{voter.pk}"] = forms.CharField(
                label=f"Lý do {voter} không tham gia", required=False, max_length=300, initial=voter.recusal_reason
            )

    def rows(self) -> list[tuple[PollVoter, Any, Any]]:
        return [(voter, self[f"status_{voter.pk}"], self[f"reason_{voter.pk}"]) for voter in self.voters]

    def entries(self) -> dict[int, Presence]:
        found = {}
        for voter in self.voters:
            status = self.cleaned_data[f"status_{voter.pk}"]
            reason = self.cleaned_data[f"reason_{voter.pk}"]
            found[voter.pk] = Presence(status != ABSENT, status == RECUSED, reason)
        return found


def status_of(voter: PollVoter) -> str:
    if not voter.is_present:
        return ABSENT
    return RECUSED if voter.recused else PRESENT


class CountForm(TidyForm):
    """What the committee counted: ballots, and votes of each unit on the ballot."""

    issued = forms.IntegerField(label="Số phiếu phát ra", min_value=0, required=False)
    cast = forms.IntegerField(label="Số phiếu thu về", min_value=0, required=False)
    invalid = forms.IntegerField(label="Phiếu không hợp lệ", min_value=0, required=False)

    def __init__(self, data: Any = None, *, poll: Poll) -> None:
        super().__init__(data, initial=count_values(poll))
        self.agencies = [each.agency for each in poll.options.select_related("agency") if each.agency is not None]
        if poll.mode != PollMode.SECRET:
            self.fields = {}
        for agency in self.agencies:
            self.fields[f"votes_{agency.pk}"] = forms.IntegerField(
                label=f"Số phiếu của {agency.label}", min_value=0, required=False
            )
        self.fields["committee"] = committee_field()
        self.fields["closed_on"] = forms.DateField(
            label="Ngày kiểm phiếu", required=False, help_text="Bỏ trống: ghi ngày hôm nay."
        )
        for field in self.fields.values():
            tune(field)

    def figures(self) -> Figures:
        names = ("issued", "cast", "invalid", "closed_on")
        committee = members_named(self.cleaned_data["committee"])
        return Figures(**{name: self.cleaned_data.get(name) for name in names}, committee=committee)

    def votes(self) -> dict[Agency, int]:
        """Votes by unit; one left empty was not counted."""
        counted = {agency: self.cleaned_data.get(f"votes_{agency.pk}") for agency in self.agencies}
        return {agency: votes for agency, votes in counted.items() if votes is not None}


def count_values(poll: Poll) -> dict[str, Any]:
    """What the form shows before anybody types: what was counted, and the ballots that were handed out."""
    votes = {f"votes_{tally.agency_id}": tally.votes for tally in poll.tallies.all()}
    names = ("issued", "cast", "invalid", "closed_on")
    return {name: getattr(poll, name) for name in names} | {"committee": committee_lines(poll)} | votes


class PollForm(TidyForm):
    """A count that was made elsewhere, on an award."""

    award = forms.ChoiceField(label="Hình thức", choices=COLLECTIVE_AWARDS, initial=Award.PROVINCIAL_FLAG)
    round = forms.IntegerField(label="Vòng", min_value=1, max_value=5, initial=1)
    mode = forms.ChoiceField(label="Cách biểu quyết", choices=PollMode.choices)
    base = forms.ChoiceField(label="Cơ sở tính tỷ lệ", choices=PollBase.choices)
    threshold = forms.IntegerField(label="Tỷ lệ tối thiểu (%)", min_value=1, max_value=100, required=False)
    eligible = forms.IntegerField(label="Tổng số thành viên", min_value=0, required=False)
    present = forms.IntegerField(label="Có mặt", min_value=0, required=False)
    recused = forms.IntegerField(label="Không tham gia bỏ phiếu", min_value=0, required=False)
    issued = forms.IntegerField(label="Số phiếu phát ra", min_value=0, required=False)
    cast = forms.IntegerField(label="Số phiếu thu về", min_value=0, required=False)
    invalid = forms.IntegerField(label="Phiếu không hợp lệ", min_value=0, required=False)

    def __init__(self, data: Any = None, *, bloc_year: BlocYear, poll: Poll | None = None) -> None:
        super().__init__(data, initial=figures_of(poll) if poll else first_figures(bloc_year))
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


def first_figures(bloc_year: BlocYear) -> dict[str, Any]:
    return {"eligible": bloc_year.memberships.count(), "threshold": suggested_plan(bloc_year)["threshold"]}


def figures_of(poll: Poll) -> dict[str, Any]:
    """What the form of ``poll`` shows before anybody types."""
    names = (*("award", "round", "mode", "base", "threshold"), *("eligible", "present", "issued", "cast", "invalid"))
    votes = {f"votes_{tally.agency_id}": tally.votes for tally in poll.tallies.all()}
    return {name: getattr(poll, name) for name in names} | {"recused": poll.recused or None} | votes
