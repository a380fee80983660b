"""What is typed about a pledge: its theme, and the targets of one agency."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from blocs.domain.targeting import TargetRow, as_row
from blocs.enums import Direction
from blocs.forms.seen import SeenMixin
from blocs.models import Pledge, Target
from khoithidua.web.forms import TidyForm, TidyModelForm
from khoithidua.web.numbers import plain_number
from khoithidua.web.text import tidy

BLANK_ROWS = 4
MOST_ROWS = 200
TOO_LONG = "quá dài: nhiều nhất 14 chữ số và 4 chữ số thập phân."


class ThemeForm(SeenMixin, TidyModelForm):
    class Meta:
        model = Pledge
        fields = ["theme"]
        widgets = {"theme": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"theme": "Chủ đề, các nội dung thi đua mà mọi đơn vị trong khối cùng cam kết."}


class FigureField(forms.DecimalField):
    """A number as people write it; whatever may be read in two ways is asked for again."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_digits=18,
            decimal_places=4,
            error_messages=dict.fromkeys(("max_digits", "max_decimal_places", "max_whole_digits"), TOO_LONG),
            **kwargs,
        )


class TargetRowForm(TidyForm):
    """One line of the targets' table."""

    pk = forms.IntegerField(required=False)
    name = forms.CharField(
        required=False,
        max_length=500,
        label="Nội dung chỉ tiêu",
        error_messages={"max_length": "dài quá 500 ký tự. Hãy viết ngắn lại."},
    )
    unit = forms.CharField(
        required=False,
        max_length=60,
        label="Đơn vị tính",
        error_messages={"max_length": "dài quá 60 ký tự. Hãy viết ngắn lại."},
    )
    direction = forms.ChoiceField(required=False, choices=Direction.choices, label="Chiều đánh giá")
    plan = FigureField(label="Kế hoạch năm")
    mid_year = FigureField(label="Thực hiện 6 tháng")
    actual = FigureField(label="Thực hiện cả năm")
    remove = forms.BooleanField(required=False)

    saved: Target | None = None
    number: int = 0
    promised: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["name"] = tidy(data.get("name") or "")
        data["unit"] = tidy(data.get("unit") or "")
        self.cleaned_data = data
        if not self.is_blank and not data.get("remove") and not self.errors:
            self.check_complete(data)
        return data

    def check_complete(self, data: dict[str, Any]) -> None:
        unplanned = self.saved is not None and self.saved.plan is None
        if not data["name"]:
            self.add_error("name", "đang trống. Hãy ghi nội dung chỉ tiêu, hoặc xóa các ô khác của dòng.")
        elif data.get("plan") is None and not unplanned:
            self.add_error("plan", "đang trống. Hãy ghi số kế hoạch của chỉ tiêu này.")

    @property
    def is_blank(self) -> bool:
        """Nothing typed: such a line is left out."""
        typed = ("name", "unit", "plan", "mid_year", "actual", "pk")
        return not any(str(self.data.get(self.add_prefix(name)) or "").strip() for name in typed)

    def sentences(self) -> Iterator[str]:
        """Every error as a full sentence that names the line and the column."""
        for name, errors in self.errors.items():
            label = self.fields[name].label if name in self.fields else ""
            for error in errors:
                yield f"Dòng {self.number}: {label} {error}".replace("  ", " ")

    def row(self) -> TargetRow:
        data = self.cleaned_data
        return TargetRow(
            pk=data.get("pk"),
            name=data["name"],
            unit=data["unit"],
            direction=data.get("direction") or Direction.UP,
            plan=data.get("plan"),
            mid_year=data.get("mid_year"),
            actual=data.get("actual"),
            remove=bool(data.get("remove")),
        )


class FigureRowForm(TargetRowForm):
    """One line once the promise is made: only what was reached is read."""

    promised = ("name", "unit", "direction", "plan")

    def check_complete(self, data: dict[str, Any]) -> None:
        """The promise was checked when it was written."""


