"""One act on many rows: first what would change and what would not and why, then the act, then what did not go."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.appraising import (
    ELIGIBLE,
    RESULTS,
    Ruling,
    frozen_subjects,
    judge_nomination,
    ruling_obstacle,
    seen_of,
)
from awards.domain.assigning import assign, assignment_obstacle, specialists
from awards.domain.open_questions import OPEN_SUPPLEMENTS
from awards.domain.workflow import DOSSIER
from awards.enums import DossierState, VerdictKind
from awards.models import Dossier, Nomination, Supplement

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
    """Two queries however many there are."""
    rows = Supplement.objects.filter(dossier=dossier, nomination__isnull=False, state__in=OPEN_SUPPLEMENTS)
    supplied = frozenset(pk for pk in rows.values_list("nomination", flat=True) if pk is not None)
    return Held(supplied, frozenset(frozen_subjects(nominations)))


def preview_rulings(dossier: Dossier, nominations: Iterable[Nomination], ruling: Ruling) -> list[Line]:
    """What ``ruling`` would do to each; two queries besides the nominations."""
    rows = list(nominations)
    held = held_of(dossier, rows)
    after = RESULTS[ruling.result].label if ruling.result in RESULTS else ""
    return [Line(row, row.get_state_display(), after, seen_of(row), batch_obstacle(row, ruling, held)) for row in rows]


@transaction.atomic
def perform_rulings(dossier: Dossier, ruling: Ruling, *, seen: Mapping[int, str], actor: User) -> Outcome:
    """Record ``ruling`` for the nominations named in ``seen`` (pk → what the preview saw); each whole or not at all.

    What cannot go, or was changed since the preview, is left and named with its sentence. Raises PermissionDenied for
    who is not the assigned specialist.
    """
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    found_rows = Nomination.objects.filter(dossier=dossier, pk__in=seen).select_related("award")
    rows = list(found_rows.order_by("position", "pk"))
    held = held_of(dossier, rows)
    found = Outcome()
    for row in rows:
        if seen_of(row) != seen[row.pk]:
            found.left.append((row, STALE))
        elif obstacle := batch_obstacle(row, ruling, held):
            found.left.append((row, obstacle))
        else:
            attempt(found, row, partial(judge_nomination, row, ruling, actor=actor, seen=seen[row.pk]))
    return found


def attempt(found: Outcome, row: Any, verb: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            verb()
    except TransitionRefused as refusal:
        found.left.append((row, str(refusal)))
    except PermissionDenied:
        found.left.append((row, "Bạn không có quyền thực hiện với dòng này."))
    else:
        found.done.append(row)


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
    """Receive or assign each dossier, whole or not at all; the rest is left with its sentence."""
    rows = list(dossiers)
    known = known_specialists(rows)
    found = Outcome()
    for row in rows:
        if inbox_seen(row) != seen.get(row.pk):
            found.left.append((row, STALE))
        elif obstacle := inbox_obstacle(row, act, known):
            found.left.append((row, obstacle))
        else:
            attempt(found, row, verb_of(row, act, actor))
    return found


def verb_of(row: Dossier, act: InboxAct, actor: User) -> Callable[[], object]:
    if act.name == RECEIVE or act.person is None:
        return lambda: DOSSIER.perform(row, "receive", actor=actor)
    person = act.person
    return lambda: assign(row, person, actor=actor, reason=act.reason)
