"""What the law reads of nominations: whole, each with its own, in a fixed number of queries."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from awards.domain.conflicts import attested_words
from awards.domain.facts import nominee_for, nominees_of
from awards.domain.grounds import ground_of
from awards.domain.law_days import law_day
from awards.domain.subjects import agency_subject
from awards.law import facts as law
from awards.models import Absence, CollectiveYear, Discipline, Freeze, InitiativeUse, Nomination
from scoring.models import Disqualification, LockedStanding, ScoreSheet
from tests.awards_world import DossierFactory, SubjectFactory, award, grade, initiative, nominate, record
from tests.factories import (
    CriteriaSetFactory,
    MovementFactory,
    PetitionFactory,
    PledgeFactory,
    ScoreSheetFactory,
    TargetFactory,
)
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(world: World) -> Any:
    return DossierFactory(agency=world.syt, year=2020, received_on=date(2020, 12, 10))


@pytest.fixture
def person(world: World) -> Any:
    return SubjectFactory(agency=world.syt, name="Nguyễn Thị Ánh", sex="female", group="pho-phong-tro-len")


def the_nominee(nomination: Nomination) -> law.Nominee:
    return nominees_of([Nomination.objects.get(pk=nomination.pk)])[0]


def test_a_nominee_carries_the_whole_history_of_the_person(dossier: Any, person: Any) -> None:
    grade(person, y2019="HTT", y2020="HTXS")
    record(person, "cstd-co-so", 2019)
    record(person, "bk-tinh", 2018, category="dot-xuat", achievement_until=date(2018, 6, 30))
    idea = initiative(person, "province")
    Discipline.objects.create(subject=person, sanction="canh-cao", decided_on=date(2015, 1, 5))
    Absence.objects.create(subject=person, kind="maternity", year=2017)
    Freeze.objects.create(
        subject=person, kind="press", since=date(2020, 1, 1), cleared_on=date(2020, 2, 1), upheld=True
    )

    found = the_nominee(nominate(dossier, person, "cstd-co-so", branch="23", attested={"unity": True}))

    assert found.grades == {2019: law.Grade.HTT, 2020: law.Grade.HTXS}
    assert found.awards == (
        law.Given("cstd-co-so", 2019, date(2019, 12, 25)),
        law.Given("bk-tinh", 2018, date(2018, 12, 25), date(2018, 6, 30), law.Category.SURPRISE),
    )
    assert found.initiatives == (law.Initiative(idea.code, law.Scope.PROVINCE, 2020, name=idea.name),)
    assert found.disciplines == (law.Discipline(law.Sanction.WARNING, date(2015, 1, 5)),)
    assert found.aways == (law.Away(law.Absence.MATERNITY, 2017),)
    assert found.freezes == (law.Freeze(law.FreezeKind.PRESS, date(2020, 1, 1), date(2020, 2, 1), True),)
    assert (found.branch, found.attested, found.sex) == ("23", {"unity": True}, "female")
    assert (found.manager, found.worker) == (True, False)


def test_an_empty_register_says_none_and_an_empty_table_of_grades_says_unknown(dossier: Any, person: Any) -> None:
    found = the_nominee(nominate(dossier, person))

    assert (found.awards, found.initiatives, found.freezes) == ((), (), ())
    assert (found.grades, found.people, found.bloc, found.flag_eligible) == ({}, None, None, None)


def test_a_revoked_award_is_no_award(dossier: Any, person: Any) -> None:
    record(person, "cstd-co-so", 2019, revoked_on=date(2020, 5, 1))

    assert the_nominee(nominate(dossier, person)).awards == ()


def test_uses_count_from_before_and_from_other_nominations_but_not_ones_own(dossier: Any, person: Any) -> None:
    idea = initiative(person)
    own, other = nominate(dossier, person, "cstd-co-so"), nominate(dossier, person, "bk-tinh")
    InitiativeUse.objects.create(initiative=idea, award=award("giay-khen"), year=2019)
    for nomination in (own, other):
        InitiativeUse.objects.create(initiative=idea, award=nomination.award, year=2020, nomination=nomination)

    uses = {each.award: each.initiatives[0].used_for for each in nominees_of([own, other])}

    assert uses["cstd-co-so"] == (law.Use("giay-khen", 2019), law.Use("bk-tinh", 2020))
    assert uses["bk-tinh"] == (law.Use("giay-khen", 2019), law.Use("cstd-co-so", 2020))


@pytest.mark.parametrize(("state", "counted"), [("refused", 0), ("failed", 0), ("passed", 1), ("ineligible", 1)])
def test_a_nomination_that_was_turned_down_used_no_initiative_up(
    dossier: Any, person: Any, state: str, counted: int
) -> None:
    idea = initiative(person)
    other = nominate(dossier, person, "bk-tinh", state=state)
    InitiativeUse.objects.create(initiative=idea, award=other.award, year=2020, nomination=other)

    found = the_nominee(nominate(dossier, person, "cstd-co-so"))

    assert found.initiatives is not None
    assert len(found.initiatives[0].used_for) == counted


def test_the_day_of_the_law_is_receipt_then_sending_then_today(world: World, person: Any) -> None:
    received = DossierFactory(agency=world.syt, received_on=date(2025, 7, 3), submitted_at=at(2025, 7, 1))
    sent = DossierFactory(agency=world.syt, submitted_at=at(2025, 6, 30))
    draft = DossierFactory(agency=world.syt)
    rows = [nominate(each, person) for each in (received, sent, draft)]

    with time_machine.travel(at(2026, 10, 1), tick=False):
        assert [each.on for each in nominees_of(rows)] == [date(2025, 7, 3), date(2025, 6, 30), date(2026, 10, 1)]
    assert {each.on for each in nominees_of(rows, on=date(2024, 1, 1))} == {date(2024, 1, 1)}
    assert [each.on.year for each in nominees_of(rows, on=lambda each: date(each.pk + 2000, 1, 1))] == [
        each.pk + 2000 for each in (received, sent, draft)
    ]


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_people_of_a_collective_are_those_of_the_year_considered(dossier: Any, world: World) -> None:
    team = SubjectFactory(agency=world.syt, kind="collective", name="Phòng Kế hoạch", founded=2001, flag_eligible=False)
    CollectiveYear.objects.create(subject=team, year=2019, total=9)
    CollectiveYear.objects.create(
        subject=team, year=2020, total=10, completed=10, advanced=7, base_fighters=1, disciplined=0, women=7
    )

    found = the_nominee(nominate(dossier, team, "tt-ld-xuat-sac"))

    assert found.people == law.People(10, 10, 7, 1, 0, 7)
    assert (found.founded, found.flag_eligible, found.bloc) == (2001, False, None)


def test_the_movement_cited_tells_who_launched_it_and_for_how_long(world: World, person: Any) -> None:
    movement = MovementFactory(council=world.council, scope="province", starts=2016, ends=2020)
    open_ended = MovementFactory(council=world.council, scope="nation", starts=2016)
    rows = [nominate(DossierFactory(agency=world.syt, movement=each), person) for each in (movement, open_ended)]

    assert [each.movement for each in nominees_of(rows)] == [
        law.MovementResult("province", 5),
        law.MovementResult("nation", None),
    ]


def test_who_leads_a_movement_and_its_review_are_what_the_nomination_attests(world: World) -> None:
    """Blocs record neither; what nobody attested is not known."""
    movement = MovementFactory(council=world.council, scope="province", starts=2016, ends=2020)
    dossier = DossierFactory(agency=world.syt, movement=movement)
    team = SubjectFactory(agency=world.syt, kind="collective")
    row = nominate(dossier, team, "co-tinh", attested={"movement-leads": True})

    assert the_nominee(row).movement == law.MovementResult("province", 5, leads=True, concluded=None)
    assert dict(ground_of(row).attestations).keys() >= {"movement-leads", "movement-concluded"}
    assert attested_words(row.attested) == "dẫn đầu phong trào thi đua mà hồ sơ nêu"


def test_a_person_or_a_dossier_without_a_movement_is_not_asked_of_one(world: World, dossier: Any, person: Any) -> None:
    cited = DossierFactory(agency=world.syt, movement=MovementFactory(council=world.council))
    team = SubjectFactory(agency=world.syt, kind="collective")

    for row in (nominate(cited, person, "bk-tinh"), nominate(dossier, team, "co-tinh")):
        assert "movement-leads" not in dict(ground_of(row).attestations)


class TestAgencies:
    """A subject that is the agency itself brings its bloc's result."""

    @pytest.fixture
    def nomination(self, dossier: Any, world: World) -> Nomination:
        return nominate(dossier, agency_subject(world.syt), "co-tinh")

    def lock(self, world: World, **rest: Any) -> LockedStanding:
        content = {"units": [{"agency": {"code": "stttt"}, "rank": 1}, {"agency": {"code": "syt"}, "rank": 2}]}
        values = {"version": 1, "locked_at": at(2020, 12, 1), "content": content, "sha256": "0" * 64} | rest
        return LockedStanding.objects.create(bloc_year=world.year, **values)

    def test_its_place_comes_from_the_locked_ranking_alone(self, nomination: Nomination, world: World) -> None:
        assert the_nominee(nomination).bloc == law.BlocResult()
        self.lock(world)

        assert the_nominee(nomination).bloc == law.BlocResult(rank=2)

    def test_a_reopened_ranking_places_nobody(self, nomination: Nomination, world: World) -> None:
        self.lock(world, reopened_at=at(2020, 12, 2))

        assert the_nominee(nomination).bloc == law.BlocResult()

    def test_grounds_of_disqualification_come_along(self, nomination: Nomination, world: World) -> None:
        sheet: ScoreSheet = ScoreSheetFactory(
            bloc_year=world.year, agency=world.syt, criteria_set=CriteriaSetFactory(bloc_year=world.year)
        )
        Disqualification.objects.create(sheet=sheet, reason="Có lãnh đạo bị kỷ luật cảnh cáo")

        assert the_nominee(nomination).bloc == law.BlocResult(disqualified=("Có lãnh đạo bị kỷ luật cảnh cáo",))

    @pytest.mark.parametrize(
        ("figures", "expected"),
        [
            ([], None),
            ([("up", 90, 91)], True),
            ([("up", 90, 90)], False),
            ([("down", 5, 4)], True),
            ([("down", 5, 5)], False),
            ([("up", 90, 91), ("up", 90, None)], None),
            ([("up", 90, 89), ("up", 90, None)], False),
            ([("up", None, 91)], None),
        ],
    )
    def test_targets_are_exceeded_when_every_one_is(
        self, nomination: Nomination, world: World, figures: Any, expected: bool | None
    ) -> None:
        pledge = PledgeFactory(bloc_year=world.year)
        for direction, plan, actual in figures:
            TargetFactory(pledge=pledge, agency=world.syt, direction=direction, plan=plan, actual=actual)
        TargetFactory(pledge=pledge, agency=world.sgddt, plan=1, actual=0)

        found = the_nominee(nomination).bloc

        assert found is not None
        assert found.targets_exceeded is expected

    def test_a_member_of_a_bloc_of_the_province_may_take_a_flag(self, nomination: Nomination, world: World) -> None:
        assert the_nominee(nomination).flag_eligible is True
        bloc = world.year.bloc
        bloc.tier = "authorised"
        bloc.save()

        found = the_nominee(nomination)

        assert found.flag_eligible is None
        assert found.bloc == law.BlocResult(organiser="authorised")

    def test_in_a_year_without_a_bloc_nothing_is_known(self, nomination: Nomination) -> None:
        dossier = nomination.dossier
        dossier.year = 2021
        dossier.save()

        assert (the_nominee(nomination).bloc, the_nominee(nomination).flag_eligible) == (None, None)

    def test_open_petitions_about_the_agency_freeze_it(self, nomination: Nomination, world: World) -> None:
        for status, received in (("open", date(2020, 3, 4)), ("verifying", None), ("dismissed", date(2020, 1, 2))):
            PetitionFactory(bloc_year=world.year, agency=world.syt, status=status, received_on=received)
        PetitionFactory(bloc_year=world.year, agency=world.sgddt, received_on=date(2020, 3, 4))

        assert {each.since for each in the_nominee(nomination).freezes} == {date(2020, 3, 4), date(2020, 1, 1)}

    def test_another_collective_of_the_agency_is_not_frozen_by_them(self, dossier: Any, world: World) -> None:
        PetitionFactory(bloc_year=world.year, agency=world.syt, received_on=date(2020, 3, 4))
        team = SubjectFactory(agency=world.syt, kind="collective")

        assert the_nominee(nominate(dossier, team, "tt-ld-xuat-sac")).freezes == ()


