"""The structure of forms 0601.N to 0605.N: codes, heads, sums and what they say when they do not hold. Pure."""

from datetime import date

import pytest

from council.domain.statistics.filling import Bucket, fill, fill_typed
from council.domain.statistics.form_awards import NamedAward, province_awards, state_awards
from council.domain.statistics.form_movements import movements
from council.domain.statistics.form_typed import bodies, officers
from council.domain.statistics.periods import chosen, periods_of
from council.domain.statistics.structure import Form, head_rows, number_cells
from council.domain.statistics.typing_figures import typed_cells

ORDER = NamedAward("hc-lao-dong-ba", "Huân chương Lao động hạng Ba", "order")
AWARD = {
    "kind": "individual",
    "group": "truc-tiep",
    "category": "cong-trang",
    "proposer": "province",
    "award": "bk-tinh",
    "award_group": "certificate",
}
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("form", "codes"),
    [
        (movements(), [f"{n:02d}" for n in range(1, 13)]),
        (state_awards(), [str(n) for n in range(1, 22)]),
        (province_awards(), [f"{n:02d}" for n in range(1, 18)]),
        (bodies(), ["01", "02", "03", "04", "05"]),
        (officers(), [f"{n:02d}" for n in range(1, 16)]),
    ],
)
def test_every_code_stands_once_and_in_order(form: Form, codes: list[str]) -> None:
    assert list(form.rows) == codes
    assert len(form.by_key) == len(form.columns)


@pytest.mark.parametrize("form", [movements(), state_awards(), state_awards([ORDER]), province_awards(), officers()])
def test_the_head_fills_a_rectangle_as_wide_as_the_table(form: Form) -> None:
    width = len(form.columns) + (3 if form.has_units else 2)
    heads = head_rows(form)

    assert sum(cell.columns * cell.rows for row in heads for cell in row) == width * len(heads)
    assert sum(cell.columns for cell in number_cells(form)) == width


def test_heads_are_merged_over_the_columns_they_share() -> None:
    top, kinds, names, last = head_rows(state_awards([ORDER]))

    assert [(cell.text, cell.columns, cell.rows) for cell in top][-1] == ("Chia ra", 12, 1)
    assert ("Các loại huân chương, huy chương", 2, 1) in [(cell.text, cell.columns, cell.rows) for cell in kinds]
    assert [(cell.text, cell.columns) for cell in names] == [("Huân chương Lao động hạng Ba", 2)]
    assert ("Cờ thi đua của Chính phủ", 1, 2) in [(cell.text, cell.columns, cell.rows) for cell in kinds]
    assert [cell.text for cell in last][:4] == ["Tập thể", "Cá nhân", "Cá nhân", "Cá nhân"]
    assert len(last) == 12


def test_a_form_whose_records_tell_everything_has_no_fault() -> None:
    found = fill(province_awards(), [Bucket(AWARD, 3), Bucket(AWARD | {"kind": "collective", "group": "tap-the"}, 2)])

    assert (found.faults, found.rests) == ((), ())
    assert {key: found.values[key, "1"] for key in ("01", "02", "05", "10", "11")} == {
        "01": 5, "02": 2, "05": 3, "10": 3, "11": 5,
    }  # fmt: skip
    assert found.values["01", "2"] == 5


def test_what_a_record_does_not_tell_stays_in_the_total_and_is_said_with_numbers() -> None:
    vague = AWARD | {"group": "", "category": ""}
    found = fill(province_awards(), [Bucket(AWARD, 4), Bucket(vague, 2)])

    assert found.values["01", "1"] == 6
    assert [(rest.key, rest.count) for rest in found.rests] == [("chua-phan-loai", 2), ("chua-ro-loai-hinh", 2)]
    assert found.faults == (
        "Cột 1, chia theo nhóm cá nhân: dòng 05 là 6, tổng các dòng 06 đến 10 là 4, chênh lệch 2. Có 2 trường hợp là "
        "cá nhân chưa phân loại đối tượng (lãnh đạo, doanh nhân, người trực tiếp…).",
        "Cột 1, chia theo phương thức: dòng 01 là 6, tổng các dòng 11 đến 17 là 4, chênh lệch 2. Có 2 trường hợp chưa "
        "ghi loại hình khen thưởng.",
    )


