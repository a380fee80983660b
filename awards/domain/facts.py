"""What the law reads of a nomination: put together from the register, the dossier and the blocs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from awards.domain.facts_bloc import Blocs, blocs_of
from awards.domain.facts_history import History, histories_of
from awards.domain.law_days import considered_day, law_day
from awards.domain.lineage import Lineage, lineage_of
from awards.enums import Proposer, SubjectGroup
from awards.law import facts as law
from awards.law.branches import round_of
from awards.law.rule_sets import RULE_SETS
from awards.models import AwardForm, Dossier, Nomination, Subject
from blocs.enums import Scope
from blocs.models import Movement

__all__ = ["Known", "known_of", "nominee_for", "nominees_of"]

MANAGERS = (SubjectGroup.TOP_LEADER, SubjectGroup.DEPARTMENT_LEADER, SubjectGroup.ENTREPRENEUR, SubjectGroup.MANAGER)
LAUNCHERS = {Scope.NATION: "nation", Scope.PROVINCE: "province", Scope.BLOC: "province", Scope.AGENCY: "agency"}
Days = Callable[[Dossier], date]
# What a nomination attests of the movement that its dossier cites, in ``attested``.
LEADS, CONCLUDED = "movement-leads", "movement-concluded"
MOVEMENT_WORDS = {
    LEADS: "dẫn đầu phong trào thi đua mà hồ sơ nêu",
    CONCLUDED: "phong trào thi đua mà hồ sơ nêu đã được sơ kết, tổng kết",
}


@dataclass(frozen=True)
class Known:
    """What is known of some subjects and their agencies in some years: enough to judge them for any award."""

    histories: dict[int, History]
    blocs: Blocs
    lineage: Lineage

    def nominee(self, subject: Subject, award: str, on: date, *, year: int, **rest: Any) -> law.Nominee:
        """The facts of one subject proposed for one award; ``rest`` as the fields of Nominee."""
        history, place = self.histories[subject.pk], (subject.agency_id or 0, year)
        own_nomination, proposer = rest.pop("nomination_id", None), rest.pop("proposer", None)
        petitions = self.blocs.petitions.get(place[0], []) if subject.is_agency else []
        values: dict[str, Any] = grouped(subject.group) | {
            "id": subject.code,
            "name": subject.name,
            "sex": subject.sex,
            "founded": subject.founded,
            "flag_eligible": self.flag_eligible(subject, place),
            "grades": dict(history.grades),
            "awards": tuple(history.awards),
            "initiatives": history.initiatives_for(award, year, own_nomination),
            "freezes": (*history.freezes, *petitions),
            "disciplines": tuple(history.disciplines),
            "aways": tuple(history.aways),
            "people": history.people.get(year),
            "bloc": self.blocs.results.get(place) if subject.is_agency else None,
            "moves": history.moves_in(year, proposer),
            "predecessors": self.predecessors(subject, on),
        }
        if ending := self.lineage.endings.get(subject.pk):
            values |= {"dissolved_on": ending.on, "proposed_by_successor": ending.is_proposed_by(proposer)}
        return law.Nominee(award=award, on=on, kind=law.SubjectKind(subject.kind), year=year, **(values | rest))

    def proposed_for(self, nominee: law.Nominee, subject: Subject, award: str) -> law.Nominee:
        """The same subject proposed for another award: uses of initiatives for that award and year do not count."""
        initiatives = self.histories[subject.pk].initiatives_for(award, nominee.year)
        return replace(nominee, award=award, initiatives=initiatives)

    def year_considered(self, subject: Subject, on: date) -> int:
        """The last year finished or already graded on the day ``on``, as the rules count it."""
        any_year = replace(self.nominee(subject, "", on, year=on.year), year=None)
        return round_of(any_year, RULE_SETS[-1]).end_year

    def predecessors(self, subject: Subject, on: date) -> tuple[law.Predecessor, ...]:
        """Whose task the subject had taken over by the day ``on``, the latest first."""
        rows = [each for each in self.lineage.before.get(subject.pk, ()) if each.until <= on]
        return tuple(
            law.Predecessor(
                name=each.subject.name,
                until=each.until,
                grades=dict(self.histories[each.subject.pk].grades),
                awards=tuple(self.histories[each.subject.pk].awards),
                founded=each.subject.founded,
            )
            for each in rows
        )

    def flag_eligible(self, subject: Subject, place: tuple[int, int]) -> bool | None:
        """As the register says; for an agency itself, as its bloc of the year says."""
        if subject.flag_eligible is not None or not subject.is_agency:
            return subject.flag_eligible
        return self.blocs.flag_eligible(place)


def known_of(subjects: Sequence[Subject], years: Sequence[int]) -> Known:
    """Read what is known of ``subjects``: 11 queries, 5 more when one of them is an agency itself, and up to two for
    each generation before them.
    """
    agencies = {each.agency_id for each in subjects if each.is_agency and each.agency_id is not None}
    places = {(agency, year) for agency in agencies for year in years}
    lineage = lineage_of(subjects)
    before = {each.subject.pk for rows in lineage.before.values() for each in rows}
    return Known(histories_of({each.pk for each in subjects} | before), blocs_of(places), lineage)


def nominees_of(nominations: Sequence[Nomination], *, on: date | Days | None = None) -> list[law.Nominee]:
    """The nominations as the rules read them, in their order, each with its primary key as id.

    ``on`` is the day that picks the law, or what tells it of a dossier; None: ``law_day``, and open matters are
    looked at on ``considered_day``. The year considered is the dossier's. Uses of an initiative by the nomination
    itself, or by another for the same award and year, are left out; uses by nominations that were turned down count
    for nobody. At most 21 queries for any number of nominations, and up
    to two for each generation of predecessors.
    """
    rows = list(nominations)
    prefetch_related_objects(rows, "dossier__movement", "award", "subject")
    known = known_of([row.subject for row in rows], sorted({row.dossier.year for row in rows}))
    day = on if callable(on) else (lambda dossier: on or law_day(dossier))
    found = [nominee_of(row, known, day(row.dossier)) for row in rows]
    if on is not None:
        return found
    return [replace(each, considered_on=considered_day(row.dossier)) for row, each in zip(rows, found, strict=True)]


def nominee_of(nomination: Nomination, known: Known, on: date) -> law.Nominee:
    dossier = nomination.dossier
    return known.nominee(
        nomination.subject,
        nomination.award.code,
        on,
        year=dossier.year,
        nomination_id=nomination.pk,
        proposer=dossier.agency_id if dossier.proposer == Proposer.AGENCY else None,
        id=str(nomination.pk),
        name=nomination.name,
        branch=nomination.branch,
        category=law.Category(dossier.category),
        attested=dict(nomination.attested),
        movement=movement_of(dossier.movement, nomination.attested),
        rule_set=dossier.favourable_rule_set,
        received_on=dossier.received_on,
        achieved_until=dossier.achievement_until,
        achievement=nomination.achievement,
        **grouped(nomination.group or nomination.subject.group),
    )


def nominee_for(subject: Subject, award: AwardForm | str, on: date, **rest: Any) -> law.Nominee:
    """One subject for one award on one day, outside any dossier: at most 16 queries.

    ``year`` in ``rest`` is the year considered; without it the last year finished or already graded on that day.
    """
    code = award if isinstance(award, str) else award.code
    year = rest.pop("year", None)
    known = known_of([subject], [on.year - 1, on.year] if year is None else [year])
    year = known.year_considered(subject, on) if year is None else year
    return known.nominee(subject, code, on, year=year, **rest)


def grouped(group: str) -> dict[str, bool | None]:
    """What the statistical group says of rank; of being a worker in the law's sense it says only who is none."""
    if not group:
        return {}
    manages = group in MANAGERS
    return {"manager": manages, "worker": False if manages else None}


def movement_of(movement: Movement | None, attested: Mapping[str, bool] | None = None) -> law.MovementResult | None:
    """The movement that the dossier cites. Blocs do not record who leads it nor its review: the dossier attests them.

    What is not attested is not known, never no.
    """
    told = attested or {}
    if movement is None:
        return None
    whole = movement.starts is not None and movement.ends is not None
    years = movement.ends - movement.starts + 1 if whole else None  # type: ignore[operator]
    launcher = LAUNCHERS.get(Scope(movement.scope), "")
    return law.MovementResult(launcher, years, leads=told.get(LEADS), concluded=told.get(CONCLUDED))
