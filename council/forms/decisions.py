"""Forms of decisions: issuers, drafts, names, issuing, the Party committee's opinion, later ones, signed papers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from awards.enums import Category
from awards.forms.based import BasedMixin
from awards.models import AwardForm, Subject
from blocs.models import Agency
from council.domain.decisions import drafts, issuers, lines
from council.enums import DecisionKind
from council.models import Decision, DecisionLine, Issuer
from khoithidua.web.forms import TidyForm, TidyModelForm
from khoithidua.web.uploads import PDF, UploadField

FIRST_YEAR, LAST_YEAR = 1945, 2100
SIGNER_HELP = "Mỗi dòng một phần, ví dụ: «KT. CHỦ TỊCH» rồi xuống dòng «PHÓ CHỦ TỊCH»."


class Words(BasedMixin, TidyModelForm):
    """A form of a row's own columns."""

    def cleaned_fields(self) -> dict[str, Any]:
        """What the verb writes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "base"}


class IssuerForm(Words):
    class Meta:
        model = Issuer
        fields = issuers.FIELDS
        widgets = {"signer_title": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "symbol": "Phần sau số, ví dụ QĐ-UBND. Mỗi ký hiệu có một dãy số riêng trong năm.",
            "signer_title": SIGNER_HELP,
            "superior": "Ví dụ tên cơ quan chủ quản; để trống nếu không có.",
        }

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["agency"].label = "Cơ quan trong danh mục (nếu có)"


class IssuerChoice(TidyForm):
    """Who issues; those in use of the council, and the only one where there is but one."""

    issuer = forms.ModelChoiceField(Issuer.objects.none(), label="Cơ quan, người ban hành")

    def __init__(self, *args: Any, issuers: QuerySet[Issuer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]
        found = list(issuers[:2])
        if len(found) == 1:
            self.fields["issuer"].initial = found[0].pk


class DraftForm(IssuerChoice):
    split = forms.BooleanField(
        label="Lập quyết định riêng cho tập thể, cá nhân, hộ gia đình",
        required=False,
    )


class NewForm(IssuerChoice):
    title = forms.CharField(label="Trích yếu", max_length=500, initial="Về việc tặng ")
    category = forms.ChoiceField(label="Loại hình", choices=Category)
    year = forms.IntegerField(label="Năm thành tích", min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year


class DecisionForm(Words):
    class Meta:
        model = Decision
        fields = drafts.FIELDS
        widgets = {
            "grounds": forms.Textarea(attrs={"rows": 7}),
            "reason": forms.Textarea(attrs={"rows": 3}),
            "signer_title": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "grounds": "Mỗi căn cứ một dòng, kết thúc bằng dấu chấm phẩy.",
            "proposed_by": "Sau chữ «Theo đề nghị của», ví dụ: Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV.",
            "signer_title": SIGNER_HELP,
        }

    def __init__(self, *args: Any, issuers: QuerySet[Issuer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]
        if self.instance.kind == DecisionKind.AWARD:
            del self.fields["reason"]


class LineForm(Words):
    class Meta:
        model = DecisionLine
        fields = lines.FIELDS
        help_texts = {"name": "Đúng như sẽ in trong quyết định."}


class AddLinesForm(TidyForm):
    subjects = forms.ModelMultipleChoiceField(
        Subject.objects.none(), error_messages={"required": "Hãy chọn ít nhất một đối tượng."}
    )
    award = forms.ModelChoiceField(AwardForm.objects.filter(active=True), label="Danh hiệu, hình thức khen thưởng")

    def __init__(self, *args: Any, subjects: QuerySet[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subjects"].queryset = subjects  # type: ignore[attr-defined]


class IssueForm(TidyForm):
    issued_on = forms.DateField(label="Ngày ban hành")
    number = forms.IntegerField(
        label="Số quyết định",
        required=False,
        min_value=1,
        help_text="Để trống thì lấy số tiếp theo trong sổ. Chỉ ghi khi văn bản đã được cấp số ở nơi khác.",
    )


class AskForm(TidyForm):
    body = forms.CharField(label="Cấp ủy được xin ý kiến", max_length=300)
    asked_on = forms.DateField(label="Ngày xin ý kiến")
    question = forms.CharField(label="Văn bản xin ý kiến (số, ngày)", max_length=300, required=False)


class AnswerForm(TidyForm):
    answered_on = forms.DateField(label="Ngày trả lời")
    document = forms.CharField(label="Văn bản trả lời (số, ngày)", max_length=300)
    agreed = forms.TypedChoiceField(
        label="Ý kiến của cấp ủy",
        choices=[("", "---------"), ("1", "Nhất trí"), ("0", "Không nhất trí")],
        coerce=lambda value: value == "1",
        empty_value=None,
    )
    note = forms.CharField(label="Nội dung ý kiến", max_length=500, required=False)


class LaterForm(IssuerChoice):
    """What a later decision says of lines of an earlier one."""

    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    whole = forms.BooleanField(label="Toàn bộ các trường hợp còn hiệu lực", required=False)
    lines = forms.ModelMultipleChoiceField(DecisionLine.objects.none(), required=False)

    def __init__(self, *args: Any, lines: QuerySet[DecisionLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = lines  # type: ignore[attr-defined]

    def chosen(self) -> QuerySet[DecisionLine]:
        """The ticked lines, or every line in force."""
        field: Any = self.fields["lines"]
        found: QuerySet[DecisionLine] = field.queryset if self.cleaned_data["whole"] else self.cleaned_data["lines"]
        return found


class ScanForm(TidyForm):
    file = UploadField(label="Bản ký (PDF)", kinds=(PDF,))
