"""What is typed when many subjects are registered at once."""

from typing import Any

from django import forms

from awards.models import Subject
from khoithidua.web.forms import TidyForm


class AddLinesForm(TidyForm):
    """Chosen subjects, or all that the search finds."""

    subject = forms.ModelMultipleChoiceField(queryset=Subject.objects.none(), required=False)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)
    all = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, found: Any) -> None:
        super().__init__(data)
        self.found = found
        self.fields["subject"].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "subject" in data and not data.get("all") and not data["subject"]:
            self.add_error("subject", "Hãy chọn ít nhất một đối tượng.")
        return data

    def chosen(self) -> list[Subject]:
        return list(self.found if self.cleaned_data["all"] else self.cleaned_data["subject"])
