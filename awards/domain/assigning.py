"""Who appraises a dossier, and how much each specialist has."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.enums import DossierState
from awards.models import Dossier
from blocs.enums import Duty
from blocs.models import Agency
from blocs.tables.agencies import people_of

S = DossierState
ASSIGNABLE = (S.SUBMITTED, S.RECEIVED, S.SUPPLEMENT, S.APPRAISED)
NAMED = 5
AT_WORK = (S.SUBMITTED, S.RECEIVED, S.SUPPLEMENT)


@dataclass(frozen=True)
class Load:
    """What one specialist has in hand."""

    person: User
    dossiers: int
    nominations: int
    overdue: int


def specialists(council_ids: Collection[int]) -> QuerySet[User]:
    """People with the duty of the standing body in the standing agency of these councils, today."""
    agencies = Agency.objects.filter(standing_for__in=council_ids)
    return people_of(agencies, Duty.STANDING, on=timezone.localdate()).order_by("full_name", "pk")


def workload(council_ids: Collection[int]) -> list[Load]:
    """Open dossiers, their nominations and the overdue ones for each specialist; two queries."""
    open_ones = Q(assigned_to__isnull=False, state__in=AT_WORK, council__in=council_ids)
    late = Q(appraisal_due__lt=timezone.localdate(), state__in=[S.SUBMITTED, S.RECEIVED])
    rows = Dossier.objects.filter(open_ones).order_by().values("assigned_to")
    counted = rows.annotate(
        dossiers=Count("pk", distinct=True),
        cases=Count("nominations"),
        overdue=Count("pk", filter=late, distinct=True),
    )
    found = {row["assigned_to"]: row for row in counted}
    none = {"dossiers": 0, "cases": 0, "overdue": 0}
    return [
        Load(person, row["dossiers"], row["cases"], row["overdue"])
        for person in specialists(council_ids)
        for row in [found.get(person.pk, none)]
    ]


def assignment_obstacle(dossier: Dossier, person: User, known: Collection[int], reason: str) -> str:
    """Why ``dossier`` cannot go to ``person`` now, as a sentence; empty when it can. ``known`` are the specialists."""
    if dossier.state not in ASSIGNABLE:
        return f"Hồ sơ đang ở trạng thái «{dossier.get_state_display()}» nên không phân công thẩm định được nữa."
    if person.pk not in known:
        return f"{person} không làm việc ở cơ quan thường trực của Hội đồng này. Hãy chọn người khác."
    if dossier.assigned_to_id == person.pk:
        return f"Hồ sơ đã được phân công cho {person}."
    if dossier.assigned_to_id is not None and not reason.strip():
        return f"Hồ sơ đang do {dossier.assigned_to} thẩm định. Hãy ghi lý do khi chuyển cho người khác."
    return ""


@transaction.atomic
def assign(dossier: Dossier, person: User, *, actor: User, reason: str = "") -> Dossier:
    """Hand ``dossier`` to ``person``: that specialist alone decides from now on. Both the new and the former are told.

    Raises PermissionDenied, or TransitionRefused with a sentence (state, not a specialist, reason missing).
    """
    row = Dossier.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=dossier.pk)
    if not actor.has_perm("awards.assign_dossier", row):
        raise PermissionDenied("awards.assign_dossier")
    known = set(specialists([row.council_id]).values_list("pk", flat=True))
    if obstacle := assignment_obstacle(row, person, known, reason):
        raise TransitionRefused(obstacle)
    assign_all([row], person, actor=actor, reason=reason)
    dossier.refresh_from_db()
    return row


@transaction.atomic
def assign_all(rows: Sequence[Dossier], person: User, *, actor: User, reason: str = "") -> None:
    """Hand locked dossiers that nothing stands against (``assignment_obstacle``) to ``person``.

    The same statements for any number. ``person`` and each former specialist get one notice for all of theirs.
    """
    notes, lost = [], defaultdict(list)
    for row in rows:
        former = row.assigned_to
        if former is not None:
            lost[former].append(row)
        action = "Phân công thẩm định" if former is None else "Chuyển người thẩm định"
        before = {"assigned_to": str(former) if former else ""}
        notes.append(audit.Note(row, action, {"assigned_to": str(person)}, before))
        row.assigned_to = person
    Dossier.objects.filter(pk__in=[row.pk for row in rows]).update(assigned_to=person)
    audit.record_all(notes, actor=actor, reason=reason.strip())
    told = {person: ("Bạn được phân công thẩm định", rows)}
    told |= {former: (f"Đã chuyển cho {person} thẩm định", gone) for former, gone in lost.items()}
    tell(told, actor)


def tell(told: Mapping[User, tuple[str, Sequence[Dossier]]], actor: User) -> None:
    """One notice for each person but the one who acts, however many dossiers it is about."""
    for each, (words, rows) in told.items():
        if each.pk != actor.pk:
            notify([each], notice_words(words, rows), url=notice_url(rows))


def notice_words(words: str, rows: Sequence[Dossier]) -> str:
    if len(rows) == 1:
        return f"{words}: {rows[0]}."
    more = f" và {len(rows) - NAMED} hồ sơ khác" if len(rows) > NAMED else ""
    return f"{words} {len(rows)} hồ sơ: {', '.join(row.code for row in rows[:NAMED])}{more}."


def notice_url(rows: Sequence[Dossier]) -> str:
    return rows[0].get_absolute_url() if len(rows) == 1 else reverse("awards:inbox")