class TargetSheet:
    """All lines of one agency: what is saved, what was typed, what is wrong, which saved value differs."""

    def __init__(self, targets: Sequence[Target], data: Any = None, *, with_plan: bool = True) -> None:
        self.targets = list(targets)
        self.with_plan = with_plan
        self.extra_errors: list[str] = []
        self.forms = self.bound(data) if data is not None else self.unbound()
        for number, form in enumerate(self.forms, start=1):
            form.number = number

    def unbound(self) -> list[TargetRowForm]:
        rows = [TargetRowForm(prefix=f"row-{n}", initial=as_row(each)) for n, each in enumerate(self.targets)]
        blanks = BLANK_ROWS if self.with_plan else 0
        return rows + [TargetRowForm(prefix=f"row-{len(rows) + n}") for n in range(blanks)]

    def bound(self, data: Any) -> list[TargetRowForm]:
        kind = TargetRowForm if self.with_plan else FigureRowForm
        posted = str(data.get("rows", "0"))
        count = min(int(posted), MOST_ROWS) if posted.isdecimal() else 0
        found = [kind(data, prefix=f"row-{number}") for number in range(count)]
        by_pk = {str(target.pk): target for target in self.targets}
        for form in found:
            form.saved = by_pk.get(str(form.data.get(form.add_prefix("pk"))))
        return found

    def is_valid(self) -> bool:
        valid = all(form.is_valid() for form in self.forms)
        seen: dict[str, int] = {}
        for form in self.forms if valid and self.with_plan else []:
            name = "" if form.cleaned_data.get("remove") else form.cleaned_data["name"]
            first = seen.setdefault(name.lower(), form.number)
            if name and first != form.number:
                self.extra_errors.append(f"Dòng {form.number}: trùng nội dung với dòng {first}. Hãy sửa một trong hai.")
        return valid and not self.extra_errors

    def rows(self) -> list[TargetRow]:
        return [form.row() for form in self.forms if not form.is_blank]

    def errors(self) -> list[str]:
        return [sentence for form in self.forms if form.is_bound for sentence in form.sentences()] + self.extra_errors

    def lines(self) -> list[dict[str, Any]]:
        """What the template draws: plain values, so that a long table stays quick."""
        return [line_of(form) for form in self.forms] + [line_of(form) for form in self.unseen()]

    def unseen(self) -> list[TargetRowForm]:
        """Saved rows that the posted form did not hold: a colleague added them meanwhile."""
        shown = {form.saved.pk for form in self.forms if form.saved}
        if not any(form.is_bound for form in self.forms):
            return []
        missing = [target for target in self.targets if target.pk not in shown]
        made = [
            TargetRowForm(prefix=f"row-{len(self.forms) + n}", initial=as_row(each)) for n, each in enumerate(missing)
        ]
        for number, form in enumerate(made, start=len(self.forms) + 1):
            form.number = number
        return made


def line_of(form: TargetRowForm) -> dict[str, Any]:
    values = {name: shown(form, name) for name in form.fields}
    wrong = dict.fromkeys(form.errors, True) if form.is_bound else {}
    return {"prefix": form.prefix, "number": form.number, "wrong": wrong, "saved": differences(form, values)} | values


def shown(form: TargetRowForm, name: str) -> Any:
    if name in form.promised and form.saved is not None:
        value = as_row(form.saved)[name]
    elif form.is_bound:
        return form.data.get(form.add_prefix(name)) or ""
    else:
        value = form.initial.get(name)
    return plain_number(value) if isinstance(value, Decimal) else ("" if value is None else value)


def differences(form: TargetRowForm, values: dict[str, Any]) -> dict[str, Any]:
    """Saved values that differ from what was typed, for the line they belong to."""
    if form.saved is None:
        return {}
    kept = {name: "" if value is None else value for name, value in as_row(form.saved).items()}
    words = {name: plain_number(value) if isinstance(value, Decimal) else value for name, value in kept.items()}
    return {name: words[name] or "(trống)" for name in words if str(words[name]) != str(values[name]) and name != "pk"}
