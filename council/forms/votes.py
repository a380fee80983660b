"""What people type about rounds of votes. A member's own marks have no form that is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from council.domain.votes.counting import Count
from council.domain.votes.entering import Figures
from council.domain.votes.preparing import Plan
from council.enums import VoteChannel, VoteMode
from council.models import AgendaItem, Ballot, BallotItem, BallotVoter
from khoithidua.web.forms import TidyForm, tune
from scoring.forms.polls import committee_field, members_named

HALF = "Hãy ghi cả số đồng ý và số không đồng ý. Không có phiếu nào thì ghi 0."
MODES = [("", "Theo quy định của từng danh hiệu"), *VoteMode.choices]


class ItemChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Items of the agenda, told by name and award."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.nomination.award}: {obj.nomination.name}"


class PrepareForm(TidyForm):
    """Which items are voted on, and how."""

    items = ItemChoice(
        label="Nội dung đưa ra biểu quyết",
        queryset=AgendaItem.objects.none(),
        help_text="Đã chọn sẵn mọi nội dung chưa biểu quyết. Trên máy tính, giữ phím Ctrl rồi bấm để bỏ từng nội dung.",
    )
    apart = ItemChoice(
        label="Tách ra biểu quyết riêng từng nội dung",
        queryset=AgendaItem.objects.none(),
        required=False,
        help_text="Nội dung không tách thì biểu quyết chung một lượt theo từng danh hiệu; trên phiếu vẫn chọn riêng "
        "được từng nội dung.",
    )
    mode = forms.ChoiceField(label="Cách biểu quyết", choices=MODES, required=False)
    channel = forms.ChoiceField(label="Cách thu phiếu", choices=VoteChannel.choices)
    places = forms.IntegerField(
        label="Số lượng tối đa",
        min_value=1,
        required=False,
        help_text="Chỉ tiêu của danh hiệu trong phiên họp, nếu có. Vượt số lượng thì lấy từ nhiều phiếu xuống.",
    )
    places_basis = forms.CharField(label="Căn cứ số lượng tối đa", max_length=300, required=False)
    committee = committee_field()

    def __init__(self, data: Any = None, *, items: Any) -> None:
        super().__init__(data, initial={"items": items, "channel": VoteChannel.ELECTRONIC})
        for name in ("items", "apart"):
            self.fields[name].queryset = items  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["size"] = 12

    def plan(self) -> Plan:
        held = self.cleaned_data
        return Plan(
            channel=held["channel"],
            mode=held["mode"],
            places=held["places"],
            places_basis=held["places_basis"],
            apart=frozenset(each.pk for each in held["apart"]),
            committee=members_named(held["committee"]),
        )

    def chosen(self) -> list[AgendaItem]:
        """Those voted together and those set apart."""
        return list({each.pk: each for each in (*self.cleaned_data["items"], *self.cleaned_data["apart"])}.values())


def number_field(label: str, most: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False)


class TotalsForm(TidyForm):
    """Totals of a block with exceptions: for and against of all, and of each item that differs."""

    yes = number_field("Đồng ý (mọi nội dung không ghi riêng)")
    no = number_field("Không đồng ý (mọi nội dung không ghi riêng)")

    rows: Sequence[BallotItem]

    def add_rows(self, rows: Sequence[BallotItem]) -> None:
        self.rows = rows
        for row in rows:
            for name, label in (("yes", "đồng ý"), ("no", "không đồng ý")):
                field = number_field(f"{row.item.nomination.name}: {label}")
                tune(field)
                self.fields[f"{name}_{row.pk}"] = field

    def lines(self) -> list[tuple[BallotItem, Any, Any]]:
        """Each item with its two fields, for the table."""
        return [(row, self[f"yes_{row.pk}"], self[f"no_{row.pk}"]) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        """A number without its counterpart is a fault: an empty field is never taken for none."""
        held = self.cleaned_data
        for end in ("", *(f"_{row.pk}" for row in self.rows)):
            pair = (f"yes{end}", f"no{end}")
            empty = [name for name in pair if name in held and held[name] is None]
            if len(empty) == 1:
                self.add_error(empty[0], HALF)
        return held

    def counts(self) -> dict[int, Count]:
        """(for, against) by row; one that neither the block nor its own fields tell is left out."""
        found: dict[int, Count] = {}
        held = self.cleaned_data
        for row in self.rows:
            yes, no = held.get(f"yes_{row.pk}"), held.get(f"no_{row.pk}")
            if yes is None or no is None:
                yes, no = held.get("yes"), held.get("no")
            if yes is not None and no is not None:
                found[row.pk] = (yes, no)
        return found

    def tell(self, faults: Mapping[str, str]) -> None:
        """Each sentence where its number is."""
        for name, sentence in faults.items():
            field = name if name in self.fields else f"yes_{name}" if f"yes_{name}" in self.fields else None
            self.add_error(field, sentence)


class CountForm(TotalsForm):
    """What the counting committee counted."""

    issued = forms.IntegerField(label="Số phiếu phát ra (hoặc số người biểu quyết)", min_value=0)
    cast = forms.IntegerField(label="Số phiếu thu về", min_value=0)
    invalid = forms.IntegerField(label="Số phiếu không hợp lệ", min_value=0, initial=0)
    committee = committee_field()

    def __init__(self, data: Any = None, *, ballot: Ballot, rows: Sequence[BallotItem]) -> None:
        super().__init__(data, initial={"issued": ballot.issued, "invalid": 0})
        self.add_rows(rows)

    def figures(self) -> Figures:
        held = self.cleaned_data
        return Figures(held["issued"], held["cast"], held["invalid"], members_named(held["committee"]))


class PaperForm(TotalsForm):
    """Written opinions that came on paper."""

    voters = forms.ModelMultipleChoiceField(
        label="Thành viên gửi ý kiến trên giấy",
        queryset=BallotVoter.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, ballot: Ballot, rows: Sequence[BallotItem], due: Sequence[BallotVoter]
    ) -> None:
        super().__init__(data)
        queryset = ballot.voters.filter(pk__in=[each.pk for each in due]).select_related("seat")
        self.fields["voters"].queryset = queryset  # type: ignore[attr-defined]
        self.add_rows(rows)

    def clean(self) -> dict[str, Any]:
        """Every item has its numbers: what nobody typed is not taken for no opinion."""
        held = super().clean()
        known = self.counts()
        silent = [row.item.nomination.name for row in self.rows if row.pk not in known]
        if silent and not self.errors:
            more = f" và {len(silent) - 1} nội dung khác" if len(silent) > 1 else ""
            self.add_error(None, f"Chưa ghi ý kiến về «{silent[0]}»{more}. Không có ý kiến thì ghi 0 ở cả hai ô.")
        return held


class CommitteeForm(TidyForm):
    committee = committee_field()


class RowChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.item.nomination.name} ({obj.yes} phiếu)"


class TieForm(TidyForm):
    """The chair's choice among items tied at the last place."""

    rows = RowChoice(
        label="Nội dung được chọn", queryset=BallotItem.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    by = forms.CharField(label="Người quyết định", max_length=200)
    reason = forms.CharField(label="Lý do", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, ballot: Ballot, chair: str) -> None:
        super().__init__(data, initial={"by": chair})
        tied = ballot.rows.filter(fate="tied").select_related("item__nomination")
        self.fields["rows"].queryset = tied  # type: ignore[attr-defined]


class DecideForm(TidyForm):
    """What the competent person decided after the last round."""

    outcome = forms.ChoiceField(label="Kết luận", choices=[("passed", "Thông qua"), ("failed", "Không thông qua")])
    by = forms.CharField(label="Người quyết định (họ tên, chức vụ)", max_length=200)
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
