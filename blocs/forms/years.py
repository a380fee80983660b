"""Forms of a bloc-year: a new one, its information, its quotas."""

from typing import Any

from django import forms
from django.utils import timezone

from blocs.enums import FLAGS, Award, BlocKind, Tier
from blocs.models import Bloc, BlocYear, Council
from khoithidua.web.forms import TidyForm, TidyModelForm
from khoithidua.web.text import tidy

# Awards that a council usually limits; others are added one at a time.
USUAL_QUOTAS = (*FLAGS, Award.PM_CERTIFICATE, Award.PROVINCIAL_CERTIFICATE, Award.EXCELLENT_COLLECTIVE)


def this_year() -> int:
    return timezone.localdate().year


class YearNewForm(TidyForm):
    """A year of a bloc that exists, or of a new one."""

    bloc = forms.ModelChoiceField(
        Bloc.objects.none(), label="Khối, cụm đã có", required=False, empty_label="(lập khối, cụm mới ở dưới)"
    )
    name = forms.CharField(label="Tên khối, cụm mới", max_length=300, required=False)
    kind = forms.ChoiceField(label="Loại", choices=BlocKind.choices, initial=BlocKind.BLOC)
    tier = forms.ChoiceField(label="Cấp tổ chức", choices=Tier.choices, initial=Tier.PROVINCE)
    code = forms.SlugField(
        label="Mã khối",
        max_length=60,
        required=False,
        help_text="Chữ không dấu, số và gạch nối; để trống thì lấy theo tên.",
        error_messages={"invalid": "Mã chỉ gồm chữ không dấu, số, gạch nối và gạch dưới."},
    )
    council = forms.ModelChoiceField(Council.objects.none(), label="Hội đồng", empty_label=None)
    year = forms.IntegerField(label="Năm thi đua", initial=this_year, min_value=1948, max_value=2100)
    copy = forms.BooleanField(
        label="Chép thành phần, quy chế, chỉ tiêu khen thưởng từ năm trước", required=False, initial=False
    )

    def __init__(self, data: Any = None, *, councils: Any, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        allowed = Council.objects.filter(pk__in=councils)
        council: Any = self.fields["council"]
        council.queryset = allowed
        council.initial = allowed.first()
        bloc: Any = self.fields["bloc"]
        bloc.queryset = Bloc.objects.filter(council__in=councils)
        if len(councils) == 1:
            council.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["name"] = tidy(cleaned.get("name") or "")
        bloc, name = cleaned.get("bloc"), cleaned["name"]
        if bloc is None and not name and not self.errors:
            self.add_error("name", "Hãy chọn khối, cụm đã có hoặc nhập tên khối, cụm mới.")
        elif bloc is not None and name:
            self.add_error("name", "Chỉ chọn khối đã có hoặc nhập tên khối mới, không làm cả hai.")
        elif bloc is None and cleaned.get("copy"):
            self.add_error("copy", "Khối mới chưa có năm trước để chép. Hãy bỏ chọn mục này.")
        return cleaned


class YearForm(TidyModelForm):
    class Meta:
        model = BlocYear
        fields = ["rotation", "pledge_due", "mid_year_due", "scores_due", "annual_due", "regulation"]
        widgets = {"regulation": forms.Textarea(attrs={"rows": 12})}

    field_order = ["rotation", "pledge_due", "mid_year_due", "scores_due", "annual_due", "regulation"]


class QuotaForm(TidyForm):
    """One number per award; an empty box says that no limit is known."""

    other_award = forms.ChoiceField(label="Hình thức khác", required=False)
    other_limit = forms.IntegerField(label="Số lượng tối đa", required=False, min_value=0, max_value=9999)

    def __init__(self, data: Any = None, *, limits: dict[str, int]) -> None:
        super().__init__(data)
        shown = [award for award in Award if award in USUAL_QUOTAS or award in limits]
        for award in shown:
            self.fields[f"limit-{award.value}"] = forms.IntegerField(
                label=str(award.label), required=False, min_value=0, max_value=9999, initial=limits.get(award.value)
            )
        other: Any = self.fields["other_award"]
        other.choices = [("", "(không thêm)"), *((a.value, a.label) for a in Award if a not in shown)]
        self.order_fields([*(f"limit-{award.value}" for award in shown), "other_award", "other_limit"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("other_award") and cleaned.get("other_limit") is None:
            self.add_error("other_limit", "Hãy nhập số lượng tối đa cho hình thức vừa chọn.")
        if cleaned.get("other_limit") is not None and not cleaned.get("other_award"):
            self.add_error("other_award", "Hãy chọn hình thức khen thưởng cho số lượng vừa nhập.")
        return cleaned

    def limits(self) -> dict[str, int | None]:
        """What was typed, award by award."""
        cleaned = self.cleaned_data
        found = {name[6:]: cleaned[name] for name in cleaned if name.startswith("limit-")}
        if cleaned.get("other_award"):
            found[cleaned["other_award"]] = cleaned["other_limit"]
        return found
