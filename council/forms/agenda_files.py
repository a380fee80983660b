"""A list of cases sent as a spreadsheet for a session's agenda."""

from typing import Any

from django.core.exceptions import ValidationError

from khoithidua.web.forms import TidyForm
from khoithidua.web.uploads import XLSX, UploadField
from scoring.imports.workbook import MAX_BYTES, TOO_BIG


class AgendaFileForm(TidyForm):
    file = UploadField(
        kinds=(XLSX,),
        label="Danh sách đề nghị (Excel)",
        error_messages={"required": "Hãy chọn tệp Excel.", "empty": "Tệp trống. Hãy chọn đúng tệp .xlsx."},
        help_text="Excel (.xlsx), tối đa 5 MB. Hệ thống cho xem trước, chưa ghi gì.",
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MAX_BYTES:
            raise ValidationError(TOO_BIG)
        return sent
