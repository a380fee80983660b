"""A row of an import: what it says, what is wrong with it, what it asks, and whom it means."""

from dataclasses import dataclass, field
from typing import Any

from awards.models import AwardForm, Subject


@dataclass(frozen=True)
class Question:
    """Something a person must choose about a row. ``chosen`` is their answer, or what is proposed; "" is open."""

    about: str  # "award" or "subject"
    text: str
    choices: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass
class Row:
    """A row as read: values by column key, texts to show, faults as (header, sentence)."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    # As it stood in the file, for the file that goes back; never kept.
    raw: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    kind: str = ""
    agency_id: int | None = None
    award: AwardForm | None = None
    subject: Subject | None = None
    # The row whose new subject this one shares; itself when it brings a new one.
    same_as: "Row | None" = None

    def get(self, key: str, blank: Any = "") -> Any:
        value = self.values.get(key)
        return blank if value is None else value

    def fault(self, header: str, sentence: str) -> None:
        """Note a fault; the first of a column stays."""
        if all(known != header for known, _ in self.faults):
            self.faults.append((header, sentence))

    @property
    def adds_subject(self) -> bool:
        return self.same_as is self

    @property
    def is_open(self) -> bool:
        """A question waits for an answer."""
        return any(not question.chosen for question in self.questions)

    def target(self) -> Subject | None:
        """The subject this row means, also one that was just added for it or for the row it repeats."""
        return self.same_as.subject if self.same_as is not None else self.subject
