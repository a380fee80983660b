"""What of the history of dossiers, nominations and agencies is not for everybody who sees them."""

from typing import Any

from accounts.domain.history import Entries, limits_history, since_first_state
from accounts.models import User
from awards.domain.dossiers import REMOVED
from awards.domain.workflow import NOMINATION
from awards.enums import DossierState
from awards.models import Dossier, DossierVersion, Nomination
from awards.rules import is_maker
from blocs.models import Agency
from blocs.tables.access import access_of

RESULTS = tuple(each.label for each in NOMINATION.transitions)
# While it is appraised its results are the specialist's own; the makers are told when the appraisal ends.
UNDER_APPRAISAL = (DossierState.SUBMITTED, DossierState.RECEIVED, DossierState.SUPPLEMENT)


@limits_history("awards.Dossier")
def entries_of_dossier(dossier: Dossier, user: User, entries: Entries) -> Entries:
    """Its makers read everything; the standing body what came since it was first sent, never its drafts."""
    if is_maker(user, dossier):
        return entries
    since = since_first_state(entries, DossierState.SUBMITTED.value)
    return entries.none() if since is None else since


@limits_history("blocs.Agency")
def entries_of_agency(agency: Agency, user: User, entries: Entries) -> Entries:
    """Everyone reads the directory's history; of drafts that were deleted the agency's own people alone."""
    return entries if agency.pk in access_of(user).agency_ids else entries.exclude(action=REMOVED)


@limits_history("awards.Nomination")
def entries_of_nomination(nomination: Any, user: User, entries: Entries) -> Entries:
    """Makers: no results while it is appraised. The standing body: what came since the dossier was first sent."""
    if is_maker(user, nomination):
        return entries.exclude(action__in=RESULTS) if results_hidden(nomination) else entries
    first = DossierVersion.objects.filter(dossier=nomination.dossier_id).order_by("number").first()
    return entries.none() if first is None else entries.filter(at__gte=first.sent_at)


def results_hidden(nomination: Nomination) -> bool:
    """Whether the result of the appraisal is not yet the makers' to know."""
    return nomination.dossier.state in UNDER_APPRAISAL
