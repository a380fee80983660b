"""The form of one paper."""

from django import forms

from khoithidua.web.forms import TidyForm
from khoithidua.web.uploads import UploadField


class AttachmentForm(TidyForm):
    title = forms.CharField(
        label="Tên giấy tờ", max_length=300, required=False, help_text="Số, ngày văn bản. Để trống thì lấy tên tệp."
    )
    file = UploadField(label="Tệp")
