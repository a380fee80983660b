"""Moves between units, ends of collectives and who goes on: in the register, in the facts, in the answers."""

from datetime import date
from typing import Any

import pytest

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from awards.domain import history_lines as lines
from awards.domain.checking import recheck_dossier
from awards.domain.facts import nominee_for, nominees_of
from awards.domain.history_lines import add_line, edit_line, remove_line
from awards.domain.subject_merging import merge, undo_merge
from awards.domain.subjects import agency_subject
from awards.law import facts as law
from awards.models import Absence, Dossier, Nomination, Reorganisation, Subject, UnitMove
from tests.awards_world import DossierFactory, SubjectFactory, grade, nominate, record
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(world: World) -> Subject:
    return SubjectFactory(agency=world.syt, name="Nguyễn Thị Ánh")


@pytest.fixture
def dossier(world: World) -> Dossier:
    return DossierFactory(agency=world.syt, year=2025, received_on=date(2025, 12, 10))


def moved(person: Subject, day: date, **rest: Any) -> UnitMove:
    values = {"old_unit": "Sở Tài chính", "new_unit": "Sở Y tế"} | rest
    return UnitMove.objects.create(subject=person, moved_on=day, **values)


def team(world: World, name: str, **rest: Any) -> Subject:
    return SubjectFactory(**({"agency": world.syt, "kind": "collective", "name": name} | rest))


def ended(one: Subject, heir: Subject | None, day: date = date(2025, 3, 1), **rest: Any) -> Reorganisation:
    return Reorganisation.objects.create(subject=one, successor=heir, changed_on=day, kind="merged", **rest)


def the_nominee(nomination: Nomination) -> law.Nominee:
    return nominees_of([Nomination.objects.get(pk=nomination.pk)])[0]


def told(nomination: Nomination, rule: str) -> list[tuple[bool | None, str]]:
    recheck_dossier(nomination.dossier)
    nomination.refresh_from_db()
    return [(each["passed"], each["text"]) for each in nomination.checks["checks"] if each["rule"] == rule]


class TestMoves:
    """A4-13."""

    @pytest.mark.parametrize(
        ("day", "months"),
        [(date(2025, 1, 1), 0), (date(2025, 6, 30), 5), (date(2025, 7, 1), 6), (date(2025, 12, 31), 11)],
    )
    def test_full_months_since_january_are_counted(
        self, person: Subject, dossier: Dossier, day: date, months: int
    ) -> None:
        moved(person, day)

        assert the_nominee(nominate(dossier, person)).moves == (law.Move(months),)

    def test_moves_of_the_year_come_in_their_order_and_others_do_not(self, person: Subject, dossier: Dossier) -> None:
        moved(person, date(2025, 9, 15))
        moved(person, date(2025, 2, 15), comment="12/NX-STC ngày 01/3/2025")
        moved(person, date(2024, 2, 15))

        assert the_nominee(nominate(dossier, person)).moves == (law.Move(1, True), law.Move(7))

    @pytest.mark.parametrize(("worked", "months"), [(12, 8), (10, 6), (3, 0), (None, None)])
    def test_who_came_in_the_course_of_the_year_was_not_there_before(
        self, person: Subject, dossier: Dossier, worked: int | None, months: int | None
    ) -> None:
        Absence.objects.create(subject=person, kind="newly-recruited", year=2025, months_worked=worked)
        moved(person, date(2025, 9, 1))

        assert the_nominee(nominate(dossier, person)).moves == (law.Move(months),)

    def test_the_new_unit_proposes(self, person: Subject, dossier: Dossier, world: World) -> None:
        row = moved(person, date(2025, 3, 1), new_agency=world.syt)
        nomination = nominate(dossier, person)
        assert the_nominee(nomination).moves[0].proposed_by_new_unit is True

        row.new_agency = world.sgddt
        row.save()

        assert the_nominee(nomination).moves[0].proposed_by_new_unit is False
        assert any("đơn vị mới có trách nhiệm xét" in text for _, text in told(nomination, "A4-13"))

    def test_outside_a_dossier_nobody_proposes(self, person: Subject, world: World) -> None:
        moved(person, date(2025, 3, 1), new_agency=world.sgddt)

        assert nominee_for(person, "ld-tien-tien", date(2025, 12, 31)).moves == (law.Move(2),)

    def test_the_comment_of_the_old_unit_closes_the_gate(self, person: Subject, dossier: Dossier) -> None:
        row = add_line(
            person,
            lines.MOVE,
            fields={"moved_on": date(2025, 8, 1), "old_unit": "Sở Tài chính", "new_unit": "Sở Y tế"},
            actor=None,
        )
        nomination = nominate(dossier, person)
        assert [passed for passed, _ in told(nomination, "A4-13")] == [None]

        edit_line(row, lines.MOVE, subject=person, fields={"comment": "12/NX-STC"}, actor=None)

        nomination.refresh_from_db()
        assert [each["passed"] for each in nomination.checks["checks"] if each["rule"] == "A4-13"] == [True]
        assert entries_of(person)[0].after["comment"] == "12/NX-STC"

    def test_one_day_has_one_move(self, person: Subject) -> None:
        fields = {"moved_on": date(2025, 8, 1), "old_unit": "Sở Tài chính", "new_unit": "Sở Y tế"}
        add_line(person, lines.MOVE, fields=fields, actor=None)

        with pytest.raises(TransitionRefused, match="đã có một lần chuyển công tác"):
            add_line(person, lines.MOVE, fields=fields, actor=None)


