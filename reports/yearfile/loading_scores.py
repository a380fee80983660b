"""Criteria, score sheets and proposals from a year file."""

from typing import Any

from accounts.domain import audit
from blocs.domain.workflow import restore_state
from blocs.enums import FLAGS
from reports.yearfile.faults import Fault
from reports.yearfile.loading_ballots import write_ballots
from reports.yearfile.loading_checks import write_cross_checks, write_locked, write_rules
from reports.yearfile.loading_composition import SOURCE, Place
from reports.yearfile.loading_sheets import write_sheets
from reports.yearfile.reading_criteria import OPTION_KEYS, same_parameters
from reports.yearfile.rows import Exactly, Ledger
from reports.yearfile.schema import CriteriaPart, CriterionPart, YearFile
from scoring.domain.criteria import effective_set, tree_faults
from scoring.domain.frozen import frozen_sentence
from scoring.enums import AppraisedBy, SetState
from scoring.models import CriteriaSet, Criterion, LockedStanding, Proposal, ScoreSheet


def write_scores(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    write_rules(year_file.scoring_rules, place, ledger)
    frozen, before = frozen_by(year_file, place), ledger.count
    criteria = write_criteria(year_file, place, ledger)
    if criteria is not None and year_file.criteria is not None:
        write_sheets(year_file.scores, criteria, place, ledger)
        drop_others(year_file.criteria, criteria, ledger)
        refuse_unsound_set(criteria, ledger)
        write_cross_checks(year_file.cross_checks, criteria, place, ledger)
    write_ballots(year_file, place, ledger)
    if frozen and ledger.count != before:
        ledger.faults.append(Fault("scores", frozen))
    write_proposals(year_file, place, ledger)
    write_locked(year_file, place, ledger)
    if ledger.set(place.bloc_year, "scores_published_at", year_file.scores_published_at):
        ledger.save(place.bloc_year, ["scores_published_at"])


def frozen_by(year_file: YearFile, place: Place) -> str:
    """Why scores and votes may not change, or "": a ranking is in force that the file does not reopen."""
    reopened = [part.version for part in year_file.locked_standings if part.reopened_at is not None]
    if LockedStanding.objects.in_force().filter(bloc_year=place.bloc_year, version__in=reopened).exists():
        return ""
    return frozen_sentence(place.bloc_year)


def write_criteria(year_file: YearFile, place: Place, ledger: Ledger) -> CriteriaSet | None:
    """The set in force and its other versions; the set in force is known by being it, the others by number."""
    part = year_file.criteria
    if part is None:
        ledger.drop(ScoreSheet.objects.filter(bloc_year=place.bloc_year))
        ledger.drop(CriteriaSet.objects.filter(bloc_year=place.bloc_year))
        return None
    row = effective_set(place.bloc_year)
    rows = {each.version: each for each in CriteriaSet.objects.filter(bloc_year=place.bloc_year)}
    if row is not None:
        rows.pop(row.version)
    versions: dict[int, CriteriaSet] = {}
    for other in year_file.criteria_versions:
        number = other.version or 0
        versions[number] = write_set(other, rows.pop(number, None), number, place, ledger)
        drop_others(other, versions[number], ledger)
    ledger.drop(rows.values())
    criteria = write_set(part, row, part.version or 1, place, ledger)
    versions[criteria.version] = criteria
    for each in (part, *year_file.criteria_versions):
        found = versions[each.version or 1] if each is not part else criteria
        if each.based_on in versions and ledger.set(found, "based_on", versions[each.based_on]):
            ledger.save(found, ["based_on"])
    return criteria


def write_set(part: CriteriaPart, row: CriteriaSet | None, version: int, place: Place, ledger: Ledger) -> CriteriaSet:
    values = {
        "scale": Exactly(part.scale),
        "tie_break": list(part.tie_break),
        "note": part.note,
        "grading": part.grading or None,
    }
    born = {"state": part.state or SetState.OPEN.value, "version": version}
    criteria = ledger.write(row, CriteriaSet, {"bloc_year": place.bloc_year}, values, born)
    if part.state and criteria.state != part.state:
        restore_state(criteria, part.state, source=SOURCE)
        ledger.updated["trạng thái"] += 1
    write_items(part.items, criteria, place, ledger)
    return criteria


def drop_others(part: CriteriaPart, criteria: CriteriaSet, ledger: Ledger) -> None:
    """Criteria that the file does not name; whole groups first."""
    codes = [item.code for item in part.items]
    ledger.drop(Criterion.objects.filter(criteria_set=criteria, parent=None).exclude(code__in=codes))
    ledger.drop(Criterion.objects.filter(criteria_set=criteria).exclude(code__in=codes))


def write_items(parts: tuple[CriterionPart, ...], criteria: CriteriaSet, place: Place, ledger: Ledger) -> None:
    """The tree, parents first; siblings in the order of the file."""
    rows = {row.code: row for row in Criterion.objects.filter(criteria_set=criteria)}
    written: dict[str, Criterion] = {}
    siblings: dict[str, list[Criterion]] = {}
    for part in parts:
        beside = siblings.setdefault(part.parent, [])
        values: dict[str, Any] = {
            "name": part.name,
            "kind": part.kind,
            "max_points": Exactly(part.max),
            "formula": Exactly(part.formula),
            "floor_percent": Exactly(part.floor),
            "parent": Exactly(written.get(part.parent)),
            "unit": part.unit,
            "least": part.least,
            "most": part.most,
            "appraised_by": part.appraised_by or (AppraisedBy.AGENCY.value if part.appraiser else None),
            "appraiser": place.agencies.get(part.appraiser),
        }
        key = {"criteria_set": criteria, "code": part.code}
        values["options"] = options_for(part, rows.get(part.code), ledger)
        row = ledger.write(rows.get(part.code), Criterion, key, values, {"position": len(beside)})
        written[part.code] = row
        beside.append(row)
    for each in siblings.values():
        ledger.arrange(each)


def options_for(part: CriterionPart, row: Criterion | None, ledger: Ledger) -> Exactly:
    """The parameters of the file; those that a file has no word for stay unless replacing."""
    if row is None or ledger.replace:
        kept: dict[str, Any] = {}
    else:
        kept = {key: value for key, value in row.options.items() if key not in OPTION_KEYS}
    wanted = kept | part.options
    return Exactly(row.options if row is not None and same_parameters(row.options, wanted) else wanted)


def refuse_unsound_set(criteria: CriteriaSet, ledger: Ledger) -> None:
    """Criteria added in the application may not fit the table that the file brings."""
    if criteria.state == SetState.DRAFT or not ledger.changed:
        return
    for sentence in tree_faults(criteria):
        hint = "Hãy ghi đủ các tiêu chí đã có trong ứng dụng, hoặc nhập với --replace."
        ledger.faults.append(Fault("criteria.items", f"{sentence} {hint}"))


def write_proposals(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    """A flag is known by its agency: it may change from the province's to the Government's."""
    rows = {flag_key(row.award, row.agency_id): row for row in Proposal.objects.filter(bloc_year=place.bloc_year)}
    ordered = []
    for position, part in enumerate(year_file.proposals):
        agency = place.agencies[part.agency]
        row = rows.pop(flag_key(part.award, agency.pk), None)
        before = words_of(row)
        values = {"award": part.award, "reason": part.reason}
        key = {"bloc_year": place.bloc_year, "agency": agency}
        row = ledger.write(row, Proposal, key, values, {"position": position})
        audit.record_change(row, "Nhập đề nghị từ tệp năm", actor=None, before=before, after=words_of(row))
        ordered.append(row)
    if ledger.replace:
        for row in rows.values():
            audit.record(row, "Xóa đề nghị theo tệp năm", actor=None, before=words_of(row))
    ledger.drop(rows.values())
    ledger.arrange(ordered)


def flag_key(award: str, agency_id: int) -> tuple[str, int]:
    return ("flag" if award in FLAGS else award, agency_id)


def words_of(row: Proposal | None) -> dict[str, str]:
    return {} if row is None else {"award": row.award, "agency": row.agency.code, "reason": row.reason}
