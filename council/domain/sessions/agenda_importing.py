"""Putting a read list of cases on the agenda, all of it or nothing; taking it back before the session opens."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import AuditEntry, User
from awards.models import Nomination
from council.domain.sessions.agenda import BEFORE_MEETING, add_items, release_dossiers
from council.domain.sessions.locking import locked_session
from council.enums import ItemOutcome, SessionState
from council.models import AgendaItem, Ballot, CouncilSession

IMPORTED, UNDONE = "Nhập nội dung phiên họp từ tệp", "Hoàn tác nhập nội dung phiên họp"
CASES, FILE, WHICH = "trường hợp", "tệp", "lần nhập"  # CASES: names by key of the nomination
NAMED = 5


@dataclass(frozen=True)
class FileImport:
    """One import of this session's agenda, as its history tells it."""

    key: int
    at: datetime
    who: str
    file_name: str
    count: int
    undone: bool


@transaction.atomic
def import_items(session: CouncilSession, keys: Sequence[int], *, file_name: str, actor: User | None) -> int:
    """Put the nominations of these keys on the agenda; how many. Recorded with the file's name.

    Sent twice, the second time changes nothing and is no fault. TransitionRefused, and nothing is written, when one of
    them may not come any more, or once the session is open.
    """
    if not keys:
        raise TransitionRefused("Tệp không có trường hợp nào để đưa vào nội dung.")
    locked_session(session.pk, actor=actor, states=BEFORE_MEETING)
    if is_sent_again(session, frozenset(keys), file_name):
        return len(set(keys))
    done = add_items(session, Nomination.objects.filter(pk__in=keys), actor=actor)
    if done.left:
        told = "; ".join(f"{nomination.name}: {sentence}" for nomination, sentence in done.left[:NAMED])
        raise TransitionRefused(f"Chưa đưa trường hợp nào vào nội dung. {told} Hãy gửi lại tệp để xem lại.")
    if done.count != len(set(keys)):
        raise TransitionRefused("Có trường hợp không còn trong hệ thống. Hãy gửi lại tệp để xem lại.")
    named = Nomination.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "name")
    cases = {str(key): name for key, name in named}
    after = {FILE: file_name[:255], "số trường hợp": done.count, CASES: cases}
    audit.record(session, IMPORTED, actor=actor, after=after)
    return done.count


def is_sent_again(session: CouncilSession, keys: Collection[int], file_name: str) -> bool:
    """The last thing that happened to imports here was this very one, and all of it is still on the agenda."""
    entries = audit.entries_of(session).filter(action__in=(IMPORTED, UNDONE))
    last = max(entries, key=lambda entry: entry.sequence, default=None)
    if last is None or last.action != IMPORTED:
        return False
    after = last.after or {}
    if after.get(FILE) != file_name[:255] or {int(case) for case in after.get(CASES, ())} != set(keys):
        return False
    return AgendaItem.objects.filter(session=session, nomination__in=keys).count() == len(keys)


def imports_of(session: CouncilSession) -> list[FileImport]:
    """Imports of this agenda, the newest first. One query."""
    entries = list(audit.entries_of(session).filter(action__in=(IMPORTED, UNDONE)))
    gone = {(entry.after or {}).get(WHICH) for entry in entries if entry.action == UNDONE}
    return [told(entry, undone=entry.sequence in gone) for entry in entries if entry.action == IMPORTED]


def told(entry: AuditEntry, *, undone: bool) -> FileImport:
    after = entry.after or {}
    return FileImport(
        entry.sequence, entry.at, entry.actor_name, str(after.get(FILE, "")), len(after.get(CASES, ())), undone
    )


@transaction.atomic
def undo_import(session: CouncilSession, key: int, *, reason: str, actor: User | None) -> int:
    """Take off the agenda what import ``key`` brought and still waits there; how many.

    While preparing the items go; once called they stay as withdrawn, with the reason. TransitionRefused without a
    reason, once the session is open, a second time, and where an item was annotated since: nothing has changed.
    """
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do hoàn tác.")
    row = locked_session(session.pk, actor=actor, states=BEFORE_MEETING)
    made = next((each for each in imports_of(row) if each.key == key), None)
    if made is None or made.undone:
        raise TransitionRefused("Lần nhập này đã được hoàn tác. Hãy tải lại trang.")
    entry = audit.entries_of(row).get(sequence=key)
    items = list(
        AgendaItem.objects.filter(
            session=row, nomination__in=[int(case) for case in entry.after[CASES]], outcome=ItemOutcome.OPEN
        )
        .select_related("nomination")
        .order_by("position")
    )
    refuse_touched(items)
    take_off(row, items, reason.strip())
    after = {WHICH: key, FILE: made.file_name, "số trường hợp": len(items)}
    audit.record(row, UNDONE, actor=actor, after=after, reason=reason.strip())
    release_dossiers({each.nomination.dossier_id for each in items}, actor=actor, reason=reason.strip())
    return len(items)


def refuse_touched(items: Iterable[AgendaItem]) -> None:
    rows = list(items)
    if noted := [each.nomination.name for each in rows if each.note]:
        names = ", ".join(noted[:NAMED])
        raise TransitionRefused(f"Đã ghi ý kiến cho {names}. Hãy xóa ý kiến đó, hoặc rút từng trường hợp.")
    if Ballot.objects.filter(rows__item__in=rows).exists():
        raise TransitionRefused("Có trường hợp đã chuẩn bị biểu quyết. Hãy hủy lượt biểu quyết đó trước.")


def take_off(session: CouncilSession, items: Iterable[AgendaItem], reason: str) -> None:
    rows = AgendaItem.objects.filter(pk__in=[each.pk for each in items])
    if session.state == SessionState.PREPARING:
        rows.delete()
    else:
        rows.update(outcome=ItemOutcome.WITHDRAWN, reason=reason[:500])
