"""What of the history of years and sheets is not for everybody who sees them."""

from typing import Any

from accounts.domain.history import Entries, limits_history, since_first_state
from accounts.models import User
from blocs.tables.access import access_of
from scoring.domain.cells import SELF
from scoring.domain.dealing import DEALT_BY_HAND, DEALT_BY_LOT
from scoring.domain.deciding_ties import DECIDED, FORGOTTEN
from scoring.domain.evidence import EVIDENCE_ADDED, EVIDENCE_REMOVED
from scoring.enums import SheetState
from scoring.tables.outcome import outcome_visible

# Whose ranks are equal and who checks whose sheet, recorded on the bloc-year.
OF_OUTCOME = (DECIDED, FORGOTTEN, DEALT_BY_HAND, DEALT_BY_LOT)
SENT_STATES = tuple(state.value for state in SheetState if state != SheetState.DRAFT)


@limits_history("blocs.BlocYear")
def entries_of_year(year: Any, user: User, entries: Entries) -> Entries:
    """Decided ties and dealt cross-checks: those who run or watch the bloc; members once scores are published."""
    return entries if outcome_visible(user, year) else entries.exclude(action__in=OF_OUTCOME)


@limits_history("scoring.ScoreSheet")
def entries_of_sheet(sheet: Any, user: User, entries: Entries) -> Entries:
    """The agency's own people read everything; others what came since the sheet was first sent, never its drafts."""
    if sheet.agency_id in access_of(user).agency_ids:
        return entries
    since = since_first_state(entries, *SENT_STATES)
    if since is not None:
        return since
    return entries.exclude(action__in=(SELF.action, EVIDENCE_ADDED, EVIDENCE_REMOVED))
