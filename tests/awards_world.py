"""Rows of awards for tests: plain sequences, nothing random."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from awards.models import AwardForm, AwardRecord, Dossier, Initiative, Nomination, Subject, TaskGrade
from blocs.enums import Award
from tests.factories import AgencyFactory

TITLES_OF_PEOPLE = ("cstd-toan-quoc", "cstd-tinh", "cstd-co-so", "ld-tien-tien")


def award(code: str) -> AwardForm:
    """The form of the seeded catalogue."""
    found, _ = AwardForm.objects.get_or_create(
        code=code,
        defaults={"name": Award(code).label, "group": "title", "level": "province", "subjects": ["individual"]},
    )
    return found


class SubjectFactory(DjangoModelFactory):
    class Meta:
        model = Subject

    kind = "individual"
    code = factory.Sequence(lambda n: f"dt-{n:06d}")
    name = factory.Sequence(lambda n: f"Trần Thị {chr(65 + n % 26)} {n}")
    agency = factory.SubFactory(AgencyFactory)
    council = factory.SelfAttribute("agency.council")


class DossierFactory(DjangoModelFactory):
    class Meta:
        model = Dossier

    code = factory.Sequence(lambda n: f"hs-{n:05d}")
    agency = factory.SubFactory(AgencyFactory)
    council = factory.SelfAttribute("agency.council")
    year = 2020
    title = "Đề nghị khen thưởng tổng kết năm"


def nominate(dossier: Dossier, subject: Subject, code: str = "cstd-co-so", **rest: Any) -> Nomination:
    """A nomination as the pages make it."""
    position = dossier.nominations.count() + 1
    values = {"name": subject.name, "unit": subject.unit, "post": subject.post, "position": position} | rest
    return Nomination.objects.create(dossier=dossier, subject=subject, award=award(code), **values)


def grade(subject: Subject, **years: str) -> None:
    """``grade(person, y2019="HTXS", y2020="HTT")``."""
    for year, level in years.items():
        TaskGrade.objects.create(subject=subject, year=int(year.removeprefix("y")), grade=level)


def record(subject: Subject, code: str, year: int, decided_on: date | None = None, **rest: Any) -> AwardRecord:
    day = decided_on or date(year, 12, 25)
    return AwardRecord.objects.create(subject=subject, award=award(code), year=year, decided_on=day, **rest)


def initiative(subject: Subject, scope: str = "base", year: int = 2020, **rest: Any) -> Initiative:
    return Initiative.objects.create(subject=subject, name=f"Sáng kiến năm {year}", scope=scope, year=year, **rest)
