"""What of a posting's history is the standing body's own."""

from accounts.domain.history import Entries, limits_history
from accounts.models import User
from awards.domain.postings import COMMENTED, CONCLUDED
from awards.models import Posting
from blocs.tables.access import access_of


@limits_history("awards.Posting")
def entries_of_posting(posting: Posting, user: User, entries: Entries) -> Entries:
    """Makers of a nomination in the list read when it was posted; what the public said is the standing body's."""
    if posting.council_id in access_of(user).standing_ids:
        return entries
    return entries.exclude(action__in=(COMMENTED, CONCLUDED))
