"""A council of thirteen, appraised dossiers and sessions for tests; numbers are the caller's."""

from datetime import date
from typing import Any

from awards.enums import NominationState
from awards.models import Dossier, Nomination
from blocs.models import Agency, CouncilMember
from council.models import AgendaItem, CouncilSession, Practice, Remit, Seat, VoteSetting
from tests.appraisal_world import sent_dossier
from tests.awards_world import award
from tests.factories import AgencyFactory, CouncilMemberFactory, UserFactory
from tests.world import World

MEMBERS = 13
HELD = date(2026, 11, 20)
BASIS = "Quyết định số 86/2025/QĐ-UBND, Điều 8"


def full_council(world: World, total: int = MEMBERS) -> list[CouncilMember]:
    """``total`` members with a vote in force, each of an agency of its own: the first is the chair.

    The personas ``council_member`` and ``observer`` are the last two; the others are thanh-vien-N@example.vn.
    """
    known = list(CouncilMember.objects.filter(council=world.council).order_by("pk"))
    made = [member_of(world, number) for number in range(1, total - len(known) + 1)]
    everyone = [*made, *known]
    for position, member in enumerate(everyone):
        member.position = position
        member.role = "chair" if position == 0 else "vice" if position == 1 else "member"
        member.agency = member.agency or own_agency(world, position)
        member.save()
    return everyone


def member_of(world: World, number: int, **rest: Any) -> CouncilMember:
    user = UserFactory(email=f"thanh-vien-{number}@example.vn", full_name=f"Ủy viên số {number}")
    return CouncilMemberFactory(council=world.council, user=user, **rest)


def own_agency(world: World, number: int) -> Agency:
    return AgencyFactory(council=world.council, code=f"co-quan-{number}", name=f"Cơ quan số {number}")


def practice(world: World, **rest: Any) -> Practice:
    """Rules as Bắc Ninh's: two thirds, 80 % where awards are considered, written opinions of absentees."""
    values: dict[str, Any] = {
        "quorum_part": 2,
        "quorum_whole": 3,
        "award_quorum": 80,
        "absent": "written",
        "recused_in_base": True,
        "substitutes_vote": True,
        "chair_breaks_ties": True,
        "max_rounds": 2,
        "legal_basis": BASIS,
    }
    return Practice.objects.create(council=world.council, **values | rest)


def remit(world: World, code: str = "cstd-tinh", body: str = "council", **rest: Any) -> Remit:
    values = {"award": award(code), "body": body, "legal_basis": "Quyết định số 86/2025/QĐ-UBND, Điều 9"}
    return Remit.objects.create(council=world.council, **values | rest)


def vote_setting(world: World, code: str | None = "cstd-tinh", percent: int = 80, **rest: Any) -> VoteSetting:
    values: dict[str, Any] = {"percent": percent, "base": "members", "mode": "secret", "legal_basis": BASIS}
    values["award"] = award(code) if code else None
    return VoteSetting.objects.create(council=world.council, **values | rest)


def appraised_dossier(world: World, cases: int = 1, code: str = "cstd-tinh", **rest: Any) -> Dossier:
    """A dossier of Sở Y tế that the standing body has appraised: every nomination is eligible."""
    dossier = sent_dossier(world, state="appraised", cases=cases, **rest)
    dossier.nominations.update(award=award(code), state=NominationState.ELIGIBLE)
    return dossier


def council_session(world: World, dossier: Dossier | None = None, *, state: str = "preparing", **rest: Any):
    """A session in ``state``; with all nominations of ``dossier`` on its agenda, and from calling on with its seats."""
    number = CouncilSession.objects.filter(council=world.council, year=2026).count() + 1
    values: dict[str, Any] = {"year": 2026, "number": number, "title": "Xét khen thưởng năm 2026", "held_on": HELD}
    session = CouncilSession.objects.create(council=world.council, state=state, **values | rest)
    if dossier is not None:
        put_on_agenda(session, *dossier.nominations.order_by("position"))
    if state != "preparing":
        seat_everyone(session)
    return session


def put_on_agenda(session: CouncilSession, *nominations: Nomination) -> list[AgendaItem]:
    start = session.items.count()
    Dossier.objects.filter(nominations__in=nominations).update(state="in_session")
    return [
        AgendaItem.objects.create(session=session, nomination=each, position=start + number)
        for number, each in enumerate(nominations, start=1)
    ]


def seat_everyone(session: CouncilSession, attendance: str = "") -> list[Seat]:
    """A seat for every member of the council, as calling makes them."""
    members = CouncilMember.objects.filter(council=session.council).select_related("user").order_by("position", "pk")
    return [
        Seat.objects.create(
            session=session,
            member=each,
            user=each.user,
            name=each.user.full_name,
            role=each.role,
            agency=each.agency,
            votes=each.votes,
            position=each.position,
            attendance=attendance,
        )
        for each in members
    ]


def roll(session: CouncilSession, present: int, attendance: str = "present", others: str = "absent") -> None:
    """The first ``present`` members are ``attendance``, the rest ``others``."""
    for number, seat in enumerate(session.seats.all()):
        seat.attendance = attendance if number < present else others
        seat.save(update_fields=["attendance"])