class TestEnds:
    """A4-14."""

    def test_the_unit_that_took_over_proposes(self, world: World, dossier: Dossier) -> None:
        old, heir = team(world, "Phòng A", agency=world.sgddt), team(world, "Phòng B")
        ended(old, heir)

        found = the_nominee(nominate(dossier, old, "tt-ld-tien-tien"))

        assert (found.dissolved_on, found.proposed_by_successor) == (date(2025, 3, 1), True)

    def test_another_unit_does_not(self, world: World, dossier: Dossier) -> None:
        old, heir = team(world, "Phòng A"), team(world, "Phòng B", agency=world.sgddt)
        ended(old, heir)
        nomination = nominate(dossier, old, "tt-ld-tien-tien")

        assert the_nominee(nomination).proposed_by_successor is False
        assert [passed for passed, _ in told(nomination, "A4-14")] == [False]

    def test_who_took_over_may_be_unknown(self, world: World, dossier: Dossier) -> None:
        old = team(world, "Phòng A")
        ended(old, None, successor_name="Ủy ban nhân dân xã")

        found = the_nominee(nominate(dossier, old, "tt-ld-tien-tien"))

        assert (found.dissolved_on, found.proposed_by_successor) == (date(2025, 3, 1), None)

    def test_an_agency_that_ended_ends_its_people_too_and_its_successor_proposes(
        self, world: World, dossier: Dossier
    ) -> None:
        """NĐ 152/2025, Điều 33.4: who retired from a unit that is no more."""
        agency = world.sgddt
        agency.valid_to, agency.successor = date(2025, 2, 28), world.syt
        agency.save()
        rows = [nominate(dossier, each, "bk-tinh") for each in (SubjectFactory(agency=agency), agency_subject(agency))]

        assert [(each.dissolved_on, each.proposed_by_successor) for each in nominees_of(rows)] == [
            (date(2025, 2, 28), True)
        ] * 2

    def test_outside_a_dossier_it_is_asked_who_proposes(self, world: World) -> None:
        old = team(world, "Phòng A")
        ended(old, team(world, "Phòng B"))

        assert nominee_for(old, "tt-ld-tien-tien", date(2025, 12, 31)).proposed_by_successor is None

    def test_a_collective_does_not_take_over_from_itself(self, world: World) -> None:
        old = team(world, "Phòng A")
        fields = {"kind": "merged", "changed_on": date(2025, 3, 1), "successor": old}

        with pytest.raises(TransitionRefused, match="không kế thừa chính nó"):
            add_line(old, lines.REORGANISATION, fields=fields, actor=None)

    def test_a_split_has_two_successors_and_each_once(self, world: World) -> None:
        old, one, other = (team(world, name) for name in ("Phòng A", "Phòng B", "Phòng C"))
        fields = {"kind": "split", "changed_on": date(2025, 3, 1)}
        for heir in (one, other):
            add_line(old, lines.REORGANISATION, fields=fields | {"successor": heir}, actor=None)

        with pytest.raises(TransitionRefused, match="đã được ghi"):
            add_line(old, lines.REORGANISATION, fields=fields | {"successor": one}, actor=None)
        assert entries_of(old)[0].after["successor"] == "Phòng C"


