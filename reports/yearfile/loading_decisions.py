"""Issued decisions from a year file: they come whole or differ from nothing; an issued one is never changed."""

from dataclasses import dataclass, field, replace
from typing import Any

from accounts.domain import audit
from awards.domain.rechecking import recheck
from awards.enums import RecordSource
from awards.models import AwardForm, AwardRecord, Nomination
from blocs.domain.workflow import restore_state
from council.domain.from_files import came_by_file, record_brought
from council.enums import DecisionKind, DecisionState
from council.models import (
    CertificateBook,
    CouncilSession,
    Decision,
    DecisionLine,
    Issuer,
    NumberBook,
    PartyOpinion,
)
from khoithidua.web.text import tidy
from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import SOURCE, Place
from reports.yearfile.loading_sessions import Cases
from reports.yearfile.loading_subjects import Named
from reports.yearfile.rows import Ledger, bare, first_of, queues, same, says
from reports.yearfile.schema import YearFile
from reports.yearfile.schema_council import DecisionPart, IssuerPart, LinePart
from reports.yearfile.sealed import sealed

FINAL = "Quyết định đã ban hành không sửa được; muốn sửa phải có quyết định đính chính."
CODE_TAKEN = "Mã xác minh này đã thuộc một quyết định hoặc một dòng khác trong hệ thống."
NUMBER_TAKEN = "Số {number} năm {year} đã thuộc một quyết định khác trong hệ thống."
REVOKED = "Quyết định này đã bị hủy bỏ trong hệ thống, tệp ghi là còn hiệu lực. Hãy xuất lại tệp năm rồi sửa."
DECIDED = "Trường hợp này đã có trong một quyết định khác của hệ thống."
NOT_THERE = "Quyết định này ban hành trong hệ thống và không có dòng này. {final}"
TOO_MANY = "Quyết định này có {total} trường hợp, hệ thống đã có {here}. Hãy xem lại total và lines."
CHANGED = "Trong hệ thống đã ghi «{here}»; tệp không sửa được."
# Once told these stay: a day of revocation, a number in the book of certificates.
ONCE = ("revoked_on", "book_number", "book_year")


@dataclass
class DecisionDesk:
    """What the decisions of a file are written with, and what was written so far."""

    place: Place
    named: Named
    cases: Cases
    ledger: Ledger
    decisions: dict[str, Decision] = field(default_factory=dict)
    lines: dict[str, DecisionLine] = field(default_factory=dict)
    rejudged: set[int] = field(default_factory=set)

    def fault(self, path: str, sentence: str) -> None:
        self.ledger.faults.append(Fault(path, sentence))


def write_decisions(year_file: YearFile, place: Place, named: Named, cases: Cases, ledger: Ledger) -> None:
    """Never deletes one, not even when replacing; subjects with a new record are judged again."""
    desk = DecisionDesk(place, named, cases, replace(ledger, replace=False))
    for number, part in enumerate(year_file.decisions):
        write_decision(part, desk, f"decisions[{number}]")
    if desk.rejudged and not ledger.faults:
        recheck(sorted(desk.rejudged))


def write_decision(part: DecisionPart, desk: DecisionDesk, path: str) -> None:
    if part.corrects and part.corrects not in desk.decisions:
        return  # the earlier one is at fault, which has been said
    row = Decision.objects.filter(code=part.code).first()
    issuer = write_issuer(part.issuer, desk)
    if not fits(part, row, issuer, desk, path):
        return
    before = desk.ledger.count
    brought = row is None or came_by_file(row)
    decision = write_head(part, row, issuer, desk, path)
    write_opinions(part, decision, desk.ledger if brought else sealed(desk.ledger, f"{path}.opinions", FINAL))
    desk.decisions[part.code] = decision
    rows = {line.code: line for line in DecisionLine.objects.filter(decision=decision).select_related("record")}
    known = len(rows)
    for number, each in enumerate(part.lines):
        write_line(each, rows.get(each.code), decision, desk, f"{path}.lines[{number}]", may_add=brought)
    here = decision.lines.count()
    if brought and here > part.total:
        desk.fault(f"{path}.total", TOO_MANY.format(total=part.total, here=here))
    if part.state == DecisionState.REVOKED and decision.state != DecisionState.REVOKED:
        restore_state(decision, DecisionState.REVOKED, source=SOURCE)
        desk.ledger.updated["trạng thái"] += 1
    if here > known or row is None:
        record_brought(decision, count=len(part.lines), whole=part.total)
    elif desk.ledger.count != before:
        audit.record(decision, f"Cập nhật từ {SOURCE}", actor=None, after={"số trường hợp trong tệp": len(part.lines)})