def test_an_award_without_a_column_is_counted_and_said() -> None:
    found = fill(province_awards(), [Bucket(AWARD | {"award": "tt-ld-xuat-sac", "award_group": "title"}, 2)])

    assert found.values["01", "1"] == 2
    assert found.faults == (
        "Dòng 01: cột 1 là 2, tổng các cột 2 đến 5 là 0, chênh lệch 2. Có 2 trường hợp thuộc hình thức mà biểu không "
        "có cột riêng (ví dụ Tập thể lao động xuất sắc).",
    )


def test_rows_that_nothing_tells_are_empty_and_not_zero() -> None:
    found = fill(state_awards(), [])

    assert {found.values[code, "1"] for code in ("4", "5", "21")} == {None}
    assert found.values["2", "1"] == 0


def test_awards_of_the_state_stand_in_their_own_columns_by_team_and_person() -> None:
    order = AWARD | {"award": ORDER.code, "award_group": "order"}
    flag = AWARD | {"award": "co-chinh-phu", "award_group": "title", "kind": "collective"}
    house = AWARD | {"award": "bk-thu-tuong", "kind": "household", "group": "ho-gia-dinh"}
    odd = AWARD | {"award": "dat-moi", "award_group": "title"}
    found = fill(state_awards([ORDER]), [Bucket(each, n) for n, each in enumerate((order, flag, house, odd), 1)])

    assert {key: value for (row, key), value in found.values.items() if row == "1" and value} == {
        "1": 10, "2-hc-lao-dong-ba-cn": 1, "6": 2, "7-tt": 3, "9-cn": 4,
    }  # fmt: skip
    assert found.faults == ()


def test_a_movement_of_a_bloc_stands_in_the_column_of_who_launched_it() -> None:
    facts = {"scope": "bloc", "length": "1", "way": "regular", "launcher": "provincial"}
    found = fill(movements(), [Bucket(facts, 7)])

    assert [found.values["04", key] for key in ("1", "2", "3", "4")] == [7, 0, 7, 0]
    assert found.faults == ()


def test_a_typed_total_is_there_only_when_all_its_parts_are_known() -> None:
    some = {("02", "1"): 3, ("03", "1"): 0, ("04", "1"): 1}

    assert fill_typed(bodies(), some).values["01", "1"] is None
    assert fill_typed(bodies(), some | {("05", "1"): 2}).values["01", "1"] == 6


def test_typed_splits_that_disagree_and_too_many_women_are_said() -> None:
    ages = {(f"{n:02d}", "1"): 2 for n in range(2, 8)}
    studies = {(f"{n:02d}", "1"): 2 for n in range(8, 13)}
    found = fill_typed(officers(), ages | studies | {("08", "2"): 3})

    assert found.values["01", "1"] == 12
    assert found.values["01", "2"] is None
    assert found.faults == (
        "Cột 1, chia theo trình độ đào tạo: dòng 01 là 12, tổng các dòng 08 đến 12 là 10, chênh lệch 2.",
        "Dòng 08: số nữ (cột 2) là 3, nhiều hơn tổng số (cột 1) là 2.",
    )


def test_totals_are_not_typed() -> None:
    assert len(typed_cells(bodies())) == 4
    assert len(typed_cells(officers())) == 28


@pytest.mark.parametrize(
    ("key", "start", "end", "words"),
    [
        ("nam", date(2024, 1, 1), date(2024, 12, 31), "năm 2024"),
        ("6-thang-dau", date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
        ("6-thang-cuoi", date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024"),
        ("quy-3", date(2024, 7, 1), date(2024, 9, 30), "quý III năm 2024"),
        ("thang-2", date(2024, 2, 1), date(2024, 2, 29), "tháng 2 năm 2024"),
        ("5-nam", date(2020, 1, 1), date(2024, 12, 31), "05 năm 2020 - 2024"),
    ],
)
def test_a_period_is_named_by_the_address(key: str, start: date, end: date, words: str) -> None:
    found = chosen("2024", key, TODAY)

    assert (found.start, found.end, found.words) == (start, end, words)
    assert len(list(periods_of(2024))) == 20


@pytest.mark.parametrize("year", ["", "abc", "99999", "0000", "²⁰²⁶", "-202"])
def test_a_year_that_is_none_is_the_running_year(year: str) -> None:
    assert chosen(year, "bậy", TODAY).words == "năm 2026"
