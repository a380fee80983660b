"""What is typed about each kind of line of a subject's history."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from awards.domain import history_lines as kinds
from awards.domain.lineage import successors_for
from awards.forms.award_choices import AwardField
from awards.models import (
    Absence,
    AwardForm,
    AwardRecord,
    CollectiveYear,
    Discipline,
    Freeze,
    Initiative,
    InitiativeUse,
    Reorganisation,
    Subject,
    TaskGrade,
    UnitMove,
)
from blocs.forms.seen import SeenMixin
from blocs.models import Agency
from khoithidua.web.forms import TidyModelForm

FIRST_YEAR = 1945
NOT_FUTURE = ("decided_on", "recognised_on", "since", "cleared_on", "revoked_on", "moved_on")


class LineForm(SeenMixin, TidyModelForm):
    """A line of the history of ``subject``."""

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        for name, word in kinds.WORDS.items():
            if name in self.fields:
                self.fields[name].label = f"{word[:1].upper()}{word[1:]}"
        if "award" in self.fields:
            field: Any = self.fields["award"]
            taken = [each.pk for each in AwardForm.objects.all() if each.takes(subject.kind)]
            field.queryset = AwardForm.objects.filter(pk__in=[*taken, *self.present("award_id")])
            field.empty_label = "– Chọn danh hiệu, hình thức –"

    def present(self, name: str) -> list[Any]:
        """What the row holds already stays on offer."""
        value = getattr(self.instance, name, None)
        return [] if value is None else [value]

    def clean_year(self) -> Any:
        year = self.cleaned_data["year"]
        last = timezone.localdate().year
        if year is not None and not FIRST_YEAR <= year <= last:
            raise ValidationError(f"Hãy ghi một năm từ {FIRST_YEAR} đến {last}.")
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        today = timezone.localdate()
        for name in NOT_FUTURE:
            if data.get(name) and data[name] > today:
                self.add_error(name, "Ngày này chưa đến. Hãy kiểm tra lại.")
        return data

    def row_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def in_order(self, first: str, last: str, sentence: str) -> None:
        """An error on ``last`` when it lies before ``first``."""
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if start and end and end < start:
            self.add_error(last, sentence)


class GradeForm(LineForm):
    class Meta:
        model = TaskGrade
        fields = list(kinds.GRADE.fields)


class PeopleForm(LineForm):
    class Meta:
        model = CollectiveYear
        fields = list(kinds.PEOPLE_YEAR.fields)
        help_texts = {"total": "Số nào chưa rõ thì để trống; đừng ghi 0."}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        total = data.get("total")
        for name in ("completed", "advanced", "base_fighters", "disciplined", "women"):
            if total is not None and data.get(name) is not None and data[name] > total:
                self.add_error(name, f"Không được lớn hơn tổng số cá nhân ({total}).")
        return data


class InitiativeForm(LineForm):
    class Meta:
        model = Initiative
        fields = list(kinds.INITIATIVE.fields)


class UseForm(LineForm):
    class Meta:
        model = InitiativeUse
        fields = list(kinds.USE.fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["initiative"]
        field.queryset = Initiative.objects.filter(subject=self.subject)
        field.empty_label = "– Chọn sáng kiến –"


class RecordForm(LineForm):
    class Meta:
        model = AwardRecord
        fields = list(kinds.RECORD.fields)
        field_classes = {"award": AwardField}
        help_texts = {
            "year": "Năm của thành tích, không phải năm ký quyết định.",
            "achievement_until": "Theo thời gian ghi trong quyết định, nếu có (NĐ 152/2025, Điều 33 khoản 7).",
            "achievement": "Tên thành tích ghi trong quyết định, nhất là khen đột xuất, chuyên đề.",
            "revoked_on": "Chỉ ghi khi đã bị hủy bỏ, thu hồi; khi đó không được tính nữa.",
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.in_order("achievement_from", "achievement_until", "Ngày cuối không được trước ngày đầu của thành tích.")
        self.in_order("decided_on", "revoked_on", "Ngày hủy bỏ, thu hồi không được trước ngày quyết định.")
        return data


class FreezeForm(LineForm):
    upheld = forms.TypedChoiceField(
        label="Kết luận",
        required=False,
        choices=[("", "Chưa có kết luận"), ("False", "Không có sai phạm"), ("True", "Có sai phạm")],
        coerce=lambda value: value == "True",
        empty_value=None,
    )

    class Meta:
        model = Freeze
        fields = list(kinds.FREEZE.fields)
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["upheld"] = "" if self.instance.cleared_on is None else str(self.instance.upheld)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.in_order("since", "cleared_on", "Ngày kết luận không được trước ngày bắt đầu.")
        concluded, day = data.get("upheld"), data.get("cleared_on")
        if day and concluded is None:
            self.add_error("upheld", "Đã có ngày kết luận: hãy chọn có hay không có sai phạm.")
        if concluded is not None and not day and "cleared_on" not in self.errors:
            self.add_error("cleared_on", "Đã chọn kết luận: hãy ghi ngày kết luận.")
        return data | {"upheld": bool(concluded)}


class DisciplineForm(LineForm):
    class Meta:
        model = Discipline
        fields = list(kinds.DISCIPLINE.fields)
        help_texts = {"served_until": "Thành tích được tính từ sau ngày này (NĐ 152/2025, Điều 4 khoản 4)."}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.in_order("decided_on", "served_until", "Ngày chấp hành xong không được trước ngày quyết định.")
        return data


class AbsenceForm(LineForm):
    class Meta:
        model = Absence
        fields = list(kinds.ABSENCE.fields)

    def clean_working_days(self) -> Any:
        return self.at_most("working_days", 366, "ngày")

    def clean_months_worked(self) -> Any:
        return self.at_most("months_worked", 12, "tháng")

    def at_most(self, name: str, most: int, unit: str) -> Any:
        value = self.cleaned_data[name]
        if value is not None and value > most:
            raise ValidationError(f"Một năm có nhiều nhất {most} {unit}. Hãy kiểm tra lại.")
        return value


class MoveForm(LineForm):
    class Meta:
        model = UnitMove
        fields = list(kinds.MOVE.fields)
        help_texts = {
            "new_agency": "Chọn để hệ thống đối chiếu: đơn vị mới là đơn vị xét, đề nghị khen thưởng.",
            "comment": "Cần khi công tác ở đơn vị cũ từ 06 tháng trở lên trong năm; chưa có thì để trống.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["new_agency"]
        field.queryset = Agency.objects.filter(council=self.subject.council_id)
        field.empty_label = "– Ngoài danh mục, hoặc chưa rõ –"


class ReorganisationForm(LineForm):
    class Meta:
        model = Reorganisation
        fields = list(kinds.REORGANISATION.fields)
        help_texts = {
            "successor": "Một tập thể kế thừa một dòng; chia cho nhiều tập thể thì ghi nhiều dòng.",
            "successor_name": "Chỉ ghi khi tập thể kế thừa chưa có trong sổ đối tượng.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.queryset = successors_for(self.subject, self.present("successor_id"))
        field.empty_label = "– Không có, hoặc chưa có trong sổ –"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("successor") and data.get("successor_name"):
            self.add_error("successor_name", "Đã chọn tập thể kế thừa trong sổ: hãy để trống mục này.")
        return data


FORMS: dict[str, type[LineForm]] = {
    kinds.GRADE.slug: GradeForm,
    kinds.PEOPLE_YEAR.slug: PeopleForm,
    kinds.INITIATIVE.slug: InitiativeForm,
    kinds.USE.slug: UseForm,
    kinds.RECORD.slug: RecordForm,
    kinds.FREEZE.slug: FreezeForm,
    kinds.DISCIPLINE.slug: DisciplineForm,
    kinds.ABSENCE.slug: AbsenceForm,
    kinds.MOVE.slug: MoveForm,
    kinds.REORGANISATION.slug: ReorganisationForm,
}
