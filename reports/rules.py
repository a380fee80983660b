"""Who may act on reports, reviews and papers."""

from typing import Any

import rules
from django.utils import timezone

from blocs.enums import Area, Role, YearState
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
from reports.enums import ReportState, ReviewState, RoundState


@rules.predicate
def report_is_editable(user: Any, report: Any) -> bool:
    return report is not None and report.state in (ReportState.DRAFT, ReportState.RETURNED)


@rules.predicate
def review_is_draft(user: Any, review: Any) -> bool:
    return review is not None and review.state == ReviewState.DRAFT


@rules.predicate
def review_is_not_issued(user: Any, review: Any) -> bool:
    return review is not None and review.state != ReviewState.ISSUED


@rules.predicate
def review_is_consulted_on(user: Any, review: Any) -> bool:
    """A draft that members may comment on today."""
    until = getattr(review, "consulting_until", None)
    return until is not None and review.state == ReviewState.DRAFT and until >= timezone.localdate()


@rules.predicate
def may_edit_comment(user: Any, comment: Any) -> bool:
    """The own agency's, while the consultation lasts. An answered one is refused in words by the verb."""
    if comment is None or comment.agency_id not in access_of(user).agency_ids:
        return False
    lasts: bool = review_is_consulted_on(user, comment.review) and year_is_open(user, comment.review)
    return lasts


@rules.predicate
def is_of_a_member(user: Any, review: Any) -> bool:
    """An officer or leader of a member of the review's bloc-year other than its head."""
    if review is None:
        return False
    members = review.bloc_year.memberships.filter(agency__in=access_of(user).agency_ids).exclude(role=Role.HEAD)
    found: bool = members.exists()
    return found


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


@rules.predicate
def keeps_round(user: Any, a_round: Any) -> bool:
    """A round of a bloc-year is its secretariat's; the province's, with those under it, its standing body's."""
    if a_round is None:
        return False
    access = access_of(user)
    if a_round.bloc_year_id is None or a_round.parent_id is not None:
        return a_round.council_id in access.standing_ids
    return a_round.bloc_year_id in access.runs(Area.REVIEWS)


@rules.predicate
def watches_round(user: Any, a_round: Any) -> bool:
    """Knows who has sent and who has not: the secretariat, the council's observer, the standing body."""
    access = access_of(user)
    return a_round is not None and (
        a_round.bloc_year_id in access.runs(Area.REVIEWS) | access.observed_ids
        or a_round.council_id in access.standing_ids
    )


@rules.predicate
def presses_round(user: Any, a_round: Any) -> bool:
    """Reminds and gives more time: the secretariat of the bloc and the standing body."""
    access = access_of(user)
    return a_round is not None and (
        a_round.bloc_year_id in access.runs(Area.REVIEWS) or a_round.council_id in access.standing_ids
    )


@rules.predicate
def round_is_open_to_work(user: Any, a_round: Any) -> bool:
    """A round in a handed-over year is closed to everyone."""
    if a_round is None:
        return False
    return a_round.bloc_year is None or a_round.bloc_year.state != YearState.HANDED_OVER


@rules.predicate
def holds_outline(user: Any, a_round: Any) -> bool:
    """The outline of a round under a province's one is the province's."""
    return a_round is not None and a_round.parent_id is None


@rules.predicate
def takes_changes(user: Any, a_round: Any) -> bool:
    return a_round is not None and a_round.state != RoundState.CLOSED


rules.add_perm("reports.edit_report", is_own_agency & report_is_editable & year_is_open)
rules.add_perm("reports.sign_off_report", signs_for_agency & year_is_open)
rules.add_perm("reports.receive_report", (runs(Area.REVIEWS) | is_standing_body) & year_is_open)
rules.add_perm("reports.compile_review", runs(Area.REVIEWS) & year_is_open)
rules.add_perm("reports.edit_review", runs(Area.REVIEWS) & review_is_draft & year_is_open)
rules.add_perm("reports.consult_review", runs(Area.REVIEWS) & review_is_draft & year_is_open)
rules.add_perm("reports.comment_review", review_is_consulted_on & year_is_open & is_of_a_member)
rules.add_perm("reports.send_review_comment", is_of_a_member)
rules.add_perm("reports.edit_review_comment", may_edit_comment)
rules.add_perm("reports.answer_comments", runs(Area.REVIEWS) & review_is_not_issued & year_is_open)
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
# Reporting rounds.
rules.add_perm("reports.create_round", runs(Area.REVIEWS) & year_is_open)
rules.add_perm("reports.create_province_round", is_standing_body)
rules.add_perm("reports.run_round", keeps_round & round_is_open_to_work)
rules.add_perm("reports.edit_round", keeps_round & holds_outline & takes_changes & round_is_open_to_work)
rules.add_perm("reports.watch_round", watches_round)
rules.add_perm("reports.press_round", presses_round & round_is_open_to_work)
