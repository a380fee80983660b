"""A list of cases from a spreadsheet against what waits for the council: which nomination each row means."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from awards.domain.award_names import AwardNames
from awards.domain.catalogue import names_of_catalogue
from awards.domain.importing.columns import headers_of
from awards.domain.importing.rows import Row
from awards.enums import Category, ImportKind
from awards.models import Dossier, Nomination
from council.domain.sessions.agenda import obstacles_of
from council.domain.sessions.offering import ready
from council.models import CouncilSession
from khoithidua.web.text import search_key

HEADERS = headers_of(ImportKind.NOMINEES)
NAME, UNIT, AWARD, CATEGORY = (HEADERS[key] for key in ("name", "unit", "award", "category"))
UNKNOWN_AWARD = "không có «{name}» trong danh mục khen thưởng. Hãy ghi tên đầy đủ như trong danh mục."
NOBODY = (
    "không có trường hợp «{name}» với hình thức này trong các hồ sơ đã thẩm định. Hãy kiểm tra tên, hình thức; "
    "hoặc nhập hồ sơ và thẩm định trước khi đưa ra Hội đồng."
)
TWICE = "trùng với dòng {row}: cùng một trường hợp. Hãy bỏ một dòng."
OTHER_CATEGORY = "khác với hồ sơ của trường hợp này («{category}»). Hãy ghi lại, hoặc bỏ trống cột này."
WHICH = "Có nhiều trường hợp có thể là dòng này. Hãy chọn một."
MAYBE = "Đơn vị công tác ghi khác với hồ sơ. Hãy xác nhận."


@dataclass
class AgendaLine:
    """A row as read. ``chosen`` is the nomination it means; with ``choices`` a person has to say so."""

    number: int
    name: str
    unit: str
    award: str
    chosen: int | None = None
    question: str = ""
    choices: tuple[tuple[int, str], ...] = ()
    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, header: str, sentence: str) -> None:
        self.faults.append((header, sentence))


def match_rows(session: CouncilSession, rows: Sequence[Row]) -> list[AgendaLine]:
    """Each row with the nomination it means, what is wrong with it, or the question to be answered.

    Compared by name, award and unit, without case and accents; the post tells namesakes of one unit apart. A constant
    number of queries. Rows that name the same nomination are at fault.
    """
    names = names_of_catalogue()
    waiting = by_name(ready(session).select_related("award", "dossier__agency"))
    lines = [line_of(row) for row in rows]
    lost: list[tuple[AgendaLine, Row, frozenset[int]]] = []
    for line, row in zip(lines, rows, strict=True):
        awards = awards_of(line, row, names)
        found = [each for each in waiting.get(search_key(line.name), ()) if each.award_id in awards]
        if awards and line.name and not found:
            lost.append((line, row, awards))
        elif found:
            choose(line, row, found)
    tell_why(session, lost)
    refuse_twice(lines)
    return lines


def by_name(rows: Iterable[Nomination]) -> dict[str, list[Nomination]]:
    found: dict[str, list[Nomination]] = defaultdict(list)
    for row in rows:
        found[search_key(row.name)].append(row)
    return found


def line_of(row: Row) -> AgendaLine:
    name, unit, award = (str(row.get(key) or row.shown.get(key, "")) for key in ("name", "unit", "award"))
    return AgendaLine(row.number, name, unit, award, faults=list(row.faults))


def awards_of(line: AgendaLine, row: Row, names: AwardNames) -> frozenset[int]:
    """The awards that the row may mean; a fault where the catalogue has none of that name."""
    if not row.get("award"):
        return frozenset()
    matched = names.match(row.get("award"))
    found = [matched.award] if matched.award else list(matched.candidates)
    if not found:
        line.fault(AWARD, UNKNOWN_AWARD.format(name=row.get("award")[:80]))
    return frozenset(each.pk for each in found)


def choose(line: AgendaLine, row: Row, found: list[Nomination]) -> None:
    """Sure: the only one of that name where the row names no unit, or the only one of that unit (and post)."""
    stated = row.get("category")
    fitting = [each for each in found if not stated or each.dossier.category == stated]
    if not fitting:
        line.fault(CATEGORY, OTHER_CATEGORY.format(category=Category(found[0].dossier.category).label))
        return
    unit = search_key(row.get("unit"))
    within = [each for each in fitting if unit in (search_key(each.unit), search_key(each.dossier.agency.label))]
    exact = narrowed(within, row) if unit else narrowed(fitting, row)
    if len(exact) == 1:
        line.chosen = exact[0].pk
        return
    offered = exact or fitting
    line.question = MAYBE if len(offered) == 1 else WHICH
    line.choices = tuple((each.pk, words_of(each)) for each in offered)


def narrowed(found: list[Nomination], row: Row) -> list[Nomination]:
    """Those of the stated post where several fit and it tells them apart."""
    post = search_key(row.get("post"))
    same = [each for each in found if post and search_key(each.post) == post]
    return same if len(found) > 1 and same else found


def words_of(nomination: Nomination) -> str:
    parts = (nomination.name, nomination.post, nomination.unit, nomination.award.name)
    told = ", ".join(part for part in parts if part)
    return f"{told} (hồ sơ {nomination.dossier.code}, {nomination.dossier.agency.label})"


def tell_why(session: CouncilSession, lost: Sequence[tuple[AgendaLine, Row, frozenset[int]]]) -> None:
    """Rows that nothing waits for: whether the case is elsewhere, not appraised, or not known. Six queries or fewer."""
    keys = {search_key(line.name) for line, _, _ in lost}
    if not keys:
        return
    awards = set().union(*(awards for _, _, awards in lost))
    rows = Nomination.objects.filter(dossier__council=session.council_id, award__in=awards)
    rows = rows.exclude(dossier__state=Dossier.State.CONCLUDED).select_related("award", "dossier")
    known = by_name(each for each in rows if search_key(each.name) in keys)
    everyone = [each for found in known.values() for each in found]
    why = dict(obstacles_of(session, everyone, {each.dossier_id: each.dossier for each in everyone}))
    for line, _, wanted in lost:
        found = [each for each in known.get(search_key(line.name), ()) if each.award_id in wanted]
        sentence = next((why[each.pk] for each in found if each.pk in why), "")
        line.fault(NAME, sentence or NOBODY.format(name=line.name[:80]))


def refuse_twice(lines: Iterable[AgendaLine]) -> None:
    first: dict[int, int] = {}
    for line in lines:
        if line.chosen is None:
            continue
        if line.chosen in first:
            line.fault(NAME, TWICE.format(row=first[line.chosen]))
        first.setdefault(line.chosen, line.number)


def answered(lines: Iterable[AgendaLine], answers: Mapping[int, str]) -> dict[int, str]:
    """Write what was chosen (keys as text, by row) on the open lines; answers what is still wrong, by row."""
    wrong: dict[int, str] = {}
    lines = list(lines)
    taken = {line.chosen: line.number for line in lines if line.chosen is not None and not line.choices}
    for line in lines:
        if not line.choices:
            continue
        given = answers.get(line.number, "")
        line.chosen = next((pk for pk, _ in line.choices if str(pk) == given), None)
        if line.chosen is None:
            wrong[line.number] = "Hãy chọn một trường hợp."
        elif line.chosen in taken:
            wrong[line.number] = TWICE.format(row=taken[line.chosen])
        else:
            taken[line.chosen] = line.number
    return wrong
