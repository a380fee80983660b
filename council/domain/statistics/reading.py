"""A statutory form as a page, a paper and a workbook show it, and the rows behind each of its numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from awards.enums import AwardLevel
from awards.models import AwardForm
from blocs.models import Council
from council.domain.statistics import counting
from council.domain.statistics.counting import AWARD_FACTS, MOVEMENT_FACTS, Reader
from council.domain.statistics.filling import Bucket, Filled, Rest, Values, fill, fill_typed
from council.domain.statistics.form_awards import NamedAward, province_awards, state_awards
from council.domain.statistics.form_movements import movements
from council.domain.statistics.form_typed import TYPED
from council.domain.statistics.forms import TITLES
from council.domain.statistics.periods import DEFAULT, Period, chosen
from council.domain.statistics.structure import Form, Test
from council.models import StaffFigure

UNDATED = "chua-ro-ngay"
NO_DAY = {
    "0601": "chưa ghi ngày phát động, năm bắt đầu nên chưa đưa vào kỳ nào",
    "0602": "chưa ghi ngày quyết định nên chưa đưa vào biểu",
    "0603": "chưa ghi ngày quyết định nên chưa đưa vào biểu",
}


@dataclass(frozen=True)
class Statistics:
    """A form of a council in a period, counted up to ``as_of``."""

    council: Council
    period: Period
    as_of: date
    filled: Filled
    undated: Rest | None  # what no period counts
    buckets: tuple[Bucket, ...] = ()

    @property
    def form(self) -> Form:
        return self.filled.form

    @property
    def is_open(self) -> bool:
        return self.as_of < self.period.end

    @property
    def reporter(self) -> str:
        """Đơn vị báo cáo: the standing agency, or the council itself."""
        standing = self.council.standing_agency
        return standing.name if standing else self.council.name

    @property
    def words(self) -> str:
        """ "Năm 2026"; of a period that is not over also up to which day it was counted."""
        title = self.period.label
        return f"{title} (tính đến ngày {self.as_of:%d/%m/%Y})" if self.is_open else title

    def narrow(self) -> "Statistics":
        """The same without a column for each award of 0602: for a sheet of paper that does not hold them all."""
        if self.form.code != "0602":
            return self
        made = fill(state_awards(), self.buckets)
        return Statistics(self.council, self.period, self.as_of, made, self.undated, self.buckets)


def read_form(council: Council, code: str, period: Period, *, reader: Reader, today: date) -> Statistics:
    """Form ``code`` (a key of ``TITLES``) counted or typed; a few queries, however many rows."""
    as_of = period.as_of(today)
    if code in TYPED:
        yearly = chosen(str(period.year), DEFAULT, today)
        filled = fill_typed(TYPED[code](), figures_of(council, code, yearly.year, reader))
        return Statistics(council, yearly, yearly.end, filled, None)
    rows, undated, facts = sources(council, code, period, reader)
    buckets = counting.buckets_of(rows, facts)
    missing = undated.count()
    rest = Rest(UNDATED, NO_DAY[code], missing) if missing else None
    return Statistics(council, period, as_of, fill(form_of(code, buckets), buckets), rest, tuple(buckets))


def sources(
    council: Council, code: str, period: Period, reader: Reader
) -> tuple[QuerySet[Any], QuerySet[Any], dict[str, str]]:
    """What the form counts, what it cannot place in a period, and by which names the facts stand on the rows."""
    if code == "0601":
        launched = counting.movements_of(council)
        return counting.movements_in(launched, period), counting.undated_movements(launched, period), MOVEMENT_FACTS
    awards = counting.awards_of(council, reader, code)
    return counting.awards_in(awards, period), counting.undated_awards(awards, period), AWARD_FACTS


def form_of(code: str, buckets: Iterable[Bucket]) -> Form:
    if code == "0602":
        return state_awards(named_awards({each.facts["award"] for each in buckets}))
    plain: dict[str, Callable[[], Form]] = {"0601": movements, "0603": province_awards}
    return plain[code]()


def named_awards(codes: Iterable[str] | None = None) -> list[NamedAward]:
    """Awards of the State in the order of the catalogue; all of them without ``codes``."""
    rows = AwardForm.objects.filter(level=AwardLevel.STATE).order_by("position", "pk")
    chosen_rows = rows if codes is None else rows.filter(code__in=codes)
    return [NamedAward(*line) for line in chosen_rows.values_list("code", "name", "group")]


@dataclass(frozen=True)
class Behind:
    """The rows behind one number, and what it says."""

    rows: QuerySet[Any]
    words: str


def rows_behind(council: Council, code: str, period: Period, row: str, column: str, *, reader: Reader) -> Behind | None:
    """As many rows as the cell says; None where the form has no such number, or it is typed."""
    if code in TYPED or code not in TITLES:
        return None
    rows, undated, facts = sources(council, code, period, reader)
    if row == UNDATED:
        return Behind(undated, f"Trường hợp {NO_DAY[code]}") if column == "1" else None
    # Columns of 0602 depend on what was awarded: a number is also found when its last award was taken back since.
    for form in (form_of(code, ()), *([state_awards(named_awards())] if code == "0602" else [])):
        tests = form.tests_of(row, column)
        if tests is not None:
            return Behind(counting.behind(rows, tests, facts), words_of(form, row, column, tests))
    return None


def words_of(form: Form, row: str, column: str, tests: tuple[Test, ...]) -> str:
    """Which number it is: "Dòng 02 (Tập thể), cột 2 (Bằng khen)"."""
    if row in form.rows:
        found = form.by_key[column]
        heads = ", ".join(head for head in found.heads if head != "Chia ra")
        return f"Dòng {row} ({form.rows[row].label}), cột {found.number} ({heads})"
    lacks = {each.key: each.lacks for each in form.sums}
    return f"Trường hợp {lacks[row]}"


def figures_of(council: Council, code: str, year: int, reader: Reader) -> Values:
    """What was typed, by row and column; one query."""
    rows = StaffFigure.objects.visible_to(reader).filter(council=council, year=year, form=code)
    return {(row, column): value for row, column, value in rows.values_list("row", "column", "value")}
