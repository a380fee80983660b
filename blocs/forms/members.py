"""Forms of a bloc-year's composition."""

from collections.abc import Sequence
from typing import Any

from django import forms

from blocs.domain.composition import MemberDetails
from blocs.enums import Area, Role
from blocs.models import Agency, BlocYear, CouncilMember, Membership
from khoithidua.web.forms import TidyForm


class MemberForm(TidyForm):
    """What is said of one member; ``seen_head`` tells whom the reader saw as head."""

    role = forms.ChoiceField(
        label="Vai trò",
        choices=Role.choices,
        initial=Role.MEMBER,
        help_text="Chọn Trưởng khối thì trưởng khối hiện nay tự trở thành thành viên.",
    )
    position = forms.IntegerField(
        label="Thứ tự trong danh sách",
        min_value=0,
        max_value=999,
        required=False,
        help_text="Để trống thì xếp sau cùng.",
    )
    person = forms.CharField(
        label="Người thay mặt đơn vị trong năm",
        max_length=150,
        required=False,
        help_text="Thường là người đứng đầu đơn vị.",
    )
    person_title = forms.CharField(label="Chức vụ của người thay mặt", max_length=150, required=False)
    reason = forms.CharField(label="Lý do (ghi vào lịch sử)", max_length=500, required=False)
    seen_head = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def details(self) -> MemberDetails:
        names = ("role", "position", "person", "person_title")
        return MemberDetails(**{name: self.cleaned_data[name] for name in names})

    def change(self) -> dict[str, Any]:
        """What the verb takes besides the membership."""
        return {"details": self.details()} | {name: self.cleaned_data[name] for name in ("reason", "seen_head")}


class MemberAddForm(MemberForm):
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Đơn vị", empty_label="(chọn đơn vị)")
    field_order = ["agency", "role", "position", "person", "person_title"]

    def __init__(self, data: Any = None, *, bloc_year: BlocYear) -> None:
        super().__init__(data)
        del self.fields["reason"], self.fields["seen_head"]
        present = Membership.objects.filter(bloc_year=bloc_year).values("agency")
        agencies: Any = self.fields["agency"]
        agencies.queryset = Agency.objects.filter(council=bloc_year.bloc.council_id).exclude(pk__in=present)

    def member(self) -> dict[str, Any]:
        return {"agency": self.cleaned_data["agency"], "details": self.details()}


class DelegationForm(TidyForm):
    """For each deputy the areas that the head hands to it."""

    def __init__(self, data: Any = None, *, deputies: Sequence[Membership]) -> None:
        super().__init__(data)
        for row in deputies:
            self.fields[f"deputy-{row.pk}"] = forms.MultipleChoiceField(
                label=row.agency.name,
                choices=Area.choices,
                required=False,
                initial=[each.area for each in row.delegations.all()],
                widget=forms.CheckboxSelectMultiple,
            )

    def areas(self) -> dict[int, list[str]]:
        return {int(name.removeprefix("deputy-")): chosen for name, chosen in self.cleaned_data.items()}


class ObserverForm(TidyForm):
    member = forms.ModelChoiceField(
        CouncilMember.objects.none(), label="Thành viên Hội đồng", empty_label="(chọn người)"
    )

    def __init__(self, data: Any = None, *, bloc_year: BlocYear) -> None:
        super().__init__(data)
        members: Any = self.fields["member"]
        rows = CouncilMember.objects.filter(council=bloc_year.bloc.council_id).select_related("user")
        members.queryset = rows.exclude(followed__bloc_year=bloc_year).order_by("user__sort_key", "pk")
        members.label_from_instance = words_of
        self.has_choices = members.queryset.exists()


def words_of(member: CouncilMember) -> str:
    return f"{member.user}, {member.post}" if member.post else str(member.user)
