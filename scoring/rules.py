"""Who may act on criteria, sheets and proposals."""

from typing import Any

import rules

from blocs.enums import Area, YearState
from blocs.rules import (
    is_own_agency,
    is_standing_body,
    runs,
    signs_for_agency,
    year_is_open,
    year_of,
)
from blocs.tables.access import access_of
from scoring.enums import SheetState

SCORED_STATES = (YearState.RUNNING, YearState.SCORING)


@rules.predicate
def sheet_is_draft(user: Any, sheet: Any) -> bool:
    return sheet is not None and sheet.state == SheetState.DRAFT


@rules.predicate
def sheet_is_under_appraisal(user: Any, sheet: Any) -> bool:
    return sheet is not None and sheet.state in (
        SheetState.SUBMITTED,
        SheetState.CROSS_CHECKED,
        SheetState.APPRAISED,
        SheetState.EXPLANATION,
    )


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


appraiser = (runs(Area.SCORES) | is_standing_body | is_heads_deputy) & ~is_own_agency

rules.add_perm("scoring.edit_criteria", (runs(Area.SCORES) | is_standing_body) & year_is_open)
rules.add_perm("scoring.edit_sheet", is_own_agency & sheet_is_draft & year_is_being_scored)
rules.add_perm("scoring.submit_sheet", signs_for_agency & year_is_being_scored)
rules.add_perm("scoring.appraise_sheet", appraiser & sheet_is_under_appraisal & year_is_being_scored)
rules.add_perm("scoring.decide_sheet", appraiser & year_is_open)
rules.add_perm("scoring.see_board", runs(Area.SCORES) | is_standing_body)
rules.add_perm("scoring.publish", (runs(Area.SCORES) | is_standing_body) & year_is_open)
rules.add_perm("scoring.propose", (runs(Area.SCORES) | is_standing_body) & year_is_open)
