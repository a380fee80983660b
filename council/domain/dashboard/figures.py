"""Figures of the province's dashboard: awards of five years, each number with the way to its rows."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from awards.enums import AwardLevel, Category
from awards.models import AwardForm, AwardRecord
from blocs.models import Council
from council.domain.dashboard.facts import (
    BY_DECISION,
    OTHERS,
    PEOPLE,
    PROFILES,
    Profile,
    in_period,
    printed,
    profile_of,
)
from khoithidua.web.charts.figures import percent_words

SPAN = 5  # years shown beside each other
UNKNOWN = "-"  # in an address: what no record tells
NO_FIELD = "Chưa rõ lĩnh vực"
MOST_FIELDS = 15
LEVELS = [level.value for level in AwardLevel]
KINDS = "Tập thể, cá nhân, hộ gia đình, doanh nghiệp"
WORKERS = "Cá nhân: người trực tiếp công tác, lao động, học tập và lãnh đạo, quản lý"
LAW = (
    "Luật Thi đua, khen thưởng năm 2022, Điều 5 khoản 2 điểm d: chú trọng khen thưởng cá nhân, tập thể, hộ gia đình "
    "trực tiếp lao động, sản xuất, kinh doanh. Sổ chỉ phân loại người trực tiếp với cá nhân."
)
Tally = Mapping[Hashable, Mapping[int, int]]  # key → year → lines


@dataclass(frozen=True)
class Asked:
    """Which awards the page is about."""

    council: Council
    year: int
    basis: str  # facts.BY_ACHIEVEMENT or facts.BY_DECISION
    query: Mapping[str, str] = field(default_factory=dict)  # filters of the register that narrow every figure
    known: frozenset[int] = frozenset()  # years of which the register holds anything: of others nothing is known

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.year - SPAN + 1, self.year + 1))

    def address(self, year: int | str, **more: str) -> str:
        """The register, narrowed to the rows that a number counts."""
        of_year = {"nam_qd" if self.basis == BY_DECISION else "nam": str(year)}
        return f"{reverse('council:register')}?{urlencode({**of_year, 'huy': 'con', **self.query, **more})}"


@dataclass(frozen=True)
class Number:
    """One number of a year, and where its rows are; nothing is behind a zero. None: nothing is known of the year."""

    year: int
    value: int | None
    url: str


@dataclass(frozen=True)
class Figure:
    label: str
    counts: tuple[Number, ...]  # the oldest year first
    unsure: bool = False

    @property
    def now(self) -> int:
        return self.counts[-1].value or 0

    @property
    def values(self) -> tuple[int | None, ...]:
        return tuple(each.value for each in self.counts)

    @property
    def total(self) -> int:
        return sum(value or 0 for value in self.values)


@dataclass(frozen=True)
class Breakdown:
    """The same awards told apart in one way: the figures of each year add up to the year's total."""

    key: str
    title: str
    figures: tuple[Figure, ...]
    note: str = ""

    @property
    def sums(self) -> tuple[int | None, ...]:
        """One for each year; a year is unknown to all figures or to none."""
        columns = zip(*(each.values for each in self.figures), strict=True)
        return tuple(None if None in column else sum(value or 0 for value in column) for column in columns)


