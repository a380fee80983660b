"""What is typed about a council: itself, its members, its own rules. Nothing is chosen beforehand."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from awards.forms.based import BasedMixin
from awards.models import AwardForm
from blocs.models import Agency, Council, CouncilMember
from council.domain.practice.kinds import SOURCE, RuleKind
from council.domain.practice.members import FIELDS
from khoithidua.web.forms import TidyForm, TidyModelForm

YES_NO = [("co", "Có"), ("khong", "Không")]
HELP = {
    "award_quorum": "Để trống nếu quy chế không có tỷ lệ riêng cho phiên xét khen thưởng.",
    "absent": "Chỉ chọn gửi ý kiến bằng văn bản khi quy chế của Hội đồng cho phép.",
    "recused_in_base": "NĐ 152/2025/NĐ-CP, Điều 33 khoản 5 tính trên tổng số thành viên Hội đồng.",
    "substitutes_vote": "Không cho biểu quyết thì người dự thay cũng không tính vào số thành viên có mặt.",
    "legal_basis": "Số, ngày, cơ quan ban hành; điều, khoản.",
    "valid_from": "Để trống nếu áp dụng từ trước đến nay.",
    "party_opinion": "Ý kiến bằng văn bản của cấp ủy trước khi trình (NĐ 152/2025/NĐ-CP, Điều 33 khoản 2).",
}


class YesNoField(forms.TypedChoiceField):
    """Yes or no, said by the person: nothing is ticked beforehand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, coerce=lambda value: value == "co", widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ("co" if value else "khong") if isinstance(value, bool) else value


class CouncilForm(BasedMixin, TidyModelForm):
    class Meta:
        model = Council
        fields = ("level", "symbol", "seal")

    def _post_clean(self) -> None:
        """The instance stays as the page showed it: the verb writes, under lock."""


class RuleForm(BasedMixin, TidyForm):
    """One rule of a kind; every yes or no is asked for, and the legal basis is due."""

    def __init__(self, data: Any = None, *, kind: RuleKind, row: Any = None) -> None:
        names = (*kind.fields, *SOURCE)
        vars(self)["base_fields"] = {name: self.field_for(kind, name) for name in names}
        super().__init__(data, initial={name: getattr(row, name) for name in names} if row is not None else {})
        if row is not None:
            self.remember(row, names)

    @staticmethod
    def field_for(kind: RuleKind, name: str) -> forms.Field:
        column = kind.model._meta.get_field(name)
        given: dict[str, Any] = {"label": str(column.verbose_name).capitalize(), "help_text": HELP.get(name, "")}
        if name == "award":
            awards = AwardForm.objects.filter(active=True).order_by("position", "pk")
            empty = "Các hình thức khác chưa có dòng riêng" if column.null else None
            return forms.ModelChoiceField(queryset=awards, required=not column.null, empty_label=empty, **given)
        if column.get_internal_type() == "BooleanField":
            return YesNoField(**given)
        if column.choices:
            return forms.ChoiceField(choices=[("", "– Chọn –"), *column.choices], **given)
        found: forms.Field = column.formfield(**given)
        found.initial, found.required = None, name == "legal_basis" or not column.blank
        return found

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "base"}


class MemberForm(BasedMixin, TidyModelForm):
    class Meta:
        model = CouncilMember
        fields = FIELDS

    def __init__(self, data: Any = None, *, council: Council, instance: CouncilMember | None = None) -> None:
        super().__init__(data, instance=instance)
        fields: Any = self.fields
        fields["agency"].queryset = Agency.objects.filter(council=council).order_by("sort_key", "pk")
        fields["agency"].help_text = "Thành viên không biểu quyết nội dung của cơ quan này."
        fields["position"].help_text = "Thứ tự trong danh sách Hội đồng."
        if instance is not None:
            self.remember(instance, FIELDS)

    def _post_clean(self) -> None:
        """The instance stays as the page showed it: the verb writes, under lock."""

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}


class NewMemberForm(MemberForm):
    user = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Người được chọn",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Hãy tìm và chọn một người."},
    )
    field_order = ("user", *FIELDS)

    def __init__(self, data: Any = None, *, council: Council, people: QuerySet[User]) -> None:
        super().__init__(data, council=council)
        fields: Any = self.fields
        fields["user"].queryset = people
        fields["user"].label_from_instance = lambda user: f"{user.full_name}, {user.post_title} ({user.email})"


class EndForm(TidyForm):
    until = forms.DateField(label="Ngày cuối của nhiệm kỳ")
    reason = forms.CharField(label="Lý do, văn bản", max_length=300)


class ExampleForm(TidyForm):
    legal_basis = forms.CharField(
        label="Căn cứ của tỉnh",
        max_length=300,
        help_text="Văn bản của tỉnh làm căn cứ cho các giá trị này. Ví dụ chỉ gợi ý giá trị.",
    )
