"""Editing the words of papers: the province's templates in versions, and a bloc's own words for one year."""

import difflib
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.domain import audit
from accounts.models import User
from blocs.models import BlocYear, Council
from blocs.tables.access import access_of
from khoithidua.web.text import without_controls
from reports.documents.blocks import Paper
from reports.documents.registry import KINDS
from reports.documents.wording.fields import fields_of
from reports.documents.wording.filling import faults_of
from reports.documents.wording.in_force import Chosen, Words, choose
from reports.documents.wording.parts import Part, parts_of, worded_kinds
from reports.domain.passages import excerpts
from reports.models import PaperText, Wording


class WordsRefused(Exception):
    """The text was not saved; ``faults`` are sentences with their lines."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


class StaleWords(Exception):
    """Somebody saved since the page was opened; carries what is there now."""

    def __init__(self, row: Wording | PaperText) -> None:
        self.text = row.text
        self.version = row.number if isinstance(row, Wording) else row.version
        who = row.made_by if isinstance(row, Wording) else row.edited_by
        self.name = str(who) if who else "Người khác"
        self.at = row.made_at if isinstance(row, Wording) else row.edited_at
        super().__init__(f"{self.name} đã lưu một bản khác sau khi bạn mở trang, nên nội dung của bạn chưa được lưu.")


@dataclass(frozen=True)
class Standing:
    """One part as the list of templates shows it: what is in force, and the newest version."""

    chosen: Chosen
    newest: Wording | None


@dataclass(frozen=True)
class Line:
    """A line of a comparison: ``sign`` is "+", "-" or empty."""

    sign: str
    text: str


def councils_kept_by(user: User) -> QuerySet[Council]:
    """Councils whose words this person keeps: those in whose standing body this person works."""
    return Council.objects.filter(pk__in=access_of(user).standing_ids)


def parts_with_versions(council: Council) -> list[tuple[str, list[Standing]]]:
    """All kinds in the order of a year's work, their parts with what is in force; one query."""
    rows: dict[tuple[str, str], list[Wording]] = {}
    for row in Wording.objects.filter(council=council).select_related("made_by").order_by("-number"):
        rows.setdefault((row.kind, row.part), []).append(row)
    return [
        (kind, [standing(part, rows.get((kind, part.key), [])) for part in parts_of(kind)])
        for kind in KINDS
        if kind in worded_kinds()
    ]


def standing(part: Part, versions: list[Wording]) -> Standing:
    return Standing(choose(part, None, versions), versions[0] if versions else None)


def versions_of(council: Council, part: Part) -> list[Wording]:
    """The newest first."""
    rows = Wording.objects.filter(council=council, kind=part.kind, part=part.key).select_related("made_by")
    return list(rows.order_by("-number"))


@transaction.atomic
def save_wording(council: Council, part: Part, text: str, *, seen: int, actor: User, note: str = "") -> Wording | None:
    """A new version of the province's words for ``part``; None when the newest says the same already.

    ``seen`` is the newest version's number when the page was opened (0: none). Raises PermissionDenied,
    WordsRefused with what is wrong, StaleWords with what somebody saved since.
    """
    held = Council.objects.select_for_update().get(pk=council.pk)
    if not actor.has_perm("reports.edit_wording", held):
        raise PermissionDenied("reports.edit_wording")
    text = clean(text)
    newest = next(iter(versions_of(held, part)), None)
    if text == (newest.text if newest else part.text):
        return None
    if newest is not None and newest.number != seen:
        raise StaleWords(newest)
    refuse_faults(part, text)
    number = (newest.number if newest else 0) + 1
    row = Wording.objects.create(
        council=held, kind=part.kind, part=part.key, number=number, text=text, note=note.strip()[:300], made_by=actor
    )
    about = {"loại văn bản": KINDS[part.kind].title, "phần": part.label, "bản": number, "ghi chú": row.note}
    audit.record(held, "Sửa mẫu câu chữ", actor=actor, after=about)
    return row


def reuse_wording(row: Wording, part: Part, *, seen: int, actor: User) -> Wording | None:
    """The text of an earlier version as a new one. Raises as ``save_wording`` does."""
    return save_wording(row.council, part, row.text, seen=seen, actor=actor, note=f"Dùng lại bản {row.number}")