def write_issuer(part: IssuerPart, desk: DecisionDesk) -> Issuer:
    """The issuer of that name and symbol as it is set up here; a new one as the file tells it."""
    key = {"council": desk.place.council, "name": part.values["name"], "symbol": part.values["symbol"]}
    for row in Issuer.objects.filter(council=desk.place.council):
        if (tidy(row.name), tidy(row.symbol)) == (key["name"], key["symbol"]):
            return row
    values = part.values | {"agency": desk.place.agencies.get(part.agency)}
    told = {name: value for name, value in values.items() if name not in key}
    return desk.ledger.write(None, Issuer, key, told)


def fits(part: DecisionPart, row: Decision | None, issuer: Issuer, desk: DecisionDesk, path: str) -> bool:
    """Whether this decision may stand beside those of the system; a fault says why not. Its series waits meanwhile."""
    series: dict[str, Any] = {"issuer": issuer, "year": part.values["issued_on"].year, "symbol": part.values["symbol"]}
    NumberBook.objects.get_or_create(**series)
    book = NumberBook.objects.select_for_update().get(**series)
    number = int(bare(part.values["number"]))
    if row is not None and row.council_id != desk.place.council.pk:
        desk.fault(f"{path}.code", CODE_TAKEN)
        return False
    if row is None and DecisionLine.objects.filter(code=part.code).exists():
        desk.fault(f"{path}.code", CODE_TAKEN)
        return False
    same_number = Decision.objects.filter(
        issuer=issuer, issued_year=series["year"], symbol=series["symbol"], number=number
    )
    if same_number.exclude(code=part.code).exists() or same_number.filter(code__isnull=True).exists():
        told = f"{number:02d}/{series['symbol']}"
        desk.fault(f"{path}.number", NUMBER_TAKEN.format(number=told, year=series["year"]))
        return False
    if row is not None and row.state == DecisionState.REVOKED and part.state == DecisionState.ISSUED:
        desk.fault(f"{path}.state", REVOKED)
        return False
    if number > book.last:
        book.last = number
        book.save(update_fields=["last"])
    return True


def write_head(part: DecisionPart, row: Decision | None, issuer: Issuer, desk: DecisionDesk, path: str) -> Decision:
    values = part.values | {"issuer": issuer, "session": session_of(part, desk)}
    values["corrects"] = desk.decisions.get(part.corrects)
    if row is not None:
        return sealed(desk.ledger, path, FINAL).write(row, Decision, {}, values)
    key = {"council": desk.place.council, "code": part.code, "issued_year": part.values["issued_on"].year}
    return desk.ledger.write(None, Decision, key, values, {"state": DecisionState.ISSUED.value})


def session_of(part: DecisionPart, desk: DecisionDesk) -> CouncilSession | None:
    if part.session is None:
        return None
    year, number = part.session
    return CouncilSession.objects.filter(council=desk.place.council, year=year, number=number).first()


def write_opinions(part: DecisionPart, decision: Decision, ledger: Ledger) -> None:
    rows = queues(((tidy(row.body), row.asked_on), row) for row in PartyOpinion.objects.filter(decision=decision))
    for values in part.opinions:
        row = first_of(rows, (values["body"], values["asked_on"]))
        ledger.write(row, PartyOpinion, {"decision": decision}, values)


