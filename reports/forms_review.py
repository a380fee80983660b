"""Forms of consulting on a review and of its news item. Verbs of the domain write; forms only read what was posted."""

from typing import Any

from django import forms

from blocs.models import Agency
from khoithidua.web.forms import TidyForm
from reports.domain.consulting import LIMIT
from reports.enums import Section

WHOLE = [("", "Toàn bộ báo cáo")]
ANSWERS = [("yes", "Tiếp thu"), ("no", "Không tiếp thu")]


class ConsultForm(TidyForm):
    """Until which day members may comment."""

    until = forms.DateField(label="Lấy ý kiến đến hết ngày")


class CommentForm(TidyForm):
    """One comment; ``agency`` is asked only of who works in several members."""

    agency = forms.ChoiceField(label="Đơn vị")
    section = forms.ChoiceField(label="Góp ý cho", choices=[*WHOLE, *Section.choices], required=False)
    text = forms.CharField(
        label="Nội dung góp ý", max_length=LIMIT, strip=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.agencies = {str(agency.pk): agency for agency in agencies}
        self.fields["agency"].choices = [(key, agency.label) for key, agency in self.agencies.items()]  # type: ignore[attr-defined]
        self.fields["agency"].initial = next(iter(self.agencies), None)
        if len(self.agencies) == 1:
            self.fields["agency"].widget = forms.HiddenInput()

    @property
    def chosen_agency(self) -> Agency:
        return self.agencies[self.cleaned_data["agency"]]


class CommentTextForm(TidyForm):
    """New words for a comment. ``version`` is the one that the page was opened with."""

    text = forms.CharField(
        label="Nội dung góp ý", max_length=LIMIT, strip=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class AnswerForm(TidyForm):
    """Taken or not, and why."""

    taken = forms.ChoiceField(label="Kết quả", choices=ANSWERS, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="Giải trình",
        required=False,
        max_length=LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bắt buộc khi không tiếp thu.",
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class NewsForm(TidyForm):
    """The own text of a news item."""

    text = forms.CharField(label="Nội dung tin", strip=False, required=False, widget=forms.Textarea(attrs={"rows": 16}))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
