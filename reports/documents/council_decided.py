"""A decision as its papers tell it: who decides, on what grounds, and every name of its annex."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from awards.enums import Category, SubjectKind
from awards.models import AwardForm
from council.domain.decisions.later import root_of
from council.enums import DecisionKind, DecisionState, IssuerKind
from council.models import Decision, DecisionLine
from reports.documents.blocks import Letterhead, Signature
from reports.documents.council import CouncilFacts, council_facts
from reports.documents.dossier import KIND_WORDS, KINDS
from reports.documents.words import NBSP, ROMAN, blank_date, counted, dashes, listed, long_date, lower_first

PLACES = {kind.value: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class LineFacts:
    """One name as the annex prints it. ``amount`` in đồng; None: not known."""

    kind: str
    name: str
    post: str
    unit: str
    citation: str
    award: str
    given: str  # the award as a sentence names it: 'danh hiệu “Chiến sĩ thi đua cấp tỉnh”'
    award_place: int
    amount: int | None
    formula: str
    revoked_on: date | None
    before: tuple[str, ...] = ()  # of a correction: what stood there until then

    @property
    def where(self) -> str:
        return ", ".join(part for part in (self.post, self.unit) if part)

    @property
    def words(self) -> tuple[str, ...]:
        return (self.name, self.post, self.unit, self.citation)


@dataclass(frozen=True)
class NamedDecision:
    """Another decision as a paper cites it."""

    number: str
    issued_on: date | None
    title: str
    authority: str

    @property
    def cited(self) -> str:
        day = f" {long_date(self.issued_on)}" if self.issued_on else ""
        return f"Quyết định số {self.number}{day} của {self.authority} {lower_first(self.title)}".rstrip()


@dataclass(frozen=True)
class DecisionFacts:
    council: CouncilFacts
    kind: str
    state: str
    issuer_kind: str
    authority: str  # "Chủ tịch Ủy ban nhân dân tỉnh Mẫu"
    body: str  # on whose letterhead
    superior: str
    place: str
    title: str
    category: str
    year: int
    period: tuple[date | None, date | None]
    grounds: tuple[str, ...]
    proposed_by: str
    reason: str
    number: str
    issued_on: date | None
    signer_name: str
    signer_lines: tuple[str, ...]
    code: str
    corrected: NamedDecision | None  # the award decision that this one corrects or revokes
    whole: bool  # a revocation of every name of it
    lines: tuple[LineFacts, ...]
    marks: tuple[str, ...] = ()  # what later decisions did to this one

    @property
    def is_draft(self) -> bool:
        return self.state == DecisionState.DRAFT

    def by_award(self) -> dict[str, list[LineFacts]]:
        """Lines under their awards, the higher award first; collectives, persons, households, in their order."""
        found: dict[str, list[LineFacts]] = {}
        ordered = sorted(self.lines, key=lambda line: (line.award_place, line.award, PLACES[line.kind]))
        for line in ordered:
            found.setdefault(line.award, []).append(line)
        return found


def collect_decision(decision: Decision) -> DecisionFacts:
    """A constant number of queries, whatever the number of lines (a chain of corrections adds one a link)."""
    issuer, root = decision.issuer, root_of(decision)
    rows = list(decision.lines.select_related("subject", "award", "earlier").order_by("position", "pk"))
    before = texts_before(decision, rows)
    return DecisionFacts(
        council=council_facts(decision.council),
        kind=decision.kind,
        state=decision.state,
        issuer_kind=issuer.kind,
        authority=issuer.name,
        body=body_of(issuer),
        superior=issuer.superior or (issuer.agency.superior if issuer.agency else ""),
        place=issuer.place or decision.council.place or decision.council.province,
        title=decision.title,
        category=decision.category,
        year=decision.year,
        period=(decision.achievement_from, decision.achievement_until),
        grounds=tuple(line.strip() for line in decision.grounds.splitlines() if line.strip()),
        proposed_by=decision.proposed_by,
        reason=decision.reason,
        number=decision.full_number if decision.number is not None else f"{NBSP * 6}/{decision.symbol}",
        issued_on=decision.issued_on,
        signer_name=decision.signer_name,
        signer_lines=tuple(line.strip() for line in decision.signer_title.splitlines() if line.strip()),
        code=decision.code or "",
        corrected=named_decision(root) if root.pk != decision.pk else None,
        whole=root.pk != decision.pk and len(rows) == root.lines.count(),
        lines=tuple(line_facts(row, before.get(row.pk)) for row in rows),
        marks=tuple(marks_of(decision)),
    )


def body_of(issuer: Any) -> str:
    """On whose letterhead: the people's committee for its chair, the agency for its head."""
    if issuer.kind == IssuerKind.CHAIR:
        return str(issuer.name).removeprefix("Chủ tịch ")
    return str(issuer.agency.name if issuer.kind == IssuerKind.AGENCY and issuer.agency else issuer.name)