class TestPredecessors:
    """What was recognised of those before is neither counted nor passed over in silence."""

    def test_a_chain_of_predecessors_brings_its_history(self, world: World, dossier: Dossier) -> None:
        first, second, third = (team(world, name, founded=1990) for name in ("Phòng A", "Phòng B", "Phòng C"))
        ended(first, second, date(2021, 1, 1))
        ended(second, third)
        grade(first, y2020="HTXS")
        record(second, "tt-ld-xuat-sac", 2022)

        found = the_nominee(nominate(dossier, third, "bk-tinh"))

        assert found.awards == ()
        assert found.predecessors == (
            law.Predecessor(
                "Phòng B", date(2025, 3, 1), {}, (law.Given("tt-ld-xuat-sac", 2022, date(2022, 12, 25)),), 1990
            ),
            law.Predecessor("Phòng A", date(2021, 1, 1), {2020: law.Grade.HTXS}, (), 1990),
        )

    def test_an_agency_continues_those_whose_successor_it_is(self, world: World, dossier: Dossier) -> None:
        agency = world.sgddt
        agency.valid_to, agency.successor = date(2025, 2, 28), world.syt
        agency.save()
        grade(agency_subject(agency), y2024="HTT")

        (found,) = the_nominee(nominate(dossier, agency_subject(world.syt), "bk-tinh")).predecessors

        assert (found.name, found.until, found.grades) == (agency.name, date(2025, 2, 28), {2024: law.Grade.HTT})

    def test_what_was_not_yet_taken_over_on_the_day_is_not_there(self, world: World, dossier: Dossier) -> None:
        old, heir = team(world, "Phòng A"), team(world, "Phòng B")
        ended(old, heir, date(2026, 1, 1))

        assert the_nominee(nominate(dossier, heir, "bk-tinh")).predecessors == ()

    def test_a_circle_on_record_ends(self, world: World, dossier: Dossier) -> None:
        one, other = team(world, "Phòng A"), team(world, "Phòng B")
        ended(one, other)
        ended(other, one)

        found = nominees_of([nominate(dossier, each, "bk-tinh") for each in (one, other)])

        assert [[each.name for each in nominee.predecessors] for nominee in found] == [["Phòng B"], ["Phòng A"]]

    def test_a_grade_of_the_predecessor_judges_the_successor_anew(self, world: World, dossier: Dossier) -> None:
        old, heir = team(world, "Phòng A"), team(world, "Phòng B")
        ended(old, heir)
        grade(heir, y2025="HTXS")
        nomination = nominate(dossier, heir, "bk-tinh", branch="74.3.d")
        assert told(nomination, "A4-14") == []

        add_line(old, lines.GRADE, fields={"year": 2024, "grade": "HTXS", "source": "assessment"}, actor=None)

        nomination.refresh_from_db()
        (check,) = [each for each in nomination.checks["checks"] if each["rule"] == "A4-14"]
        assert check["passed"] is None
        assert "«Phòng A» (đến ngày 01/03/2025): 1 mức độ hoàn thành nhiệm vụ (năm 2024)" in check["text"]
        assert nomination.verdict == "needs-decision"

    def test_removing_the_line_takes_the_history_away(self, world: World, dossier: Dossier) -> None:
        old, heir = team(world, "Phòng A"), team(world, "Phòng B")
        row = ended(old, heir)
        remove_line(row, lines.REORGANISATION, subject=old, reason="Ghi nhầm", actor=None)

        assert the_nominee(nominate(dossier, heir, "bk-tinh")).predecessors == ()

    def test_merging_the_successor_takes_the_line_along_and_back(self, world: World) -> None:
        old, heir, kept = (team(world, name) for name in ("Phòng A", "Phòng B", "Phòng Bê"))
        row = ended(old, heir)

        done = merge(kept, heir, reason="Trùng", actor=world.person("officer"))
        row.refresh_from_db()
        assert row.successor == kept

        undo_merge(done, actor=None)
        row.refresh_from_db()
        assert row.successor == heir


@pytest.mark.parametrize("number", [1, 10])
def test_queries_grow_with_generations_not_with_subjects(
    world: World, dossier: Dossier, number: int, django_assert_num_queries: Any
) -> None:
    rows = []
    for place in range(number):
        old, heir = team(world, f"Phòng A{place}"), team(world, f"Phòng B{place}")
        ended(old, heir)
        rows.append(nominate(dossier, heir, "bk-tinh"))
    rows = [Nomination.objects.get(pk=row.pk) for row in rows]

    with django_assert_num_queries(14):
        found = nominees_of(rows)

    assert [len(each.predecessors) for each in found] == [1] * number