def write_line(
    part: LinePart, row: DecisionLine | None, decision: Decision, desk: DecisionDesk, path: str, *, may_add: bool
) -> None:
    award, subject = desk.named.awards.get(part.award), desk.named.subjects.get(part.subject)
    if award is None:
        desk.fault(f"{path}.award", f"Danh mục khen thưởng không có mã «{part.award}».")
    if award is None or subject is None or (part.earlier and part.earlier not in desk.lines):
        return  # what is missing is at fault, which has been said
    nomination = desk.cases.get(part.case) if part.case else None
    fixed = part.values | {"award": award, "nomination": nomination, "earlier": desk.lines.get(part.earlier)}
    fixed["agency"] = desk.place.agencies.get(part.agency)
    if row is not None:
        sealed(desk.ledger, path, FINAL).write(row, DecisionLine, {}, fixed)
        write_following(part, row, desk, path)
    elif may_add and may_stand(part, nomination, desk, path):
        key = {"decision": decision, "code": part.code, "subject": subject}
        record = record_for(part, decision, award, nomination, desk)
        row = desk.ledger.write(None, DecisionLine, key, fixed | part.follows | {"record": record})
    elif not may_add:
        desk.fault(path, NOT_THERE.format(final=FINAL))
    if row is not None:
        desk.lines[part.code] = row
        write_book(row, decision)


def may_stand(part: LinePart, nomination: Nomination | None, desk: DecisionDesk, path: str) -> bool:
    """A new line: its code is free, and its nomination was not decided by another paper."""
    if DecisionLine.objects.filter(code=part.code).exists() or Decision.objects.filter(code=part.code).exists():
        desk.fault(f"{path}.code", CODE_TAKEN)
        return False
    decided = DecisionLine.objects.filter(nomination=nomination, earlier__isnull=True)
    if nomination is not None and not part.earlier and decided.exists():
        desk.fault(f"{path}.nomination", DECIDED)
        return False
    return True


def write_following(part: LinePart, row: DecisionLine, desk: DecisionDesk, path: str) -> None:
    """What came of a line: payments follow the file; a revocation and a number in the book stay as they are here."""
    for name in ONCE:
        value, here = part.follows[name], getattr(row, name)
        if says(value) and here is not None and not same(here, bare(value)):
            desk.fault(f"{path}.{name}", CHANGED.format(here=f"{here:%d/%m/%Y}" if name == "revoked_on" else here))
            return
    desk.ledger.write(row, DecisionLine, {}, part.follows)


def record_for(
    part: LinePart, decision: Decision, award: AwardForm, nomination: Nomination | None, desk: DecisionDesk
) -> AwardRecord | None:
    """The line of the register that this name of an award decision is: the one there is, or a new one."""
    if decision.kind != DecisionKind.AWARD:
        return None
    subject = desk.named.subjects[part.subject]
    key: dict[str, Any] = {"subject": subject, "award": award, "year": decision.year}
    key |= {"decision_number": decision.full_number, "decided_on": decision.issued_on}
    found: Any = AwardRecord.objects.filter(**key).first()
    row: AwardRecord | None = found
    if row is not None and DecisionLine.objects.filter(record=row).exists():
        return None  # two names of the paper are one subject by now: the register has one line for both
    told = {name: getattr(decision, name) for name in ("category", "achievement_from", "achievement_until")}
    told |= {"issuer": decision.issuer.name, "source": RecordSource.DECISION.value, "nomination": nomination}
    if row is None:
        desk.rejudged.add(subject.pk)
        return desk.ledger.write(None, AwardRecord, key, told | {"revoked_on": part.follows["revoked_on"]})
    return desk.ledger.write(row, AwardRecord, {}, {"nomination": nomination, "source": told["source"]})


def write_book(line: DecisionLine, decision: Decision) -> None:
    """The book of certificates never gives a number again that a line bears."""
    if line.book_number is None or line.book_year is None:
        return
    book, _ = CertificateBook.objects.get_or_create(issuer=decision.issuer, award=line.award, year=line.book_year)
    CertificateBook.objects.filter(pk=book.pk, last__lt=line.book_number).update(last=line.book_number)
