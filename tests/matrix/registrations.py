"""Registrations: a draft is its agency's alone; the leader sends it."""

from collections.abc import Iterator
from typing import Any

from awards.models import AwardForm, Registration, RegistrationLine
from tests.awards_world import SubjectFactory
from tests.matrix.base import EVERYONE, OWN, Row, pk_of

LEADER = frozenset({"leader"})


def furnish(scene: Any) -> None:
    scene.registration = Registration.objects.create(agency=scene.world.syt, year=2020)
    scene.registration_line = RegistrationLine.objects.create(
        registration=scene.registration,
        subject=SubjectFactory(agency=scene.world.syt),
        award=AwardForm.objects.get(code="ld-tien-tien"),
    )


def rows() -> Iterator[Row]:
    for name in ("registrations", "registrations-compared"):
        yield Row(f"awards:{name}", EVERYONE)
    own_agency = {"fill": lambda scene: {"agency": scene.world.syt.pk}}
    yield Row("awards:registration-open", OWN, EVERYONE - OWN, method="post", data={"year": "2021"}, **own_agency)
    yield Row("awards:registration", OWN, args=pk_of("registration"))
    yield Row("awards:registration-add", OWN, args=pk_of("registration"))
    yield Row("awards:registration-copy", OWN, args=pk_of("registration"), method="post")
    yield Row("awards:registration-act", LEADER, OWN - LEADER, pk_of("registration"), "post", {"transition": "send"})
    line = lambda s: (s.registration.pk, s.registration_line.pk)  # noqa: E731
    yield Row("awards:registration-line-remove", OWN, args=line, method="post")
