"""The achievement report of a nomination, section by section: what people type is never lost silently."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.answering import answered
from awards.domain.nominations import locked_row
from awards.domain.opened import refuse_closed
from awards.domain.report_forms import Section, form_for
from awards.models import Nomination, NominationText
from khoithidua.web.text import nfc

LIMIT = 50_000


class StaleText(TransitionRefused):
    """Someone else saved this section since the editor was opened; carries what that person wrote."""

    def __init__(self, theirs: NominationText) -> None:
        self.name = str(theirs.edited_by) if theirs.edited_by else "Người khác"
        self.at: datetime | None = theirs.edited_at
        self.text = theirs.text
        self.version = theirs.version
        super().__init__(f"{self.name} đã sửa mục này sau khi bạn mở trang, nên nội dung của bạn chưa được lưu.")


@dataclass(frozen=True)
class Written:
    """One section as pages show it: its text, or the empty place for it."""

    section: str
    label: str
    hint: str
    text: str
    version: int
    edited_at: datetime | None
    edited_by: str

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


def sections_of(nomination: Nomination) -> list[Written]:
    """All sections of the form of this nomination in their order, in one query."""
    rows = {row.section: row for row in nomination.texts.select_related("edited_by")}
    return [written(each, rows) for each in form_for(nomination).sections]


def written(section: Section, rows: Mapping[str, NominationText]) -> Written:
    row = rows.get(section.code)
    if row is None:
        return Written(section.code, section.label, section.hint, "", 0, None, "")
    author = str(row.edited_by) if row.edited_by else ""
    return Written(section.code, section.label, section.hint, row.text, row.version, row.edited_at, author)


@transaction.atomic
def save_text(nomination: Nomination, section: str, text: str, *, actor: User | None, version: int) -> NominationText:
    """Save ``text`` (NFC, at most 50,000 characters) as the section's text, one version up; audited.

    ``version`` is the one that the editor was opened with (0: the section was empty). Raises StaleText when another
    text was saved since, TransitionRefused when it is too long, the section is not of this form, or it may not be
    changed now. Saving what already stands there changes nothing.
    """
    dossier, owner = locked_row(nomination)
    label = next((each.label for each in form_for(owner).sections if each.code == section), None)
    if label is None:
        raise TransitionRefused("Mẫu báo cáo của trường hợp này không có mục đó. Hãy tải lại trang.")
    refuse_closed(dossier, f"text:{section}", owner)
    row = owner.texts.select_related("edited_by").filter(section=section).first()
    row = row or NominationText(nomination=owner, section=section)
    wanted = clean(text)
    if wanted == row.text:
        return row
    if version != row.version:
        raise StaleText(row)
    before, after = excerpts(row.text, wanted)
    row.text, row.version = wanted, row.version + 1
    row.edited_by, row.edited_at = actor, timezone.now()
    row.save()
    audit.record(owner, f"Soạn mục «{label}»", actor=actor, before=before, after=after)
    answered(dossier, f"text:{section}", actor=actor, nomination=owner)
    return row


def clean(text: str) -> str:
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip()
    if len(text) > LIMIT:
        raise TransitionRefused(
            f"Mục này dài {len(text)} ký tự, vượt giới hạn {LIMIT} ký tự. Hãy rút gọn rồi lưu lại; "
            "nội dung bạn gõ vẫn còn trong ô soạn thảo."
        )
    return text


def excerpts(old: str, new: str) -> tuple[dict[str, str | int], dict[str, str | int]]:
    """The part that differs, whole, and where it begins: with it every earlier text can be rebuilt."""
    start = shared_length(old, new)
    end = shared_length(old[start:][::-1], new[start:][::-1])
    return excerpt(old, start, end), excerpt(new, start, end)


def shared_length(one: str, other: str) -> int:
    """How many leading characters two texts share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def excerpt(text: str, start: int, end: int) -> dict[str, str | int]:
    return {"đoạn thay đổi": text[start : len(text) - end], "từ ký tự": start + 1, "số ký tự của mục": len(text)}
