"""What of the history of an agency's report is not for everybody who sees it."""

from typing import Any

from accounts.domain.history import Entries, limits_history, since_first_state
from accounts.models import User
from blocs.tables.access import access_of
from reports.enums import ReportState

SENT_STATES = tuple(state.value for state in ReportState if state != ReportState.DRAFT)


@limits_history("reports.AgencyReport")
def entries_of_report(report: Any, user: User, entries: Entries) -> Entries:
    """The agency's own people read everything; others what came since it was first sent, never its drafts."""
    if report.agency_id in access_of(user).agency_ids:
        return entries
    since = since_first_state(entries, *SENT_STATES)
    return entries.none() if since is None else since
