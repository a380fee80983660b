"""What a person reaches follows from appointments and seats, and from nothing else."""

from datetime import date

import pytest
import time_machine

from blocs.models import Appointment, BlocYear, Delegation, Membership
from blocs.tables.access import access_of
from tests.world import PERSONAS, World

SEES_THE_YEAR = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}


@pytest.mark.parametrize("name", PERSONAS)
def test_bloc_year_is_seen_by_those_concerned_only(world: World, name: str) -> None:
    seen = world.year in BlocYear.objects.visible_to(world.person(name))

    assert seen is (name in SEES_THE_YEAR)


def test_secretariat_is_derived_from_the_heads_membership(world: World) -> None:
    assert world.person("secretary").has_perm("blocs.run_year", world.year)
    assert not world.person("officer").has_perm("blocs.run_year", world.year)

    Membership.objects.filter(bloc_year=world.year, role="head").update(role="member")
    Membership.objects.filter(bloc_year=world.year, agency=world.syt).update(role="head")

    assert not world.person("secretary").has_perm("blocs.run_year", world.year)
    assert world.person("officer").has_perm("blocs.run_year", world.year)


def test_secretariat_ends_with_handover(world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="handed_over")
    world.year.refresh_from_db()

    assert not world.person("secretary").has_perm("blocs.run_year", world.year)
    assert world.year in BlocYear.objects.visible_to(world.person("secretary"))


def test_deputy_gets_only_what_the_head_delegates(world: World) -> None:
    assert not world.person("deputy_officer").has_perm("reports.compile_review", world.year)

    Delegation.objects.create(
        membership=Membership.objects.get(bloc_year=world.year, agency=world.sgddt), area="reviews"
    )

    assert world.person("deputy_officer").has_perm("reports.compile_review", world.year)
    assert not world.person("deputy_officer").has_perm("blocs.run_pledge", world.year)


@time_machine.travel("2020-06-01")
def test_an_appointment_that_ended_gives_nothing(world: World) -> None:
    Appointment.objects.filter(agency=world.syt).update(until=date(2020, 5, 31))

    assert not BlocYear.objects.visible_to(world.person("officer")).exists()


def test_administrator_holds_no_business_right(world: World) -> None:
    administrator = world.person("administrator")

    assert administrator.is_superuser
    assert not administrator.has_perm("blocs.run_year", world.year)
    assert not BlocYear.objects.visible_to(administrator).exists()


def test_an_officer_signs_only_when_the_leader_authorised(world: World) -> None:
    assert access_of(world.person("officer")).signs_for == frozenset()
    assert access_of(world.person("leader")).signs_for == {world.syt.pk}

    Appointment.objects.filter(agency=world.syt, duty="officer").update(signs=True)

    assert access_of(world.person("officer")).signs_for == {world.syt.pk}


def test_access_takes_three_queries(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    user = world.person("secretary")
    with django_assert_num_queries(3):
        access_of(user)
        access_of(user)
