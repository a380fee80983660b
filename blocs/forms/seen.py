"""A form that remembers which version of its row was opened."""

from typing import Any

from django import forms


class SeenMixin:
    """Adds a hidden ``seen``; the verb compares it with the row."""

    fields: dict[str, forms.Field]
    data: Any
    cleaned_data: dict[str, Any]

    def remember(self, version: int) -> None:
        """Called once after construction, with the version that the page shows."""
        self.fields["seen"] = forms.IntegerField(required=False, initial=version, widget=forms.HiddenInput)

    def seen_version(self) -> int | None:
        found: int | None = self.cleaned_data.get("seen")
        return found

    def renew(self, version: int) -> None:
        """The person has been told: saving again is a decision."""
        self.data["seen"] = str(version)
