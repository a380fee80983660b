"""Forms of reports and papers. Verbs of the domain write; forms only read what was posted."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from khoithidua.web.forms import TidyForm
from reports.enums import ReviewKind


class KindForm(TidyForm):
    """Which round: 6 months or the year."""

    kind = forms.ChoiceField(choices=ReviewKind.choices)
    agency = forms.IntegerField(required=False)


class PassageForm(TidyForm):
    """One section as the editor sends it. ``overwrite`` is the version the writer chose to replace."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    version = forms.IntegerField(min_value=0)
    overwrite = forms.IntegerField(min_value=0, required=False)
    take = forms.BooleanField(required=False)
    merge = forms.BooleanField(required=False)

    @property
    def base_version(self) -> int:
        """The version that the writer saw last."""
        chosen: int | None = self.cleaned_data["overwrite"]
        return int(self.cleaned_data["version"]) if chosen is None else chosen


class IssueForm(TidyForm):
    """What issuing adds to a paper. An empty number takes the next one of the year."""

    number = forms.IntegerField(
        label="Số",
        required=False,
        min_value=1,
        max_value=99_999,
        help_text="Để trống thì hệ thống lấy số tiếp theo trong năm.",
    )
    issued_on = forms.DateField(label="Ngày ban hành", required=True)
    signer_name = forms.CharField(label="Người ký", max_length=150)
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=150)
    unlocked = forms.BooleanField(
        label="Tôi hiểu kết quả xếp hạng chưa khóa và vẫn ban hành văn bản với số liệu hiện có.",
        error_messages={"required": "Hãy khóa kết quả xếp hạng trước, hoặc đánh dấu xác nhận vẫn ban hành."},
    )
    confirmed = forms.BooleanField(
        label="Tôi đã đọc bản dự thảo và hiểu rằng văn bản đã ban hành không sửa, không xóa được.",
        error_messages={"required": "Hãy đánh dấu xác nhận đã đọc bản dự thảo trước khi ban hành."},
    )

    def __init__(self, data: Any = None, *, today: date, unlocked: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        if not unlocked:
            del self.fields["unlocked"]

    def clean_issued_on(self) -> date:
        day: date = self.cleaned_data["issued_on"]
        if day > self.today:
            raise ValidationError("Ngày ban hành không được sau ngày hôm nay. Hãy chọn lại ngày.")
        return day


class WordingForm(TidyForm):
    """One part of a template. ``seen`` is the newest version's number when the page was opened."""

    text = forms.CharField(
        label="Nội dung mẫu",
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
    )
    note = forms.CharField(label="Ghi chú của bản này (không bắt buộc)", required=False, max_length=300)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    year = forms.IntegerField(min_value=0, required=False)


class OwnWordsForm(TidyForm):
    """One part of a year's paper, as the secretariat wrote it."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    version = forms.IntegerField(min_value=0)


class SeenForm(TidyForm):
    """How many papers of the kind were issued when the page was drawn."""

    seen = forms.IntegerField(min_value=0)


class VerifyForm(TidyForm):
    """A code as printed at the foot of a paper."""

    code = forms.CharField(label="Mã xác minh", max_length=100)

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())
