"""What people send to import: a kind, for whom, and a file."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from awards.enums import ImportKind, ImportState
from awards.models import Dossier
from khoithidua.web.forms import TidyForm
from khoithidua.web.uploads import XLSX, UploadField
from khoithidua.web.widgets import PlainSelect
from scoring.imports.workbook import MAX_BYTES, TOO_BIG

Choices = Sequence[tuple[str, str]]
NEEDS_DOSSIER = "Hãy chọn hồ sơ đang soạn để đưa danh sách đề nghị vào."
LONGEST_NAME = 255
LONG_NAME = "Tên tệp dài quá 250 ký tự. Hãy đặt tên ngắn hơn rồi gửi lại."
OWN_ONLY = "Chỉ cơ quan thường trực nhập nội dung này. Hãy chọn «Nhập cho» là cơ quan thường trực."


class ImportForm(TidyForm):
    """``owners`` are "agency:<pk>" and "council:<pk>"; one alone is not asked."""

    kind = forms.ChoiceField(label="Nội dung tệp", choices=[])
    owner = forms.ChoiceField(label="Nhập cho", choices=[])
    dossier = forms.ModelChoiceField(
        label="Hồ sơ (khi nhập danh sách đề nghị khen thưởng)",
        queryset=Dossier.objects.none(),
        required=False,
        empty_label="– Không –",
    )
    file = UploadField(
        kinds=(XLSX,),
        label="Tệp Excel",
        error_messages={"required": "Hãy chọn tệp Excel.", "empty": "Tệp trống. Hãy chọn đúng tệp .xlsx."},
        help_text="Excel (.xlsx), tối đa 5 MB và 5.000 dòng. Hệ thống cho xem trước, chưa ghi gì.",
    )

    def __init__(self, *args: Any, kinds: Choices, owners: Choices, dossiers: QuerySet[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = kinds
        fields["owner"].choices = owners
        fields["dossier"].queryset = dossiers
        if len(owners) == 1:
            fields["owner"].widget = forms.HiddenInput()
            fields["owner"].initial = owners[0][0]

    def clean_file(self) -> Any:
        """Size and name are refused before a byte is read; Django has cut a longer name to 255 characters."""
        sent = self.cleaned_data["file"]
        if len(sent.name) >= LONGEST_NAME:
            raise ValidationError(LONG_NAME)
        if sent.size > MAX_BYTES:
            raise ValidationError(TOO_BIG)
        return sent

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "owner" in self.errors and self.fields["owner"].widget.is_hidden:
            self.add_error(None, self.errors["owner"].as_data())
        kind = data.get("kind")
        if kind == ImportKind.NOMINEES and data.get("dossier") is None:
            self.add_error("dossier", NEEDS_DOSSIER)
        if kind == ImportKind.FREEZES and not str(data.get("owner", "")).startswith("council:"):
            self.add_error("owner", OWN_ONLY)
        if kind != ImportKind.NOMINEES:
            data["dossier"] = None
        return data


def choice(name: str, label: str, choices: Any) -> Any:
    """A filter by a choice field; choices as a function, because a filter set copies lists for each request."""
    return filters.ChoiceFilter(
        field_name=name, label=label, choices=lambda: choices, empty_label="Tất cả", widget=PlainSelect
    )


class ImportFilter(filters.FilterSet):  # type: ignore[misc]
    noi_dung = choice("kind", "Nội dung", ImportKind.choices)
    trang_thai = choice("state", "Trạng thái", ImportState.choices)