def marks_of(decision: Decision) -> list[str]:
    """What issued decisions did to this one since, in sentences for its first page: revoked wholly or in part,
    corrected. One query a link of the chain; none for a draft."""
    if decision.state == DecisionState.DRAFT:
        return []
    later = followers_of(decision)
    revoked = [row for row in later if row.kind == DecisionKind.REVOCATION]
    corrected = [row for row in later if row.kind == DecisionKind.CORRECTION]
    found = []
    if decision.state == DecisionState.REVOKED:
        found.append(f"ĐÃ BỊ HỦY BỎ theo {cited_briefly(revoked)}" if revoked else "ĐÃ BỊ HỦY BỎ")
    elif revoked:
        count = sum(row.cases for row in revoked)
        found.append(f"ĐÃ BỊ HỦY BỎ MỘT PHẦN ({counted(count)} trường hợp) theo {cited_briefly(revoked)}")
    if corrected:
        found.append(f"ĐÃ ĐƯỢC ĐÍNH CHÍNH, SỬA ĐỔI theo {cited_briefly(corrected)}")
    return found


def followers_of(decision: Decision) -> list[Any]:
    """Issued decisions that correct or revoke this one, or correct such a correction; by day."""
    found: list[Any] = []
    wanted = [decision.pk]
    while wanted:
        rows = Decision.objects.filter(corrects__in=wanted).exclude(state=DecisionState.DRAFT)
        link = list(rows.annotate(cases=Count("lines")).order_by("issued_on", "issued_at", "pk"))
        found, wanted = [*found, *link], [row.pk for row in link]
    return sorted(found, key=lambda row: (row.issued_on, row.pk))


def cited_briefly(rows: Iterable[Decision]) -> str:
    """ "Quyết định số 05/QĐ-UBND ngày 20/11/2026", several by "và"."""
    return listed(f"Quyết định số {row.full_number} ngày {row.issued_on:%d/%m/%Y}" for row in rows)


def named_decision(row: Decision) -> NamedDecision:
    return NamedDecision(row.full_number, row.issued_on, row.title, row.issuer.name)


def texts_before(decision: Decision, rows: Iterable[DecisionLine]) -> dict[int, DecisionLine]:
    """For each line of a correction the text that held before it: the annex's own, or an earlier correction's."""
    if decision.kind != DecisionKind.CORRECTION:
        return {}
    kept = {row.earlier_id: row.earlier for row in rows if row.earlier is not None}
    others = DecisionLine.objects.filter(earlier__in=[*kept], decision__kind=DecisionKind.CORRECTION)
    others = others.exclude(decision=decision).exclude(decision__state=DecisionState.DRAFT)
    if decision.issued_at is not None:
        others = others.filter(decision__issued_at__lt=decision.issued_at)
    for other in others.order_by("decision__issued_on", "decision__issued_at", "pk"):
        kept[other.earlier_id] = other
    return {row.pk: text for row in rows if (text := kept.get(row.earlier_id)) is not None}


