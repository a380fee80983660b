"""Who leads next year, and what is handed over."""

from collections.abc import Sequence
from typing import Any

from django import forms

from blocs.domain.succession import Agreement
from blocs.enums import SuccessionMode
from blocs.models import Agency, BlocYear, Succession
from khoithidua.web.forms import TidyForm


class SuccessionForm(TidyForm):
    mode = forms.ChoiceField(label="Cách chọn", choices=SuccessionMode.choices)
    head = forms.TypedChoiceField(label="Trưởng khối năm sau", required=False)
    deputies = forms.TypedMultipleChoiceField(
        label="Phó khối năm sau", required=False, widget=forms.CheckboxSelectMultiple
    )
    items = forms.CharField(
        label="Hồ sơ, tài liệu bàn giao",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mỗi dòng một mục: quy chế, bảng điểm, biên bản, kinh phí, cờ luân lưu…",
    )
    handed_over_on = forms.DateField(
        label="Ngày bàn giao", required=False, help_text="Để trống thì lấy ngày bấm nút bàn giao."
    )

    def __init__(
        self,
        data: Any = None,
        *,
        bloc_year: BlocYear,
        agreed: Succession | None,
        choices: Sequence[Agency],
        suggested: Agency | None,
    ) -> None:
        super().__init__(data, initial=initial_of(bloc_year, agreed, suggested))
        self.agencies = {str(agency.pk): agency for agency in choices}
        options = [(pk, agency.name) for pk, agency in self.agencies.items()]
        head: Any = self.fields["head"]
        head.choices = [("", "(chưa chọn)"), *options]
        deputies: Any = self.fields["deputies"]
        deputies.choices = options

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("head") and cleaned["head"] in cleaned.get("deputies", []):
            self.add_error("deputies", "Trưởng khối năm sau không đồng thời là phó khối. Hãy bỏ chọn đơn vị này.")
        return cleaned

    def agreement(self) -> Agreement:
        cleaned = self.cleaned_data
        return Agreement(
            mode=cleaned["mode"],
            head=self.agencies.get(cleaned["head"]),
            deputies=[self.agencies[pk] for pk in cleaned["deputies"]],
            handed_over_on=cleaned["handed_over_on"],
            items=cleaned["items"],
        )


def initial_of(bloc_year: BlocYear, agreed: Succession | None, suggested: Agency | None) -> dict[str, Any]:
    """What is remembered; before that, what rotation suggests."""
    if agreed is None and bloc_year.rotation == SuccessionMode.ROTATION and suggested is not None:
        return {"mode": bloc_year.rotation, "head": str(suggested.pk)}
    if agreed is None:
        return {"mode": bloc_year.rotation}
    return {
        "mode": agreed.mode,
        "head": str(agreed.head_id or ""),
        "deputies": [str(agency.pk) for agency in agreed.deputies.all()],
        "items": agreed.items,
        "handed_over_on": agreed.handed_over_on,
    }
