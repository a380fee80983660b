"""Writing: what people type into the sections of reports and reviews is never lost silently."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.domain.audit import record
from accounts.models import User
from blocs.enums import Area
from blocs.rules import is_own_agency, runs
from khoithidua.web.text import nfc
from reports.documents.rich_text import Piece, parse
from reports.domain.places import Place, place_of, places_of
from reports.models import AgencyReport, BlocReview, Passage

LIMIT = 50_000

Owner = AgencyReport | BlocReview


class PassageRefused(Exception):
    """The text was not saved; the message is a sentence for the person who wrote it."""


class StalePassage(PassageRefused):
    """Someone else saved this section since the editor was opened; carries what that person wrote."""

    def __init__(self, theirs: Passage) -> None:
        self.name = str(theirs.edited_by) if theirs.edited_by else "Người khác"
        self.at: datetime | None = theirs.edited_at
        self.text = theirs.text
        self.version = theirs.version
        super().__init__(f"{self.name} đã sửa mục này sau khi bạn mở trang, nên nội dung của bạn chưa được lưu.")


@dataclass(frozen=True)
class Written:
    """One section of a report as pages show it: its text, or the empty place for it."""

    section: str
    label: str
    text: str
    version: int
    edited_at: datetime | None
    edited_by: str
    guidance: str = ""
    required: bool = False

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def blocks(self) -> list[Piece]:
        """The text as paragraphs and tables, for templates/reports/preview_blocks.html."""
        return parse(self.text)


def sections_of(owner: Owner) -> list[Written]:
    """All sections in their order, in one query (two for a report of a round)."""
    rows = {row.section: row for row in owner.passages.select_related("edited_by")}
    return [written(place, rows.get(place.key)) for place in places_of(owner)]


def written(place: Place, row: Passage | None) -> Written:
    if row is None:
        return Written(place.key, place.title, "", 0, None, "", place.guidance, place.required)
    author = str(row.edited_by) if row.edited_by else ""
    return Written(place.key, place.title, row.text, row.version, row.edited_at, author, place.guidance, place.required)


@transaction.atomic
def save_passage(owner: Owner, section: str, text: str, *, actor: User, version: int) -> Passage:
    """Save ``text`` (NFC, at most 50,000 characters) as the section's text, one version up.

    ``version`` is the one that the editor was opened with (0: the section was empty). Raises
    StalePassage when another text was saved since, PassageRefused with a sentence when the text
    is too long or the state no longer allows writing, PermissionDenied for a stranger, LookupError
    for a section that the text does not have. Saving what already stands there changes nothing and
    appends no audit entry.
    """
    place = place_of(owner, section)
    lock(owner, actor)
    passage = passage_for_update(owner, section)
    text = clean(text)
    if text == passage.text:
        return passage
    if version != passage.version:
        raise StalePassage(passage)
    return replace_text(owner, passage, text, actor=actor, action=f"Soạn mục «{place.title}»")


def clean(text: str) -> str:
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip()
    if len(text) > LIMIT:
        raise PassageRefused(
            f"Mục này dài {len(text)} ký tự, vượt giới hạn {LIMIT} ký tự. Hãy rút gọn rồi lưu lại; "
            "nội dung bạn gõ vẫn còn trong ô soạn thảo."
        )
    return text


def lock(owner: Owner, actor: User) -> None:
    """Hold the owner's row: two writers wait for each other, and for a change of state."""
    row = type(owner)._base_manager.select_for_update(of=("self",)).select_related("bloc_year__bloc").get(pk=owner.pk)
    check_writable(row, actor)


def check_writable(owner: Owner, actor: User) -> None:
    """PermissionDenied for who never writes here; a sentence for who no longer can."""
    if isinstance(owner, AgencyReport):
        permission, writes = "reports.edit_report", is_own_agency(actor, owner)
    else:
        permission, writes = "reports.edit_review", runs(Area.REVIEWS)(actor, owner)
    if actor.has_perm(permission, owner):
        return
    if not writes:
        raise PermissionDenied(permission)
    raise PassageRefused(
        f"Báo cáo đang ở trạng thái «{owner.get_state_display()}» (hoặc năm thi đua đã bàn giao) nên không sửa được. "
        "Nội dung bạn gõ vẫn còn trong ô soạn thảo; hãy sao chép lại nếu cần."
    )


def passage_for_update(owner: Owner, section: str) -> Passage:
    """The section's row, or a new one that is not yet written. The owner is locked."""
    passage = owner.passages.select_related("edited_by").filter(section=section).first()
    if passage is not None:
        return passage
    key = {"report": owner} if isinstance(owner, AgencyReport) else {"review": owner}
    return Passage(section=section, **key)


def replace_text(owner: Owner, passage: Passage, text: str, *, actor: User, action: str) -> Passage:
    """Write ``text`` one version up and append the audit entry of what changed."""
    before, after = excerpts(passage.text, text)
    passage.text = text
    passage.version += 1
    passage.edited_at = timezone.now()
    passage.edited_by = actor
    if passage.pk is None:
        passage.save(force_insert=True)
    else:
        passage.save(update_fields=["text", "version", "edited_at", "edited_by"])
    record(owner, action, actor=actor, before=before, after=after)
    return passage


def excerpts(old: str, new: str) -> tuple[dict[str, str | int], dict[str, str | int]]:
    """What differs between two texts, for the trail: see docs/decisions/0005."""
    start = shared_length(old, new)
    end = shared_length(old[start:][::-1], new[start:][::-1])
    return excerpt(old, start, end), excerpt(new, start, end)


def excerpt(text: str, start: int, end: int) -> dict[str, str | int]:
    """The part that differs, whole, and where it begins: with it every earlier text can be rebuilt."""
    return {"đoạn thay đổi": text[start : len(text) - end], "từ ký tự": start + 1, "số ký tự của mục": len(text)}


def shared_length(one: str, other: str) -> int:
    """How many leading characters two texts share."""
    if one == other:
        return len(one)
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
