"""What is typed about a movement."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from blocs.forms.seen import SeenMixin
from blocs.models import Agency, BlocYear, Movement
from khoithidua.web.forms import TidyForm, TidyModelForm
from khoithidua.web.text import search_key

FIRST_EMULATION = 1948  # the call for patriotic emulation of 11 June 1948


class MovementForm(SeenMixin, TidyModelForm):
    class Meta:
        model = Movement
        fields = ["name", "scope", "kind", "starts", "ends", "launched_by", "launched_on"]
        help_texts = {
            "starts": "Để trống nếu chưa rõ.",
            "ends": "Để trống nếu chưa rõ hoặc không định hạn.",
            "launched_by": "Ví dụ: Ủy ban nhân dân tỉnh.",
        }

    def __init__(self, *args: Any, bloc_year: BlocYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bloc_year = bloc_year

    def clean_name(self) -> str:
        """The same name twice in one year would be counted as two movements."""
        name: str = " ".join(self.cleaned_data["name"].split())
        others = self.bloc_year.movements.exclude(movement=self.instance.pk)
        if others.filter(movement__search_key=search_key(name)).exists():
            raise forms.ValidationError("Năm nay khối đã có phong trào này. Hãy sửa phong trào đã có.")
        return name

    def clean_launched_on(self) -> Any:
        """A movement may have been launched long ago, but not before there was emulation."""
        day, last = self.cleaned_data["launched_on"], self.bloc_year.year + 1
        if day is not None and not FIRST_EMULATION <= day.year <= last:
            raise forms.ValidationError(
                f"Ngày phát động phải trong khoảng từ năm {FIRST_EMULATION} đến năm {last}. Hãy kiểm tra lại năm."
            )
        return day


class AdoptForm(TidyForm):
    movement = forms.ModelChoiceField(
        queryset=Movement.objects.none(),
        label="Phong trào đã có",
        empty_label="– Chọn phong trào –",
        help_text="Phong trào của tỉnh, của trung ương, và của khối trong những năm khác.",
    )

    def __init__(self, *args: Any, movements: QuerySet[Movement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["movement"].queryset = movements  # type: ignore[attr-defined]


class ParticipantsForm(TidyForm):
    agencies = forms.ModelMultipleChoiceField(
        queryset=Agency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Đơn vị tham gia",
        help_text="Không chọn đơn vị nào nghĩa là chưa ghi nhận, không phải là không ai tham gia.",
    )

    def __init__(self, *args: Any, agency_ids: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = Agency.objects.filter(pk__in=agency_ids)  # type: ignore[attr-defined]
