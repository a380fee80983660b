"""Who may act on reports, reviews and papers."""

from typing import Any

import rules

from blocs.enums import Area, YearState
from blocs.models import BlocYear
from blocs.rules import (
    is_own_agency,
    is_secretariat,
    is_standing_body,
    runs,
    signs_for_agency,
    signs_for_head,
    year_is_open,
)
from blocs.tables.access import access_of
from reports.enums import ReportState, ReviewState


@rules.predicate
def report_is_editable(user: Any, report: Any) -> bool:
    return report is not None and report.state in (ReportState.DRAFT, ReportState.RETURNED)


@rules.predicate
def review_is_draft(user: Any, review: Any) -> bool:
    return review is not None and review.state == ReviewState.DRAFT


@rules.predicate
def year_is_done(user: Any, year: Any) -> bool:
    return year is not None and year.state in (YearState.CONCLUDED, YearState.HANDED_OVER)


@rules.predicate
def heads_next_year(user: Any, year: Any) -> bool:
    """An officer or leader of the agency that heads the same bloc in the year after."""
    later = year and BlocYear.objects.filter(bloc=year.bloc_id, year=year.year + 1, pk__in=access_of(user).headed_ids)
    return bool(later) and later.exists()


@rules.predicate
def is_book_keeper(user: Any, agency: Any) -> bool:
    """Works in the agency whose numbers they are, or in the standing body of its council."""
    access = access_of(user)
    return agency is not None and (agency.pk in access.agency_ids or agency.council_id in access.standing_ids)


rules.add_perm("reports.edit_report", is_own_agency & report_is_editable & year_is_open)
rules.add_perm("reports.sign_off_report", signs_for_agency & year_is_open)
rules.add_perm("reports.receive_report", (runs(Area.REVIEWS) | is_standing_body) & year_is_open)
rules.add_perm("reports.compile_review", runs(Area.REVIEWS) & year_is_open)
rules.add_perm("reports.edit_review", runs(Area.REVIEWS) & review_is_draft & year_is_open)
rules.add_perm("reports.approve_review", signs_for_head & year_is_open)
rules.add_perm("reports.issue", is_secretariat & year_is_open)
# Words of papers: the province's templates, and what a bloc writes into its own papers of the year.
rules.add_perm("reports.edit_wording", is_standing_body)
rules.add_perm("reports.read_words", runs(Area.REVIEWS) | is_standing_body)
rules.add_perm("reports.write_words", runs(Area.REVIEWS) & year_is_open)
rules.add_perm("reports.see_number_book", is_book_keeper)
# The whole archive holds what agencies and the council keep; the bloc's own is handed to the next head once it is done.
rules.add_perm("reports.archive_year", is_standing_body)
rules.add_perm("reports.archive_bloc", (is_secretariat | heads_next_year | is_standing_body) & year_is_done)
