"""Biểu thống kê: what is counted and when, the rows behind every number, and as many queries for more rows."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.domain.subject_merging import merge
from awards.models import AwardForm
from blocs.models import BlocMovement
from council.domain.statistics.periods import Period, chosen
from council.domain.statistics.reading import Statistics, read_form, rows_behind
from council.models import Decision
from tests.awards_world import SubjectFactory
from tests.council_decisions_world import chair, empty_draft, issued
from tests.factories import AgencyFactory, CouncilFactory
from tests.statistics_world import entered, later, many_awards, many_movements, movement, subject
from tests.world import World

pytestmark = [pytest.mark.django_db]
TODAY = date(2026, 11, 22)
KEYS = ("nam", "quy-1", "5-nam")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


def read(world: World, code: str, key: str = "nam", year: int = 2026) -> Statistics:
    period = chosen(str(year), key, TODAY)
    return read_form(world.council, code, period, reader=world.person("standing"), today=TODAY)


def number(world: World, code: str, row: str, column: str = "1", **when: Any) -> int | None:
    return read(world, code, **when).filled.values[row, column]


def behind(world: World, code: str, period: Period, row: str, column: str) -> int | None:
    found = rows_behind(world.council, code, period, row, column, reader=world.person("standing"))
    return None if found is None else found.rows.count()


def page(client: Client, world: World, code: str, **query: str) -> str:
    client.force_login(world.person("standing"))
    answer = client.get(reverse("council:statistics-form", args=[world.council.pk, code]), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("code", ["0601", "0602", "0603"])
def test_every_number_is_as_many_rows_as_the_list_behind_it(world: World, code: str, key: str) -> None:
    many_awards(world)
    many_movements(world)
    found = read(world, code, key)
    rests = [*found.filled.rests, *([found.undated] if found.undated else [])]

    lists = {cell: behind(world, code, found.period, *cell) for cell in found.filled.values}

    assert lists == dict(found.filled.values)
    assert {rest.key: behind(world, code, found.period, rest.key, "1") for rest in rests} == {
        rest.key: rest.count for rest in rests
    }
    assert sum(value or 0 for value in lists.values()) > 0


@pytest.mark.parametrize(
    ("code", "total", "kinds", "persons", "people"),
    [
        ("0602", "1", ("6", "8", "9"), "9", ("10", "11", "12", "13", "14")),
        ("0603", "01", ("02", "04", "05"), "05", ("06", "07", "08", "09", "10")),
    ],
)
def test_the_total_is_every_award_of_the_level_that_stood_at_the_end(
    world: World, code: str, total: str, kinds: Any, persons: str, people: Any
) -> None:
    many_awards(world)
    found = read(world, code)
    counted = {row: value or 0 for (row, column), value in found.filled.values.items() if column == "1"}
    rests = {rest.key: rest.count for rest in found.filled.rests}

    assert counted[total] == sum(each.count for each in found.buckets) > 0
    assert counted[total] == sum(counted[row] for row in kinds)
    assert counted[persons] == sum(counted[row] for row in people) + rests["chua-phan-loai"]


def test_movements_are_counted_once_where_and_when_they_were_launched(world: World) -> None:
    shared = movement(world, "Chung", scope="bloc", starts=2026, ends=2026, launched_on=date(2026, 5, 19))
    for year in (world.year, world.other_year):
        BlocMovement.objects.create(bloc_year=year, movement=shared)
    movement(world, "Dài", scope="nation", kind="thematic", starts=2026, ends=2030)
    movement(world, "Ngắn", scope="agency", kind="special", starts=2026, ends=2026, launched_on=date(2026, 8, 1))
    movement(world, "Cũ", scope="province", starts=2021, ends=2026)
    movement(world, "Không rõ", scope="province")

    values = {cell: value for cell, value in read(world, "0601").filled.values.items() if value}

    assert values == {
        ("01", "1"): 3, ("01", "2"): 1, ("01", "3"): 1, ("01", "4"): 1,
        ("02", "1"): 1, ("02", "2"): 1, ("04", "1"): 1, ("04", "3"): 1, ("05", "1"): 1, ("05", "4"): 1,
        ("06", "1"): 1, ("06", "4"): 1, ("07", "1"): 1, ("07", "3"): 1, ("10", "1"): 1, ("10", "2"): 1,
        ("11", "1"): 2, ("11", "2"): 1, ("11", "4"): 1, ("12", "1"): 1, ("12", "3"): 1,
    }  # fmt: skip
    assert read(world, "0601").undated.count == 1
    assert (number(world, "0601", "01", key="quy-2"), number(world, "0601", "01", key="5-nam")) == (1, 3)
    assert read(world, "0601", "quy-2").undated.count == 2


def test_a_movement_of_one_year_without_a_day_is_not_given_a_length(world: World) -> None:
    movement(world, scope="province", kind="thematic", starts=2026, ends=2026)

    found = read(world, "0601").filled

    assert [(rest.key, rest.count) for rest in found.rests] == [("chua-ro-thoi-han", 1)]
    assert len(found.faults) == 1
    assert "dòng 01 là 1, tổng các dòng 06 đến 10 là 0" in found.faults[0]


def test_a_commune_council_launches_for_its_own_units(world: World) -> None:
    world.council.level = "commune"
    world.council.save(update_fields=["level"])
    movement(world, scope="bloc", starts=2026, ends=2026)

    assert (number(world, "0601", "04", "3"), number(world, "0601", "04", "4")) == (0, 1)


def test_an_award_counts_by_the_day_of_its_decision_and_not_by_the_year_of_the_achievement(world: World) -> None:
    entered(world, on=date(2026, 1, 1), year=2025)
    entered(world, on=date(2025, 12, 31), year=2025)
    entered(world, on=None, year=2026)

    assert (number(world, "0603", "01"), number(world, "0603", "01", year=2025)) == (1, 1)
    assert (read(world, "0603").undated.count, read(world, "0603", year=2025).undated) == (1, None)


@pytest.mark.parametrize(
    ("revoked", "first", "whole"), [("2026-06-30", 0, 0), ("2026-07-01", 1, 0), ("2027-01-01", 1, 1)]
)
def test_a_revoked_award_is_not_counted_where_it_fell_before_the_end(
    world: World, revoked: str, first: int, whole: int
) -> None:
    entered(world, on=date(2026, 2, 2), revoked_on=date.fromisoformat(revoked))

    assert (number(world, "0603", "01", key="6-thang-dau"), number(world, "0603", "01")) == (first, whole)


def decision_of(world: World, **rest: Any) -> Decision:
    draft = empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An", **rest)
    draft.lines.update(group="truc-tiep")
    return issued(world, draft, on=date(2026, 3, 2))


def test_the_group_is_the_decisions_as_corrected_by_the_end_of_the_period(world: World) -> None:
    decision = decision_of(world)
    later(world, decision, "correction", decision.lines.first(), date(2026, 8, 1), group="lanh-dao-so")

    assert [number(world, "0603", row, key="6-thang-dau") for row in ("07", "10")] == [0, 2]
    assert [number(world, "0603", row) for row in ("07", "10")] == [1, 1]


def test_a_revocation_by_decision_takes_the_award_out(world: World) -> None:
    decision = decision_of(world)
    later(world, decision, "revocation", decision.lines.first(), date(2026, 8, 1))

    assert (number(world, "0603", "01", key="6-thang-dau"), number(world, "0603", "01")) == (2, 1)


def test_where_the_decision_names_no_group_the_subjects_card_does(world: World) -> None:
    decision = decision_of(world)
    decision.lines.all()[0].subject.__class__.objects.update(group="doanh-nhan")
    entered(world, whose=subject(world, "Trên thẻ", group="pho-phong-tro-len"))

    assert [number(world, "0603", row) for row in ("08", "09", "10")] == [0, 1, 2]


@pytest.mark.parametrize(
    ("proposed_by", "rows"),
    [
        ("Bộ trưởng Bộ Y tế", (1, 0, 0)),
        ("Chủ tịch Ủy ban nhân dân tỉnh Mẫu tại Tờ trình số 5", (0, 1, 0)),
        ("Bộ Chỉ huy Quân sự tỉnh", (0, 0, 1)),
        ("", (0, 0, 1)),
    ],
)
def test_who_submitted_is_read_from_the_decision_and_never_guessed(
    world: World, proposed_by: str, rows: tuple[int, int, int]
) -> None:
    state = chair(world, kind="state", name="Thủ tướng Chính phủ", symbol="QĐ-TTg")
    draft = empty_draft(world, "Trần Văn Bảy", code="bk-thu-tuong")
    draft.issuer, draft.symbol, draft.proposed_by = state, "QĐ-TTg", proposed_by
    draft.save(update_fields=["issuer", "symbol", "proposed_by"])
    issued(world, draft, on=date(2026, 3, 2))

    found = read(world, "0602").filled
    unknown = {rest.key: rest.count for rest in found.rests}.get("chua-ro-don-vi-trinh", 0)

    assert (found.values["2", "1"], found.values["3", "1"], unknown) == rows


def test_a_merged_subject_is_told_once(world: World) -> None:
    kept, gone = subject(world, "Giữ"), subject(world, "Trùng")
    for each in (kept, gone):
        entered(world, whose=each, decision_number="12/QĐ-UBND")
    assert number(world, "0603", "01") == 2

    merge(kept, gone, reason="Trùng người", actor=world.person("standing"))

    assert number(world, "0603", "01") == 1


def test_another_council_counts_its_own(world: World) -> None:
    entered(world)
    far = CouncilFactory(province="Tỉnh Khác", name="Hội đồng tỉnh Khác")
    theirs = SubjectFactory(agency=AgencyFactory(council=far), council=far)
    entered(world, whose=theirs)
    movement(world, scope="province", starts=2026).__class__.objects.update(council=far)

    assert (number(world, "0603", "01"), number(world, "0601", "01")) == (1, 0)


def test_awards_of_the_base_stand_in_no_form(world: World) -> None:
    entered(world, "giay-khen")

    assert (number(world, "0602", "1"), number(world, "0603", "01")) == (0, 0)


def test_the_page_leads_from_a_number_to_its_rows_and_back(client: Client, world: World) -> None:
    entered(world, whose=subject(world, "Nguyễn Thị Lụa", group="truc-tiep"))
    entered(world, on=date(2026, 9, 1))
    url = reverse("council:statistics-rows", args=[world.council.pk, "0603", 2026, "quy-1", "10", "2"])

    shown = page(client, world, "0603", nam="2026", ky="quy-1")
    listed = client.get(url)

    assert f'<a href="{url}">1</a>' in shown
    assert "Quý I năm 2026" in shown
    assert "Nguyễn Thị Lụa" in listed.content.decode()
    assert "1 kết quả" in listed.content.decode()
    assert "nam=2026&amp;ky=quy-1" in listed.content.decode()
    assert "0 kết quả" in client.get(url, {"q": "khong co ai"}).content.decode()
    assert client.get(url, {"xuat": "xlsx"})["Content-Type"].endswith("spreadsheetml.sheet")


def test_movements_behind_a_number_are_searched_and_exported(client: Client, world: World) -> None:
    movement(world, "Xây dựng nông thôn mới", scope="province", starts=2026, ends=2026)
    movement(world, "Chuyển đổi số", scope="province", starts=2026, ends=2026)
    client.force_login(world.person("standing"))
    url = reverse("council:statistics-rows", args=[world.council.pk, "0601", 2026, "nam", "03", "1"])

    assert "2 kết quả" in client.get(url).content.decode()
    assert "Chuyển đổi số" not in client.get(url, {"q": "nong thon"}).content.decode()
    assert client.get(url, {"xuat": "xlsx"})["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(
    "address",
    [
        ("0603", 2026, "nam", "99", "1"),
        ("0603", 2026, "nam", "17", "1"),
        ("0603", 2026, "nam", "01", "9"),
        ("0603", 2026, "bay", "01", "1"),
        ("0603", 9999, "nam", "01", "1"),
        ("0602", 2026, "nam", "4", "1"),
        ("0603", 2026, "nam", "chua-phan-loai", "2"),
        ("0604", 2026, "nam", "01", "1"),
        ("0699", 2026, "nam", "01", "1"),
    ],
)
def test_a_number_that_the_form_does_not_have_is_not_found(client: Client, world: World, address: Any) -> None:
    client.force_login(world.person("standing"))

    assert client.get(reverse("council:statistics-rows", args=[world.council.pk, *address])).status_code == 404


def test_a_period_that_is_not_over_says_up_to_which_day(client: Client, world: World) -> None:
    assert "Năm 2026 (tính đến ngày 22/11/2026)" in page(client, world, "0603", nam="2026")
    assert "tính đến ngày" not in page(client, world, "0603", nam="2025")


def test_the_page_says_what_is_not_verified_and_what_is_not_classified(client: Client, world: World) -> None:
    entered(world, "bk-thu-tuong", category="cong-trang")

    shown = page(client, world, "0602")

    assert "chưa đối chiếu được với nguyên văn Thông tư số 02/2023/TT-BNV" in shown
    assert "nguồn tham chiếu bỏ hai mã này" in shown
    assert "Cột 1, chia theo đơn vị trình: dòng 1 là 1, tổng các dòng 2 đến 5 là 0" in shown
    assert "chua-ro-don-vi-trinh" in shown


def test_each_award_of_the_state_has_columns_of_its_own_in_the_order_of_the_catalogue(world: World) -> None:
    for code in ("hc-lao-dong-ba", "hc-lao-dong-nhat"):
        entered(world, code)

    keys = list(read(world, "0602").form.by_key)

    assert keys[:5] == [
        "1",
        "2-hc-lao-dong-nhat-tt",
        "2-hc-lao-dong-nhat-cn",
        "2-hc-lao-dong-ba-tt",
        "2-hc-lao-dong-ba-cn",
    ]


@pytest.mark.parametrize(("code", "queries"), [("0601", 7), ("0602", 8), ("0603", 7)])
def test_thousands_of_records_take_as_many_queries_as_a_few(
    client: Client, world: World, code: str, queries: int
) -> None:
    for form in AwardForm.objects.exclude(level="base")[:3]:
        entered(world, form.code)
    movement(world, scope="province", starts=2026)
    client.force_login(world.person("standing"))
    url = reverse("council:statistics-form", args=[world.council.pk, code])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)

    total = many_awards(world, times=25)
    many_movements(world)
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert total > 3000
    assert (len(few), len(many)) == (queries, queries)
    grouped = [each["sql"] for each in many if "GROUP BY" in each["sql"]]
    assert len(grouped) == 1
