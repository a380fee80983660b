"""What is typed when other agencies and the public are asked."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from awards.domain.asked_agencies import Offered, agencies_to_ask
from awards.domain.opinions import ANSWERS, Question
from awards.enums import CommentOutcome, OpinionKind
from awards.forms.appraisal import ChosenNominations, reason_field
from awards.models import Dossier, Nomination, Opinion, Posting
from blocs.models import Agency
from khoithidua.web.forms import TidyForm


class QuestionForm(TidyForm):
    """Which agencies are asked what about whom."""

    kind = forms.ChoiceField(label="Loại ý kiến", choices=OpinionKind.choices)
    agencies = forms.ModelMultipleChoiceField(
        label="Cơ quan được hỏi",
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Cơ quan được hỏi chỉ thấy tên, đơn vị và hình thức đề nghị.",
        error_messages={"required": "Hãy đánh dấu ít nhất một cơ quan."},
    )
    nominations = ChosenNominations(label="Trường hợp xin ý kiến")
    text = reason_field("Nội dung xin ý kiến")

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.filter(council=dossier.council_id).exclude(pk=dossier.agency_id)
        rows = dossier.nominations.select_related("award").order_by("position", "pk")
        self.fields["agencies"].queryset = agencies.order_by("sort_key", "pk")  # type: ignore[attr-defined]
        self.fields["nominations"].queryset = rows  # type: ignore[attr-defined]
        self.offer(agencies_to_ask(dossier, list(agencies.order_by("sort_key", "pk")), timezone.localdate()))

    def offer(self, offered: Offered) -> None:
        """Agencies that the province names stand first, under their own heading."""
        field: Any = self.fields["agencies"]
        if len(offered.groups) > 1 or offered.unknown:
            field.choices = [(words, [(each.pk, str(each)) for each in rows]) for words, rows in offered.groups]
        if offered.unknown:
            field.help_text += f" Tỉnh quy định nhưng chưa có trong danh sách đơn vị: {', '.join(offered.unknown)}."

    def question(self) -> Question:
        given = self.cleaned_data
        return Question(given["kind"], given["text"], list(given["agencies"]), list(given["nominations"]))


class AnswerForm(TidyForm):
    """What the asked agency answers."""

    answer = forms.ChoiceField(label="Ý kiến", widget=forms.RadioSelect)
    text = reason_field("Nội dung", "Bắt buộc khi không nhất trí hoặc có vi phạm: nêu ai, việc gì.", required=False)
    document = forms.CharField(
        label="Văn bản trả lời", max_length=300, required=False, help_text="Số, ký hiệu, ngày của văn bản (nếu có)."
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, opinion: Opinion, **kwargs: Any) -> None:
        initial = {
            "answer": opinion.answer,
            "text": opinion.text,
            "document": opinion.document,
            "seen": opinion.version,
        }
        super().__init__(data, initial=initial, **kwargs)
        choices = [(each.value, each.label) for each in ANSWERS[OpinionKind(opinion.kind)]]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]

    def renew(self, version: int) -> None:
        self.data["seen"] = str(version)  # type: ignore[index]


class PostingForm(TidyForm):
    """A list that will be public."""

    title = forms.CharField(label="Tiêu đề", max_length=300)
    text = reason_field("Nội dung, nơi nhận ý kiến", "Địa chỉ, điện thoại, thư điện tử nhận ý kiến của Nhân dân.")
    from_on = forms.DateField(label="Công khai từ ngày")
    until_on = forms.DateField(
        label="Đến ngày",
        help_text="Ít nhất 10 ngày làm việc sau ngày đăng đối với huân chương, danh hiệu vinh dự nhà nước, giải thưởng "
        "và Chiến sĩ thi đua toàn quốc; theo quy định của tỉnh nếu tỉnh quy định dài hơn hoặc thêm cấp tỉnh.",
    )
    nominations = ChosenNominations(label="Trường hợp công khai")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, nominations: QuerySet[Nomination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nominations"].queryset = nominations  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "text", "from_on", "until_on")}

    def renew(self, version: int) -> None:
        self.data["seen"] = str(version)  # type: ignore[index]


class CommentForm(TidyForm):
    """What somebody of the public wrote or said."""

    nomination = forms.ModelChoiceField(
        label="Về trường hợp", queryset=Nomination.objects.none(), required=False, empty_label="Chung cho cả danh sách"
    )
    sender = forms.CharField(label="Người gửi", max_length=200, required=False)
    received_on = forms.DateField(label="Nhận ngày")
    text = reason_field("Nội dung ý kiến")

    def __init__(self, *args: Any, posting: Posting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = posting.nominations.select_related("award").order_by("position", "pk")
        self.fields["nomination"].queryset = rows  # type: ignore[attr-defined]

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày nhận ý kiến không được sau hôm nay.")
        return day


class OutcomeForm(TidyForm):
    """What became of a comment."""

    outcome = forms.ChoiceField(
        label="Kết quả xử lý", choices=[each for each in CommentOutcome.choices if each[0]], widget=forms.RadioSelect
    )
    outcome_text = reason_field("Nội dung xử lý", "Bắt buộc khi đã kết luận.", required=False)
