"""Sending a report back with a remark for each section that needs mending, and settling them."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.domain.audit import record
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from reports.domain.passages import lock
from reports.domain.places import places_of
from reports.domain.workflow import AGENCY_REPORT
from reports.models import AgencyReport, Remark

LONGEST = 2000


@transaction.atomic
def return_with_remarks(report: AgencyReport, remarks: Mapping[str, str], reason: str, *, actor: User) -> None:
    """Return ``report`` with ``remarks`` by section key; empty ones are left out.

    ``reason`` speaks of the whole report; without one the sections are named. Raises TransitionRefused with a sentence
    where neither is given or the state does not allow it, PermissionDenied.
    """
    titles = {place.key: place.title for place in places_of(report)}
    told = {key: text.strip() for key, text in remarks.items() if text.strip() and key in titles}
    if not told and not reason.strip():
        raise TransitionRefused("Hãy ghi yêu cầu bổ sung cho ít nhất một mục, hoặc lý do chung, rồi trả lại.")
    named = ", ".join(f"«{titles[key]}»" for key in titles if key in told)
    AGENCY_REPORT.perform(report, "return", actor=actor, reason=reason.strip() or f"Bổ sung các mục {named}")
    for key in titles:
        if key in told:
            Remark.objects.create(report=report, section=key, text=told[key], made_by=actor)
    if told:
        after = {titles[key]: told[key] for key in titles if key in told}
        record(report, "Ghi yêu cầu bổ sung", actor=actor, after=after)


@transaction.atomic
def settle(remark: Remark, *, actor: User, done: bool) -> None:
    """The agency marks a remark as settled, or takes that back. Raises as ``save_passage`` does."""
    report = remark.report
    lock(report, actor)
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    if (remark.settled_at is not None) == done:
        return
    remark.settled_at = timezone.now() if done else None
    remark.save(update_fields=["settled_at"])
    title = next((place.title for place in places_of(report) if place.key == remark.section), remark.section)
    action = "Đánh dấu đã bổ sung" if done else "Bỏ đánh dấu đã bổ sung"
    record(report, f"{action} mục «{title}»", actor=actor, after={"yêu cầu": remark.text})


def remarks_by_section(report: AgencyReport) -> dict[str, list[Remark]]:
    """All remarks ever made on the report, oldest first, by section; one query."""
    found: dict[str, list[Remark]] = {}
    for row in report.remarks.select_related("made_by"):
        found.setdefault(row.section, []).append(row)
    return found
