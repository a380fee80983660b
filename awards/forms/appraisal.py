"""What is typed while a dossier is appraised."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from awards.domain.appraising import ELIGIBLE, INELIGIBLE, NEEDS_DECISION, Ruling
from awards.law.branches import article_of
from awards.models import Nomination
from khoithidua.web.forms import TidyForm

RESULT_CHOICES = [
    (ELIGIBLE, "Đủ điều kiện"),
    (INELIGIBLE, "Không đủ điều kiện"),
    (NEEDS_DECISION, "Cần Hội đồng xem xét"),
]
RESULT_OF_STATE = {"eligible": ELIGIBLE, "ineligible": INELIGIBLE, "needs_decision": NEEDS_DECISION}


def reason_field(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=2000, required=required, help_text=help_text, widget=widget)


class RulingForm(TidyForm):
    """A result with its reason and article."""

    result = forms.ChoiceField(label="Kết quả thẩm định", choices=RESULT_CHOICES, widget=forms.RadioSelect)
    reason = reason_field(
        "Lý do, ý kiến thẩm định", "Bắt buộc khi không đủ điều kiện hoặc cần Hội đồng xem xét.", required=False
    )
    article = forms.CharField(
        label="Căn cứ (điều, khoản)",
        max_length=200,
        required=False,
        help_text="Bắt buộc khi không đủ điều kiện, ví dụ: Luật TĐKT 2022, Điều 23 khoản 1.",
    )

    def ruling(self) -> Ruling:
        given = self.cleaned_data
        return Ruling(given["result"], given["reason"], given["article"], given.get("branch"))


class NominationRulingForm(RulingForm):
    """One nomination: also the branch of the law it relies on, and what the page had seen."""

    branch = forms.ChoiceField(label="Xét theo (điểm, khoản của điều luật)", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, nomination: Nomination, seen: str, **kwargs: Any) -> None:
        initial = {
            "result": RESULT_OF_STATE.get(nomination.state, ""),
            "reason": nomination.appraisal_reason,
            "branch": nomination.branch,
            "seen": seen,
        }
        super().__init__(data, initial=initial, **kwargs)
        self.fields["branch"].choices = branch_choices(nomination)  # type: ignore[attr-defined]

    def renew(self, seen: str) -> None:
        """The person has been told: saving again is a decision."""
        self.data["seen"] = seen  # type: ignore[index]


def branch_choices(nomination: Nomination) -> list[tuple[str, str]]:
    """The branches that the last check tried, and the one that the dossier names."""
    found = nomination.checks.get("branches", []) if isinstance(nomination.checks, dict) else []
    rows = [(each["code"], f"{article_of(each['code'])}: {each['title']}") for each in found if each.get("code")]
    if nomination.branch and nomination.branch not in dict(rows):
        rows.insert(0, (nomination.branch, article_of(nomination.branch)))
    return [("", "Không nêu (hệ thống xét mọi điểm của điều luật)"), *rows]


class ReturnForm(TidyForm):
    """Why a dossier goes back, and by which text."""

    ground = forms.CharField(
        label="Căn cứ pháp lý",
        max_length=300,
        help_text="Điều, khoản của văn bản (Nghị định 152/2025/NĐ-CP, Điều 35 khoản 4 điểm a yêu cầu nêu rõ).",
    )
    reason = reason_field("Lý do trả lại", "Nêu rõ đơn vị cần làm gì.")


class AssignForm(TidyForm):
    """Whom a dossier goes to."""

    person = forms.ModelChoiceField(label="Người thẩm định", queryset=User.objects.none(), empty_label="– Chọn –")
    reason = reason_field("Lý do", "Bắt buộc khi chuyển hồ sơ từ người này sang người khác.", required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ReasonForm(TidyForm):
    """A reason, and nothing else."""

    reason = reason_field("Lý do")


class FavourableForm(TidyForm):
    """Which law a dossier that was received before the new one is judged by."""

    use_new_law = forms.TypedChoiceField(
        label="Quy định áp dụng",
        coerce=lambda value: value == "moi",
        choices=[
            ("moi", "Luật số 06/2026/QH16 (có lợi hơn)"),
            ("cu", "Quy định có hiệu lực vào ngày tiếp nhận hồ sơ"),
        ],
        widget=forms.RadioSelect,
    )
    reason = reason_field("Lý do", "Nêu điểm có lợi hơn và người quyết định.")


class AgainForm(TidyForm):
    """What is still missing after something was supplied."""

    request = reason_field("Nội dung cần bổ sung lại")
    due = forms.DateField(label="Hạn bổ sung", required=False)


class DueForm(TidyForm):
    """Until when supplements are due."""

    due = forms.DateField(label="Hạn bổ sung", required=False, help_text="Để trống nếu không đặt hạn.")


class ChosenNominations(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Checkboxes of nominations, each with what tells it from the others."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Nomination.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        unit = f", {obj.unit}" if obj.unit else ""
        return f"{obj.name}{unit} – {obj.award.name}"
