"""The form of an agency."""

from typing import Any

from django import forms

from blocs.domain.directory import AGENCY_FIELDS
from blocs.models import Agency, Council
from khoithidua.web.forms import LinesField, TidyModelForm


class AgencyForm(TidyModelForm):
    aliases = LinesField(
        label="Tên khác",
        max_length=20_000,
        help_text="Mỗi dòng một tên: tên cũ, tên viết tắt, cách gọi trong báo chí.",
    )

    class Meta:
        model = Agency
        fields = [*AGENCY_FIELDS]

    field_order = [
        "code", "name", "short_name", "aliases", "kind", "parent", "superior", "symbol", "leader_title",
        "valid_from", "valid_to", "successor",
    ]  # fmt: skip

    def __init__(self, data: Any = None, *, council: Council, instance: Agency | None = None, **kwargs: Any) -> None:
        super().__init__(data, instance=instance or Agency(council=council), **kwargs)
        others = Agency.objects.filter(council=council)
        if instance is not None:
            others = others.exclude(pk=instance.pk)
        for name in ("parent", "successor"):
            field: Any = self.fields[name]
            field.queryset = others
            field.empty_label = "(không có)"
        self.fields["successor"].help_text = "Khi đơn vị sáp nhập hoặc đổi tên: đơn vị tiếp nhận lịch sử."
        if instance is not None and not self.is_bound:
            self.initial["aliases"] = [alias.name for alias in instance.aliases.all()]

    def clean_aliases(self) -> list[str]:
        names: list[str] = self.cleaned_data["aliases"]
        for number, name in enumerate(names, start=1):
            if len(name) > 300:
                raise forms.ValidationError(f"Tên khác ở dòng {number} dài quá 300 ký tự. Hãy rút ngắn.")
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("successor") and not cleaned.get("valid_to") and "valid_to" not in self.errors:
            self.add_error("valid_to", "Đơn vị có đơn vị kế thừa thì phải ghi ngày kết thúc hoạt động.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the verbs of the directory take."""
        fields = {name: self.cleaned_data[name] for name in AGENCY_FIELDS}
        return {"values": fields, "aliases": self.cleaned_data["aliases"]}


class AgencyNewForm(AgencyForm):
    """A new agency may be given a code; later the code stays as it is."""

    code = forms.SlugField(
        label="Mã đơn vị",
        max_length=60,
        required=False,
        help_text="Chữ không dấu, số và gạch nối; để trống thì lấy theo tên. Không sửa được sau khi lưu.",
        error_messages={"invalid": "Mã chỉ gồm chữ không dấu, số, gạch nối và gạch dưới."},
    )

    def new_agency(self) -> dict[str, Any]:
        return self.values() | {"code": self.cleaned_data["code"]}
