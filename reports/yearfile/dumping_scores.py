"""Criteria, scores and proposals for a year file."""

from collections.abc import Mapping
from typing import Any

from blocs.models import Agency, BlocYear
from khoithidua.web.text import tidy
from reports.yearfile.emitting import Codes, Row, held, told_moment
from reports.yearfile.reading_criteria import OPTION_KEYS, PARAMETERS
from reports.yearfile.reading_scores import COUNTED, MOMENTS, POINTS, WORDS
from reports.yearfile.roster import Roster
from reports.yearfile.spots import tidy_lines
from scoring.domain.computing import levels_of, number
from scoring.domain.criteria import effective_set
from scoring.domain.tree import Node, Tree, load_tree
from scoring.domain.tree_checks import parsed_bands
from scoring.enums import AppraisedBy, CriterionKind
from scoring.models import CriteriaSet, Disqualification, Evidence, Proposal, ScoreLine, ScoreSheet


def dump_criteria(bloc_year: BlocYear, roster: Roster) -> dict[str, Any] | None:
    criteria = effective_set(bloc_year)
    if criteria is None:
        return None
    return dump_set(criteria, roster)


def dump_versions(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    """All other versions of the set, oldest first."""
    current = effective_set(bloc_year)
    if current is None:
        return []
    others = CriteriaSet.objects.filter(bloc_year=bloc_year).exclude(pk=current.pk).order_by("version")
    return [dump_set(each, roster, numbered=True) for each in others]


def dump_set(criteria: CriteriaSet, roster: Roster, *, numbered: bool = False) -> dict[str, Any]:
    """One version; the first says no number where it stands alone."""
    tree = load_tree(criteria)
    ids = {node.appraiser_id for node in tree.nodes if node.appraiser_id}
    appraisers = {agency.pk: agency for agency in Agency.objects.filter(pk__in=ids)}
    for node in tree.nodes:
        roster.code(appraisers.get(node.appraiser_id or 0))
    before = criteria.based_on
    head = held(
        {
            "version": criteria.version if numbered or criteria.version > 1 else None,
            "based_on": before.version if before and before.bloc_year_id == criteria.bloc_year_id else None,
            "note": tidy_lines(criteria.note),
        }
    )
    return {
        **head,
        "scale": criteria.scale,
        "state": criteria.state,
        "tie_break": Codes(criteria.tie_break),
        **({"grading": criteria.grading} if criteria.grading else {}),
        "items": [dump_node(node, appraisers) for node in tree.roots],
    }


def dump_node(node: Node, appraisers: Mapping[int, Agency]) -> dict[str, Any]:
    appraiser = appraisers.get(node.appraiser_id or 0)
    row = held(
        {
            "code": node.code,
            "name": tidy(node.name),
            "max": node.max_points,
            "kind": None if node.is_group and node.children else node.kind,
            "formula": node.formula,
            "unit": tidy(node.unit),
            "least": node.least,
            "most": node.most,
            "floor": node.floor_percent,
            **dump_options(node.options),
            "appraised_by": None if node.appraised_by == implied_by(appraiser) else node.appraised_by,
            "appraiser": appraiser.code if appraiser else None,
        }
    )
    if not node.children:
        return row
    return {**row, "items": [dump_node(child, appraisers) for child in node.children]}


def implied_by(appraiser: Agency | None) -> str:
    """Who appraises where the file only names an agency, or nobody."""
    return AppraisedBy.AGENCY if appraiser else AppraisedBy.SECRETARIAT


def dump_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as the file writes them: exact numbers, levels by name."""
    found: dict[str, Any] = {}
    if levels := levels_of(options):
        found["levels"] = Row({level.get("name", ""): dump_level(level) for level in levels})
    found |= {name: number(options, name) for name in PARAMETERS}
    found["from"] = options.get("from")
    found["bands"] = [list(band) for band in parsed_bands(options.get("bands"))]
    further = {key: options[key] for key in sorted(options) if key not in OPTION_KEYS}
    return found | ({"options": further} if further else {})


def dump_level(level: Mapping[str, Any]) -> Any:
    points = number(level, "points")
    return Row(points=points, void=True) if level.get("voids") else points


def dump_scores(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    criteria = effective_set(bloc_year)
    if criteria is None:
        return []
    tree = load_tree(criteria)
    sheets = ScoreSheet.objects.filter(bloc_year=bloc_year, criteria_set=criteria).select_related("agency")
    parts = ("lines", "disqualifications", "extensions", "evidence")
    found = [row for row in sheets.prefetch_related(*parts) if roster.has(row.agency_id)]
    return [dump_sheet(row, tree) for row in sorted(found, key=lambda row: roster.place(row.agency))]


def dump_sheet(sheet: ScoreSheet, tree: Tree) -> dict[str, Any]:
    lines = {line.criterion_id: line for line in sheet.lines.all()}
    evidence = [dump_evidence(row, tree) for row in sheet.evidence.all() if row.criterion_id in tree.leaf_by_id]
    women = {} if sheet.women_70 is None else {"women_70": sheet.women_70}
    return {
        "agency": sheet.agency.code,
        "state": sheet.state,
        **women,
        **dump_moments(sheet),
        "lines": {node.code: dump_line(lines[node.id], node.kind) for node in tree.leaves if node.id in lines},
        "disqualified": [dump_ground(row) for row in sheet.disqualifications.all()],
        **held({"evidence": evidence}),
    }


def dump_moments(sheet: ScoreSheet) -> Row:
    """When the sheet was sent, how late, with which extensions, and what head and deputies decided."""
    return held(
        {
            **{key: told_moment(getattr(sheet, column)) for key, column in MOMENTS.items()},
            "late_days": sheet.late_days,
            "explanation_due": sheet.explanation_due,
            "decided_place": sheet.decided_place,
            "extensions": [Row(until=row.until, reason=tidy(row.reason)) for row in sheet.extensions.all()],
        }
    )


def dump_ground(row: Disqualification) -> Any:
    """The sentence alone, or with what supports it and how far it reaches."""
    if not row.evidence and not row.bars_certificates:
        return tidy(row.reason)
    further = {"evidence": tidy(row.evidence), "bars_certificates": row.bars_certificates or None}
    return held({"reason": tidy(row.reason), **further})


def dump_evidence(row: Evidence, tree: Tree) -> Row:
    """A link, or what is known of a file; the file travels with the archive of the year."""
    return held(
        {
            "criterion": tree.leaf_by_id[row.criterion_id].code,
            "title": tidy(row.title),
            "url": row.url,
            "file_name": tidy(row.file_name),
            "size": row.size,
            "content_type": row.content_type,
            "sha256": row.sha256,
        }
    )


def dump_line(line: ScoreLine, kind: str) -> Row:
    """The columns that this kind of criterion has; computed points are results, not lines."""
    words = {name: tidy_lines(getattr(line, name)) for name in WORDS}
    if not line.assigned:
        return held({"assigned": False, **words})
    computed = kind in (CriterionKind.QUANTITATIVE, CriterionKind.CHOICE)
    return held(
        {
            "plan": line.plan if kind == CriterionKind.QUANTITATIVE else None,
            "actual": line.actual if kind == CriterionKind.QUANTITATIVE else None,
            "level": tidy(line.level) if kind == CriterionKind.CHOICE else None,
            "times": line.times if kind in COUNTED else None,
            **{key: getattr(line, column) for key, column in POINTS.items() if not (computed and key == "self")},
            "answered_points": line.answered_points,
            **words,
        }
    )


def dump_proposals(bloc_year: BlocYear, roster: Roster) -> list[Row]:
    rows = Proposal.objects.filter(bloc_year=bloc_year).select_related("agency")
    return [
        held({"award": row.award, "agency": row.agency.code, "reason": tidy_lines(row.reason)})
        for row in rows
        if roster.has(row.agency_id)
    ]
