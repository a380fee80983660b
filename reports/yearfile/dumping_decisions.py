"""Issued decisions with the names of a bloc-year, for a year file."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from blocs.models import BlocYear, Membership
from council.domain.from_files import whole_of
from council.enums import DecisionState, SessionState
from council.models import Decision, DecisionLine, DecisionScan, Issuer
from reports.yearfile import reading_decisions as keys
from reports.yearfile.columns import dump_columns
from reports.yearfile.dumping_awards import dossiers_of
from reports.yearfile.emitting import Row, held
from reports.yearfile.roster import Roster
from reports.yearfile.spots import tidy_lines


def lines_of(bloc_year: BlocYear) -> QuerySet[DecisionLine]:
    """Names from the bloc-year's dossiers, and those that its members' agencies sent without a dossier that year."""
    members = Membership.objects.filter(bloc_year=bloc_year).values("agency")
    own = Q(nomination__dossier__in=dossiers_of(bloc_year).values("pk"))
    council = bloc_year.bloc.council_id
    sent = Q(nomination__isnull=True, agency__in=members, decision__year=bloc_year.year, decision__council=council)
    return DecisionLine.objects.filter(own | sent).exclude(decision__state=DecisionState.DRAFT)


def decisions_of(bloc_year: BlocYear) -> list[Decision]:
    """Issued decisions with such names and those that they correct or revoke, earlier ones first."""
    rows = Decision.objects.select_related("issuer__agency", "session", "corrects").prefetch_related("party_opinions")
    found = {row.pk: row for row in rows.filter(pk__in=lines_of(bloc_year).order_by().values("decision"))}
    while missing := {row.corrects_id for row in found.values() if row.corrects_id} - found.keys():
        found |= {row.pk: row for row in rows.filter(pk__in=missing)}
    return sorted(found.values(), key=lambda row: (depth(row, found), row.issued_on, row.symbol, row.number, row.code))


def depth(row: Decision, found: dict[int, Decision]) -> int:
    """How many decisions stand behind this one: 0 for an award."""
    return 0 if row.corrects_id is None else 1 + depth(found[row.corrects_id], found)


def dump_decisions(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    """The same decision may stand in files of several blocs, each with its own names and the ``total`` of all."""
    lines: dict[int, list[DecisionLine]] = {}
    related = (
        "subject",
        "award",
        "agency",
        "earlier",
        "nomination__dossier",
        "nomination__subject",
        "nomination__award",
    )
    for line in lines_of(bloc_year).select_related(*related).order_by("position", "pk"):
        lines.setdefault(line.decision_id, []).append(line)
    return [dump_decision(row, lines.get(row.pk, []), roster) for row in decisions_of(bloc_year)]


def dump_decision(row: Decision, lines: Iterable[DecisionLine], roster: Roster) -> dict[str, Any]:
    session = row.session if row.session and row.session.state == SessionState.CLOSED else None
    head = {"code": row.code, "state": row.state, "issuer": dump_issuer(row.issuer, roster)}
    return dict(
        held(
            head
            | {"total": whole_of(row, row.lines.count())}
            | dump_columns(row, keys.COLUMNS)
            | {
                "signer_title": tidy_lines(row.signer_title),
                "session": Row(year=session.year, number=session.number) if session else None,
                "corrects": row.corrects.code if row.corrects else None,
                "opinions": [
                    held(dump_columns(each, keys.OPINION_COLUMNS))
                    for each in sorted(row.party_opinions.all(), key=lambda each: each.pk)
                ],
                "lines": [dump_line(each, roster) for each in lines],
            }
        )
    )


def dump_issuer(row: Issuer, roster: Roster) -> Row:
    told = {"signer_title": tidy_lines(row.signer_title), "agency": roster.code(row.agency)}
    return held(dump_columns(row, keys.ISSUER_COLUMNS) | told)


def dump_line(row: DecisionLine, roster: Roster) -> Row:
    case = row.nomination and Row(
        dossier=row.nomination.dossier.code, subject=row.nomination.subject.code, award=row.nomination.award.code
    )
    return held(
        {"code": row.code, "subject": row.subject.code, "award": row.award.code, "nomination": case}
        | dump_columns(row, keys.LINE_COLUMNS)
        | {"agency": roster.code(row.agency), "earlier": row.earlier.code if row.earlier else None}
        | dump_columns(row, keys.FOLLOWING)
    )


def decided_subjects(bloc_year: BlocYear) -> set[int]:
    """Keys of the subjects that these lines name."""
    return set(lines_of(bloc_year).order_by().values_list("subject_id", flat=True))


def scan_sentences(bloc_year: BlocYear) -> list[str]:
    """What the file does not carry: signed papers."""
    decisions = [row.pk for row in decisions_of(bloc_year)]
    scans = DecisionScan.objects.filter(decision__in=decisions).count()
    if not scans:
        return []
    return [f"{scans} bản ký của quyết định không có trong tệp năm; hãy giữ thư mục tệp và đính kèm lại nếu cần."]
