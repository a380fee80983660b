"""What people send to exchange a criteria table: a file, or which ready setting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from khoithidua.web.forms import TidyForm
from scoring.domain.ready_settings import LAST, QUOTAS, USUAL
from scoring.imports.workbook import MAX_BYTES, TOO_BIG


class UploadForm(TidyForm):
    file = forms.FileField(
        label="Tệp Excel (.xlsx, tối đa 5 MB, 2000 dòng)",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Hãy chọn tệp Excel.",
            "empty": "Tệp trống. Hãy chọn đúng tệp .xlsx.",
            "invalid": "Hãy chọn tệp Excel.",
        },
    )

    def clean_file(self) -> Any:
        """The size is refused before a byte is read."""
        sent = self.cleaned_data["file"]
        if sent.size > MAX_BYTES:
            raise ValidationError(TOO_BIG)
        return sent


class ReadySettingForm(TidyForm):
    terms = forms.ChoiceField(
        label="Hạn ký giao ước, sơ kết, tổng kết (mục III của hướng dẫn)",
        choices=[
            (LAST, "Hạn cuối cùng: 15/02, 15/8 và 31/01 năm sau"),
            (USUAL, "Hạn thông thường: trong tháng 01, trong tháng 7 và trước 10/01 năm sau"),
        ],
    )
    quotas = forms.ChoiceField(
        label="Chỉ tiêu khen thưởng theo loại khối (mục VI của hướng dẫn)",
        choices=[
            (key, f"{each.words}: {each.flags:02d} Cờ, {each.certificates:02d} Bằng khen")
            for key, each in QUOTAS.items()
        ],
    )
