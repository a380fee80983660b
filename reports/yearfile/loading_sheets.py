"""Score sheets from a year file: one audit entry for each sheet that changed."""

from typing import Any

from accounts.domain import audit
from blocs.domain.workflow import restore_state
from reports.yearfile.loading_composition import SOURCE, Place
from reports.yearfile.reading_scores import POINTS
from reports.yearfile.rows import Exactly, Ledger, name_of
from reports.yearfile.schema import CriteriaPart, LinePart, SheetPart
from scoring.enums import CriterionKind, SheetState
from scoring.models import CriteriaSet, Criterion, Disqualification, ScoreLine, ScoreSheet

COLUMNS = ("assigned", "plan", "actual", "level", "times", *POINTS.values(), "reason", "explanation")
CLAIMED = (CriterionKind.BONUS, CriterionKind.DEDUCTION, CriterionKind.GROUP)  # nothing is owed there
COMPUTED = (CriterionKind.QUANTITATIVE, CriterionKind.CHOICE)


def write_sheets(
    parts: tuple[SheetPart, ...], table: CriteriaPart, criteria: CriteriaSet, place: Place, ledger: Ledger
) -> None:
    rows = {row.agency_id: row for row in ScoreSheet.objects.filter(bloc_year=place.bloc_year)}
    codes = {row.code: row for row in Criterion.objects.filter(criteria_set=criteria)}
    for part in parts:
        agency = place.agencies[part.agency]
        row = rows.pop(agency.pk, None)
        before = words_of(row)
        state = part.state or default_state(part, table)
        values = {"criteria_set": criteria, "women_70": None if part.women_70 is None else Exactly(part.women_70)}
        key = {"bloc_year": place.bloc_year, "agency": agency}
        sheet = ledger.write(row, ScoreSheet, key, values, {"state": state})
        write_lines(part, sheet, codes, ledger)
        write_disqualifications(part, sheet, ledger)
        audit_sheet(sheet, before, ledger)
        move_sheet(sheet, part.state, state, ledger)
    ledger.drop(rows.values())


def default_state(part: SheetPart, table: CriteriaPart) -> str:
    """Agreed when every assigned line has its points, else submitted."""
    lines = {line.code: line for line in part.lines}
    owed = [item for item in table.items if item.kind not in CLAIMED]
    settled = all(is_settled(lines.get(item.code), item.kind) for item in owed)
    return SheetState.AGREED.value if owed and settled else SheetState.SUBMITTED.value


def is_settled(line: LinePart | None, kind: str) -> bool:
    if line is None:
        return False
    if line.assigned is False or line.values.get("agreed_points") is not None:
        return True
    return kind in COMPUTED and (line.values.get("actual") is not None or bool(line.values.get("level")))


def move_sheet(sheet: ScoreSheet, stated: str | None, default: str, ledger: Ledger) -> None:
    """To the state that is stated; without one only forward, from submitted to agreed."""
    forward = default == SheetState.AGREED and sheet.state == SheetState.SUBMITTED
    wanted = stated or (default if forward else sheet.state)
    if sheet.state != wanted:
        restore_state(sheet, wanted, source=SOURCE)
        ledger.updated["trạng thái"] += 1


def write_lines(part: SheetPart, sheet: ScoreSheet, codes: dict[str, Criterion], ledger: Ledger) -> None:
    rows = {row.criterion_id: row for row in ScoreLine.objects.filter(sheet=sheet)}
    fresh = []
    for line in part.lines:
        criterion = codes[line.code]
        row = rows.pop(criterion.pk, None)
        values = line_values(line)
        if row is None:
            fresh.append(ledger.build(ScoreLine, {"sheet": sheet, "criterion": criterion}, values))
        else:
            ledger.write(row, ScoreLine, {}, values)
    ScoreLine.objects.bulk_create(fresh)
    if fresh:
        ledger.created[name_of(ScoreLine)] += len(fresh)
    ledger.drop(rows.values())


def line_values(line: LinePart) -> dict[str, Any]:
    """Zero points are points: they are written as such. A line taken off the assignment loses its figures."""
    if line.assigned is False:
        empty: dict[str, Any] = {name: Exactly(None) for name in ("plan", "actual", "times", *POINTS.values())}
        return line.values | empty | {"assigned": Exactly(False), "level": Exactly("")}
    values: dict[str, Any] = {
        name: value if value is None or isinstance(value, str) else Exactly(value)
        for name, value in line.values.items()
    }
    return values | {"assigned": Exactly(True)}


def write_disqualifications(part: SheetPart, sheet: ScoreSheet, ledger: Ledger) -> None:
    rows = {row.reason: row for row in Disqualification.objects.filter(sheet=sheet)}
    for reason in part.disqualified:
        ledger.write(rows.pop(reason, None), Disqualification, {"sheet": sheet, "reason": reason}, {})
    ledger.drop(rows.values())


def audit_sheet(sheet: ScoreSheet, before: dict[str, Any], ledger: Ledger) -> None:
    entry = audit.record_change(sheet, "Nhập điểm từ tệp năm", actor=None, before=before, after=words_of(sheet))
    if entry is not None:
        sheet.version += 1
        sheet.save(update_fields=["version"])


def words_of(sheet: ScoreSheet | None) -> dict[str, Any]:
    """What a sheet holds, for the audit trail: "A1.agreed_points": 285."""
    if sheet is None:
        return {}
    lines = ScoreLine.objects.filter(sheet=sheet).select_related("criterion")
    words: dict[str, Any] = {
        f"{line.criterion.code}.{name}": getattr(line, name)
        for line in lines
        for name in COLUMNS
        if getattr(line, name) not in (None, "", True)
    }
    reasons = list(Disqualification.objects.filter(sheet=sheet).values_list("reason", flat=True))
    return words | ({"disqualified": reasons} if reasons else {}) | {"women_70": sheet.women_70}
