"""Judging nominations by the law of their dossier's date, and keeping the answer on them.

Pages and lists read the stored answer. Whoever changes a subject's history calls ``recheck_subjects``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.utils import timezone

from awards.domain.attendance import attendance_rules
from awards.domain.duplicates import Met, meetings
from awards.domain.facts import nominees_of
from awards.enums import DossierState
from awards.law.checks import Judgement, Verdict, all_of, verdict_of
from awards.law.engine import judge
from awards.models import Dossier, Nomination

BATCH = 500
STORED = ("verdict", "rule_set", "checks", "checked_at")


def check_nominations(nominations: Sequence[Nomination]) -> None:
    """Judge ``nominations`` and store verdict, rule set, checks and moment on each.

    The number of queries does not grow with the number of nominations up to 500; each row keeps its version:
    a check is not an edit.
    """
    rows = list(nominations)
    if not rows:
        return
    now = timezone.now()
    met, attendance = meetings(rows), attendance_rules(row.dossier.council_id for row in rows)
    for row, nominee in zip(rows, nominees_of(rows), strict=True):
        keep(row, judge(nominee, attendance.on(row.dossier.council_id, nominee.on)), met[row.pk])
        row.checked_at = now
    Nomination.objects.bulk_update(rows, STORED, batch_size=BATCH)


def recheck_dossier(dossier: Dossier) -> int:
    """Check every nomination of ``dossier`` anew; how many there were."""
    rows = list(to_check().filter(dossier=dossier))
    check_nominations(rows)
    return len(rows)


def recheck_subjects(subject_ids: Iterable[int]) -> int:
    """Check the nominations of these subjects in dossiers that are not concluded; how many there were.

    Called after every change of a subject's history, and when a nomination comes or goes.
    """
    ids = list(subject_ids)
    if not ids:
        return 0
    rows = list(to_check().filter(subject__in=ids).exclude(dossier__state=DossierState.CONCLUDED))
    check_nominations(rows)
    return len(rows)


def to_check() -> Any:
    return Nomination.objects.select_related("dossier", "subject", "award").order_by("pk")


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
