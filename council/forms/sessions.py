"""What is typed about a session, its agenda, its roll call."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from awards.forms.based import BasedMixin
from awards.models import Dossier
from council.domain.sessions.editing import EDITABLE, FIELDS
from council.domain.sessions.offering import AwardOffer
from council.enums import Attendance, SessionState
from council.models import AgendaItem, CouncilSession, Seat
from khoithidua.web.forms import TidyForm, TidyModelForm

ROWS = {"guests": 2, "opening": 6, "conclusion": 4}
HELP = {
    "held_on": "Để trống nếu lấy ý kiến bằng văn bản.",
    "answers_due": "Ngày cuối nhận ý kiến của thành viên; cần có khi lấy ý kiến bằng văn bản.",
    "guests": "Mỗi dòng một người hoặc một cơ quan. Khách mời phát biểu, không biểu quyết.",
    "clerk": "Người ghi biên bản.",
}


class SessionForm(BasedMixin, TidyModelForm):
    """The head of a session; only what its state leaves open."""

    class Meta:
        model = CouncilSession
        fields = FIELDS

    def __init__(self, data: Any = None, *, instance: CouncilSession | None = None, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        state = instance.state if instance is not None and instance.pk else SessionState.PREPARING
        for name in [name for name in self.fields if name not in EDITABLE[state]]:
            del self.fields[name]
        if instance is None or instance.pk is None:
            for name in ("opening", "conclusion", "ends"):
                del self.fields[name]
        for name, field in self.fields.items():
            field.help_text = HELP.get(name, field.help_text)
            if name in ROWS:
                field.widget.attrs["rows"] = ROWS[name]

    def _post_clean(self) -> None:
        """The instance stays as the page showed it: the verb writes, under lock."""

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}


class AgendaAddForm(TidyForm):
    """What to put on the agenda: everything ready, whole awards, or whole dossiers."""

    how = forms.ChoiceField(
        label="Đưa vào nội dung",
        choices=[
            ("all", "Tất cả trường hợp đủ điều kiện đưa ra Hội đồng"),
            ("awards", "Theo danh hiệu, hình thức đã chọn"),
            ("dossiers", "Theo hồ sơ đã chọn"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn cách đưa vào nội dung."},
    )
    awards = forms.MultipleChoiceField(required=False)
    dossiers = forms.MultipleChoiceField(required=False)

    def __init__(
        self, data: Any = None, *, offers: Sequence[AwardOffer], dossiers: Sequence[tuple[Dossier, int]]
    ) -> None:
        super().__init__(data)
        named: Any = self.fields
        named["awards"].choices = [(str(each.award.pk), each.award.name) for each in offers if each.offered]
        named["dossiers"].choices = [(str(each.pk), each.code) for each, _ in dossiers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("how") in ("awards", "dossiers") and not data.get(data["how"]):
            self.add_error("how", "Hãy chọn ít nhất một dòng trong bảng tương ứng.")
        return data


class ItemForm(BasedMixin, TidyForm):
    note = forms.CharField(
        label="Ý kiến của cơ quan thường trực",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.IntegerField(label="Thứ tự trong nhóm cùng hình thức", min_value=1, required=False)

    def __init__(self, data: Any = None, *, item: AgendaItem, place: int) -> None:
        super().__init__(data, initial={"note": item.note, "place": place})
        self.remember(item, ["note"])


class SeatForm(TidyForm):
    """How a member took part."""

    attendance = forms.ChoiceField(
        label="Tham dự",
        choices=[choice for choice in Attendance.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    substitute_name = forms.CharField(label="Người dự thay", max_length=200, required=False)
    substitute = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Tài khoản của người dự thay (để bỏ phiếu trên thiết bị)",
        required=False,
        help_text="Những người của cơ quan thành viên; để trống nếu người dự thay không có tài khoản.",
    )
    authorisation = forms.CharField(
        label="Văn bản ủy quyền", max_length=300, required=False, help_text="Số, ngày; bắt buộc khi có người dự thay."
    )
    absence_reason = forms.CharField(label="Lý do vắng mặt", max_length=300, required=False)

    def __init__(self, data: Any = None, *, seat: Seat, people: QuerySet[User]) -> None:
        names = ("attendance", "substitute", "substitute_name", "authorisation", "absence_reason")
        super().__init__(data, initial={name: getattr(seat, name) for name in names})
        self.fields["substitute"].queryset = people  # type: ignore[attr-defined]


class RecusalForm(TidyForm):
    items = forms.ModelMultipleChoiceField(
        queryset=AgendaItem.objects.none(),
        label="Nội dung",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một nội dung."},
    )
    reason = forms.CharField(label="Lý do không tham gia", max_length=300, help_text="Được ghi vào biên bản.")

    def __init__(self, data: Any = None, *, items: QuerySet[AgendaItem]) -> None:
        super().__init__(data)
        self.fields["items"].queryset = items  # type: ignore[attr-defined]
