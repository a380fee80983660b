"""Vietnamese text: normal form, accent-free search, dictionary order."""

import unicodedata

import pytest

from khoithidua.web.text import nfc, person_sort_key, search_key, sort_key, tidy, without_controls


def test_nfd_becomes_nfc() -> None:
    assert nfc(unicodedata.normalize("NFD", "Sở Y tế")) == "Sở Y tế"
    assert tidy("  Sở \n Y   tế ") == "Sở Y tế"


@pytest.mark.parametrize("written", ["Đường sắt", "DUONG SAT", "đường  sắt", unicodedata.normalize("NFD", "Đường sắt")])
def test_search_ignores_case_accents_and_form(written: str) -> None:
    assert search_key(written) == "duong sat"


def test_names_of_things_sort_in_dictionary_order() -> None:
    names = ["Yên Bái", "Đà Nẵng", "Dân tộc", "Ủy ban", "Ăn", "An Giang", "Ấn Độ", "Bá", "Bà", "Ba"]

    assert sorted(names, key=sort_key) == [
        "An Giang", "Ăn", "Ấn Độ", "Ba", "Bà", "Bá", "Dân tộc", "Đà Nẵng", "Ủy ban", "Yên Bái",
    ]  # fmt: skip


def test_numbers_sort_by_value() -> None:
    names = ["Khối 10", "Khối 2", "Khối 02a", "Khối", "Khối A", "Khối 100"]

    assert sorted(names, key=sort_key) == ["Khối", "Khối 2", "Khối 02a", "Khối 10", "Khối 100", "Khối A"]


def test_sort_keys_order_alike_under_any_collation() -> None:
    assert sort_key("Sở 2 - (Mẫu)").isalnum()
    assert sort_key("Sở Y tế") == sort_key("Sở Y tế").lower()


def test_people_sort_by_given_name() -> None:
    people = ["Trần Bình", "Nguyễn Văn An", "Lê Thị An"]

    assert sorted(people, key=person_sort_key) == ["Lê Thị An", "Nguyễn Văn An", "Trần Bình"]


def test_control_characters_go_and_line_ends_stay() -> None:
    assert without_controls("a\x00b\x1f\x7f\x9f\x85c\r\n\td") == "abc\r\n\td"
    assert without_controls(unicodedata.normalize("NFD", "Sở\x00 Y tế")) == "Sở Y tế"
