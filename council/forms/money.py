"""What is typed about money: payments, taking them back, the plan and the spendings of a fund."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from awards.forms.based import BasedMixin
from awards.law.money import dong
from council.domain.money.fund_writing import PLAN, SPENDING
from council.models import FundSpending, FundYear
from khoithidua.web.forms import TidyForm, TidyModelForm

GROUPED = re.compile(r"[0-9]{1,3}([. ][0-9]{3})+")
MOST_DONG = 10**15
MOST_LINES = 20_000
DOCUMENT_HELP = "Số, ngày, ví dụ: UNC 125 ngày 20/11/2026."


class DongField(forms.IntegerField):
    """An amount in whole đồng; points and blanks group thousands: «12.500.000» and «500.000» are read."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": "Hãy ghi số tiền bằng đồng, ví dụ 12.500.000."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_value=MOST_DONG, **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        if GROUPED.fullmatch(text):
            text = re.sub(r"[. ]", "", text)
        if not (text.isascii() and text.isdecimal()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text[:20])

    def prepare_value(self, value: Any) -> Any:
        return dong(value) if isinstance(value, int) else value


class LinesField(forms.CharField):
    """Keys of lines, as one hidden text: thousands of lines are one field of the request."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        parts = [part for part in (super().to_python(value) or "").split(",") if part]
        if len(parts) > MOST_LINES or not all(part.isascii() and part.isdecimal() and len(part) < 12 for part in parts):
            raise ValidationError("Danh sách trường hợp chưa đúng. Hãy quay lại và chọn lại.")
        return [int(part) for part in parts]

    def prepare_value(self, value: Any) -> Any:
        return ",".join(str(each) for each in value) if isinstance(value, list | tuple) else value


class PayForm(TidyForm):
    lines = LinesField(error_messages={"required": "Hãy chọn ít nhất một trường hợp."})
    paid_on = forms.DateField(label="Ngày chi", help_text="Không trước ngày quyết định, không ở tương lai.")
    paid_note = forms.CharField(label="Chứng từ chi", max_length=200, help_text=DOCUMENT_HELP)


class UnpayForm(TidyForm):
    lines = LinesField(error_messages={"required": "Hãy chọn ít nhất một trường hợp."})
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    reason = forms.CharField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi nhầm: nhầm ở đâu. Đã thu hồi: ngày và chứng từ nộp lại.",
    )


class Remembering(BasedMixin, TidyModelForm):
    """A form of a row's own columns; the verb writes them, under lock."""

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "base"}

    def _post_clean(self) -> None:
        """The instance stays as the page showed it."""


class PlanForm(Remembering):
    planned = DongField(
        label="Dự toán được giao (đồng)", required=False, min_value=0, help_text="Để trống khi chưa được giao."
    )

    class Meta:
        model = FundYear
        fields = PLAN
        help_texts = {"basis": "Số, ngày, cơ quan ban hành."}


class SpendingForm(Remembering):
    amount = DongField(label="Số tiền (đồng)", min_value=1)

    class Meta:
        model = FundSpending
        fields = SPENDING
        help_texts = {"document": DOCUMENT_HELP}
