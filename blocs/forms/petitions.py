"""What is typed about a petition."""

from collections.abc import Iterable
from typing import Any

from django import forms

from blocs.forms.seen import SeenMixin
from blocs.models import Agency, Petition
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

    def __init__(self, *args: Any, agency_ids: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=agency_ids)  # type: ignore[attr-defined]
        self.fields["agency"].empty_label = "– Chọn đơn vị –"  # type: ignore[attr-defined]
        if self.instance.pk is None:
            del self.fields["reason"]
