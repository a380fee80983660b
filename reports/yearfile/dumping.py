"""A bloc-year as a year file: complete, canonical, and read back to the same."""

from typing import Any

from blocs.enums import SuccessionMode
from blocs.models import Agency, AgencyAlias, BlocYear, Membership, Quota
from khoithidua.web.text import tidy
from reports.enums import Section
from reports.models import Passage
from reports.yearfile.dumping_awards import dump_dossiers, dump_subjects
from reports.yearfile.dumping_ballots import dump_ballots, dump_cross_checks, dump_locked, dump_rules
from reports.yearfile.dumping_decisions import decided_subjects, dump_decisions
from reports.yearfile.dumping_events import (
    dump_commendations,
    dump_conferences,
    dump_movements,
    dump_petitions,
    dump_pledge,
    dump_succession,
)
from reports.yearfile.dumping_reports import dump_paper_texts, dump_reports, dump_reviews, dump_rounds
from reports.yearfile.dumping_results import dump_results
from reports.yearfile.dumping_scores import dump_criteria, dump_proposals, dump_scores, dump_versions
from reports.yearfile.dumping_sessions import dump_sessions
from reports.yearfile.emitting import Row, emit, held, told_moment
from reports.yearfile.loading_composition import default_leader_title
from reports.yearfile.papers import dump_issued
from reports.yearfile.reading_events import REVIEWS
from reports.yearfile.roster import Roster
from reports.yearfile.schema import FORMAT
from reports.yearfile.spots import tidy_lines


def dump_year(bloc_year: BlocYear, *, results: bool = True, whole: bool = True) -> str:
    """The year file of ``bloc_year``: the same rows always give the same bytes.

    A section without rows is written only where a file once stated it, as empty or null. Agencies
    that any section names are described. ``results`` adds what the system computes; without ``whole``
    the file is the bloc's own: nothing of dossiers, of the persons in them and of the council,
    and no report that its agency never sent.
    """
    members = list(Membership.objects.filter(bloc_year=bloc_year).select_related("agency"))
    roster = Roster(members)
    sections: dict[str, Any] = {
        "movements": dump_movements(bloc_year, roster),
        "pledge": dump_pledge(bloc_year, roster),
        "conferences": dump_conferences(bloc_year, roster),
        "petitions": dump_petitions(bloc_year, roster),
        "commendations": dump_commendations(bloc_year, roster),
        "narrative": dump_narrative(bloc_year),
        "report_rounds": dump_rounds(bloc_year, roster),
        "reports": dump_reports(bloc_year, roster, whole=whole),
        "reviews": dump_reviews(bloc_year, roster),
        "paper_texts": dump_paper_texts(bloc_year),
        "criteria": dump_criteria(bloc_year, roster),
        "criteria_versions": dump_versions(bloc_year, roster),
        "scores": dump_scores(bloc_year, roster),
        "cross_checks": dump_cross_checks(bloc_year, roster),
        "ballots": dump_ballots(bloc_year, roster),
        "locked_standings": dump_locked(bloc_year),
        "proposals": dump_proposals(bloc_year, roster),
        "next_year": dump_succession(bloc_year, roster),
        "issued_papers": dump_issued(bloc_year, roster),
    }
    if whole:
        sections |= {
            "subjects": dump_subjects(bloc_year, roster, also=decided_subjects(bloc_year)),
            "dossiers": dump_dossiers(bloc_year, roster),
            "sessions": dump_sessions(bloc_year, roster),
            "decisions": dump_decisions(bloc_year, roster),
        }
    tree = dump_head(bloc_year, roster)
    tree["agencies"] = dump_agencies(roster)
    tree["members"] = [dump_member(row) for row in members]
    tree |= {name: content for name, content in sections.items() if content or name in bloc_year.stated}
    if results:
        tree["results"] = dump_results(bloc_year)
    return emit(tree)


def dump_head(bloc_year: BlocYear, roster: Roster) -> dict[str, Any]:
    bloc = bloc_year.bloc
    council = bloc.council
    deadlines = held(
        {
            "pledge": bloc_year.pledge_due,
            "mid_year": bloc_year.mid_year_due,
            "scores": bloc_year.scores_due,
            "annual": bloc_year.annual_due,
        }
    )
    limits = dict(Quota.objects.filter(bloc_year=bloc_year).values_list("award", "limit"))
    quotas = Row({award: limits[award] for award in sorted(limits)})
    return {
        "format": FORMAT,
        "province": council.province,
        "council": held(
            {
                "name": council.name,
                "place": council.place,
                "standing_agency": roster.code(council.standing_agency),
            }
        ),
        "bloc": Row(code=bloc.code, name=tidy(bloc.name), kind=bloc.kind, tier=bloc.tier),
        "year": bloc_year.year,
        "state": bloc_year.state,
        **held({"regulation": tidy_lines(bloc_year.regulation), "rotation": told_rotation(bloc_year)}),
        **({"deadlines": deadlines} if deadlines else {}),
        **({"quotas": quotas} if quotas else {}),
        **held(
            {
                "scoring_rules": dump_rules(bloc_year),
                "scores_published_at": told_moment(bloc_year.scores_published_at),
            }
        ),
    }


def told_rotation(bloc_year: BlocYear) -> str | None:
    """How the head is chosen; nothing where that is the usual way."""
    return None if bloc_year.rotation == SuccessionMode.ROTATION else bloc_year.rotation


def dump_agencies(roster: Roster) -> list[Row]:
    """Members in their order, then the others that the file names, with what they hang on."""
    agencies = roster.closed()
    names: dict[int, list[str]] = {}
    for row in AgencyAlias.objects.filter(agency__in=agencies).order_by("pk"):
        names.setdefault(row.agency_id, []).append(tidy(row.name))
    return [dump_agency(agency, names.get(agency.pk, [])) for agency in agencies]


def dump_agency(agency: Agency, aliases: list[str]) -> Row:
    row = held(
        {
            "code": agency.code,
            "name": tidy(agency.name),
            "short_name": tidy(agency.short_name),
            "kind": agency.kind,
            "aliases": aliases,
            "symbol": tidy(agency.symbol),
            "superior": tidy(agency.superior),
            "leader_title": tidy(agency.leader_title),
            "parent": agency.parent.code if agency.parent else None,
            "valid_from": agency.valid_from,
            "valid_to": agency.valid_to,
            "successor": agency.successor.code if agency.successor else None,
        }
    )
    if not agency.leader_title and default_leader_title(agency.name):
        row["leader_title"] = ""
    return row


def dump_member(row: Membership) -> Row:
    return held(
        {
            "agency": row.agency.code,
            "role": row.role,
            "person": tidy(row.person),
            "title": tidy(row.person_title),
        }
    )


def dump_narrative(bloc_year: BlocYear) -> dict[str, Any]:
    texts = {
        (row.review.kind, row.section): [tidy(line) for line in row.paragraphs]
        for row in Passage.objects.filter(review__bloc_year=bloc_year).select_related("review")
        if row.review is not None
    }
    found: dict[str, Any] = {}
    for key, kind in REVIEWS.items():
        sections = {section: texts[kind, section] for section in Section.values if texts.get((kind, section))}
        if sections:
            found[key] = sections
    return found
