"""Decisions of a year file: issued ones, with the names that are this year's, and their codes of verification."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from awards.models import AwardForm
from council.domain.decisions.numbering import HIGHEST
from council.enums import DecisionKind, DecisionState
from council.models import Decision, DecisionLine, Issuer, PartyOpinion
from reports.yearfile.columns import read_columns
from reports.yearfile.known import Known, once
from reports.yearfile.reading_sessions import cases_of, needed, read_case, told
from reports.yearfile.rows import bare
from reports.yearfile.schema_awards import DossierPart, SubjectPart
from reports.yearfile.schema_council import Case, DecisionPart, IssuerPart, LinePart, SessionPart
from reports.yearfile.spots import BIG, Fields, Spot, limit_of

COLUMNS = (
    *("kind", "title", "category", "year", "achievement_from", "achievement_until", "grounds", "proposed_by"),
    *("reason", "number", "symbol", "issued_on", "issued_at", "signer_name"),
)
DUE = ("kind", "title", "year", "number", "symbol", "issued_on")
ISSUER_COLUMNS = ("kind", "name", "superior", "symbol", "place", "signer_name", "seal")
OPINION_COLUMNS = ("body", "asked_on", "question", "answered_on", "document", "agreed", "note")
LINE_COLUMNS = ("position", "name", "post", "unit", "citation", "group", "field", "amount", "formula")
FOLLOWING = ("revoked_on", "book_number", "book_year", "paid_on", "paid_note")
# A QR code leads here: a code that could be guessed would open what nobody holds in hand.
CODE = re.compile(r"[-_A-Za-z0-9]{22,40}\Z")
Lines = dict[str, str]  # codes of lines already read, with the code of their decision


def read_decisions(
    spot: Spot,
    known: Known,
    subjects: Iterable[SubjectPart],
    dossiers: Iterable[DossierPart],
    sessions: Iterable[SessionPart],
) -> tuple[DecisionPart, ...]:
    """All decisions; what a decision corrects or revokes stands above it."""
    reader = Reader(known, frozenset(part.code for part in subjects), cases_of(dossiers), sessions)
    spots = spot.items()
    parts = tuple(reader.decision(each) for each in spots)
    once(spots, (part.code for part in parts), "Mã xác minh này đã có ở trên.", key="code")
    series = (
        (
            "" if not part.code else part.issuer.values["name"],
            str(part.values["symbol"]),
            year_of(part),
            number_of(part),
        )
        for part in parts
    )
    once(spots, series, "Số quyết định này đã có ở trên.", key="number")
    return parts


def year_of(part: DecisionPart) -> int:
    return int(part.values["issued_on"].year) if part.values["issued_on"] else 0


def number_of(part: DecisionPart) -> int:
    return int(bare(part.values["number"]) or 0)


def read_code(spot: Spot) -> str:
    found = spot.text()
    if found and not CODE.match(found):
        spot.fault("Mã xác minh gồm 22 đến 40 chữ cái không dấu, chữ số, gạch ngang, gạch dưới.")
        return ""
    return found


class Reader:
    """Reads decisions one after the other and knows those above."""

    def __init__(
        self, known: Known, subjects: frozenset[str], cases: frozenset[Case], sessions: Iterable[SessionPart]
    ) -> None:
        self.known, self.subjects, self.cases = known, subjects, cases
        self.sessions = frozenset((part.year, part.number) for part in sessions)
        self.decisions: set[str] = set()
        self.lines: Lines = {}
        self.decided: set[Case] = set()
        self.issuers: dict[tuple[str, str], IssuerPart] = {}

    def decision(self, spot: Spot) -> DecisionPart:
        rest = (*(name for name in COLUMNS if name not in DUE), "signer_title", "session", "corrects", "opinions")
        fields = spot.fields(("code", "state", "issuer", "total", *DUE), (*rest, "lines"))
        values = told(fields, Decision, COLUMNS, DUE)
        values["signer_title"] = fields["signer_title"].optional_text(limit_of(Decision, "signer_title"), lines=True)
        refuse_odd_head(fields, values)
        code = read_code(fields["code"])
        if code in self.lines:
            fields["code"].fault("Mã xác minh này đã có ở trên.")
        corrects = self.corrected(fields, values["kind"])
        lines = tuple(self.line(each, code, values["kind"]) for each in fields["lines"].items())
        positions = (bare(line.values["position"]) or 0 for line in lines)
        once(fields["lines"].items(), positions, "Thứ tự này đã có ở trên.", key="position")
        total = fields["total"].whole(high=BIG) or 0
        if total < len(lines):
            fields["total"].fault(f"Tổng số trường hợp của quyết định ({total}) ít hơn số dòng ở lines ({len(lines)}).")
        self.decisions.add(code)
        return DecisionPart(
            code=code,
            state=self.state(fields["state"]),
            issuer=self.issuer(fields["issuer"]),
            session=self.session(fields["session"]),
            corrects=corrects,
            total=total,
            values=values,
            opinions=tuple(read_opinion(each) for each in fields["opinions"].items()),
            lines=lines,
        )

    def state(self, spot: Spot) -> str:
        found = spot.choice(DecisionState) if spot.stated else ""
        if found == DecisionState.DRAFT:
            spot.fault("Tệp năm chỉ mang quyết định đã ban hành; dự thảo ở lại trong hệ thống.")
        return found

    def corrected(self, fields: Fields, kind: str) -> str:
        spot = fields["corrects"]
        if kind == DecisionKind.AWARD and spot.given:
            spot.fault("Quyết định khen thưởng không sửa quyết định khác.")
        elif kind and kind != DecisionKind.AWARD:
            if not spot.given:
                spot.fault("Hãy ghi mã xác minh của quyết định được sửa, hủy bỏ.")
            return spot.reference(self.decisions, "các quyết định ghi ở trên") if spot.given else ""
        return ""

    def session(self, spot: Spot) -> tuple[int, int] | None:
        if not spot.given:
            return None
        fields = spot.fields(("year", "number"))
        found = (fields["year"].whole() or needed(fields["year"]), fields["number"].whole() or needed(fields["number"]))
        if all(found) and found not in self.sessions:
            spot.fault("Phiên họp này không có ở sessions của tệp.")
        return found

    def issuer(self, spot: Spot) -> IssuerPart:
        """Who issued; the same issuer is told the same way everywhere."""
        due = ("kind", "name", "symbol")
        rest = [name for name in ISSUER_COLUMNS if name not in due]
        fields = spot.fields(due, (*rest, "signer_title", "agency"))
        values = told(fields, Issuer, ISSUER_COLUMNS, due)
        values["signer_title"] = fields["signer_title"].optional_text(limit_of(Issuer, "signer_title"), lines=True)
        part = IssuerPart(self.known.maybe_agency(fields["agency"]), values)
        first = self.issuers.setdefault((values["name"], values["symbol"]), part)
        if first != part:
            spot.fault("Cơ quan ban hành này đã ghi ở trên với nội dung khác. Hãy ghi giống nhau.")
        return part

    def line(self, spot: Spot, decision: str, kind: str) -> LinePart:
        due = ("position", "name")
        rest = [name for name in LINE_COLUMNS if name not in due]
        fields = spot.fields(("code", "subject", "award", *due), ("nomination", "agency", "earlier", *rest, *FOLLOWING))
        values = told(fields, DecisionLine, LINE_COLUMNS, due)
        follows = read_columns(fields, DecisionLine, FOLLOWING)
        if (follows["book_number"] is None) != (follows["book_year"] is None):
            fields["book_number"].fault("Số vào sổ và năm của sổ phải ghi cùng nhau.")
        code = read_code(fields["code"])
        if code and (code in self.lines or code in self.decisions or code == decision):
            fields["code"].fault("Mã xác minh này đã có ở trên.")
        self.lines.setdefault(code, decision)
        case = read_case(fields["nomination"], self.cases) if fields["nomination"].given else None
        earlier = self.earlier(fields["earlier"], kind)
        self.decide(fields["nomination"], case, earlier)
        return LinePart(
            code=code,
            subject=fields["subject"].reference(self.subjects, "danh sách subjects của tệp"),
            award=fields["award"].code(limit_of(AwardForm, "code")),
            agency=self.known.maybe_agency(fields["agency"]),
            earlier=earlier,
            case=case,
            values=values,
            follows=follows,
        )

    def earlier(self, spot: Spot, kind: str) -> str:
        """The line of an earlier decision that this one puts right or takes back."""
        if kind == DecisionKind.AWARD:
            if spot.given:
                spot.fault("Dòng của quyết định khen thưởng không sửa dòng khác.")
            return ""
        if not spot.given:
            spot.fault("Hãy ghi mã xác minh của dòng được sửa, hủy bỏ.")
            return ""
        return spot.reference(self.lines, "các dòng quyết định ghi ở trên")

    def decide(self, spot: Spot, case: Case | None, earlier: str) -> None:
        """A nomination is decided once."""
        if case is None or earlier:
            return
        if case in self.decided:
            spot.fault("Trường hợp này đã có trong một quyết định ở trên.")
        self.decided.add(case)


def refuse_odd_head(fields: Fields, values: Mapping[str, Any]) -> None:
    number = bare(values["number"])
    if number is not None and not 1 <= number <= HIGHEST:
        fields["number"].fault(f"Số quyết định phải từ 1 đến {HIGHEST}.")
    starts, ends = values["achievement_from"], values["achievement_until"]
    if starts and ends and ends < starts:
        fields["achievement_until"].fault("Ngày cuối của thành tích không được trước ngày đầu.")


def read_opinion(spot: Spot) -> dict[str, Any]:
    """What the Party committee was asked and answered; an answer has its day."""
    due = ("body", "asked_on")
    fields = spot.fields(due, [name for name in OPINION_COLUMNS if name not in due])
    values = told(fields, PartyOpinion, OPINION_COLUMNS, due)
    if (values["answered_on"] is None) != (values["agreed"] is None):
        fields["agreed"].fault("Ngày trả lời (answered_on) và ý kiến (agreed) phải ghi cùng nhau.")
    elif values["answered_on"] and values["asked_on"] and values["answered_on"] < values["asked_on"]:
        fields["answered_on"].fault("Ngày trả lời không được trước ngày xin ý kiến.")
    return values
