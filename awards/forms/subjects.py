"""What is typed about a subject: other fields for a person, a collective, a household."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from awards.domain.identity import NotAnIdentity, digits_of
from awards.domain.subjects import NOT_OF_KIND, Wanted
from awards.enums import SubjectGroup, SubjectKind
from awards.models import Subject
from blocs.forms.seen import SeenMixin
from khoithidua.web.forms import LinesField, TidyForm, TidyModelForm

FIRST_YEAR = 1900
LONGEST_NAME = 300
LABELS: dict[str, dict[str, str]] = {
    SubjectKind.INDIVIDUAL: {"name": "Họ và tên", "unit": "Đơn vị công tác"},
    SubjectKind.COLLECTIVE: {"name": "Tên tập thể", "unit": "Trực thuộc"},
    SubjectKind.HOUSEHOLD: {"name": "Tên hộ gia đình (chủ hộ)", "unit": "Địa chỉ"},
}
GROUPS: dict[str, tuple[str, ...]] = {
    SubjectKind.INDIVIDUAL: (
        SubjectGroup.TOP_LEADER,
        SubjectGroup.DEPARTMENT_LEADER,
        SubjectGroup.ENTREPRENEUR,
        SubjectGroup.MANAGER,
        SubjectGroup.WORKER,
    ),
    SubjectKind.COLLECTIVE: (SubjectGroup.COLLECTIVE, SubjectGroup.ENTERPRISE),
    SubjectKind.HOUSEHOLD: (SubjectGroup.HOUSEHOLD,),
}
ID_HELP = "Không bắt buộc. Hệ thống không lưu số này, chỉ giữ mã băm để nhận ra người trùng và ba chữ số cuối."


class SubjectForm(SeenMixin, TidyModelForm):
    """One subject. The page decides which agencies may keep it."""

    id_number = forms.CharField(
        label="Số định danh (căn cước)",
        required=False,
        max_length=30,
        help_text=ID_HELP,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    forget_id = forms.BooleanField(label="Xóa số định danh đã ghi", required=False)
    aliases = LinesField(label="Tên gọi khác", help_text="Mỗi dòng một tên, để tìm và nhận ra khi nhập từ tệp.")

    class Meta:
        model = Subject
        fields = [
            *("name", "agency", "unit", "post", "sex", "born_on", "founded"),
            *("group", "field", "flag_eligible", "note"),
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, kind: str, agencies: Any, agency_due: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.instance.kind = kind
        for name in NOT_OF_KIND[kind]:
            del self.fields[name]
        for name, label in LABELS[kind].items():
            self.fields[name].label = label
        if self.instance.is_agency:
            del self.fields["agency"]
        else:
            self.offer_agencies(agencies, due=agency_due)
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            ("", "Chưa phân loại"),
            *((value, SubjectGroup(value).label) for value in GROUPS[kind]),
        ]
        if "flag_eligible" in self.fields:
            self.fields["flag_eligible"] = three_values("Thuộc đối tượng được tặng cờ thi đua")
        self.tune_identity()

    def offer_agencies(self, agencies: Any, *, due: bool) -> None:
        field: Any = self.fields["agency"]
        field.queryset, field.required = agencies, due
        field.empty_label = "– Chọn đơn vị –" if due else "Không do đơn vị nào quản lý"
        only = list(agencies[:2])
        if len(only) == 1 and due:
            self.initial.setdefault("agency", only[0].pk)
            field.initial = only[0].pk

    def tune_identity(self) -> None:
        if self.kind != SubjectKind.INDIVIDUAL:
            del self.fields["id_number"], self.fields["forget_id"]
        elif self.instance.pk is None or not self.instance.id_hash:
            del self.fields["forget_id"]
        else:
            self.fields["id_number"].help_text = f"Đang ghi {self.instance.masked_id}. Để trống nếu không đổi."

    def clean_born_on(self) -> Any:
        day = self.cleaned_data["born_on"]
        if day is not None and not FIRST_YEAR <= day.year <= timezone.localdate().year:
            raise ValidationError("Ngày sinh chưa đúng. Hãy kiểm tra lại năm.")
        return day

    def clean_founded(self) -> Any:
        year = self.cleaned_data["founded"]
        if year is not None and not 1800 <= year <= timezone.localdate().year:
            raise ValidationError("Năm thành lập chưa đúng. Hãy ghi năm có bốn chữ số, không sau năm nay.")
        return year

    def clean_aliases(self) -> list[str]:
        names: list[str] = self.cleaned_data["aliases"]
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(f"Mỗi tên gọi khác dài tối đa {LONGEST_NAME} ký tự. Hãy viết gọn lại.")
        return names

    def clean_id_number(self) -> str:
        number: str = self.cleaned_data["id_number"]
        try:
            return digits_of(number) if number.strip() else ""
        except NotAnIdentity as refusal:
            raise ValidationError(str(refusal)) from refusal

    def row_fields(self) -> dict[str, Any]:
        """The columns of the row, as the verbs take them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}

    def typed_id(self) -> str | None:
        """None keeps the national id as it is."""
        if self.cleaned_data.get("forget_id"):
            return ""
        return self.cleaned_data.get("id_number") or None

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            kind=self.kind,
            name=data["name"],
            agency_id=data["agency"].pk if data["agency"] else None,
            unit=data["unit"],
            id_number=data.get("id_number", ""),
            born_on=data.get("born_on"),
        )


def three_values(label: str) -> forms.Field:
    """Yes, no, not known: the last is neither."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", "Chưa rõ"), ("True", "Có"), ("False", "Không")],
        coerce=lambda value: value == "True",
        empty_value=None,
    )


class MergeForm(TidyForm):
    reason = forms.CharField(
        label="Lý do gộp", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="Được ghi vào lịch sử."
    )
