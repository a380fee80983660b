"""Whom and on which day: the question of the page «Kiểm tra điều kiện»."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from awards.law.rule_sets import RULE_SETS
from khoithidua.web.forms import TidyForm

LAST_YEARS = 20


class DayForm(TidyForm):
    """The day that the law is taken of; empty is today."""

    ngay = forms.DateField(label="Xét tại ngày", required=False)

    def clean_ngay(self) -> date:
        today = timezone.localdate()
        day: date = self.cleaned_data["ngay"] or today
        if day < RULE_SETS[0].starts:
            raise ValidationError("Hệ thống có quy định từ 01/10/2017. Hãy chọn ngày từ ngày đó trở đi.")
        if day.year > today.year + LAST_YEARS:
            raise ValidationError(f"Hãy chọn ngày không quá năm {today.year + LAST_YEARS}.")
        return day

    def day(self) -> date:
        """The day asked for; today while what was typed is wrong."""
        return self.cleaned_data.get("ngay") or timezone.localdate() if self.is_valid() else timezone.localdate()
