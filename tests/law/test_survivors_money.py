"""Every row of the money tables: which award, whose, how many base salaries, by which decree, read or not."""

from datetime import date
from decimal import Decimal

import pytest

from awards.law.facts import SubjectKind
from awards.law.money_tables import BASE_SALARIES, COEFFICIENTS, Coefficient

PERSON, GROUP, HOME = SubjectKind.INDIVIDUAL, SubjectKind.COLLECTIVE, SubjectKind.HOUSEHOLD
DECREE_91 = (date(2017, 10, 1), date(2023, 12, 31), "Nghị định 91/2017/NĐ-CP (cần đối chiếu)", False)
DECREE_98 = (date(2024, 1, 1), date(2025, 6, 30), "Nghị định 98/2023/NĐ-CP (cần đối chiếu)", False)

PERSONS = {"cstd-toan-quoc": "4.5", "cstd-tinh": "3.0", "cstd-co-so": "1.0", "ld-tien-tien": "0.3"}
UNITS = {"tt-ld-xuat-sac": "1.5", "tt-ld-tien-tien": "0.8", "co-chinh-phu": "12.0", "co-tinh": "8.0", "co-bo": "8.0"}
PLACES = {"xa-tieu-bieu": "2.0", "thon-van-hoa": "1.5"}
HONOURS = {"anh-hung-lao-dong": "15.5", "anh-hung-llvtnd": "15.5"}
CERTIFICATES = {"bk-thu-tuong": "3.5", "bk-tinh": "1.5", "bk-bo": "1.5", "giay-khen": "0.3"}
CERTIFICATES_BEFORE_2024 = {"bk-thu-tuong": "3.5", "bk-tinh": "1.0", "bk-bo": "1.0"}
# NĐ 152/2025, Điều 51 khoản 1, point by point: what it brings, and the orders of one worth.
ORDERS_BY_POINT = {
    "a": ("46.0", "hc-sao-vang"),
    "b": ("30.5", "hc-ho-chi-minh"),
    "c": ("15.0", "hc-doc-lap-nhat hc-quan-cong-nhat"),
    "d": ("12.5", "hc-doc-lap-nhi hc-quan-cong-nhi"),
    "đ": ("10.5", "hc-doc-lap-ba hc-quan-cong-ba"),
    "e": ("9.0", "hc-lao-dong-nhat hc-chien-cong-nhat hc-bao-ve-to-quoc-nhat"),
    "g": ("7.5", "hc-lao-dong-nhi hc-chien-cong-nhi hc-bao-ve-to-quoc-nhi hc-dai-doan-ket"),
    "h": ("4.5", "hc-lao-dong-ba hc-chien-cong-ba hc-bao-ve-to-quoc-ba hc-dung-cam"),
}
ORDERS = {award: value for value, awards in ORDERS_BY_POINT.values() for award in awards.split()}


def in_force(day: date) -> list[Coefficient]:
    return [row for row in COEFFICIENTS if row.starts <= day and (row.ends is None or day <= row.ends)]


def listed(day: date, kind: SubjectKind, multiplies: tuple[SubjectKind, ...] = ()) -> dict[str, str]:
    """Award and coefficient of the rows for one kind of subject, with these multiples, in force on the day."""
    rows = [row for row in in_force(day) if (row.kind, row.multiplies) == (kind, multiplies)]
    assert len({row.award for row in rows}) == len(rows)
    return {row.award: str(row.value) for row in rows}


@pytest.mark.parametrize("day", [DECREE_91[0], DECREE_91[1]])
def test_decree_91_pays_titles_and_certificates_and_no_title_of_a_place(day: date) -> None:
    assert listed(day, PERSON) == PERSONS
    assert listed(day, GROUP) == UNITS
    assert listed(day, PERSON, (GROUP, HOME)) == CERTIFICATES_BEFORE_2024
    assert listed(day, PERSON, (GROUP,)) == {}


@pytest.mark.parametrize("day", [DECREE_98[0], DECREE_98[1]])
def test_decree_98_pays_titles_orders_honours_and_certificates(day: date) -> None:
    assert listed(day, PERSON) == PERSONS
    assert listed(day, GROUP) == UNITS | PLACES
    assert listed(day, PERSON, (GROUP, HOME)) == CERTIFICATES
    assert listed(day, PERSON, (GROUP,)) == ORDERS | HONOURS


def test_decree_152_articles_50_to_55_pay_these_awards_and_no_others() -> None:
    day = date(2025, 7, 1)
    assert listed(day, PERSON) == PERSONS | {"ky-niem-chuong": "0.6", "huy-chuong-huu-nghi": "1.5"}
    assert listed(day, GROUP) == UNITS | PLACES
    assert listed(day, PERSON, (GROUP, HOME)) == CERTIFICATES
    assert listed(day, PERSON, (GROUP,)) == ORDERS | HONOURS


@pytest.mark.parametrize("period", [DECREE_91, DECREE_98])
def test_rows_of_a_decree_that_was_not_read_say_so_and_end_with_it(period: tuple[date, date, str, bool]) -> None:
    rows = in_force(period[0])
    assert {(row.starts, row.ends, row.citation, row.checked) for row in rows} == {period}


def test_rows_of_decree_152_were_read_and_have_no_end_and_cite_it() -> None:
    rows = in_force(date(2025, 7, 1))
    assert {(row.starts, row.ends, row.checked) for row in rows} == {(date(2025, 7, 1), None, True)}
    assert all(row.citation.startswith("Nghị định 152/2025/NĐ-CP, Điều 5") for row in rows)


@pytest.mark.parametrize("point", ORDERS_BY_POINT)
def test_decree_152_article_51_clause_1_each_point_names_its_orders_and_their_worth(point: str) -> None:
    value, awards = ORDERS_BY_POINT[point]
    place = f"Nghị định 152/2025/NĐ-CP, Điều 51 khoản 1 điểm {point}"
    rows = [row for row in in_force(date(2025, 7, 1)) if row.citation == place]
    assert {row.award: row.value for row in rows} == dict.fromkeys(awards.split(), Decimal(value))


def test_decree_152_article_54_clause_1_point_d_alone_is_a_ceiling() -> None:
    assert [(row.award, row.starts) for row in COEFFICIENTS if row.ceiling] == [("ky-niem-chuong", date(2025, 7, 1))]
    assert {type(row.ceiling) for row in COEFFICIENTS} == {bool}


def test_each_base_salary_names_its_decree_its_first_day_and_whether_it_was_read() -> None:
    assert [(each.starts, each.amount, each.citation, each.checked) for each in BASE_SALARIES] == [
        (date(2019, 7, 1), 1_490_000, "Nghị định 38/2019/NĐ-CP (cần đối chiếu)", False),
        (date(2023, 7, 1), 1_800_000, "Nghị định 24/2023/NĐ-CP (cần đối chiếu)", False),
        (date(2024, 7, 1), 2_340_000, "Nghị định 73/2024/NĐ-CP, Điều 3", True),
        (date(2026, 7, 1), 2_530_000, "Nghị định 161/2026/NĐ-CP", True),
    ]
