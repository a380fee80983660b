"""What is typed about awards and the parts of the catalogue."""

from typing import Any

from django import forms

from awards.domain.catalogue_parts import ALIAS, AWARD_FIELDS, COEFFICIENT, ENTRY, PAPER, PERIOD, SALARY
from awards.enums import Basis, SubjectKind
from awards.forms.award_choices import AwardField
from awards.models import AwardAlias as Alias
from awards.models import AwardForm, AwardPeriod, BaseSalary, Holiday, RequiredPaper, RewardCoefficient, RuleEntry
from blocs.forms.seen import SeenMixin
from khoithidua.web.forms import TidyModelForm

BRANCHES = (
    "Mã trường hợp (điều.khoản.điểm) cách nhau bằng dấu cách, ví dụ 74.1.b 74.1.c là Điều 74 khoản 1 điểm b, điểm c. "
    "Để trống nếu luôn cần."
)


class DatedForm(SeenMixin, TidyModelForm):
    """A line with its period and source; both must make sense."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Ngày kết thúc không được trước ngày bắt đầu. Hãy sửa một trong hai ngày.")
        if data.get("basis") == Basis.CHECKED and not data.get("legal_basis", "").strip():
            self.add_error("legal_basis", "Dòng «Đã đối chiếu văn bản» phải ghi căn cứ: điều, khoản, văn bản.")
        return data


class AwardEditForm(SeenMixin, TidyModelForm):
    subjects = forms.MultipleChoiceField(
        label="Đối tượng được tặng", choices=SubjectKind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AwardForm
        fields = list(AWARD_FIELDS)
        help_texts = {"position": "Số nhỏ đứng trước: hình thức cao hơn."}


class PeriodForm(DatedForm):
    class Meta:
        model = AwardPeriod
        fields = list(PERIOD.fields)


class CoefficientForm(DatedForm):
    class Meta:
        model = RewardCoefficient
        fields = list(COEFFICIENT.fields)
        help_texts = {"coefficient": "Số lần mức lương cơ sở, ví dụ 1,5. Để trống nếu chưa rõ; không ghi 0."}

    def clean_coefficient(self) -> Any:
        value = self.cleaned_data["coefficient"]
        if value is not None and value <= 0:
            raise forms.ValidationError("Hệ số phải lớn hơn 0. Nếu chưa rõ, hãy để trống.")
        return value


class PaperForm(DatedForm):
    class Meta:
        model = RequiredPaper
        fields = list(PAPER.fields)
        labels = {"branches": "Chỉ khi theo trường hợp (điểm, khoản)"}
        help_texts = {"branches": BRANCHES, "category": "Để trống nếu dùng cho mọi loại hình."}


class AliasForm(SeenMixin, TidyModelForm):
    class Meta:
        model = Alias
        fields = list(ALIAS.fields)
        help_texts = {"name": "Ví dụ: BK UBND tỉnh. Không phân biệt hoa thường, dấu và khoảng trắng."}
        error_messages = {"name": {"unique": "Cách viết này đã có trong danh mục."}}


class SalaryForm(SeenMixin, TidyModelForm):
    class Meta:
        model = BaseSalary
        fields = list(SALARY.fields)
        error_messages = {"since": {"unique": "Đã có mức lương cơ sở từ ngày này. Hãy sửa dòng đó."}}

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if not 100_000 <= amount <= 100_000_000:
            raise forms.ValidationError("Hãy ghi số đồng đầy đủ, ví dụ 2340000.")
        return amount


class EntryForm(SeenMixin, TidyModelForm):
    class Meta:
        model = RuleEntry
        fields = list(ENTRY.fields)
        field_classes = {"award": AwardField}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"source": "Văn bản, trang thông tin và nơi đọc được; không ghi nội dung luật khi chưa có bản ký."}


class HolidayForm(TidyModelForm):
    class Meta:
        model = Holiday
        fields = ["day", "name", "works"]
        help_texts = {"works": "Thứ Bảy hoặc Chủ nhật đi làm bù cho ngày nghỉ hoán đổi."}
        error_messages = {"day": {"unique": "Ngày này đã có trong lịch. Hãy xóa dòng đó trước nếu muốn ghi lại."}}


PART_FORMS: dict[str, Any] = {
    PERIOD.code: PeriodForm,
    COEFFICIENT.code: CoefficientForm,
    PAPER.code: PaperForm,
    ALIAS.code: AliasForm,
    SALARY.code: SalaryForm,
    ENTRY.code: EntryForm,
}