def line_facts(row: DecisionLine, before: DecisionLine | None) -> LineFacts:
    return LineFacts(
        kind=row.subject.kind,
        name=row.name,
        post=row.post,
        unit=row.unit,
        citation=row.citation,
        award=row.award.name,
        given=given_name(row.award),
        award_place=row.award.position,
        amount=row.amount,
        formula=row.formula,
        revoked_on=row.revoked_on,
        before=(before.name, before.post, before.unit, before.citation) if before is not None else (),
    )


def given_name(award: AwardForm) -> str:
    """A title in quotation marks behind "danh hiệu"; flags, which are titles too, and forms by their names."""
    return f"danh hiệu “{award.name}”" if award.is_title and "Cờ" not in award.name else award.name


def decision_letterhead(facts: DecisionFacts) -> Letterhead:
    return Letterhead(
        superior=facts.superior.upper(),
        issuer=facts.body.upper(),
        number=f"Số: {facts.number}",
        place_date=f"{facts.place}, {long_date(facts.issued_on) if facts.issued_on else blank_date(None)}",
        draft=facts.is_draft,
    )


def decision_signature(facts: DecisionFacts) -> Signature:
    return Signature(lines=tuple(line.upper() for line in facts.signer_lines), name=facts.signer_name)


def decision_grounds(facts: DecisionFacts) -> tuple[str, ...]:
    """Căn cứ lines as the clerk left them, then on whose proposal; each closed as the decree wants."""
    lines = [line.rstrip(" .;") for line in facts.grounds]
    closed = [f"{line};" for line in lines]
    if facts.proposed_by:
        return (*closed, f"Theo đề nghị của {facts.proposed_by.rstrip(' .;')}.")
    return (*closed[:-1], f"{lines[-1]}.") if lines else ()


def decision_recipients(facts: DecisionFacts, last_article: int) -> tuple[str, ...]:
    standing = f"{facts.council.standing} (Thường trực Hội đồng)" if facts.council.standing else ""
    lines = (f"Như Điều {last_article}", facts.council.name, standing, "Lưu: VT, TĐKT")
    return tuple(dashes(line for line in lines if line))


def kept_with(facts: DecisionFacts) -> str:
    """ "(Kèm theo Quyết định số 05/QĐ-UBND ngày … của …)"; left open while there is no number."""
    if facts.issued_on is None:
        return f"(Kèm theo Quyết định của {facts.authority})"
    return f"(Kèm theo Quyết định số {facts.number} {long_date(facts.issued_on)} của {facts.authority})"


def counts_by_kind(lines: Iterable[LineFacts]) -> str:
    """ "02 tập thể, 10 cá nhân và 01 hộ gia đình"."""
    found = list(lines)
    numbers = [(sum(line.kind == kind for line in found), KIND_WORDS[kind]) for kind in KINDS]
    return listed(f"{counted(number)} {words}" for number, words in numbers if number)


def kinds_named(lines: Iterable[LineFacts]) -> str:
    """ "tập thể, cá nhân": the kinds that are there, to be addressed."""
    present = {line.kind for line in lines}
    return ", ".join(KIND_WORDS[kind] for kind in KINDS if kind in present) or KIND_WORDS[SubjectKind.INDIVIDUAL]


def annex_label(place: int, of: int) -> str:
    """ "Phụ lục" alone, or "Phụ lục II" of several."""
    return "Phụ lục" if of == 1 else f"Phụ lục {ROMAN[place - 1] if place <= len(ROMAN) else place}"


ACHIEVED = {
    Category.MERIT.value: "đã có thành tích xuất sắc trong thực hiện nhiệm vụ năm {year}",
    Category.SURPRISE.value: "đã lập được thành tích đột xuất",
    Category.MOVEMENT.value: "đã có thành tích xuất sắc trong phong trào thi đua",
    Category.CONTRIBUTION.value: "đã có quá trình cống hiến",
    Category.SERVICE.value: "đã có thời gian phục vụ theo niên hạn",
    Category.EXTERNAL.value: "đã có đóng góp được xét khen thưởng đối ngoại",
}
