"""A form with its numbers, and the sums that they must bear (TT 02/2023/TT-BNV; pure)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from council.domain.statistics.structure import Across, AtMost, Facts, Form, Section, Split, Test

Values = Mapping[tuple[str, str], int | None]  # (code of the row, key of the column); None: not known


@dataclass(frozen=True)
class Bucket:
    """So many records with the same facts."""

    facts: Facts
    count: int


@dataclass(frozen=True)
class Cell:
    row: str
    column: str
    value: int | None


@dataclass(frozen=True)
class Line:
    """A line as it is shown: its cells in the order of the columns; none of a section."""

    label: str
    code: str
    unit: str
    depth: int
    cells: tuple[Cell, ...]

    @property
    def is_section(self) -> bool:
        return not self.cells


@dataclass(frozen=True)
class Rest:
    """Records in the total that have no place in a split: ``words`` says why, ``key`` leads to them."""

    key: str
    words: str
    count: int


@dataclass(frozen=True)
class Filled:
    form: Form
    lines: tuple[Line, ...]
    faults: tuple[str, ...]
    rests: tuple[Rest, ...]

    @property
    def values(self) -> Values:
        return {(cell.row, cell.column): cell.value for line in self.lines for cell in line.cells}


def counted(tests: Iterable[Test], buckets: Iterable[Bucket]) -> int:
    needed = tuple(tests)
    return sum(each.count for each in buckets if all(test.holds(each.facts) for test in needed))


def fill(form: Form, buckets: Iterable[Bucket]) -> Filled:
    """The form counted from ``buckets``; a cell that nothing here tells is None, never 0."""
    known = list(buckets)
    values: dict[tuple[str, str], int | None] = {}
    for row in form.rows:
        for column in form.by_key:
            tests = form.tests_of(row, column)
            values[row, column] = None if tests is None else counted(tests, known)
    rests = [Rest(each.key, each.lacks, counted(each.rest, known)) for each in form.sums if each.rest]
    return filled(form, values, tuple(each for each in rests if each.count))


def fill_typed(form: Form, typed: Values) -> Filled:
    """The form from typed figures; a total is the sum of the first of its splits whose parts are all known."""
    values = {(row, column): typed.get((row, column)) for row in form.rows for column in form.by_key}
    for column in form.by_key:
        for split in reversed(form.splits):
            if (total := sum_of(values, split.parts, column)) is not None:
                values[split.total, column] = total
    return filled(form, values, ())


def filled(form: Form, values: Values, rests: tuple[Rest, ...]) -> Filled:
    lines = tuple(
        Line(line.label, "", "", 0, ())
        if isinstance(line, Section)
        else Line(
            line.label,
            line.code,
            line.unit,
            line.depth,
            tuple(Cell(line.code, key, values[line.code, key]) for key in form.by_key),
        )
        for line in form.lines
    )
    return Filled(form, lines, tuple(faults_of(form, values, {each.key: each for each in rests})), rests)


def sum_of(values: Values, rows: Iterable[str], column: str) -> int | None:
    """The sum of some rows; None when one of them is not known."""
    total = 0
    for row in rows:
        value = values[row, column]
        if value is None:
            return None
        total += value
    return total


def faults_of(form: Form, values: Values, rests: Mapping[str, Rest]) -> Iterator[str]:
    """One sentence with its numbers for each sum that does not hold."""
    # Of counted forms the first column is the total of the others: a gap shows there.
    columns = list(form.by_key) if form.typed else list(form.by_key)[:1]
    for split in form.splits:
        for column in columns:
            yield from split_faults(form, split, column, values, rests.get(split.key))
    for across in form.across:
        yield from across_faults(form, across, values, rests.get(across.key))
    for limit in form.at_most:
        yield from limit_faults(form, limit, values)


def split_faults(form: Form, split: Split, column: str, values: Values, rest: Rest | None) -> Iterator[str]:
    parts = [row for row in split.parts if form.rows[row].countable]
    total, summed = values[split.total, column], sum_of(values, parts, column)
    if total is None or summed is None or total == summed:
        return
    number = form.by_key[column].number
    because = f" Có {rest.count} trường hợp {rest.words}." if rest else ""
    yield (
        f"Cột {number}, chia theo {split.by}: dòng {split.total} là {total}, tổng các dòng {named(split.parts)} là "
        f"{summed}, chênh lệch {abs(total - summed)}.{because}"
    )


def across_faults(form: Form, across: Across, values: Values, rest: Rest | None) -> Iterator[str]:
    """Of the rows whose sum does not hold the first alone: the others are parts of it."""
    numbers = list(dict.fromkeys(form.by_key[key].number for key in across.parts))
    for row in form.rows:
        total, parts = values[row, across.total], [values[row, key] for key in across.parts]
        if total is None or None in parts or total == sum(part or 0 for part in parts):
            continue
        summed = sum(part or 0 for part in parts)
        because = f" Có {rest.count} trường hợp {rest.words}." if rest else ""
        yield (
            f"Dòng {row}: cột {form.by_key[across.total].number} là {total}, tổng các cột {named(numbers)} là "
            f"{summed}, chênh lệch {abs(total - summed)}.{because}"
        )
        return


def limit_faults(form: Form, limit: AtMost, values: Values) -> Iterator[str]:
    for place in form.rows if limit.columns else form.by_key:
        part = values[(place, limit.part) if limit.columns else (limit.part, place)]
        whole = values[(place, limit.whole) if limit.columns else (limit.whole, place)]
        if part is not None and whole is not None and part > whole:
            where = f"Dòng {place}" if limit.columns else f"Cột {form.by_key[place].number}"
            yield f"{where}: {limit.sentence.format(part=part, whole=whole)}"


def named(codes: Iterable[str]) -> str:
    """ "02 đến 05" of a run, else "2, 3"."""
    found = list(codes)
    if len(found) < 3:
        return " và ".join(found)
    run = [int(code) for code in found]
    return f"{found[0]} đến {found[-1]}" if run == list(range(run[0], run[-1] + 1)) else ", ".join(found)
