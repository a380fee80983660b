"""Forms of certificates: the layout with its elements, the scan of the form, a book begun on paper."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from awards.models import AwardForm
from blocs.forms.seen import SeenMixin
from council.domain.certificates.book import FIRST_YEAR, HIGHEST, LAST_YEAR
from council.domain.certificates.keys import (
    LARGEST_SIDE,
    LARGEST_SIZE,
    MOST_ELEMENTS,
    MOST_LINES,
    NARROWEST,
    SMALLEST_SIDE,
    SMALLEST_SIZE,
    Key,
)
from council.domain.certificates.layouts import COLUMNS, FIELDS, Draft
from council.domain.certificates.limits import COLOUR
from council.models import CertificateLayout, Issuer, LayoutElement
from khoithidua.web.forms import TidyForm, TidyModelForm
from khoithidua.web.numbers import plain_number
from khoithidua.web.uploads import JPEG, PNG, UploadField

SPARE_ROWS = 1
ALIGNS = [("left", "Trái"), ("center", "Giữa"), ("right", "Phải")]
PREFIX = "nd"


class LayoutForm(SeenMixin, TidyModelForm):
    width = forms.DecimalField(
        label="Chiều rộng phôi (mm)", min_value=SMALLEST_SIDE, max_value=LARGEST_SIDE, max_digits=6, decimal_places=2
    )
    height = forms.DecimalField(
        label="Chiều cao phôi (mm)", min_value=SMALLEST_SIDE, max_value=LARGEST_SIDE, max_digits=6, decimal_places=2
    )

    class Meta:
        model = CertificateLayout
        fields = FIELDS

    def __init__(self, *args: Any, issuers: QuerySet[Issuer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: Any = self.fields
        # What the layout names already stays on offer, also when it went out of use since.
        given["issuer"].queryset = issuers | issuers.model.objects.filter(pk=self.instance.issuer_id)
        given["award"].queryset = AwardForm.objects.filter(Q(active=True) | Q(pk=self.instance.award_id))
        given["issuer"].label, given["award"].label = "Cơ quan ban hành", "Danh hiệu, hình thức"
        given["issuer"].empty_label = "Mọi cơ quan ban hành"
        given["award"].empty_label = "Mọi danh hiệu, hình thức"

    def spoken(self, layout: CertificateLayout) -> dict[str, str]:
        """The layout's own fields in words, by their labels, for who compares two versions."""
        found = {}
        for name in FIELDS:
            value, field = getattr(layout, name), self.fields[name]
            if isinstance(value, bool):
                words = "Có" if value else "Không"
            elif isinstance(value, Decimal):
                words = plain_number(value)
            else:
                words = str(value or getattr(field, "empty_label", ""))
            found[str(field.label)] = words
        return found

    def fields_given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}


def millimetres(label: str, least: Any = 0) -> Any:
    return forms.DecimalField(label=label, min_value=least, max_value=LARGEST_SIDE, max_digits=6, decimal_places=2)


class ElementForm(TidyForm):
    """One element. A row without a content chosen is an empty row and says nothing."""

    key = forms.ChoiceField(label="Nội dung", choices=[("", "– Chọn –"), *Key.choices])
    text = forms.CharField(label="Chữ cố định", max_length=300, required=False)
    left = millimetres("Cách trái (mm)")
    top = millimetres("Cách trên (mm)")
    width = millimetres("Rộng (mm)", NARROWEST)
    lines = forms.IntegerField(label="Số dòng tối đa", min_value=1, max_value=MOST_LINES, initial=1)
    size = forms.DecimalField(
        label="Cỡ chữ (pt)",
        min_value=SMALLEST_SIZE,
        max_value=LARGEST_SIZE,
        max_digits=5,
        decimal_places=2,
        initial=14,
    )
    align = forms.ChoiceField(label="Căn", choices=ALIGNS, initial="center")
    colour = forms.RegexField(
        COLOUR,
        label="Màu",
        initial="#000000",
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        error_messages={"invalid": "Màu ghi như #C00000. Hãy chọn lại."},
    )
    bold = forms.BooleanField(label="Đậm", required=False)
    italic = forms.BooleanField(label="Nghiêng", required=False)
    capitals = forms.BooleanField(label="Chữ hoa", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            kind = "form-check-input" if isinstance(field, forms.BooleanField) else "form-control form-control-sm"
            field.widget.attrs["class"] = f"{kind}{' form-control-color' if name == 'colour' else ''}"

    @property
    def heading(self) -> str:
        """What the row is, for its summary line."""
        key = str(self["key"].value() or "")
        return str(Key(key).label) if key in Key.values else "Nội dung mới"

    def element(self) -> LayoutElement:
        return LayoutElement(**{name: self.cleaned_data[name] for name in COLUMNS})


class ElementSet(forms.BaseFormSet[ElementForm]):
    """All elements of a layout in order; those marked to go, and empty rows, are left out."""

    def add_fields(self, form: ElementForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Bỏ nội dung này"
        form.fields["DELETE"].widget.attrs["class"] = "form-check-input"

    def elements(self) -> list[LayoutElement]:
        """Those that are sound; call after ``is_valid``, or for a preview of what can be shown already."""
        rows = [form for form in self.forms if form.is_valid() and form.cleaned_data.get("key")]
        return [form.element() for form in rows if not form.cleaned_data.get("DELETE")]


ELEMENTS: Any = forms.formset_factory(
    ElementForm,
    formset=ElementSet,
    extra=SPARE_ROWS,
    can_delete=True,
    max_num=MOST_ELEMENTS,
    absolute_max=MOST_ELEMENTS + 10,
    validate_max=True,
)


def element_set(data: Any = None, layout: CertificateLayout | None = None) -> ElementSet:
    """The rows of ``data``, or those of ``layout`` with an empty one after them."""
    rows = [{name: getattr(each, name) for name in COLUMNS} for each in layout.elements.all()] if layout else []
    made: ElementSet = ELEMENTS(data=data, initial=rows, prefix=PREFIX)
    return made


def draft_of(form: LayoutForm, rows: ElementSet) -> Draft:
    return Draft(form.fields_given(), rows.elements())


class FormScanForm(TidyForm):
    file = UploadField(label="Ảnh quét của phôi", kinds=(PNG, JPEG))

    def picture(self) -> Any:
        return self.cleaned_data["file"]


class BeginBookForm(TidyForm):
    """A book that was kept on paper: its last number."""

    issuer = forms.ModelChoiceField(Issuer.objects.none(), label="Cơ quan ban hành")
    award = forms.ModelChoiceField(AwardForm.objects.filter(active=True), label="Danh hiệu, hình thức")
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last = forms.IntegerField(
        label="Số cuối đã cấp trước đây",
        min_value=1,
        max_value=HIGHEST,
        help_text="Bằng tiếp theo lấy số liền sau. Chỉ đặt được một lần, trước khi hệ thống cấp số trong sổ này.",
    )

    def __init__(self, *args: Any, issuers: QuerySet[Issuer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: Any = self.fields
        given["issuer"].queryset = issuers
        given["year"].initial = timezone.localdate().year
