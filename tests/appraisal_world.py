"""A dossier as the standing body has it, for tests of appraisal."""

from datetime import date
from typing import Any

from accounts.models import User
from awards.domain.checking import recheck_nominations
from awards.models import Dossier, Nomination, Opinion, Supplement
from tests.awards_world import DossierFactory, SubjectFactory, nominate
from tests.factories import AppointmentFactory, UserFactory
from tests.world import World


def colleague(world: World, name: str = "colleague") -> User:
    """A second person of the standing body."""
    user = UserFactory(email=f"{name}@example.vn", full_name=f"Người {name}")
    AppointmentFactory(user=user, agency=world.snv, duty="standing")
    return User.objects.get(pk=user.pk)


def sent_dossier(world: World, *, state: str = "received", cases: int = 1, to: str | None = "standing", **rest: Any):
    """A dossier of Sở Y tế with ``cases`` nominations, in ``state``, assigned to the persona ``to``."""
    values: dict[str, Any] = {"agency": world.syt, "state": state, "paper_number": "12/TTr-SYT"}
    if to is not None:
        values["assigned_to"] = world.person(to)
    if state not in ("draft", "signed_off", "submitted"):
        values |= {"received_on": date(2026, 3, 2), "complete_on": date(2026, 3, 2), "appraisal_due": date(2026, 4, 15)}
    dossier = DossierFactory(**values | rest)
    for number in range(cases):
        case_of(dossier, f"Lê Thị {chr(65 + number)}")
    return Dossier.objects.get(pk=dossier.pk)


def case_of(dossier: Dossier, name: str = "Lê Thị A", code: str = "cstd-co-so", **rest: Any) -> Nomination:
    subject = SubjectFactory(agency=dossier.agency, name=name, unit="Phòng Nghiệp vụ Y", post="Chuyên viên")
    return nominate(dossier, subject, code, **rest)


def answered_by_rules(verdict: str, *cases: Nomination) -> None:
    """The cases were checked just now, and the rules said ``verdict``."""
    recheck_nominations(case.pk for case in cases)
    Nomination.objects.filter(pk__in=[case.pk for case in cases]).update(verdict=verdict)


def asked(dossier: Dossier, target: str = "dossier:paper_number", **rest: Any) -> Supplement:
    return Supplement.objects.create(dossier=dossier, target=target, request="Ghi lại số tờ trình.", **rest)


def question(dossier: Dossier, agency: Any, kind: str = "violation", **rest: Any) -> Opinion:
    values: dict[str, Any] = {"asked_on": date(2026, 3, 2), "due": date(2026, 3, 16), "question": "Có vi phạm không?"}
    made = Opinion.objects.create(dossier=dossier, asked=agency, kind=kind, **values | rest)
    made.nominations.set(dossier.nominations.all())
    return made
