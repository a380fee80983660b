"""Tra cứu: one box over everything a person may see. Every app adds what it knows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import User
from blocs.models import Agency, BlocYear, Commendation, Conference
from khoithidua.web.text import search_key, tidy

LIMIT = 20  # results shown of one kind
SCANNED = 5_000  # newest rows whose words are compared here, because no search key is kept for them
WORDS = 10  # words of a query that count


@dataclass(frozen=True)
class Result:
    """One thing found: what it is called, where it is, a line about it."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Group:
    """Results of one kind; ``more`` says that there are others beyond ``LIMIT``."""

    label: str
    results: Sequence[Result] = field(default_factory=list)
    more: bool = False


Provider = Callable[[User, Sequence[str]], Group]
PROVIDERS: list[Provider] = []


def provides_results(provider: Provider) -> Provider:
    """Decorator: ``provider`` finds what ``user`` may see by words without accents.

    It answers a ``Group`` even when nothing is found (the page says what was searched), built
    with ``group_of`` from rows of ``visible_to(user)``.
    """
    PROVIDERS.append(provider)
    return provider


def words_of(query: str) -> list[str]:
    """The words to look for: lower case, without accents, at most ``WORDS``."""
    return search_key(tidy(query)[:200]).split()[:WORDS]


def search_all(user: User, query: str) -> list[Group]:
    """Every group in the order of the apps; empty when the query has no letter or digit."""
    words = words_of(query)
    return [provider(user, words) for provider in PROVIDERS] if words else []


def group_of(label: str, results: Iterable[Result]) -> Group:
    """The first ``LIMIT`` of ``results``, which are read no further than needed."""
    found: list[Result] = []
    for result in results:
        if len(found) == LIMIT:
            return Group(label, found, more=True)
        found.append(result)
    return Group(label, found)


def holds(words: Sequence[str], *texts: str) -> bool:
    """True when each word stands in one of the texts, whatever the accents."""
    key = search_key(" ".join(texts))
    return all(word in key for word in words)


@provides_results
def bloc_years(user: User, words: Sequence[str]) -> Group:
    rows = BlocYear.objects.visible_to(user).select_related("bloc")
    for word in words:
        found = Q(bloc__search_key__contains=word)
        if word.isdecimal() and len(word) == 4:
            found |= Q(year=int(word))
        rows = rows.filter(found)
    rows = rows.order_by("-year", "bloc__sort_key")[: LIMIT + 1]
    return group_of("Khối thi đua", (Result(str(y), y.get_absolute_url(), y.get_state_display()) for y in rows))


@provides_results
def agencies(user: User, words: Sequence[str]) -> Group:
    rows = Agency.objects.visible_to(user)
    for word in words:
        rows = rows.filter(agency_has(word))
    rows = rows.order_by("sort_key", "pk")[: LIMIT + 1]
    return group_of("Đơn vị", (Result(a.name, a.get_absolute_url(), a.get_kind_display()) for a in rows))


def agency_has(word: str) -> Q:
    """The agency's name or one of its other names holds ``word`` (a subquery: no row comes twice)."""
    by_alias = Agency.objects.filter(aliases__search_key__contains=word).values("pk")
    return Q(search_key__contains=word) | Q(code__contains=word) | Q(pk__in=by_alias)


@provides_results
def commendations(user: User, words: Sequence[str]) -> Group:
    rows = Commendation.objects.visible_to(user).select_related("agency", "bloc_year__bloc").order_by("-pk")[:SCANNED]
    found = (
        Result(str(row), row.get_absolute_url(), "; ".join(filter(None, [row.issuer, row.reason, str(row.bloc_year)])))
        for row in rows.iterator(chunk_size=500)
        if holds(words, row.reason, row.issuer, row.get_award_display(), row.agency.name)
    )
    return group_of("Kết quả khen thưởng", found)


@provides_results
def conferences(user: User, words: Sequence[str]) -> Group:
    rows = Conference.objects.visible_to(user).select_related("bloc_year__bloc").order_by("-pk")[:SCANNED]
    found = (
        Result(str(row), row.get_absolute_url(), conference_detail(row))
        for row in rows.iterator(chunk_size=500)
        if holds(words, str(row), row.place, row.chair_name, str(row.bloc_year), *row.conclusions, *row.guests)
    )
    return group_of("Hội nghị", found)


def conference_detail(row: Conference) -> str:
    day = f"ngày {row.held_on:%d/%m/%Y}" if row.held_on else "chưa ghi ngày"
    return "; ".join(filter(None, [day, row.place, str(row.bloc_year)]))
