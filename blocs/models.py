"""Door to the tables of this app; each group of tables has its own module."""

from blocs.tables.agencies import Agency, AgencyAlias, Appointment, Council, CouncilMember
from blocs.tables.commitments import Pledge, PledgeSignature, Target
from blocs.tables.events import (
    Attendance,
    BlocMovement,
    Commendation,
    Conference,
    Movement,
    Participation,
    Petition,
    RecipientCount,
)
from blocs.tables.years import Bloc, BlocYear, Delegation, Membership, Observer, Quota, Succession

__all__ = [
    "Agency",
    "AgencyAlias",
    "Appointment",
    "Attendance",
    "Bloc",
    "BlocMovement",
    "BlocYear",
    "Commendation",
    "Conference",
    "Council",
    "CouncilMember",
    "Delegation",
    "Membership",
    "Movement",
    "Observer",
    "Participation",
    "Petition",
    "Pledge",
    "PledgeSignature",
    "Quota",
    "RecipientCount",
    "Succession",
    "Target",
]
