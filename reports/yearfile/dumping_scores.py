"""Criteria, scores, ballots and proposals for a year file."""

from collections.abc import Mapping
from typing import Any

from blocs.models import Agency, BlocYear
from khoithidua.web.text import tidy
from reports.yearfile.emitting import Codes, Row, held
from reports.yearfile.reading_scores import COUNTED, POINTS
from reports.yearfile.roster import Roster
from reports.yearfile.spots import tidy_lines
from scoring.domain.computing import levels_of, number
from scoring.domain.criteria import effective_set
from scoring.domain.tree import Node, Tree, load_tree
from scoring.domain.tree_checks import parsed_bands
from scoring.enums import CriterionKind
from scoring.models import Poll, Proposal, ScoreLine, ScoreSheet

PARAMETERS = ("per", "step", "surplus_cap", "surplus_total")


def dump_criteria(bloc_year: BlocYear, roster: Roster) -> dict[str, Any] | None:
    criteria = effective_set(bloc_year)
    if criteria is None:
        return None
    tree = load_tree(criteria)
    ids = {node.appraiser_id for node in tree.nodes if node.appraiser_id}
    appraisers = {agency.pk: agency for agency in Agency.objects.filter(pk__in=ids)}
    for node in tree.nodes:
        roster.code(appraisers.get(node.appraiser_id or 0))
    return {
        "scale": criteria.scale,
        "state": criteria.state,
        "tie_break": Codes(criteria.tie_break),
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
            "floor": node.floor_percent,
            **dump_options(node.options),
            "appraiser": appraiser.code if appraiser else None,
        }
    )
    if not node.children:
        return row
    return {**row, "items": [dump_node(child, appraisers) for child in node.children]}


def dump_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as the file writes them: exact numbers, levels by name."""
    found: dict[str, Any] = {}
    if levels := levels_of(options):
        found["levels"] = Row({level.get("name", ""): dump_level(level) for level in levels})
    found |= {name: number(options, name) for name in PARAMETERS}
    found["from"] = options.get("from")
    found["bands"] = [list(band) for band in parsed_bands(options.get("bands"))]
    return found


def dump_level(level: Mapping[str, Any]) -> Any:
    points = number(level, "points")
    return Row(points=points, void=True) if level.get("voids") else points


def dump_scores(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    criteria = effective_set(bloc_year)
    if criteria is None:
        return []
    tree = load_tree(criteria)
    sheets = ScoreSheet.objects.filter(bloc_year=bloc_year, criteria_set=criteria).select_related("agency")
    found = [row for row in sheets.prefetch_related("lines", "disqualifications") if roster.has(row.agency_id)]
    return [dump_sheet(row, tree) for row in sorted(found, key=lambda row: roster.place(row.agency))]


def dump_sheet(sheet: ScoreSheet, tree: Tree) -> dict[str, Any]:
    lines = {line.criterion_id: line for line in sheet.lines.all()}
    women = {} if sheet.women_70 is None else {"women_70": sheet.women_70}
    return {
        "agency": sheet.agency.code,
        "state": sheet.state,
        **women,
        "lines": {node.code: dump_line(lines[node.id], node.kind) for node in tree.leaves if node.id in lines},
        "disqualified": [tidy(row.reason) for row in sheet.disqualifications.all()],
    }


def dump_line(line: ScoreLine, kind: str) -> Row:
    """The columns that this kind of criterion has; computed points are results, not lines."""
    words = {"reason": tidy_lines(line.reason), "explanation": tidy_lines(line.explanation)}
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
            **words,
        }
    )


def dump_ballots(bloc_year: BlocYear, roster: Roster) -> list[Row]:
    polls = Poll.objects.filter(bloc_year=bloc_year).prefetch_related("tallies__agency").order_by("award", "round")
    return [dump_ballot(poll, roster) for poll in polls]


def dump_ballot(poll: Poll, roster: Roster) -> Row:
    tallies = [row for row in poll.tallies.all() if roster.has(row.agency_id)]
    tallies.sort(key=lambda row: (-row.votes, roster.place(row.agency)))
    names = ("award", "round", "mode", "base", "threshold", "eligible", "present", "cast", "invalid")
    return Row(
        {name: getattr(poll, name) for name in names} | {"votes": Row({row.agency.code: row.votes for row in tallies})}
    )


def dump_proposals(bloc_year: BlocYear, roster: Roster) -> list[Row]:
    rows = Proposal.objects.filter(bloc_year=bloc_year).select_related("agency")
    return [
        held({"award": row.award, "agency": row.agency.code, "reason": tidy_lines(row.reason)})
        for row in rows
        if roster.has(row.agency_id)
    ]