def tally(rows: QuerySet[AwardRecord], *names: str, key: Callable[..., Hashable] | None = None) -> Tally:
    """Lines by year and by the columns ``names``, or by what ``key`` makes of them. One query."""
    found: dict[Hashable, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for year, *values, count in rows.order_by().values_list("fact_period", *names).annotate(lines=Count("pk")):
        found[key(*values) if key else values[0]][year] += count
    return found


def figure_of(asked: Asked, label: str, by_year: Mapping[int, int], unsure: bool = False, **more: str) -> Figure:
    """``more``: what narrows the register to these lines."""
    counts = tuple(
        Number(year, value, asked.address(year, **more) if value else "")
        for year in asked.years
        for value in [by_year.get(year, 0) if year in asked.known else None]
    )
    return Figure(label, counts, unsure)


def told(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Those that count anything in any of the years."""
    return tuple(each for each in figures if each.total)


def by_award(rows: QuerySet[AwardRecord], asked: Asked) -> tuple[Breakdown, Breakdown]:
    """By level and by form; two queries."""
    found = tally(rows, "award")
    keys = [key for key in found if isinstance(key, int)]
    forms = sorted(AwardForm.objects.filter(pk__in=keys), key=lambda each: (LEVELS.index(each.level), each.position))
    levels: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for each in forms:
        for year, count in found[each.pk].items():
            levels[each.level][year] += count
    by_level = [figure_of(asked, str(label), levels[value], cap=value) for value, label in AwardLevel.choices]
    by_form = [figure_of(asked, each.name, found[each.pk], hinh_thuc=each.code) for each in forms]
    return (
        Breakdown("cap", "Theo năm và cấp khen thưởng", told(by_level)),
        Breakdown("hinh-thuc", "Theo danh hiệu, hình thức khen thưởng", told(by_form)),
    )


def by_profile(rows: QuerySet[AwardRecord], asked: Asked) -> tuple[Breakdown, Breakdown]:
    """By kind of subject, and people by their classification; one query."""
    found = tally(rows.annotate(fact_group=printed("group")), "subject__kind", "fact_group", key=profile_of)
    people = [of_profile(asked, found, each) for each in PEOPLE]
    everyone = {year: sum(found.get(each.key, {}).get(year, 0) for each in PEOPLE) for year in asked.years}
    person = figure_of(asked, "Cá nhân", everyone, doi_tuong="individual")
    return (
        Breakdown("doi-tuong", KINDS, told([person, *(of_profile(asked, found, each) for each in OTHERS)])),
        Breakdown("truc-tiep", WORKERS, told(people), note=LAW),
    )


def of_profile(asked: Asked, found: Tally, profile: Profile) -> Figure:
    return figure_of(asked, str(profile.label), found.get(profile.key, {}), profile.unsure, dien=profile.key)


def by_category(rows: QuerySet[AwardRecord], asked: Asked) -> Breakdown:
    found = tally(rows, "category")
    figures = [figure_of(asked, str(label), found.get(value, {}), loai=value) for value, label in Category.choices]
    return Breakdown("loai-hinh", "Theo loại hình khen thưởng", told(figures))


def by_field(rows: QuerySet[AwardRecord], asked: Asked) -> Breakdown:
    """By field of activity as it was written, the most frequent of the year first; what nobody wrote last."""
    found = tally(rows.annotate(fact_field=printed("field")), "fact_field")
    named = [figure_of(asked, str(name), years, linh_vuc=str(name)) for name, years in found.items() if name]
    named.sort(key=lambda each: (-each.now, -each.total, each.label))
    unknown = figure_of(asked, NO_FIELD, found.get("", {}), unsure=True, linh_vuc=UNKNOWN)
    return Breakdown("linh-vuc", "Theo lĩnh vực hoạt động", told([*named, unknown]))


def cut(breakdown: Breakdown, most: int = MOST_FIELDS) -> Sequence[Figure]:
    """The figures that a chart has room for; the table has all."""
    sure = [each for each in breakdown.figures if not each.unsure]
    return [*sure[:most], *(each for each in breakdown.figures if each.unsure)]


@dataclass(frozen=True)
class Worth:
    """People who work directly among those who are classified."""

    workers: int
    classified: int
    unsure: int

    @property
    def share(self) -> str:
        """In words; empty where nobody is classified."""
        return percent_words(Decimal(self.workers * 100) / self.classified) if self.classified else ""


def worth_of(people: Breakdown) -> Worth:
    sure = [each for each in people.figures if not each.unsure]
    workers = sum(each.now for each in sure if each.label == PROFILES["truc-tiep"].label)
    return Worth(workers, sum(each.now for each in sure), sum(each.now for each in people.figures if each.unsure))


def counted(rows: QuerySet[AwardRecord], asked: Asked) -> QuerySet[AwardRecord]:
    """Awards in force of the five years: what a later decision revoked is not counted (as the register's filter)."""
    return in_period(rows.filter(revoked_on__isnull=True), asked.basis, asked.years[0], asked.year)
