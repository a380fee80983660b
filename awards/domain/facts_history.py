"""Everything that the register holds of some subjects, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from awards.enums import AbsenceKind, NominationState, Sanction
from awards.law import facts as law
from awards.models import (
    Absence,
    AwardRecord,
    CollectiveYear,
    Discipline,
    Freeze,
    Initiative,
    InitiativeUse,
    TaskGrade,
    UnitMove,
)

SCOPES = {"base": law.Scope.BASE, "province": law.Scope.PROVINCE, "nation": law.Scope.NATION}
SANCTIONS = {
    Sanction.REPRIMAND: law.Sanction.REPRIMAND,
    Sanction.WARNING: law.Sanction.WARNING,
    Sanction.DEMOTION: law.Sanction.DEMOTION,
    Sanction.DISMISSAL: law.Sanction.DISMISSAL,
}
ABSENCES = {
    AbsenceKind.MATERNITY: law.Absence.MATERNITY,
    AbsenceKind.SICK: law.Absence.SICK,
    AbsenceKind.NEWLY_RECRUITED: law.Absence.NEWLY_RECRUITED,
    AbsenceKind.OTHER: law.Absence.OTHER,
}
Initiatives = tuple[law.Initiative, ...]
# A proposal that was turned down did not use the initiative up.
TURNED_DOWN = (NominationState.FAILED, NominationState.REFUSED)


@dataclass
class History:
    """One subject's lines as the law reads them. The register is whole: no line means none, not unknown.

    Grades are the exception, as the law reads them: a year without one is not known.
    """

    grades: dict[int, law.Grade] = field(default_factory=dict)
    awards: list[law.Given] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    # Uses of the initiatives above, each with the nomination that it belongs to, if any.
    uses: dict[int, list[tuple[int | None, law.Use]]] = field(default_factory=lambda: defaultdict(list))
    freezes: list[law.Freeze] = field(default_factory=list)
    disciplines: list[law.Discipline] = field(default_factory=list)
    aways: list[law.Away] = field(default_factory=list)
    people: dict[int, law.People] = field(default_factory=dict)
    moves: list[UnitMove] = field(default_factory=list)

    def moves_in(self, year: int, proposer: int | None) -> tuple[law.Move, ...]:
        """The moves of one year in their order; ``proposer`` is the agency that proposes, None where nobody does."""
        rows = sorted((each for each in self.moves if each.moved_on.year == year), key=lambda each: each.moved_on)
        starts = [date(year, 1, 1), *(each.moved_on for each in rows)]
        months: list[int | None] = [full_months(start, row.moved_on) for start, row in zip(starts, rows, strict=False)]
        if months:
            months[0] = self.since_recruited(year, months[0] or 0)
        found = [law.Move(count, bool(row.comment) or None) for count, row in zip(months, rows, strict=True)]
        last = rows[-1].new_agency_id if rows else None
        if last is not None and proposer is not None:
            found[-1] = replace(found[-1], proposed_by_new_unit=last == proposer)
        return tuple(found)

    def since_recruited(self, year: int, months: int) -> int | None:
        """Months since January less those before the person was recruited; None where these are not known."""
        recruited = [each for each in self.aways if each.kind is law.Absence.NEWLY_RECRUITED and each.year == year]
        if not recruited:
            return months
        worked = recruited[0].months_worked
        return None if worked is None else max(0, months - (12 - worked))

    def initiatives_for(self, award: str, year: int | None, nomination_id: int | None = None) -> Initiatives:
        """The initiatives with their earlier uses, as a proposal for ``award`` in ``year`` meets them.

        Left out: the use by this nomination itself, and by another nomination for the very same award and year.
        """
        same = law.Use(award, year)
        return tuple(
            law.Initiative(
                id=each.code,
                scope=SCOPES.get(each.scope),
                year=each.year,
                kind=each.kind,
                used_for=tuple(
                    use for by, use in self.uses[each.pk] if by is None or (by != nomination_id and use != same)
                ),
                name=each.name,
            )
            for each in self.initiatives
        )


def rows_in(model: Any, owners: Collection[int], **rest: Any) -> Any:
    """Rows of one table that belong to these subjects: one query."""
    return model.objects.filter(subject__in=list(owners), **rest)


def histories_of(subject_ids: Collection[int]) -> dict[int, History]:
    """The history of each subject; nine queries whatever the number of subjects."""
    found: dict[int, History] = {pk: History() for pk in subject_ids}
    for grade in rows_in(TaskGrade, found):
        found[grade.subject_id].grades[grade.year] = law.Grade[grade.grade]
    for record in rows_in(AwardRecord, found, revoked_on__isnull=True).select_related("award"):
        found[record.subject_id].awards.append(given(record))
    read_initiatives(found)
    for freeze in rows_in(Freeze, found):
        found[freeze.subject_id].freezes.append(
            law.Freeze(law.FreezeKind(freeze.kind), freeze.since, freeze.cleared_on, freeze.upheld)
        )
    for row in rows_in(Discipline, found):
        found[row.subject_id].disciplines.append(
            law.Discipline(SANCTIONS[Sanction(row.sanction)], row.decided_on, row.served_until)
        )
    for away in rows_in(Absence, found):
        found[away.subject_id].aways.append(
            law.Away(ABSENCES[AbsenceKind(away.kind)], away.year, away.working_days, away.months_worked)
        )
    for people in rows_in(CollectiveYear, found):
        found[people.subject_id].people[people.year] = people_of(people)
    for move in rows_in(UnitMove, found):
        found[move.subject_id].moves.append(move)
    return found


def read_initiatives(found: dict[int, History]) -> None:
    owners: dict[int, History] = {}
    for initiative in rows_in(Initiative, found):
        owners[initiative.pk] = found[initiative.subject_id]
        owners[initiative.pk].initiatives.append(initiative)
    uses = InitiativeUse.objects.filter(initiative__in=list(owners)).select_related("award")
    for use in uses.exclude(nomination__state__in=TURNED_DOWN):
        owners[use.initiative_id].uses[use.initiative_id].append((use.nomination_id, law.Use(use.award.code, use.year)))


def given(record: AwardRecord) -> law.Given:
    return law.Given(
        award=record.award.code,
        year=record.year,
        decided_on=record.decided_on,
        achieved_until=record.achievement_until,
        category=law.Category(record.category),
        achievement=record.achievement,
    )


def full_months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def people_of(row: CollectiveYear) -> law.People:
    return law.People(
        total=row.total,
        completed=row.completed,
        ld_tien_tien=row.advanced,
        cstd_co_so=row.base_fighters,
        disciplined=row.disciplined,
        women=row.women,
    )
