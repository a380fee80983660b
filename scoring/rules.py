"""Who may act on criteria, sheets and proposals."""

from typing import Any

import rules

from blocs.enums import Area
from blocs.rules import (
    is_own_agency,
    is_standing_body,
    runs,
    signs_for_agency,
    year_is_open,
    year_of,
)
from blocs.tables.access import access_of
from scoring.enums import SCORED_STATES, AppraisedBy, PollChannel, SetState, SheetState
from scoring.models import Criterion


@rules.predicate
def sheet_is_draft(user: Any, sheet: Any) -> bool:
    return sheet is not None and sheet.state == SheetState.DRAFT


@rules.predicate
def sheet_is_under_appraisal(user: Any, sheet: Any) -> bool:
    return sheet is not None and sheet.state in (
        SheetState.SUBMITTED,
        SheetState.CROSS_CHECKED,
        SheetState.APPRAISED,
    )


@rules.predicate
def sheet_is_explained(user: Any, sheet: Any) -> bool:
    return sheet is not None and sheet.state == SheetState.EXPLANATION


@rules.predicate
def is_own_standing_body(user: Any, sheet: Any) -> bool:
    """Works in the standing agency, and the sheet is that agency's own."""
    return sheet is not None and getattr(sheet, "agency_id", None) in access_of(user).standing_of


@rules.predicate
def is_any_deputy(user: Any, obj: Any) -> bool:
    year = year_of(obj)
    return year is not None and year.pk in access_of(user).deputy_ids


@rules.predicate
def appraises_a_criterion(user: Any, obj: Any) -> bool:
    """Works in a specialised agency that a criteria set in force of this bloc-year names as appraiser."""
    year = year_of(obj)
    access = access_of(user)
    if year is None or not access.agency_ids | access.standing_of:
        return False
    return Criterion.objects.filter(
        criteria_set__bloc_year=year,
        criteria_set__state__in=[SetState.OPEN, SetState.LOCKED],
        appraised_by=AppraisedBy.AGENCY,
        appraiser__in=access.agency_ids | access.standing_of,
    ).exists()


@rules.predicate
def is_dealt_checker(user: Any, sheet: Any) -> bool:
    """The sheet was dealt to an own agency; never one's own sheet."""
    agencies = access_of(user).agency_ids
    if sheet is None or not agencies or sheet.agency_id in agencies:
        return False
    return bool(sheet.cross_checks.filter(checker__in=agencies).exists())


@rules.predicate
def is_checker(user: Any, check: Any) -> bool:
    """An officer or leader of the agency that checks; never of the one that is checked."""
    agencies = access_of(user).agency_ids
    return check is not None and check.checker_id in agencies and check.sheet.agency_id not in agencies


@rules.predicate
def check_is_open(user: Any, check: Any) -> bool:
    return check is not None and check.done_at is None and check.sheet.state == SheetState.SUBMITTED


@rules.predicate
def is_heads_deputy(user: Any, sheet: Any) -> bool:
    """A deputy stands in for the head where the head's own sheet is concerned."""
    year = year_of(sheet)
    if year is None or year.pk not in access_of(user).deputy_ids:
        return False
    return bool(year.memberships.filter(role="head", agency=sheet.agency_id).exists())


@rules.predicate
def year_is_being_scored(user: Any, obj: Any) -> bool:
    year = year_of(obj)
    return year is not None and year.state in SCORED_STATES


appraiser = (runs(Area.SCORES) | is_standing_body | is_heads_deputy) & ~is_own_agency & ~is_own_standing_body

rules.add_perm("scoring.edit_criteria", (runs(Area.SCORES) | is_standing_body) & year_is_open)
rules.add_perm("scoring.edit_sheet", is_own_agency & sheet_is_draft & year_is_being_scored)
# Plans and extensions: whose, domain.plans.settable says by the rule of set_plan; never one's own agency's.
rules.add_perm("scoring.see_plans", runs(Area.SCORES) | is_standing_body | is_any_deputy)
rules.add_perm("scoring.set_plan", appraiser & year_is_being_scored)
rules.add_perm("scoring.submit_sheet", signs_for_agency & year_is_being_scored)
rules.add_perm("scoring.appraise_sheet", appraiser & sheet_is_under_appraisal & year_is_being_scored)
rules.add_perm("scoring.decide_sheet", appraiser & year_is_open)
rules.add_perm("scoring.explain_sheet", is_own_agency & sheet_is_explained & year_is_being_scored)
# Lines are another matter: which of them somebody appraises, domain.authority says.
year_appraiser = runs(Area.SCORES) | is_standing_body | is_any_deputy | appraises_a_criterion
rules.add_perm("scoring.appraise_year", year_appraiser)
rules.add_perm("scoring.write_appraisal", year_appraiser & year_is_being_scored)
rules.add_perm("scoring.deal_checks", (runs(Area.SCORES) | is_standing_body) & year_is_being_scored)
rules.add_perm("scoring.write_check", is_checker & check_is_open & year_is_being_scored)
rules.add_perm("scoring.conclude_checks", (appraiser | is_dealt_checker) & year_is_open)
rules.add_perm("scoring.see_board", runs(Area.SCORES) | is_standing_body)
rules.add_perm("scoring.publish", (runs(Area.SCORES) | is_standing_body) & year_is_open)
# Freezing the ranking and deciding ties: for the whole bloc, one's own agency's sheet among the others.
rules.add_perm("scoring.lock_standing", (runs(Area.SCORES) | is_standing_body) & year_is_open)
rules.add_perm("scoring.propose", (runs(Area.SCORES) | is_standing_body) & year_is_open)


@rules.predicate
def casts_ballot(user: Any, voter: Any) -> bool:
    """A person casts the own ballot; a unit's is cast by those who sign for it."""
    if voter is None or voter.person_id is not None:
        return voter is not None and voter.person_id == user.pk
    return voter.agency_id in access_of(user).signs_for


@rules.predicate
def poll_is_electronic(user: Any, poll: Any) -> bool:
    return getattr(poll, "channel", None) == PollChannel.ELECTRONIC


@rules.predicate
def poll_was_counted_elsewhere(user: Any, poll: Any) -> bool:
    """No ballots were issued through this application: its count can be entered and removed."""
    return getattr(poll, "channel", None) == PollChannel.COUNTED


runs_polls = (runs(Area.SCORES) | is_standing_body) & year_is_open

rules.add_perm("scoring.run_polls", runs_polls)
rules.add_perm("scoring.open_poll", runs_polls & ~poll_was_counted_elsewhere)
rules.add_perm("scoring.close_poll", runs_polls & poll_is_electronic)
rules.add_perm("scoring.enter_count", runs_polls & ~poll_is_electronic)
rules.add_perm("scoring.annul_poll", runs_polls & ~poll_was_counted_elsewhere)
rules.add_perm("scoring.cast_ballot", casts_ballot)
