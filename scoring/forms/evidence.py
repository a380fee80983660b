"""Forms of evidence: a file or a link for one line."""

from django import forms

from khoithidua.web.forms import TidyForm
from khoithidua.web.uploads import UploadField

TITLE_HELP = "Để trống thì lấy tên tệp hoặc đường dẫn."


class EvidenceFileForm(TidyForm):
    title = forms.CharField(label="Tên minh chứng", max_length=300, required=False, help_text=TITLE_HELP)
    file = UploadField(label="Tệp")


class EvidenceLinkForm(TidyForm):
    title = forms.CharField(label="Tên minh chứng", max_length=300, required=False, help_text=TITLE_HELP)
    url = forms.URLField(
        label="Đường dẫn",
        max_length=1000,
        assume_scheme="https",
        error_messages={"invalid": "Đường dẫn chưa đúng. Hãy ghi đầy đủ, ví dụ https://donvi.gov.vn/van-ban/12."},
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if not url.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("Đường dẫn phải bắt đầu bằng http:// hoặc https://.")
        return url
