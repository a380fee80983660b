"""Forms of reporting rounds. Verbs of the domain write; forms only read what was posted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from awards.domain.conflicts import Conflict
from awards.forms.based import BasedMixin
from khoithidua.web.forms import TidyForm, TidyModelForm
from reports.domain.rounding.founding import FIELDS
from reports.domain.rounding.outline import MOST_COLUMNS, PartKind, free_key
from reports.enums import RoundKind
from reports.models import ReportRound, RoundFigure, RoundSection, RoundTable

COLUMN_KINDS = [("text", "Chữ"), ("number", "Số")]


class RoundForm(BasedMixin, TidyModelForm):
    """What a round says; its kind, and the year of a province's round, are chosen once."""

    class Meta:
        model = ReportRound
        fields = ("kind", "year", *FIELDS)
        help_texts = {
            "since": "Để trống nếu theo 6 tháng đầu năm hoặc cả năm.",
            "due": "Hạn này thay cho hạn báo cáo ghi ở thông tin năm thi đua của khối.",
            "strict": "Không đánh dấu thì báo cáo gửi muộn vẫn được nhận và ghi số ngày muộn.",
            "basis": "Số, ngày, cơ quan ban hành văn bản yêu cầu báo cáo.",
            "note": "Hiện trên trang đợt báo cáo cho các đơn vị đọc.",
        }

    def __init__(self, data: Any = None, *, asks_kind: bool = False, asks_year: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not asks_kind:
            del self.fields["kind"]
        if not asks_year:
            del self.fields["year"]
        else:
            self.fields["year"].validators.append(plausible_year)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Ngày cuối của kỳ số liệu không được trước ngày đầu.")
        return cleaned

    def _post_clean(self) -> None:
        """The instance stays as the page showed it: the verb writes, under lock."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


def plausible_year(value: int) -> None:
    if not 1948 <= value <= 2100:
        raise ValidationError("Hãy ghi năm từ 1948 đến 2100.")


class PartForm(BasedMixin, TidyModelForm):
    def _post_clean(self) -> None:
        """The instance stays as the page showed it: the verb writes, under lock."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class SectionForm(PartForm):
    class Meta:
        model = RoundSection
        fields = ("title", "guidance", "required")
        widgets = {"guidance": forms.Textarea(attrs={"rows": 4})}


class FigureForm(PartForm):
    class Meta:
        model = RoundFigure
        fields = ("label", "unit", "kind", "source", "required")
        help_texts = {
            "unit": "Ví dụ: người, tập thể, sáng kiến.",
            "source": "Chọn thì hệ thống tự tính từ hồ sơ của đơn vị; để trống thì đơn vị tự nhập.",
        }


class TableForm(PartForm):
    """A table's title and up to eight columns: a column without a name is not there."""

    class Meta:
        model = RoundTable
        fields = ("title", "guidance")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.existing: list[dict[str, str]] = list(self.instance.columns or [])
        for place in range(MOST_COLUMNS):
            there = self.existing[place] if place < len(self.existing) else {}
            self.fields[f"column_{place}"] = forms.CharField(
                label=f"Cột {place + 1}", max_length=100, required=False, initial=there.get("label", "")
            )
            self.fields[f"kind_{place}"] = forms.ChoiceField(
                label=f"Kiểu của cột {place + 1}",
                choices=COLUMN_KINDS,
                required=False,
                initial=there.get("kind", "text"),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.columns():
            self.add_error("column_0", "Bảng phải có ít nhất một cột.")
        return cleaned

    def columns(self) -> list[dict[str, str]]:
        """The columns as they were typed; one that stood in its place before keeps its key."""
        taken = {each["key"] for each in self.existing}
        found = []
        for place in range(MOST_COLUMNS):
            label = str(self.cleaned_data.get(f"column_{place}") or "")
            if not label:
                continue
            key = self.existing[place]["key"] if place < len(self.existing) else free_key(label, taken)
            taken.add(key)
            found.append({"key": key, "label": label, "kind": self.cleaned_data.get(f"kind_{place}") or "text"})
        return found

    def values(self) -> dict[str, Any]:
        return super().values() | {"columns": self.columns()}

    def tell(self, conflict: Conflict) -> None:
        """Columns that were saved meanwhile stand at the first one."""
        super().tell(conflict)
        for each in conflict.differences:
            if each.name == "columns":
                self.add_error("column_0", f"Các cột đang lưu: «{each.saved}». Bản của bạn: «{each.typed}».")


PART_FORMS: dict[str, type[PartForm]] = {"muc": SectionForm, "so-lieu": FigureForm, "bang": TableForm}


def part_form(kind: PartKind, data: Any = None, instance: Any = None) -> PartForm:
    """The form of a part; of one that exists it remembers what the page was opened on."""
    form = PART_FORMS[kind.slug](data, instance=instance)
    if instance is not None:
        form.remember(instance, kind.fields)
    return form


class CopyForm(TidyForm):
    """The round whose outline is copied."""

    source = forms.TypedChoiceField(label="Chép đề cương của đợt", coerce=int)

    def __init__(self, data: Any = None, *, rounds: Iterable[ReportRound]) -> None:
        super().__init__(data)
        field: Any = self.fields["source"]
        field.choices = [("", "– Chọn –"), *((row.pk, source_words(row)) for row in rounds)]


def source_words(row: ReportRound) -> str:
    where = row.bloc_year.bloc.name if row.bloc_year is not None else "toàn tỉnh"
    return f"{row.year}: {row.title} ({where})"


class ExtendForm(TidyForm):
    """More time for one agency or many."""

    agencies = forms.TypedMultipleChoiceField(
        label="Đơn vị",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một đơn vị."},
    )
    due = forms.DateField(label="Gia hạn đến hết ngày")
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, members: Iterable[Any], after: date | None, chosen: Iterable[int]) -> None:
        super().__init__(data, initial={"agencies": list(chosen)})
        field: Any = self.fields["agencies"]
        field.choices = [(each.agency_id, each.agency.name) for each in members]
        self.after = after

    def clean_due(self) -> date:
        day: date = self.cleaned_data["due"]
        if self.after is not None and day <= self.after:
            raise ValidationError(f"Ngày gia hạn phải sau hạn chung của đợt ({self.after:%d/%m/%Y}).")
        return day


def starting(kind: str, year: int, due: date | None = None) -> dict[str, Any]:
    """What a new round of this kind is offered to begin with."""
    if kind == RoundKind.MID_YEAR:
        title = f"Báo cáo sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm {year}"
        return {"kind": kind, "title": title, "since": date(year, 1, 1), "until": date(year, 6, 30), "due": due}
    if kind == RoundKind.ANNUAL:
        title = f"Báo cáo tổng kết công tác thi đua, khen thưởng năm {year}"
        return {"kind": kind, "title": title, "since": date(year, 1, 1), "until": date(year, 12, 31), "due": due}
    return {"kind": RoundKind.AD_HOC}