def furnished(world: World, number: int) -> list[Nomination]:
    dossier = DossierFactory(agency=world.syt, year=2020)
    rows = [nominate(dossier, agency_subject(world.syt), "co-tinh")]
    for _ in range(number):
        person = SubjectFactory(agency=world.syt)
        grade(person, y2019="HTT", y2020="HTXS")
        record(person, "cstd-co-so", 2019)
        row = nominate(dossier, person)
        InitiativeUse.objects.create(initiative=initiative(person), award=row.award, year=2020, nomination=row)
        rows.append(row)
    return [Nomination.objects.get(pk=row.pk) for row in rows]


@pytest.mark.parametrize("number", [1, 50])
def test_the_number_of_queries_does_not_grow(world: World, number: int, django_assert_num_queries: Any) -> None:
    rows = furnished(world, number)

    with django_assert_num_queries(19):
        found = nominees_of(rows)

    assert [each.id for each in found] == [str(row.pk) for row in rows]


def test_one_person_is_read_outside_any_dossier(person: Any, django_assert_num_queries: Any) -> None:
    grade(person, y2020="HTXS")
    form = award("ld-tien-tien")

    with django_assert_num_queries(10):
        found = nominee_for(person, form, date(2020, 12, 31))

    assert (found.id, found.award, found.year) == (person.code, "ld-tien-tien", 2020)
    assert found.grades == {2020: law.Grade.HTXS}


@pytest.mark.parametrize(
    ("sent", "received", "law"),
    [
        ("2025-06-30", "2025-07-02", "2025-06-30"),
        ("2025-07-01", "2025-07-02", "2025-07-02"),
        ("2026-09-30", "2026-10-01", "2026-10-01"),
    ],
)
def test_nd_152_article_60_3_what_was_sent_before_stays_under_the_older_decree(
    world: World, sent: str, received: str, law: str
) -> None:
    dossier = DossierFactory(agency=world.syt, submitted_at=f"{sent}T09:00:00+07:00", received_on=received)
    dossier.refresh_from_db()

    assert law_day(dossier) == date.fromisoformat(law)
