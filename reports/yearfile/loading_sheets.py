"""Score sheets from a year file: one audit entry for each sheet that changed."""

from typing import Any

from django.db.models import F

from accounts.domain import audit
from blocs.domain.workflow import restore_state
from khoithidua.web.text import tidy
from reports.yearfile.loading_composition import SOURCE, Place
from reports.yearfile.reading_scores import POINTS, WORDS
from reports.yearfile.rows import Exactly, Ledger, first_of, name_of, queues
from reports.yearfile.schema import LinePart, SheetPart
from scoring.domain.sheets import missing_codes
from scoring.enums import SheetState
from scoring.models import (
    CriteriaSet,
    Criterion,
    Disqualification,
    Evidence,
    ScoreLine,
    ScoreSheet,
    SheetExtension,
)

TEXTS = ("level", *WORDS)
COLUMNS = ("assigned", "plan", "actual", "times", *POINTS.values(), "answered_points", *TEXTS)
SHEET_COLUMNS = (
    *("women_70", "submitted_at", "plan_locked_at", "explained_at"),
    *("late_days", "decided_place", "explanation_due"),
)


def write_sheets(parts: tuple[SheetPart, ...], criteria: CriteriaSet, place: Place, ledger: Ledger) -> None:
    rows = {row.agency_id: row for row in ScoreSheet.objects.filter(bloc_year=place.bloc_year)}
    codes = {row.code: row for row in Criterion.objects.filter(criteria_set=criteria)}
    for part in parts:
        agency = place.agencies[part.agency]
        row = rows.pop(agency.pk, None)
        before = words_of(row)
        told = part.moments | {"women_70": part.women_70}
        values = {"criteria_set": criteria} | {
            name: None if value is None else Exactly(value) for name, value in told.items()
        }
        key = {"bloc_year": place.bloc_year, "agency": agency}
        born = {"state": part.state or SheetState.SUBMITTED.value}
        sheet = ledger.write(row, ScoreSheet, key, values, born)
        write_lines(part, sheet, codes, ledger)
        write_disqualifications(part, sheet, ledger)
        write_extensions(part, sheet, ledger)
        write_evidence(part, sheet, codes, ledger)
        edited = audit_sheet(sheet, before)
        move_sheet(sheet, part.state, edited=edited, ledger=ledger)
    ledger.drop(rows.values())


def move_sheet(sheet: ScoreSheet, stated: str | None, *, edited: bool, ledger: Ledger) -> None:
    """To the stated state; without one forward alone, to agreed once every line has its points."""
    wanted = stated or sheet.state
    if not stated and edited and sheet.state == SheetState.SUBMITTED and not missing_codes(sheet, "agreed_points"):
        wanted = SheetState.AGREED.value
    if sheet.state != wanted:
        restore_state(sheet, wanted, source=SOURCE)
        ledger.updated["trạng thái"] += 1


def write_lines(part: SheetPart, sheet: ScoreSheet, codes: dict[str, Criterion], ledger: Ledger) -> None:
    ids = [criterion.pk for criterion in codes.values()]  # lines under other versions are not the file's
    rows = {row.criterion_id: row for row in ScoreLine.objects.filter(sheet=sheet, criterion__in=ids)}
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
    """The columns of a line; figures without a word on assignment mean that it was assigned."""
    values: dict[str, Any] = dict.fromkeys(COLUMNS) | line.values
    has_figures = any(value is not None for name, value in line.values.items() if name not in TEXTS)
    return values | {"assigned": True if line.assigned is None and has_figures else line.assigned}


def write_disqualifications(part: SheetPart, sheet: ScoreSheet, ledger: Ledger) -> None:
    rows = {tidy(row.reason): row for row in Disqualification.objects.filter(sheet=sheet)}
    for ground in part.disqualified:
        values = {"evidence": ground.evidence, "bars_certificates": ground.bars_certificates}
        key = {"sheet": sheet, "reason": ground.reason}
        ledger.write(rows.pop(ground.reason, None), Disqualification, key, values)
    ledger.drop(rows.values())


def write_extensions(part: SheetPart, sheet: ScoreSheet, ledger: Ledger) -> None:
    """Who granted an extension is not in the file: the audit trail of the other place knows."""
    rows = queues(((row.until, tidy(row.reason)), row) for row in SheetExtension.objects.filter(sheet=sheet))
    for each in part.extensions:
        key = {"sheet": sheet, "until": each.until, "reason": each.reason}
        ledger.write(first_of(rows, (each.until, each.reason)), SheetExtension, key, {})
    ledger.drop(row for queue in rows.values() for row in queue)


def write_evidence(part: SheetPart, sheet: ScoreSheet, codes: dict[str, Criterion], ledger: Ledger) -> None:
    """Links, and descriptions of files whose content has not come yet."""
    rows = {
        (row.criterion_id, tidy(row.title), row.url or row.sha256): row for row in Evidence.objects.filter(sheet=sheet)
    }
    for each in part.evidence:
        criterion = codes[each.criterion]
        values = {name: getattr(each, name) for name in ("file_name", "size", "content_type")}
        key = {"sheet": sheet, "criterion": criterion, "title": each.title, "url": each.url, "sha256": each.sha256}
        row = rows.pop((criterion.pk, each.title, each.url or each.sha256), None)
        ledger.write(row, Evidence, key, values)
    ledger.drop(rows.values())


def audit_sheet(sheet: ScoreSheet, before: dict[str, Any]) -> bool:
    """Note what changed, and tell an editor who holds the sheet open; True when anything did."""
    entry = audit.record_change(sheet, "Nhập điểm từ tệp năm", actor=None, before=before, after=words_of(sheet))
    if entry is not None:
        sheet.version += 1
        sheet.save(update_fields=["version"])
        ScoreLine.objects.filter(sheet=sheet).update(version=F("version") + 1)
    return entry is not None


def words_of(sheet: ScoreSheet | None) -> dict[str, Any]:
    """What a sheet holds, for the audit trail: "A1.agreed_points": 285."""
    if sheet is None:
        return {}
    lines = ScoreLine.objects.filter(sheet=sheet).select_related("criterion")
    words: dict[str, Any] = {
        f"{line.criterion.code}.{name}": getattr(line, name)
        for line in lines
        for name in COLUMNS
        if getattr(line, name) not in (None, "") and not (name == "assigned" and line.assigned)
    }
    reasons = list(Disqualification.objects.filter(sheet=sheet).values_list("reason", flat=True))
    told = {name: value for name in SHEET_COLUMNS if (value := getattr(sheet, name)) is not None}
    return words | ({"disqualified": reasons} if reasons else {}) | told
