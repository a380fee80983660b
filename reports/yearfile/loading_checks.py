"""Rules of scoring, cross-checks and frozen rankings from a year file."""

from itertools import zip_longest
from typing import Any

from django.utils import timezone

from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import Place
from reports.yearfile.rows import Exactly, Ledger
from reports.yearfile.schema import CheckPart, CrossPart, LockedPart, YearFile
from scoring.enums import SheetState
from scoring.models import (
    CriteriaSet,
    Criterion,
    CrossCheck,
    CrossDeal,
    CrossLine,
    LockedStanding,
    ScoreSheet,
    YearRules,
)


def write_rules(part: dict[str, Any], place: Place, ledger: Ledger) -> None:
    row = YearRules.objects.filter(bloc_year=place.bloc_year).first()
    if not part:
        ledger.drop([row] if row else [])
        return
    values = {name: None if value is None else Exactly(value) for name, value in part.items()}
    ledger.write(row, YearRules, {"bloc_year": place.bloc_year}, values)


def write_cross_checks(part: CrossPart, criteria: CriteriaSet, place: Place, ledger: Ledger) -> None:
    write_deals(part, place, ledger)
    found = ScoreSheet.objects.filter(bloc_year=place.bloc_year).select_related("agency")
    sheets = {row.agency.code: row for row in found}
    codes = {row.code: row for row in Criterion.objects.filter(criteria_set=criteria)}
    checks = CrossCheck.objects.filter(sheet__bloc_year=place.bloc_year)
    rows = {(row.sheet_id, row.checker_id): row for row in checks}
    for number, check in enumerate(part.checks):
        if check.sheet not in sheets:
            sentence = "Đơn vị này không có phiếu chấm điểm trong mục scores."
            ledger.faults.append(Fault(f"cross_checks.checks[{number}].sheet", sentence))
            continue
        key: dict[str, Any] = {"sheet": sheets[check.sheet], "checker": place.agencies[check.checker]}
        write_check(check, rows.pop((key["sheet"].pk, key["checker"].pk), None), key, codes, ledger)
    ledger.drop(rows.values())


def write_deals(part: CrossPart, place: Place, ledger: Ledger) -> None:
    """Dealings one after another, as they were made."""
    rows = list(CrossDeal.objects.filter(bloc_year=place.bloc_year).order_by("pk"))
    for deal, row in zip_longest(part.deals, rows[: len(part.deals)]):
        values = {"seed": deal.seed, "per_sheet": deal.per_sheet, "due": deal.due}
        made = ledger.write(row, CrossDeal, {"bloc_year": place.bloc_year}, values)
        if deal.dealt_at and ledger.set(made, "dealt_at", deal.dealt_at):
            ledger.save(made, ["dealt_at"])
    ledger.drop(rows[len(part.deals) :])


def write_check(
    part: CheckPart, row: CrossCheck | None, key: dict[str, Any], codes: dict[str, Criterion], ledger: Ledger
) -> None:
    check = ledger.write(row, CrossCheck, key, {"done_at": part.done_at})
    rows = {line.criterion_id: line for line in CrossLine.objects.filter(check_of=check)}
    for each in part.lines:
        criterion = codes[each.code]
        values = {"points": each.points, "reason": each.reason}
        line = rows.pop(criterion.pk, None)
        ledger.write(line, CrossLine, {"check_of": check, "criterion": criterion}, values)
    ledger.drop(rows.values())


def write_locked(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    """Frozen rankings are never changed or deleted, not even when replacing: another content is a fault."""
    rows = {row.version: row for row in LockedStanding.objects.filter(bloc_year=place.bloc_year)}
    for number, part in enumerate(year_file.locked_standings):
        row = rows.get(part.version)
        if row is not None and row.sha256 != part.sha256:
            sentence = f"Ứng dụng đã có phiên bản {part.version} với nội dung khác. Kết quả đã khóa không sửa được."
            ledger.faults.append(Fault(f"locked_standings[{number}].sha256", sentence))
            continue
        others = LockedStanding.objects.in_force().filter(bloc_year=place.bloc_year).exclude(version=part.version)
        if part.reopened_at is None and (other := others.first()) is not None:
            sentence = f"Phiên bản {other.version} trong ứng dụng còn hiệu lực. Hãy mở lại kết quả đó trước khi nhập."
            ledger.faults.append(Fault(f"locked_standings[{number}]", sentence))
            continue
        write_standing(part, row, place, ledger)
    refuse_loose_locks(place, ledger)


def refuse_loose_locks(place: Place, ledger: Ledger) -> None:
    """Sheets are locked by a ranking in force alone: a file from before a reopening would lock them by nothing."""
    rankings = LockedStanding.objects.filter(bloc_year=place.bloc_year)
    locked = ScoreSheet.objects.filter(bloc_year=place.bloc_year, state=SheetState.LOCKED)
    if rankings.exists() and not rankings.in_force().exists() and locked.exists():
        sentence = "Kết quả xếp hạng đã được mở lại trong ứng dụng nên phiếu không thể ở trạng thái đã khóa."
        ledger.faults.append(Fault("scores", f"{sentence} Hãy xuất lại tệp năm rồi sửa."))


def write_standing(part: LockedPart, row: LockedStanding | None, place: Place, ledger: Ledger) -> None:
    closing = {"reopened_at": part.reopened_at, "reopen_reason": part.reopen_reason}
    born = {
        "locked_at": part.locked_at or timezone.now(),
        "sha256": part.sha256,
        "content": part.content,
    }
    key = {"bloc_year": place.bloc_year, "version": part.version}
    ledger.write(row, LockedStanding, key, closing, born)
