"""Tra cứu: one box, without accents, over what the reader may see."""

import unicodedata

import pytest
from django.test import Client
from django.urls import reverse

from blocs.domain.searching import LIMIT, Group, Result, group_of, search_all
from tests.factories import AgencyFactory, CommendationFactory, ConferenceFactory
from tests.world import PERSONAS, World


def signed_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def found(world: World, name: str, query: str) -> dict[str, list[str]]:
    groups = search_all(world.person(name), query)
    return {group.label: [result.title for result in group.results] for group in groups if group.results}


@pytest.fixture
def filled(world: World) -> World:
    CommendationFactory(
        bloc_year=world.year, agency=world.syt, award="bk-tinh", issuer="Chủ tịch UBND tỉnh", reason="Phòng dịch Covid"
    )
    CommendationFactory(bloc_year=world.other_year, agency=world.other, reason="Phòng dịch ở khối khác")
    ConferenceFactory(bloc_year=world.year, kind="annual-review", place="Hội trường Tam Kỳ", conclusions=["Nhất trí"])
    world.syt.aliases.create(name="Ngành Y")
    return world


@pytest.mark.parametrize("name", PERSONAS)
def test_everyone_may_search(client: Client, world: World, name: str) -> None:
    assert signed_in(client, world, name).get(reverse("blocs:search"), {"q": "so y te"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tham muu", {"Khối thi đua": ["Khối tham mưu III năm 2020"], "Hội nghị": ["Hội nghị tổng kết năm"]}),
        ("nganh y", {"Đơn vị": ["Sở Y tế"]}),
        ("PHÒNG DỊCH", {"Kết quả khen thưởng": ["Sở Y tế: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"]}),
        (unicodedata.normalize("NFD", "chủ tịch ubnd"), {
            "Kết quả khen thưởng": ["Sở Y tế: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"],
        }),
        ("tam ky", {"Hội nghị": ["Hội nghị tổng kết năm"]}),
        ("nhat tri", {"Hội nghị": ["Hội nghị tổng kết năm"]}),
        ("không-có-gì", {}),
    ],
)  # fmt: skip
def test_each_kind_is_found_without_accents(filled: World, query: str, expected: dict[str, list[str]]) -> None:
    assert found(filled, "officer", query) == expected


def test_nothing_of_other_blocs_or_agencies_is_found(filled: World) -> None:
    assert found(filled, "stranger", "phong dich") == {
        "Kết quả khen thưởng": ["Sở Xây dựng: Giấy khen"],
    }
    assert found(filled, "stranger", "tam ky") == {}
    assert found(filled, "stranger", "tham muu") == {}
    assert found(filled, "administrator", "phong dich") == {}
    assert found(filled, "council_member", "tham muu") == {}


def test_a_year_is_found_by_bloc_and_number(filled: World) -> None:
    assert found(filled, "standing", "tham muu 2020")["Khối thi đua"] == ["Khối tham mưu III năm 2020"]
    assert "Khối thi đua" not in found(filled, "standing", "tham muu 2019")


def test_page_links_to_what_was_found_and_says_where_it_looked(client: Client, filled: World) -> None:
    page = signed_in(client, filled, "officer").get(reverse("blocs:search"), {"q": "so y te"}).content.decode()

    assert f'href="{filled.syt.get_absolute_url()}"' in page
    assert "Đã tìm trong: khối thi đua, đơn vị, kết quả khen thưởng, hội nghị" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Gõ tên khối, năm, tên đơn vị"),
        ("?!… \x00", "Hãy gõ ít nhất một chữ cái"),
        ("khongcogi", "Không tìm thấy nội dung nào."),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("a " * 400, "Đã tìm trong"),
    ],
)
def test_every_search_is_answered_with_a_sentence(client: Client, world: World, query: str, sentence: str) -> None:
    answer = signed_in(client, world, "officer").get(reverse("blocs:search"), {"q": query})

    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_many_results_are_cut_and_said_so(client: Client, world: World) -> None:
    for number in range(LIMIT + 1):
        AgencyFactory(council=world.council, name=f"Trung tâm {number:02d}")

    page = signed_in(client, world, "officer").get(reverse("blocs:search"), {"q": "trung tam"}).content.decode()

    assert "Đơn vị (20+)" in page
    assert "Còn kết quả khác." in page
    assert "Trung tâm 20" not in page


def test_a_group_is_read_no_further_than_needed() -> None:
    read: list[int] = []

    def results() -> object:
        for number in range(1000):
            read.append(number)
            yield Result(str(number), "/")

    group = group_of("Số", results())  # type: ignore[arg-type]

    assert (len(group.results), group.more, len(read)) == (LIMIT, True, LIMIT + 1)
    assert group_of("Số", []) == Group("Số", [])


@pytest.mark.parametrize("count", [1, 3])
def test_search_takes_the_same_queries_for_any_number_of_rows(  # type: ignore[no-untyped-def]
    client: Client, world: World, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        CommendationFactory(bloc_year=world.year, agency=world.syt, reason=f"tìm {number}")
        ConferenceFactory(bloc_year=world.year, kind="other", place="tìm")
        AgencyFactory(council=world.council, name=f"Sở tìm {number}")
    user = world.person("secretary")

    with django_assert_num_queries(10):
        search_all(user, "tim")
