"""Vietnamese dates and numbers, as typed and as shown."""

import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import formats

from blocs.models import Agency
from khoithidua.web.forms import LinesField, TidyForm
from khoithidua.web.numbers import plain_number, two_places


class Typed(TidyForm):
    day = forms.DateField(required=False)
    hour = forms.TimeField(required=False)
    moment = forms.DateTimeField(required=False)
    points = forms.DecimalField(required=False, max_digits=8, decimal_places=2)
    count = forms.IntegerField(required=False)
    text = forms.CharField(required=False, max_length=5)
    lines = LinesField()


def cleaned(name: str, value: str) -> object:
    form = Typed({name: value})
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


@pytest.mark.parametrize("typed", ["05/09/2026", "5/9/2026", "2026-09-05", "05-09-2026", "05.09.2026", "5/9/26"])
def test_dates_are_read_day_first(typed: str) -> None:
    assert cleaned("day", typed) == date(2026, 9, 5)


def test_christmas_is_a_date() -> None:
    assert cleaned("day", "25/12/2026") == date(2026, 12, 25)


@pytest.mark.parametrize("typed", ["12/25/2026", "31/02/2026", "hôm qua", "2026-13-01"])
def test_what_is_no_date_is_refused_and_kept(typed: str) -> None:
    form = Typed({"day": typed})

    assert not form.is_valid()
    assert typed in str(form["day"])


@pytest.mark.parametrize(("typed", "read"), [("15:44", time(15, 44)), ("15h44", time(15, 44)), ("8:05", time(8, 5))])
def test_times_are_read(typed: str, read: time) -> None:
    assert cleaned("hour", typed) == read


@pytest.mark.parametrize("typed", ["2020-07-17T15:44", "17/07/2020 15:44", "15:44 17/07/2020"])
def test_moments_are_read_in_the_time_of_vietnam(typed: str) -> None:
    assert cleaned("moment", typed) == datetime(2020, 7, 17, 8, 44, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9,5", "9.5"),
        ("9.5", "9.5"),
        ("9,125", None),
        ("9.12", "9.12"),
        ("0", "0"),
        ("1000", "1000"),
        (" 7 ", "7"),
        ("1.000,5", "1000.5"),
        ("1.000", None),
    ],
)
def test_numbers_take_a_comma_or_a_point_and_are_never_guessed(typed: str, read: str | None) -> None:
    form = Typed({"points": typed})

    assert form.is_valid() is (read is not None)
    if read is not None:
        assert form.cleaned_data["points"] == Decimal(read)


@pytest.mark.parametrize("typed", ["chín", "9,5,1", "1e1", "NaN", "Infinity", "1e400"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert not Typed({"points": typed}).is_valid()


def test_a_number_of_two_readings_is_asked_for_again_and_kept() -> None:
    form = Typed({"points": "1.234"})

    assert form.errors["points"] == [
        "«1.234» có thể là 1234 hoặc 1,234. Hãy ghi 1234 hoặc 1,234 (dấu phẩy là dấu thập phân)."
    ]
    assert 'value="1.234"' in str(form["points"])


def test_blank_is_not_zero() -> None:
    assert cleaned("points", "") is None
    assert cleaned("count", "") is None


def test_a_form_shows_numbers_and_dates_as_it_reads_them() -> None:
    form = Typed(initial={"points": Decimal("9.50"), "day": date(2026, 9, 5)})

    assert 'value="9,50"' in str(form["points"])
    assert 'inputmode="decimal"' in str(form["points"])
    assert str(form["day"]) == (
        '<input type="text" name="day" value="05/09/2026" placeholder="ngày/tháng/năm" autocomplete="off" id="id_day">'
    )


def test_a_list_asks_to_choose_in_words() -> None:
    class Choosing(TidyForm):
        agency = forms.ModelChoiceField(Agency.objects.none())
        kind = forms.TypedChoiceField(choices=[("", "---------"), ("a", "Loại A")])

    form = Choosing()

    assert '<option value="" selected>– Chọn –</option>' in str(form["agency"])
    assert list(form.fields["kind"].choices) == [("", "– Chọn –"), ("a", "Loại A")]


def test_length_counts_letters_not_marks() -> None:
    assert cleaned("text", unicodedata.normalize("NFD", "Ậẵửộễ")) == "Ậẵửộễ"
    assert not Typed({"text": "sáu chữ"}).is_valid()


def test_lines_become_a_list_without_blanks() -> None:
    assert cleaned("lines", "  Một  dòng \r\n\r\n" + unicodedata.normalize("NFD", "Hai")) == ["Một dòng", "Hai"]


def test_a_year_is_never_grouped() -> None:
    assert formats.localize(2026) == "2026"
    assert formats.localize(Decimal("9.125")) == "9,125"
    assert formats.date_format(date(2026, 9, 5), "SHORT_DATE_FORMAT") == "05/09/2026"
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Decimal("962.50"), "962,5"), (Decimal("100.00"), "100"), (Decimal("0.25"), "0,25"), (2026, "2026"), (0, "0")],
)
def test_plain_numbers_have_a_comma_and_no_needless_zeros(value: Decimal | int, shown: str) -> None:
    assert plain_number(value) == shown


def test_points_are_rounded_half_up() -> None:
    assert [two_places(Decimal(text)) for text in ("0.125", "0.135", "2.675")] == [
        Decimal("0.13"), Decimal("0.14"), Decimal("2.68"),
    ]  # fmt: skip


def test_filters_say_day_moment_number_and_unknown() -> None:
    template = Template(
        "{{ d|day }} {{ m|moment }} {{ n|number }} [{{ none|number }}] {{ none|day|or_unknown }} {{ y }}"
    )
    context = Context(
        {"d": date(2021, 1, 5), "m": datetime(2020, 7, 17, 8, 44, tzinfo=UTC), "n": Decimal("97.50"), "y": 2026}
    )

    assert template.render(context) == "05/01/2021 15:44 ngày 17/07/2020 97,5 [] chưa có 2026"
