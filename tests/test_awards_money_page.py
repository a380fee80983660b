"""The money of a dossier through its page: raw, rounded, what is paid when several titles meet, what is unknown."""

from datetime import date
from io import BytesIO
from typing import Any

import lxml.html
import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from awards.domain.money_of import money_of
from awards.models import Dossier, RewardCoefficient
from tests.awards_world import DossierFactory, SubjectFactory, nominate
from tests.world import World


@pytest.fixture
def dossier(world: World) -> Dossier:
    return DossierFactory(agency=world.syt, year=2026)


def shown(client: Client, world: World, dossier: Dossier) -> list[list[str]]:
    """The cells of the table as the officer reads them."""
    client.force_login(world.person("officer"))
    page = lxml.html.fromstring(client.get(f"/ho-so/{dossier.pk}/tien-thuong/").content)
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td | ./th")] for row in page.xpath("//tbody/tr")
    ]


def test_of_two_titles_of_one_year_only_the_higher_is_paid(client: Client, world: World, dossier: Dossier) -> None:
    subject = SubjectFactory(agency=world.syt, council=world.council, name="Trần Thị An")
    nominate(dossier, subject, "cstd-tinh")
    nominate(dossier, subject, "cstd-co-so")

    with time_machine.travel(date(2026, 8, 3), tick=False):
        rows = shown(client, world, dossier)
        found = money_of(dossier)

    assert [row[2:7] for row in rows] == [
        ["3", "2.530.000", "7.590.000", "7.590.000", "7.590.000"],
        ["1", "2.530.000", "2.530.000", "2.530.000", "0"],
    ]
    assert (found.total, found.unknown) == (7_590_000, 0)


@pytest.mark.parametrize(
    ("day", "code", "kind", "raw", "rounded"),
    [
        (date(2026, 6, 30), "ld-tien-tien", "individual", "702.000", "710.000"),
        (date(2026, 7, 1), "ld-tien-tien", "individual", "759.000", "760.000"),
        (date(2026, 8, 3), "bk-tinh", "individual", "3.795.000", "3.800.000"),
        (date(2026, 8, 3), "bk-tinh", "collective", "7.590.000", "7.590.000"),
        (date(2026, 8, 3), "co-chinh-phu", "collective", "30.360.000", "30.360.000"),
    ],
)
def test_the_product_is_rounded_up_to_tens_of_thousands(
    client: Client, world: World, dossier: Dossier, day: date, code: str, kind: str, raw: str, rounded: str
) -> None:
    nominate(dossier, SubjectFactory(agency=world.syt, council=world.council, kind=kind), code)

    with time_machine.travel(day, tick=False):
        row = shown(client, world, dossier)[0]

    assert (row[4], row[5], row[6]) == (raw, rounded, rounded)


def test_what_is_unknown_is_never_zero(client: Client, world: World, dossier: Dossier) -> None:
    RewardCoefficient.objects.filter(award__code="bk-tinh").delete()
    nominate(dossier, SubjectFactory(agency=world.syt, council=world.council), "bk-tinh")

    with time_machine.travel(date(2026, 8, 3), tick=False):
        row = shown(client, world, dossier)[0]
        found = money_of(dossier)

    assert row[2:7] == ["chưa có"] * 5
    assert "Chưa có hệ số tiền thưởng tại ngày 03/08/2026" in row[7]
    assert (found.total, found.unknown) == (0, 1)


def test_the_table_leaves_as_a_file(client: Client, world: World, dossier: Dossier) -> None:
    nominate(dossier, SubjectFactory(agency=world.syt, council=world.council, name="=1+1"), "bk-tinh")
    client.force_login(world.person("officer"))

    book = load_workbook(BytesIO(client.get(f"/ho-so/{dossier.pk}/tien-thuong/?xuat=xlsx").content))

    assert book.active is not None
    assert (book.active["B2"].value, book.active["B2"].data_type) == ("=1+1", "s")


def test_the_table_asks_the_same_for_one_and_three(
    client: Client, world: World, dossier: Dossier, django_assert_num_queries: Any
) -> None:
    nominate(dossier, SubjectFactory(agency=world.syt, council=world.council), "bk-tinh")
    shown(client, world, dossier)
    with django_assert_num_queries(QUERIES):
        client.get(f"/ho-so/{dossier.pk}/tien-thuong/")
    for _ in range(2):
        nominate(dossier, SubjectFactory(agency=world.syt, council=world.council), "bk-tinh")
    with django_assert_num_queries(QUERIES):
        client.get(f"/ho-so/{dossier.pk}/tien-thuong/")


QUERIES = 9
