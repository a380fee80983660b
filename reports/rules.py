"""Who may act on reports, reviews and papers."""

from typing import Any

import rules

from blocs.enums import Area
from blocs.rules import (
    is_own_agency,
    is_secretariat,
    is_standing_body,
    runs,
    signs_for_agency,
    signs_for_head,
    year_is_open,
)
from reports.enums import ReportState, ReviewState


@rules.predicate
def report_is_editable(user: Any, report: Any) -> bool:
    return report is not None and report.state in (ReportState.DRAFT, ReportState.RETURNED)


@rules.predicate
def review_is_draft(user: Any, review: Any) -> bool:
    return review is not None and review.state == ReviewState.DRAFT


rules.add_perm("reports.edit_report", is_own_agency & report_is_editable & year_is_open)
rules.add_perm("reports.sign_off_report", signs_for_agency & year_is_open)
rules.add_perm("reports.receive_report", (runs(Area.REVIEWS) | is_standing_body) & year_is_open)
rules.add_perm("reports.compile_review", runs(Area.REVIEWS) & year_is_open)
rules.add_perm("reports.edit_review", runs(Area.REVIEWS) & review_is_draft & year_is_open)
rules.add_perm("reports.approve_review", signs_for_head & year_is_open)
rules.add_perm("reports.issue", is_secretariat & year_is_open)