def clean(text: str) -> str:
    lines = without_controls(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def refuse_faults(part: Part, text: str) -> None:
    if faults := faults_of(text, fields_of(part.kind)):
        raise WordsRefused(faults)


def compared(before: str, after: str) -> list[Line]:
    """Both texts line by line: what went, what came, what stayed."""
    found = []
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        sign, text = line[:1].strip(), line[2:]
        if sign != "?":
            found.append(Line(sign, text))
    return found


@dataclass(frozen=True)
class OwnPart:
    """One part of a year's paper as its writers see it: the words in force, their own text and its version."""

    chosen: Chosen
    text: str
    version: int
    row: PaperText | None

    @property
    def is_own(self) -> bool:
        return self.row is not None and bool(self.row.text)


def own_parts(bloc_year: BlocYear, kind: str) -> list[OwnPart]:
    """All parts of ``kind``; two queries."""
    rows = {
        row.part: row for row in PaperText.objects.filter(bloc_year=bloc_year, kind=kind).select_related("edited_by")
    }
    versions: dict[str, list[Wording]] = {}
    for found in Wording.objects.filter(council=bloc_year.bloc.council_id, kind=kind).order_by("-number"):
        versions.setdefault(found.part, []).append(found)
    parts = []
    for part in parts_of(kind):
        row = rows.get(part.key)
        chosen = choose(part, row if row and row.text else None, versions.get(part.key, ()))
        text = row.text if row and row.text else chosen.text
        parts.append(OwnPart(chosen, text, row.version if row else 0, row))
    return parts


@transaction.atomic
def save_own(bloc_year: BlocYear, part: Part, text: str, *, version: int, actor: User) -> PaperText:
    """The bloc's own words for ``part`` this year, one version up.

    ``version`` is the one that the page was opened with (0: none yet). Raises PermissionDenied, WordsRefused,
    StaleWords. Saving what stands there already changes nothing.
    """
    row = locked_own(bloc_year, part, actor)
    text = clean(text)
    if text == (row.text or template_of(row.bloc_year, part)):
        return row
    if version != row.version:
        raise StaleWords(row)
    refuse_faults(part, text)
    return written(row, text, part, actor=actor, action="Soạn lời văn")


@transaction.atomic
def take_template(bloc_year: BlocYear, part: Part, *, actor: User) -> PaperText:
    """Back to the template: the own words go, the history of the year keeps them. Raises PermissionDenied."""
    row = locked_own(bloc_year, part, actor)
    return written(row, "", part, actor=actor, action="Lấy lại lời văn theo mẫu") if row.text else row


def template_of(bloc_year: BlocYear, part: Part) -> str:
    return choose(part, None, versions_of(bloc_year.bloc.council, part)).text


def locked_own(bloc_year: BlocYear, part: Part, actor: User) -> PaperText:
    held = BlocYear.objects.select_for_update(of=("self",)).select_related("bloc__council").get(pk=bloc_year.pk)
    if not actor.has_perm("reports.write_words", held):
        raise PermissionDenied("reports.write_words")
    row = PaperText.objects.filter(bloc_year=held, kind=part.kind, part=part.key).select_related("edited_by").first()
    return row or PaperText(bloc_year=held, kind=part.kind, part=part.key)


def written(row: PaperText, text: str, part: Part, *, actor: User, action: str) -> PaperText:
    what = f"{action}: {KINDS[part.kind].title}, {part.label}"
    before, after = excerpts(row.text, text)
    row.text, row.version, row.edited_by, row.edited_at = text, row.version + 1, actor, timezone.now()
    row.save()
    audit.record(row.bloc_year, what, actor=actor, before=before, after=after)
    return row


def previewed(part: Part, text: str, bloc_year: BlocYear, subject: str) -> Paper:
    """The paper of ``bloc_year`` with ``text`` in the place of the part's words. The text has no faults."""
    found = KINDS[part.kind]
    facts: Any = found.facts(bloc_year, subject)
    chosen = facts.written.words.chosen | {part.key: Chosen(part, text, "council")}
    return found.compose(replace(facts, written=replace(facts.written, words=Words(chosen))), None)
