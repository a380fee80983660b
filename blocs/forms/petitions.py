"""What is typed about a petition."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from blocs.forms.seen import SeenMixin
from blocs.models import Agency, BlocYear, Petition
from khoithidua.web.forms import TidyModelForm


class PetitionForm(SeenMixin, TidyModelForm):
    reason = forms.CharField(
        required=False,
        max_length=2000,
        label="Căn cứ, lý do thay đổi",
        help_text="Bắt buộc khi thay đổi tình trạng; được ghi vào lịch sử.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Petition
        fields = ["agency", "received_on", "subject", "status"]
        help_texts = {
            "received_on": "Để trống nếu chưa rõ ngày.",
            "subject": "Tóm tắt nội dung, không ghi tên người gửi đơn.",
        }

    def __init__(self, *args: Any, bloc_year: BlocYear, agency_ids: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bloc_year = bloc_year
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=agency_ids)  # type: ignore[attr-defined]
        self.fields["agency"].empty_label = "– Chọn đơn vị –"  # type: ignore[attr-defined]
        if self.instance.pk is None:
            del self.fields["reason"]

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day is None:
            return None
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày tiếp nhận không được sau hôm nay. Hãy kiểm tra lại ngày.")
        if abs(day.year - self.bloc_year.year) > 1:
            raise forms.ValidationError(
                f"Ngày tiếp nhận cách năm thi đua {self.bloc_year.year} hơn một năm. Hãy kiểm tra lại năm."
            )
        return day
