"""Quyết định khen thưởng with its annexes by award and subject (NĐ 30/2020, Mẫu 1.2; domain-2.md part 4)."""

from awards.law.rule_sets import NoRuleSet, rule_set_on
from council.enums import DecisionKind, IssuerKind
from khoithidua.web.downloads import xlsx_bytes
from reports.documents import council_later
from reports.documents.blocks import Align, Annex, Block, Column, Paper, Paragraph, Row, Table, Width
from reports.documents.council_decided import (
    ACHIEVED,
    DecisionFacts,
    LineFacts,
    annex_label,
    counts_by_kind,
    decision_grounds,
    decision_letterhead,
    decision_recipients,
    decision_signature,
    kept_with,
    kinds_named,
)
from reports.documents.dossier import KIND_WORDS, period_words, rows_by_kind
from reports.documents.words import lower_first

MONEY_DECREES = {"R2017": "91/2017/NĐ-CP", "R2024": "98/2023/NĐ-CP"}
HEADERS = ("STT", "Loại", "Họ tên, tên tập thể, hộ gia đình", "Chức vụ", "Đơn vị, địa chỉ", "Thành tích", "Hình thức")
CITED = "Thành tích"


def compose(facts: DecisionFacts) -> Paper:
    """The paper of a decision of any kind, from the rows as they are; a draft says so."""
    if facts.kind == DecisionKind.AWARD:
        articles, annexes = award_articles(facts), award_annexes(facts)
    else:
        articles, annexes = council_later.articles(facts), council_later.annexes(facts)
    texts = [*articles, responsible(facts, "tên tại Điều 1")] if facts.lines else []
    return Paper(
        name=f"Quyết định {facts.number.strip()} {lower_first(facts.title)}",
        letterhead=decision_letterhead(facts),
        kind="QUYẾT ĐỊNH",
        summary=facts.title,
        authority=facts.authority.upper(),
        grounds=decision_grounds(facts),
        resolution="QUYẾT ĐỊNH:",
        blocks=numbered(texts) or (Paragraph("Danh sách chưa có trường hợp nào."),),
        signature=decision_signature(facts),
        recipients=decision_recipients(facts, max(len(texts), 1)),
        annexes=tuple(annexes),
        marks=facts.marks,
    )


def numbered(texts: list[list[str]]) -> tuple[Block, ...]:
    """Each article's first paragraph behind "Điều 1." in bold, its clauses under it."""
    blocks: list[Block] = []
    for number, (first, *clauses) in enumerate(texts, 1):
        blocks.append(Paragraph(first, label=f"Điều {number}."))
        blocks += [Paragraph(clause) for clause in clauses]
    return tuple(blocks)


def award_articles(facts: DecisionFacts) -> list[list[str]]:
    return [given(facts), [rewarded(facts)]] if facts.lines else []


def given(facts: DecisionFacts) -> list[str]:
    """Điều 1: what, to how many of each kind, for what; by award where there are several."""
    groups = facts.by_award()
    achieved = achieved_words(facts)
    if len(groups) == 1:
        [lines] = groups.values()
        return [f"Tặng {lines[0].given} cho {counts_by_kind(lines)} {achieved} (có danh sách kèm theo)."]
    clauses = [
        f"{place}. Tặng {lines[0].given} cho {counts_by_kind(lines)} ({annex_label(place, len(groups))})."
        for place, lines in enumerate(groups.values(), 1)
    ]
    return [f"Khen thưởng {counts_by_kind(facts.lines)} {achieved} (có danh sách kèm theo), gồm:", *clauses]


def achieved_words(facts: DecisionFacts) -> str:
    period = period_words(facts.period)
    words = ACHIEVED[facts.category].format(year=facts.year)
    return f"{words}, thành tích tính {period}" if period else words


def rewarded(facts: DecisionFacts) -> str:
    """Điều 2: the reward follows the decree of the day and comes out of the deciding level's own fund."""
    fund = facts.council.fund if facts.issuer_kind != IssuerKind.AGENCY else f"quỹ khen thưởng của {facts.body}"
    return (
        f"Các {kinds_named(facts.lines)} có tên tại Điều 1 được nhận tiền thưởng kèm theo theo quy định tại Nghị định "
        f"số {money_decree(facts)}; kinh phí chi từ {fund}."
    )


def money_decree(facts: DecisionFacts) -> str:
    """The decree that sets rewards on the day of the decision; a draft's is the newest."""
    if facts.issued_on is None:
        return "152/2025/NĐ-CP"
    try:
        code = rule_set_on(facts.issued_on).code
    except NoRuleSet:
        return "91/2017/NĐ-CP"
    return MONEY_DECREES.get(code, "152/2025/NĐ-CP")


def responsible(facts: DecisionFacts, named: str) -> list[str]:
    """The last article: in force from its signing, and who carries it out."""
    office = f"Chánh Văn phòng {facts.body}" if facts.issuer_kind in (IssuerKind.CHAIR, IssuerKind.COMMITTEE) else ""
    people = [office, facts.council.standing_head, "Thủ trưởng các cơ quan, đơn vị có liên quan"]
    first = ", ".join(each for each in people if each)
    return [
        f"Quyết định này có hiệu lực kể từ ngày ký. {first} và các {kinds_named(facts.lines)} có {named} chịu trách "
        "nhiệm thi hành Quyết định này./."
    ]


def award_annexes(facts: DecisionFacts) -> list[Annex]:
    groups = facts.by_award()
    return [
        Annex(
            label=annex_label(place, len(groups)),
            title=f"DANH SÁCH ĐƯỢC TẶNG {lines[0].given.upper()}",
            reference=kept_with(facts),
            blocks=(names_table(lines),),
        )
        for place, lines in enumerate(groups.values(), 1)
    ]


def names_table(lines: list[LineFacts]) -> Table:
    """Every name once. The achievement has a column only where one is told; numbers run through the whole list."""
    told = any(line.citation for line in lines)
    columns = (
        Column("TT", Width.SNUG, Align.CENTER),
        Column("Họ tên, tên tập thể, hộ gia đình", Width.WIDE, heads=True),
        Column("Chức vụ, đơn vị công tác, địa chỉ", Width.WIDE),
        *([Column(CITED, Width.WIDE)] if told else []),
    )

    def cells(place: int, line: LineFacts) -> tuple[str, ...]:
        return (str(place), line.name, line.where, *([line.citation] if told else []))

    return Table("", columns, counted_through(rows_by_kind(lines, kind=lambda line: line.kind, cells=cells)))


def counted_through(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The same rows with their first cells numbered from 1 through all kinds: the number of the golden book."""
    place, found = 0, []
    for row in rows:
        if not row.span:
            place += 1
            row = Row((str(place), *row.cells[1:]))
        found.append(row)
    return tuple(found)


def workbook(facts: DecisionFacts) -> bytes:
    """The annex as an Excel table, one row a name, in the order of the paper."""
    ordered = [line for lines in facts.by_award().values() for line in lines]
    rows = [
        (
            *(place, KIND_WORDS[line.kind].capitalize(), line.name, line.post),
            *(line.unit, line.citation, line.award),
        )
        for place, line in enumerate(ordered, 1)
    ]
    return xlsx_bytes(f"Danh sách kèm theo Quyết định {facts.number.strip()}", HEADERS, rows)
