"""One act on many rows: first what would change and what would not and why, then the act, then what did not go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.appraising import (
    ELIGIBLE,
    RESULTS,
    Ruling,
    ruling_obstacle,
    seen_of,
    write_rulings,
)
from awards.domain.assigning import assign_all, assignment_obstacle, specialists
from awards.domain.checking import renew
from awards.domain.open_matters import frozen_subjects
from awards.domain.open_questions import OPEN_SUPPLEMENTS
from awards.domain.workflow import DOSSIER, NOMINATION
from awards.enums import DossierState, VerdictKind
from awards.models import Dossier, Nomination, Supplement

NOT_ALLOWED = "Bạn không có quyền thực hiện với dòng này."
STALE = "Có người vừa thay đổi trường hợp này sau khi bạn xem trước. Hãy xem lại rồi thực hiện riêng."


@dataclass(frozen=True)
class Line:
    """One chosen row: what stands, what would stand, and the sentence that keeps it out, if any."""

    row: Any
    before: str
    after: str
    seen: str
    obstacle: str = ""


@dataclass
class Outcome:
    """What was done, and what was left with the reason."""

    done: list[Any] = field(default_factory=list)
    left: list[tuple[Any, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Held:
    """What keeps rows out of a batch: nominations being supplied, subjects with an open matter."""

    supplied: frozenset[int]
    frozen: frozenset[int]


def batch_obstacle(nomination: Nomination, ruling: Ruling, held: Held) -> str:
    """Why a nomination is left out of a batch; stricter than one by one: what the rules refuse is looked at singly."""
    if ruling.result == ELIGIBLE and nomination.verdict == VerdictKind.INELIGIBLE:
        return "Hệ thống kiểm tra thấy chưa đủ điều kiện; hãy thẩm định riêng trường hợp này."
    if obstacle := ruling_obstacle(nomination, ruling, held.frozen):
        return obstacle
    if nomination.state == RESULTS[ruling.result] and nomination.appraisal_reason == ruling.words:
        return "Đã có kết quả này, không thay đổi."
    if ruling.result == ELIGIBLE and nomination.pk in held.supplied:
        return "Đang chờ bổ sung; hãy thẩm định sau khi chấp nhận nội dung bổ sung."
    return ""


def held_of(dossier: Dossier, nominations: Iterable[Nomination]) -> Held:
    """Three queries however many there are."""
    rows = Supplement.objects.filter(dossier=dossier, nomination__isnull=False, state__in=OPEN_SUPPLEMENTS)
    supplied = frozenset(pk for pk in rows.values_list("nomination", flat=True) if pk is not None)
    return Held(supplied, frozenset(frozen_subjects(nominations)))


def preview_rulings(dossier: Dossier, nominations: Iterable[Nomination], ruling: Ruling) -> list[Line]:
    """What ``ruling`` would do to each; a constant number of queries. Older verdicts are renewed first."""
    rows = list(nominations)
    for row in rows:
        row.dossier = dossier
    renew(rows)
    held = held_of(dossier, rows)
    after = RESULTS[ruling.result].label if ruling.result in RESULTS else ""
    return [Line(row, row.get_state_display(), after, seen_of(row), batch_obstacle(row, ruling, held)) for row in rows]


@transaction.atomic
def perform_rulings(dossier: Dossier, ruling: Ruling, *, seen: Mapping[int, str], actor: User) -> Outcome:
    """Record ``ruling`` for the nominations named in ``seen`` (pk → what the preview saw).

    What cannot go, was changed since the preview, or is not this person's to decide is left and named with its
    sentence. The number of queries does not grow with the nominations.
    """
    rows = locked_cases(dossier, seen)
    renew(rows)
    held = held_of(dossier, rows)
    left = {row.pk: STALE if seen_of(row) != seen[row.pk] else batch_obstacle(row, ruling, held) for row in rows}
    going = [row for row in rows if not left[row.pk]]
    for row, refusal in NOMINATION.refusals(going, ruling.result, actor=actor, reason=ruling.words):
        left[row.pk] = words_of(refusal)
    done = [row for row in going if not left[row.pk]]
    if done:
        write_rulings(done, ruling, actor=actor)
    return Outcome(done, [(row, left[row.pk]) for row in rows if left[row.pk]])


def locked_cases(dossier: Dossier, keys: Iterable[int]) -> list[Nomination]:
    """These nominations of ``dossier`` in its order; both locked, in the one order of everybody who locks them."""
    row = Dossier.objects.select_for_update(of=("self",)).select_related("movement").get(pk=dossier.pk)
    found = Nomination.objects.select_for_update(of=("self",)).filter(dossier=row, pk__in=[*keys])
    cases = list(found.select_related("award", "subject").order_by("pk"))
    for case in cases:
        case.dossier = row
    return sorted(cases, key=lambda case: (case.position, case.pk))


def words_of(refusal: Exception) -> str:
    return NOT_ALLOWED if isinstance(refusal, PermissionDenied) else str(refusal)


RECEIVE, ASSIGN = "receive", "assign"


@dataclass(frozen=True)
class InboxAct:
    """Receiving, or handing to ``person``."""

    name: str
    person: User | None = None
    reason: str = ""


def receipt_obstacle(dossier: Dossier) -> str:
    if dossier.state == DossierState.SUBMITTED:
        return ""
    return f"Hồ sơ đang ở trạng thái «{dossier.get_state_display()}», không phải «Đã gửi»."


def inbox_obstacle(dossier: Dossier, act: InboxAct, known: Mapping[int, set[int]]) -> str:
    if act.name == RECEIVE:
        return receipt_obstacle(dossier)
    if act.person is None:
        return "Hãy chọn người thẩm định."
    return assignment_obstacle(dossier, act.person, known.get(dossier.council_id, set()), act.reason)


def known_specialists(dossiers: Iterable[Dossier]) -> dict[int, set[int]]:
    return {pk: set(specialists([pk]).values_list("pk", flat=True)) for pk in {each.council_id for each in dossiers}}


def preview_inbox(dossiers: Iterable[Dossier], act: InboxAct) -> list[Line]:
    """What ``act`` would do to each dossier."""
    rows = list(dossiers)
    known = known_specialists(rows)
    return [inbox_line(row, act, inbox_obstacle(row, act, known)) for row in rows]


def inbox_line(row: Dossier, act: InboxAct, obstacle: str) -> Line:
    if act.name == RECEIVE:
        return Line(row, row.get_state_display(), DossierState.RECEIVED.label, inbox_seen(row), obstacle)
    before = str(row.assigned_to) if row.assigned_to else "Chưa phân công"
    return Line(row, before, str(act.person or ""), inbox_seen(row), obstacle)


def inbox_seen(row: Dossier) -> str:
    return f"{row.state}|{row.assigned_to_id or ''}"


@transaction.atomic
def perform_inbox(dossiers: Iterable[Dossier], act: InboxAct, *, seen: Mapping[int, str], actor: User) -> Outcome:
    """Receive or assign each dossier, whole or not at all; the rest is left with its sentence.

    Assigning takes the same statements for any number; receiving is a step of each dossier, with its own term, notice
    and check.
    """
    rows = locked_dossiers([row.pk for row in dossiers])
    known = known_specialists(rows)
    found, going = Outcome(), []
    for row in rows:
        if inbox_seen(row) != seen.get(row.pk):
            found.left.append((row, STALE))
        elif obstacle := inbox_obstacle(row, act, known):
            found.left.append((row, obstacle))
        else:
            going.append(row)
    return receive(going, found, actor) if act.name == RECEIVE else hand_over(going, act, found, actor)


def locked_dossiers(keys: Sequence[int]) -> list[Dossier]:
    """These dossiers in the order of ``keys``; locked in one order, so that two who take the same never block."""
    rows = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    found = {row.pk: row for row in rows.select_related("agency", "council", "assigned_to").order_by("pk")}
    return [found[pk] for pk in keys if pk in found]


def receive(rows: Iterable[Dossier], found: Outcome, actor: User) -> Outcome:
    for row in rows:
        try:
            with transaction.atomic():
                DOSSIER.perform(row, "receive", actor=actor)
        except (TransitionRefused, PermissionDenied) as refusal:
            found.left.append((row, words_of(refusal)))
        else:
            found.done.append(row)
    return found


def hand_over(rows: Sequence[Dossier], act: InboxAct, found: Outcome, actor: User) -> Outcome:
    allowed = [row for row in rows if actor.has_perm("awards.assign_dossier", row)]
    found.left += [(row, NOT_ALLOWED) for row in rows if row not in allowed]
    if act.person is not None and allowed:
        assign_all(allowed, act.person, actor=actor, reason=act.reason)
        found.done += allowed
    return found
