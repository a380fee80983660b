"""Handover: who leads next year, and how the year closes."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.models import Notice
from blocs.models import Agency, BlocYear, Membership, Succession
from tests.factories import AgencyFactory
from tests.world import PERSONAS, World

SEES = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}
RUNS = {"secretary", "head_leader", "standing"}


def signed_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def url_of(world: World) -> str:
    return reverse("blocs:succession", args=[world.year.pk])


@pytest.fixture
def concluded(world: World) -> World:
    BlocYear.objects.filter(pk=world.year.pk).update(state="concluded")
    world.year.refresh_from_db()
    return world


@pytest.mark.parametrize("name", PERSONAS)
def test_who_reads_and_who_writes_the_handover(client: Client, world: World, name: str) -> None:
    signed_in(client, world, name)
    data = {"mode": "election", "head": world.syt.pk}

    read = client.get(url_of(world))
    written = client.post(url_of(world), data)

    assert read.status_code == (200 if name in SEES else 404)
    assert written.status_code == (302 if name in RUNS else 403 if name in SEES else 404)
    assert Succession.objects.exists() is (name in RUNS)


def test_rotation_is_suggested(client: Client, world: World) -> None:
    answer = signed_in(client, world, "secretary").get(url_of(world))

    assert "Theo luân phiên, phó khối năm 2020" in answer.content.decode()
    assert answer.context["form"].initial == {"mode": "rotation", "head": str(world.sgddt.pk)}
    assert not Succession.objects.exists()


def test_secretariat_remembers_what_was_agreed(client: Client, world: World) -> None:
    data = {"mode": "election", "head": world.syt.pk, "deputies": [world.sgddt.pk], "items": "Quy chế\nCờ luân lưu"}

    signed_in(client, world, "secretary").post(url_of(world), data)

    agreed = Succession.objects.get(bloc_year=world.year)
    assert (agreed.head, list(agreed.deputies.all()), agreed.handed_over_on) == (world.syt, [world.sgddt], None)
    entry = entries_of(world.year)[0]
    assert entry.after["next_head"] == "Sở Y tế"
    assert entry.after["next_deputies"] == ["Sở Giáo dục và Đào tạo"]
    assert entry.actor == world.person("secretary")


def test_saving_the_same_twice_is_recorded_once(client: Client, world: World) -> None:
    signed_in(client, world, "secretary")
    for _ in range(2):
        client.post(url_of(world), {"mode": "rotation", "head": world.sgddt.pk})

    assert entries_of(world.year).count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mode": ""}, "Hãy điền mục này"),
        ({"mode": "lottery"}, "Lựa chọn này không còn"),
        ({"head": "other"}, "Lựa chọn này không còn"),
        ({"deputies": "head"}, "không đồng thời là phó khối"),
        ({"handed_over_on": "30/02/2021"}, "30/02/2021"),
    ],
)
def test_a_bad_handover_keeps_what_was_typed(
    client: Client, world: World, change: dict[str, str], sentence: str
) -> None:
    data: dict[str, object] = {"mode": "rotation", "head": world.sgddt.pk, "items": "Sổ quỹ của khối"}
    named = {"other": world.other.pk, "head": world.sgddt.pk}
    data |= {key: named.get(value, value) for key, value in change.items()}

    answer = signed_in(client, world, "secretary").post(url_of(world), data)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "Sổ quỹ của khối" in page
    assert not Succession.objects.exists()


def test_a_successor_of_a_member_may_lead(client: Client, world: World) -> None:
    merged = AgencyFactory(council=world.council, name="Sở Y tế và Xã hội")
    Agency.objects.filter(pk=world.syt.pk).update(successor=merged, valid_to=date(2020, 12, 31))

    signed_in(client, world, "secretary").post(url_of(world), {"mode": "assigned", "head": merged.pk})

    assert Succession.objects.get().head == merged


@time_machine.travel("2021-03-02 10:00+07:00")
def test_handover_closes_the_year_and_dates_itself(client: Client, concluded: World) -> None:
    data = {"mode": "rotation", "head": concluded.sgddt.pk, "items": "Bảng điểm", "act": "hand_over"}

    signed_in(client, concluded, "secretary").post(url_of(concluded), data)

    concluded.year.refresh_from_db()
    agreed = Succession.objects.get()
    assert (concluded.year.state, agreed.handed_over_on, agreed.items) == (
        "handed_over", date(2021, 3, 2), "Bảng điểm",
    )  # fmt: skip
    assert [entry.action for entry in entries_of(concluded.year)] == [
        "Bàn giao cho trưởng khối năm sau", "Ghi trưởng khối năm sau",
    ]  # fmt: skip
    assert Notice.objects.filter(user=concluded.person("deputy_officer")).count() == 1
    assert not concluded.person("secretary").has_perm("blocs.run_year", concluded.year)


@pytest.mark.parametrize(
    ("state", "data", "sentence"),
    [
        ("running", {}, "Không thể «Bàn giao cho trưởng khối năm sau»"),
        ("concluded", {"head": ""}, "Chưa có trưởng khối năm sau."),
        ("concluded", {"handed_over_on": "2021-03-03"}, "Ngày bàn giao không được sau hôm nay."),
    ],
)
@time_machine.travel("2021-03-02 10:00+07:00")
def test_a_refused_handover_changes_nothing(
    client: Client, world: World, state: str, data: dict[str, str], sentence: str
) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state=state)
    typed = {"mode": "rotation", "head": world.sgddt.pk, "act": "hand_over", "items": "Giữ lại"} | data

    answer = signed_in(client, world, "secretary").post(url_of(world), typed)

    world.year.refresh_from_db()
    assert sentence in answer.content.decode()
    assert "Giữ lại" in answer.content.decode()
    assert world.year.state == state
    assert not Succession.objects.exists()


def test_handing_over_asks_once_more_and_names_what_is_open(client: Client, concluded: World) -> None:
    page = signed_in(client, concluded, "secretary").get(url_of(concluded)).content.decode()

    assert 'data-confirm="Sau khi bàn giao, năm thi đua khép lại' in page
    assert "<li>Ký kết giao ước thi đua: không có số liệu</li>" in page
    assert "<li>Bàn giao trưởng khối" not in page


def test_a_closed_year_shows_what_was_handed_over(client: Client, concluded: World) -> None:
    agreed = Succession.objects.create(
        bloc_year=concluded.year, head=concluded.sgddt, mode="rotation", handed_over_on=date(2021, 3, 2), items="Cờ"
    )
    agreed.deputies.set([concluded.syt])
    BlocYear.objects.filter(pk=concluded.year.pk).update(state="handed_over")

    answer = signed_in(client, concluded, "secretary").get(url_of(concluded))
    refused = client.post(url_of(concluded), {"mode": "election", "head": concluded.syt.pk})

    page = answer.content.decode()
    assert "02/03/2021" in page
    assert "Sở Giáo dục và Đào tạo" in page
    assert '<form method="post" class="form-narrow' not in page
    assert refused.status_code == 403


# Next year


@pytest.mark.parametrize("name", PERSONAS)
def test_only_the_standing_body_lays_next_year(client: Client, world: World, name: str) -> None:
    answer = signed_in(client, world, name).post(reverse("blocs:copy-forward", args=[world.year.pk]))

    assert answer.status_code == (302 if name == "standing" else 403 if name in SEES else 404)
    assert BlocYear.objects.filter(year=2021).exists() is (name == "standing")


def test_next_years_secretariat_is_the_new_head(client: Client, concluded: World) -> None:
    data = {"mode": "rotation", "head": concluded.sgddt.pk, "act": "hand_over"}
    signed_in(client, concluded, "secretary").post(url_of(concluded), data)
    signed_in(client, concluded, "standing").post(reverse("blocs:copy-forward", args=[concluded.year.pk]))

    following = BlocYear.objects.get(year=2021)
    assert concluded.person("deputy_officer").has_perm("blocs.run_year", following)
    assert not concluded.person("secretary").has_perm("blocs.run_year", following)


def test_a_second_click_leads_to_the_same_year(client: Client, world: World) -> None:
    signed_in(client, world, "standing")
    for _ in range(2):
        answer = client.post(reverse("blocs:copy-forward", args=[world.year.pk]), follow=True)

    assert "Khối đã có năm 2021 từ trước; không lập thêm." in answer.content.decode()
    assert BlocYear.objects.filter(year=2021).count() == 1


def test_next_year_waits_for_the_election(client: Client, world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(rotation="election")

    answer = signed_in(client, world, "standing").post(reverse("blocs:copy-forward", args=[world.year.pk]), follow=True)

    assert "Hãy ghi kết quả ở trang Bàn giao" in answer.content.decode()
    assert not BlocYear.objects.filter(year=2021).exists()


def test_a_head_that_differs_from_the_agreement_is_told(client: Client, world: World) -> None:
    signed_in(client, world, "standing").post(reverse("blocs:copy-forward", args=[world.year.pk]))
    Succession.objects.create(bloc_year=world.year, head=world.syt, mode="election")

    page = client.get(url_of(world)).content.decode()

    assert "khác với năm đã lập" in page
    assert Membership.objects.get(bloc_year__year=2021, role="head").agency == world.sgddt


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_members(  # type: ignore[no-untyped-def]
    client: Client, world: World, count: int, django_assert_num_queries
) -> None:
    agreed = Succession.objects.create(bloc_year=world.year, head=world.sgddt, mode="rotation")
    for position in range(count):
        row = Membership.objects.create(
            bloc_year=world.year, agency=AgencyFactory(council=world.council), position=10 + position
        )
        agreed.deputies.add(row.agency)
    signed_in(client, world, "secretary")

    with django_assert_num_queries(12):
        client.get(url_of(world))
