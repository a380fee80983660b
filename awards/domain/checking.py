"""Judging nominations by the law of their dossier's date, and keeping the answer on them.

Pages and lists read the stored answer. Whoever changes a subject's history calls ``recheck_subjects``; what else an
answer hangs on is told by its mark (``check_inputs``): who relies on answers calls ``renew`` or ``renew_dossier``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from awards.domain.attendance import attendance_rules
from awards.domain.check_inputs import marks_of, plain_mark
from awards.domain.duplicates import Met, meetings
from awards.domain.facts import nominees_of
from awards.domain.open_matters import running
from awards.enums import DossierState
from awards.law.checks import Judgement, Verdict, all_of, verdict_of
from awards.law.engine import judge
from awards.models import Dossier, Freeze, Nomination

BATCH = 500
STORED = ("verdict", "rule_set", "checks", "checked_at", "inputs")


def check_nominations(nominations: Sequence[Nomination]) -> None:
    """Judge ``nominations`` and store verdict, rule set, checks and moment on each.

    The number of queries does not grow with the number of nominations up to 500; each row keeps its version:
    a check is not an edit.
    """
    rows = list(nominations)
    if not rows:
        return
    now, marks = timezone.now(), marks_of(rows)  # first: what changes while we judge is then seen as older
    met, attendance = meetings(rows), attendance_rules(row.dossier.council_id for row in rows)
    for row, nominee in zip(rows, nominees_of(rows), strict=True):
        keep(row, judge(nominee, attendance.on(row.dossier.council_id, nominee.on)), met[row.pk])
        row.checked_at, row.inputs = now, marks[row.pk]
    Nomination.objects.bulk_update(rows, STORED, batch_size=BATCH)


def recheck_dossier(dossier: Dossier) -> int:
    """Check every nomination of ``dossier`` anew; how many there were."""
    return len(recheck(Q(dossier=dossier)))


def recheck_subjects(subject_ids: Iterable[int]) -> int:
    """Check the nominations of these subjects in dossiers that are not concluded; how many there were.

    Called after every change of a subject's history, and when a nomination comes or goes.
    """
    ids = list(subject_ids)
    return len(recheck(Q(subject__in=ids) & ~Q(dossier__state=DossierState.CONCLUDED))) if ids else 0


def recheck_nominations(nomination_ids: Iterable[int]) -> list[Nomination]:
    """Check these anew; they come back as they are now."""
    return recheck(Q(pk__in=[*nomination_ids]))


@transaction.atomic(savepoint=False)
def recheck(which: Q) -> list[Nomination]:
    """Check the nominations that ``which`` names. They are locked first, so the last to check has seen all facts."""
    rows = Nomination.objects.select_for_update(of=("self",)).filter(which)
    found = list(rows.select_related("dossier__movement", "subject", "award").order_by("pk"))
    check_nominations(found)
    return found


def renew(rows: Sequence[Nomination]) -> int:
    """Check those anew whose answer was reached by other inputs than those of now; how many there were.

    ``rows`` hold the answers of now afterwards. A concluded dossier keeps what was known when it was decided. Nine
    queries at most while nothing is older, however many rows.
    """
    live = [row for row in rows if row.dossier.state != DossierState.CONCLUDED]
    marks = marks_of(live) if live else {}
    older = {row.pk: row for row in live if row.inputs != marks[row.pk]}
    if not older:
        return 0
    for fresh in recheck_nominations(older):
        for name in STORED:
            setattr(older[fresh.pk], name, getattr(fresh, name))
    return len(older)


def renew_dossier(dossier: Dossier) -> int:
    """``renew`` for all nominations of ``dossier``; how many were older.

    Most rows share one mark: only those with another one, agencies and whoever has an open matter are read.
    """
    if dossier.state == DossierState.CONCLUDED:
        return 0
    frozen = Freeze.objects.filter(running(timezone.localdate()), subject__nominations__dossier=dossier)
    own = Q(subject__is_agency=True) | Q(subject__in=frozen.values("subject"))
    rows = Nomination.objects.filter(~Q(inputs=plain_mark(dossier)) | own, dossier=dossier).select_related("subject")
    found = list(rows.only("inputs", "dossier", "subject__is_agency", "subject__agency"))
    for row in found:
        row.dossier = dossier
    return renew(found)


def keep(row: Nomination, judgement: Judgement, met: Met) -> None:
    """Write the answer into ``row``; what it meets elsewhere can only make the verdict stricter."""
    own = {Verdict.ELIGIBLE: True, Verdict.INELIGIBLE: False, Verdict.NEEDS_DECISION: None}[judgement.verdict]
    verdict = verdict_of(all_of([own, *(check.passed for check in met.checks)]))
    if met.sentences and verdict is Verdict.ELIGIBLE:
        verdict = Verdict.NEEDS_DECISION
    row.verdict = verdict.value
    row.rule_set = judgement.rule_set
    whole = replace(
        judgement, checks=(*judgement.checks, *met.checks), notes=(*judgement.notes, *met.notes), verdict=verdict
    )
    row.checks = as_json(whole) | {"duplicates": met.sentences}


def as_json(judgement: Judgement) -> dict[str, Any]:
    """What pages show of a judgement."""
    return {
        "checks": [asdict(each) for each in judgement.checks],
        "notes": [asdict(each) for each in judgement.notes],
        "branches": [{"code": each.code, "title": each.title, "passed": each.passed} for each in judgement.branches],
        "open_branches": [list(each) for each in judgement.open_branches],
        "banner": judgement.banner,
    }
