"""What is typed about a conference, with one choice per agency for who came."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from blocs.enums import AttendanceLevel, ConferenceKind
from blocs.forms.seen import SeenMixin
from blocs.models import Agency, BlocYear, Conference
from khoithidua.web.forms import LinesField, TidyModelForm

SELECT = {"class": "form-select form-select-sm"}
NOT_LISTED = "none"
CAME = "came"  # stands for AttendanceLevel.UNKNOWN, whose value is an empty string
LEVELS = [
    (NOT_LISTED, "Không ghi"),
    (AttendanceLevel.LEADER.value, AttendanceLevel.LEADER.label),
    (AttendanceLevel.OFFICER.value, AttendanceLevel.OFFICER.label),
    (CAME, AttendanceLevel.UNKNOWN.label),
    (AttendanceLevel.ABSENT.value, AttendanceLevel.ABSENT.label),
]


class ConferenceForm(SeenMixin, TidyModelForm):
    guests = LinesField(label="Khách mời", help_text="Mỗi dòng một người hoặc một đoàn khách.")
    conclusions = LinesField(label="Kết luận", help_text="Mỗi dòng một kết luận.")

    class Meta:
        model = Conference
        fields = [
            "kind", "held_on", "starts", "ends", "place", "chair_name", "chair_title", "chair_agency",
            "secretary_name", "secretary_title", "agenda", "guests", "conclusions", "attendance_listed",
        ]  # fmt: skip
        labels = {"attendance_listed": "Biên bản có ghi danh sách đơn vị dự"}
        help_texts = {
            "held_on": "Để trống nếu chưa rõ ngày.",
            "attendance_listed": "Không đánh dấu: chưa ghi danh sách dự; hồ sơ năm hiểu là các thành viên đều dự.",
        }
        widgets = {"agenda": forms.Textarea(attrs={"rows": 4})}

    def __init__(
        self,
        *args: Any,
        bloc_year: BlocYear,
        agencies: Iterable[Agency],
        levels: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bloc_year = bloc_year
        self.agencies = list(agencies)
        self.fields["chair_agency"].queryset = Agency.objects.filter(  # type: ignore[attr-defined]
            pk__in=[agency.pk for agency in self.agencies]
        )
        self.fields["chair_agency"].empty_label = "– Chưa rõ –"  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "– Chọn loại hội nghị –"), *ConferenceKind.choices]  # type: ignore[attr-defined]
        for agency in self.agencies:
            level = (levels[agency.pk] or CAME) if agency.pk in levels else NOT_LISTED
            self.fields[f"level_{agency.pk}"] = forms.ChoiceField(
                choices=LEVELS, label=agency.name, initial=level, required=False, widget=forms.Select(attrs=SELECT)
            )

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if held_on is not None and abs(held_on.year - self.bloc_year.year) > 1:
            raise forms.ValidationError(
                f"Ngày họp cách năm thi đua {self.bloc_year.year} hơn một năm. Hãy kiểm tra lại năm của ngày họp."
            )
        return held_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.levels() and not data.get("attendance_listed"):
            self.add_error(
                "attendance_listed",
                "Bạn đã ghi thành phần dự ở dưới. Hãy đánh dấu mục này, hoặc chọn «Không ghi» cho mọi đơn vị.",
            )
        if data.get("attendance_listed") and not self.levels() and not self.errors:
            self.add_error("attendance_listed", "Hãy ghi ít nhất một đơn vị dự, hoặc bỏ đánh dấu mục này.")
        return data

    def levels(self) -> dict[int, str]:
        """Agencies with a level; those without one are not in the record."""
        chosen = {agency.pk: self.cleaned_data.get(f"level_{agency.pk}") or NOT_LISTED for agency in self.agencies}
        return {pk: "" if level == CAME else level for pk, level in chosen.items() if level != NOT_LISTED}

    def own_fields(self) -> list[Any]:
        """Everything but the levels, which the page draws as a table."""
        return [field for field in self if not field.name.startswith("level_")]

    def level_fields(self) -> list[Any]:
        return [field for field in self if field.name.startswith("level_")]
