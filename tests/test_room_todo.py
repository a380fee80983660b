"""What pledges ask of people, and what the year's line of steps says of the rooms."""

from datetime import date

import pytest
import time_machine

from blocs.domain.room_steps import annual_conference_step, movements_step, pledge_step
from blocs.domain.room_todo import pledges_to_open, pledges_to_sign, targets_to_enter
from blocs.models import BlocYear, Pledge, PledgeSignature
from tests.factories import BlocMovementFactory, ConferenceFactory, PledgeFactory, TargetFactory
from tests.world import PERSONAS, World

PROVIDERS = (targets_to_enter, pledges_to_open, pledges_to_sign)


def asked(world: World, name: str, **year) -> list[str]:
    BlocYear.objects.filter(pk=world.year.pk).update(**year) if year else None
    user = world.person(name)
    return [todo.text for provider in PROVIDERS for todo in provider(user)]


def test_targets_are_asked_for_once_a_day_is_set(world):
    assert asked(world, "officer") == []

    due = date(2020, 2, 15)
    assert asked(world, "officer", pledge_due=due) == ["Đăng ký chỉ tiêu giao ước của Sở Y tế"]
    todo = next(iter(targets_to_enter(world.person("officer"))))
    assert (todo.url, todo.about, todo.due) == (
        f"/khoi/{world.year.pk}/giao-uoc/{world.syt.pk}/chi-tieu/", "Khối tham mưu III năm 2020", due,
    )  # fmt: skip

    TargetFactory(pledge=PledgeFactory(bloc_year=world.year), agency=world.syt)
    assert asked(world, "officer") == []


def test_a_draft_with_content_is_to_be_opened_by_the_secretariat(world):
    pledge = PledgeFactory(bloc_year=world.year)
    for agency in (world.stttt, world.syt):
        TargetFactory(pledge=pledge, agency=agency)

    assert asked(world, "secretary") == ["Đưa giao ước ra ký kết"]
    assert asked(world, "officer") == []
    assert asked(world, "standing") == []


def test_who_may_sign_is_asked_until_it_is_signed(world):
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")

    assert asked(world, "leader") == ["Ký giao ước thi đua cho Sở Y tế"]
    assert asked(world, "officer") == []
    PledgeSignature.objects.create(pledge=pledge, agency=world.syt)
    assert asked(world, "leader") == []
    assert asked(world, "head_leader") == ["Ký giao ước thi đua cho Sở Thông tin và Truyền thông"]


def test_six_month_figures_are_asked_for_those_missing(world):
    pledge = PledgeFactory(bloc_year=world.year, state="signed")
    for mid_year in (None, None, 45):
        TargetFactory(pledge=pledge, agency=world.syt, mid_year=mid_year)
    TargetFactory(pledge=pledge, agency=world.sgddt)

    assert asked(world, "officer") == []
    due = date(2020, 7, 10)
    assert asked(world, "officer", mid_year_due=due) == ["Ghi số liệu 6 tháng cho 2 chỉ tiêu của Sở Y tế"]
    assert asked(world, "officer", state="handed_over") == []


@pytest.mark.parametrize("name", PERSONAS)
def test_strangers_are_asked_nothing(world, name):
    PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")

    found = asked(world, name, mid_year_due=date(2020, 7, 10), pledge_due=date(2020, 2, 15))

    assert bool(found) is (name in {"leader", "head_leader"})


@pytest.mark.parametrize("agencies", [1, 3])
def test_to_dos_take_constant_queries(world, django_assert_num_queries, agencies):
    pledge = PledgeFactory(bloc_year=world.year, state="signed")
    BlocYear.objects.filter(pk=world.year.pk).update(mid_year_due=date(2020, 7, 10))
    user = world.person("head_leader")
    for agency in (world.stttt, world.sgddt, world.syt)[:agencies]:
        TargetFactory(pledge=pledge, agency=agency)

    with django_assert_num_queries(5):
        for provider in PROVIDERS:
            list(provider(user))


@time_machine.travel("2020-03-01")
def test_the_steps_of_the_rooms(world):
    user = world.person("officer")
    BlocYear.objects.filter(pk=world.year.pk).update(pledge_due=date(2020, 2, 15))

    def steps() -> list[tuple[int, str, str]]:
        year = BlocYear.objects.get(pk=world.year.pk)
        found = [step for provider in (pledge_step, movements_step, annual_conference_step)
                 for step in provider(year, user)]  # fmt: skip
        return [(step.order, step.state, step.words) for step in found]

    assert steps() == [
        (20, "late", "Chưa soạn giao ước."),
        (30, "current", "Chưa ghi phong trào nào."),
        (70, "upcoming", "Chưa tổ chức."),
    ]

    pledge = PledgeFactory(bloc_year=world.year, state="open_for_signature")
    PledgeSignature.objects.create(pledge=pledge, agency=world.syt)
    BlocMovementFactory(bloc_year=world.year)
    ConferenceFactory(bloc_year=world.year, kind="annual-review", held_on=date(2021, 1, 5))
    assert steps() == [
        (20, "late", "1/4 đơn vị đã ký."),
        (30, "done", "1 phong trào."),
        (70, "current", "Dự kiến ngày 05/01/2021."),
    ]

    Pledge.objects.filter(pk=pledge.pk).update(state="signed", signed_on=date(2020, 2, 28))
    assert steps()[0] == (20, "done", "Đã ký kết ngày 28/02/2020.")
