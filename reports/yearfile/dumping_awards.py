"""Dossiers of a bloc-year, and the subjects they name, for a year file."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from awards.domain.lineage import carried_on, lineage_of
from awards.enums import Proposer
from awards.models import Attachment, Dossier, InitiativeUse, Nomination, Subject, SubjectAlias
from blocs.models import BlocYear, Membership
from khoithidua.web.text import tidy
from reports.yearfile import reading_dossiers as dossier_keys
from reports.yearfile.columns import dump_columns
from reports.yearfile.emitting import Codes, Row, held, told_moment
from reports.yearfile.reading_subjects import COLUMNS, HISTORY
from reports.yearfile.roster import Roster
from reports.yearfile.spots import tidy_lines
from reports.yearfile.writings import told_json


def dump_dossiers(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    """All dossiers of the bloc-year, the bloc's own and its members', by their code."""
    found = dossiers_of(bloc_year).select_related("agency", "movement").order_by("code")
    return [dump_dossier(row, roster) for row in found]


def dossiers_of(bloc_year: BlocYear) -> QuerySet[Dossier]:
    """The bloc's own dossiers, and those that its members made for the same year."""
    members = Membership.objects.filter(bloc_year=bloc_year).values("agency")
    agencies = Q(proposer=Proposer.AGENCY, agency__in=members, year=bloc_year.year, council=bloc_year.bloc.council_id)
    return Dossier.objects.filter(Q(bloc_year=bloc_year) | agencies)


def dump_dossier(row: Dossier, roster: Roster) -> dict[str, Any]:
    nominations = list(
        row.nominations.select_related("subject", "award")
        .prefetch_related("texts", "attachments", "initiative_uses__initiative")
        .order_by("position", "pk")
    )
    pairs = {each.pk: Row(subject=each.subject.code, award=each.award.code) for each in nominations}
    supplements = row.supplements.order_by("pk")
    opinions = row.opinions.select_related("asked").prefetch_related("nominations").order_by("pk")
    head = {"code": row.code, "agency": roster.code(row.agency), "state": row.state}
    return dict(
        held(
            head
            | dump_columns(row, dossier_keys.COLUMNS)
            | {
                "movement": tidy(row.movement.name) if row.movement else "",
                "papers": dump_papers(row.attachments.filter(nomination__isnull=True)),
                "nominations": [dump_nomination(each) for each in nominations],
                "supplements": [
                    held(
                        dump_columns(each, dossier_keys.SUPPLEMENT_COLUMNS)
                        | {"nomination": pairs.get(each.nomination_id or 0)}
                    )
                    for each in supplements
                ],
                "opinions": [
                    held(
                        {"asked": roster.code(each.asked)}
                        | dump_columns(each, dossier_keys.OPINION_COLUMNS)
                        | {"nominations": sorted_pairs(pairs, (named.pk for named in each.nominations.all()))}
                    )
                    for each in opinions
                ],
                "versions": [dump_version(each) for each in row.versions.order_by("number")],
            }
        )
    )


def sorted_pairs(pairs: dict[int, Row], wanted: Iterable[int]) -> list[Row]:
    """Nominations in the order of the dossier."""
    chosen = set(wanted)
    return [pair for pk, pair in pairs.items() if pk in chosen]


def dump_version(version: Any) -> Row:
    """One sending, its content in plain ASCII."""
    return Row(number=version.number, sent_at=told_moment(version.sent_at), content=told_json(version.content))


def dump_nomination(row: Nomination) -> dict[str, Any]:
    texts = {each.section: tidy_lines(each.text) for each in sorted(row.texts.all(), key=lambda each: each.section)}
    used = sorted(use.initiative.code for use in row.initiative_uses.all())
    return dict(
        held(
            {"subject": row.subject.code, "award": row.award.code, "state": row.state}
            | dump_columns(row, dossier_keys.NOMINATION_COLUMNS)
            | {
                "attested": Row(sorted(row.attested.items())),
                "texts": {section: text for section, text in texts.items() if text},
                "initiatives": Codes(used),
                "papers": dump_papers(row.attachments.all()),
            }
        )
    )


def dump_papers(rows: Iterable[Attachment]) -> list[Row]:
    return [held(dump_columns(row, dossier_keys.PAPER_COLUMNS)) for row in sorted(rows, key=lambda row: row.pk)]


def dump_subjects(bloc_year: BlocYear, roster: Roster, also: Iterable[int] = ()) -> list[dict[str, Any]]:
    """Whom the dossiers name (and ``also``, by key), who was before and after them, all history; no national id."""
    named = Nomination.objects.filter(dossier__in=dossiers_of(bloc_year).values("pk")).values("subject")
    subjects = list(Subject.objects.filter(Q(pk__in=named) | Q(pk__in=list(also))))
    ids = {row.pk for row in subjects}
    ids |= {each.subject.pk for rows in lineage_of(subjects).before.values() for each in rows}
    found = Subject.objects.filter(pk__in=ids | carried_on(ids)).select_related("agency").order_by("code")
    return [dump_subject(row, roster) for row in found]


def dump_subject(row: Subject, roster: Roster) -> dict[str, Any]:
    names = SubjectAlias.objects.filter(subject=row).order_by("pk").values_list("name", flat=True)
    return dict(
        held(
            {"code": row.code, "kind": row.kind, "name": tidy(row.name), "agency": roster.code(row.agency)}
            | dump_columns(row, COLUMNS)
            | {"aliases": [tidy(name) for name in names]}
            | {section: dump_history(row, section, roster) for section in HISTORY}
        )
    )


def dump_history(subject: Subject, section: str, roster: Roster) -> list[Row]:
    model, columns, identity = HISTORY[section]
    # A line without a successor stands first on every database.
    by_code = {name: F(f"{name}__code").asc(nulls_first=True) for name in ("award", "successor")}
    order = [by_code.get(name, name) for name in identity]
    rows = model._default_manager.filter(subject=subject).order_by(*order, "pk")
    return [held(own_keys(row, section, roster) | dump_columns(row, columns)) for row in rows]


def own_keys(row: Any, section: str, roster: Roster) -> dict[str, Any]:
    """What a section holds beside columns: whom and what a line names by code, earlier uses of an initiative."""
    if section == "moves":
        return {"new_agency": roster.code(row.new_agency)}
    if section == "reorganisations":
        return {"successor": row.successor.code if row.successor else None}
    if section == "records":
        return {"award": row.award.code}
    if section == "initiatives":
        uses = InitiativeUse.objects.filter(initiative=row, nomination__isnull=True).select_related("award")
        return {
            "uses": [Row(award=use.award.code, year=use.year) for use in uses.order_by("year", "award__code", "pk")]
        }
    return {}
