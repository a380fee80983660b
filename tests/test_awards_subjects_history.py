"""Lines of a subject's history, and two subjects that are found to be one."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from awards.domain import history_lines as lines
from awards.domain.conflicts import Conflict
from awards.domain.history_lines import add_line, edit_line, kinds_of, remove_line
from awards.domain.subject_merging import merge, preview, undo_merge
from awards.domain.subjects import add_subject, agency_subject, edit_subject
from awards.models import AwardRecord, Freeze, Initiative, InitiativeUse, Nomination, Subject, TaskGrade
from tests.awards_world import DossierFactory, SubjectFactory, award, grade, initiative, nominate, record
from tests.factories import UserFactory
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(world: World) -> Subject:
    return SubjectFactory(agency=world.syt, name="Nguyễn Thị Ánh")


GRADE = {"year": 2020, "grade": "HTT", "source": "assessment"}


class TestLines:
    """One way to write every kind of line."""

    def test_each_kind_of_subject_has_its_kinds_of_lines(self, world: World) -> None:
        found = {
            kind: {each.slug for each in kinds_of(SubjectFactory(agency=world.syt, kind=kind))}
            for kind in ("individual", "collective", "household")
        }

        assert "so-ca-nhan" in found["collective"] - found["individual"]
        assert "nghi" in found["individual"] - found["collective"]
        assert found["household"] == {"muc-do", "thanh-tich", "xac-minh"}

    def test_a_line_is_audited_on_the_subject(self, person: Subject, world: World) -> None:
        row = add_line(person, lines.GRADE, fields=GRADE, actor=world.person("officer"))

        entry = entries_of(person)[0]
        assert (entry.action, entry.after["grade"]) == ("Thêm mức độ hoàn thành nhiệm vụ", "Hoàn thành tốt nhiệm vụ")
        assert row.added_by == world.person("officer")

    def test_a_year_has_one_grade_and_says_so(self, person: Subject) -> None:
        add_line(person, lines.GRADE, fields=GRADE, actor=None)

        with pytest.raises(TransitionRefused, match="Năm này đã có mức độ"):
            add_line(person, lines.GRADE, fields=GRADE, actor=None)

    def test_a_kind_that_such_a_subject_does_not_have_is_refused(self, person: Subject) -> None:
        with pytest.raises(TransitionRefused, match="không có mục"):
            add_line(person, lines.PEOPLE_YEAR, fields={"year": 2020}, actor=None)

    def test_parts_greater_than_the_whole_are_refused(self, world: World) -> None:
        team = SubjectFactory(agency=world.syt, kind="collective")

        with pytest.raises(TransitionRefused, match="lớn hơn tổng số"):
            add_line(team, lines.PEOPLE_YEAR, fields={"year": 2020, "total": 3, "advanced": 4}, actor=None)

    def test_a_change_tells_before_and_after_and_which_line(self, person: Subject) -> None:
        row = add_line(person, lines.GRADE, fields=GRADE, actor=None)
        edit_line(row, lines.GRADE, subject=person, fields=GRADE | {"grade": "HTXS"}, actor=None)

        entry = entries_of(person)[0]
        assert entry.before == {"grade": "Hoàn thành tốt nhiệm vụ"}
        assert entry.after == {
            "grade": "Hoàn thành xuất sắc nhiệm vụ",
            "dòng": "2020: Hoàn thành xuất sắc nhiệm vụ",
        }

    def test_the_second_of_two_editors_is_told_both_values(self, person: Subject, world: World) -> None:
        row = add_line(person, lines.GRADE, fields=GRADE, actor=None)
        leader, officer = world.person("leader"), world.person("officer")
        edit_line(row, lines.GRADE, subject=person, fields=GRADE | {"grade": "HTXS"}, actor=leader, seen=0)

        with pytest.raises(Conflict, match="Người leader đã sửa"):
            edit_line(row, lines.GRADE, subject=person, fields=GRADE | {"grade": "HT"}, actor=officer, seen=0)

        assert TaskGrade.objects.get(pk=row.pk).grade == "HTXS"

    def test_removing_needs_a_reason_and_leaves_what_was_said_in_the_history(self, person: Subject) -> None:
        row = add_line(person, lines.GRADE, fields=GRADE, actor=None)
        with pytest.raises(TransitionRefused, match="lý do"):
            remove_line(row, lines.GRADE, subject=person, reason=" ", actor=None)

        remove_line(row, lines.GRADE, subject=person, reason="Ghi nhầm năm", actor=None)

        entry = entries_of(person)[0]
        assert (entry.reason, entry.before["grade"]) == ("Ghi nhầm năm", "Hoàn thành tốt nhiệm vụ")
        assert not TaskGrade.objects.exists()

    def test_a_line_of_another_subject_is_out_of_reach(self, person: Subject, world: World) -> None:
        other = SubjectFactory(agency=world.syt)
        row = add_line(other, lines.GRADE, fields=GRADE, actor=None)

        with pytest.raises(TransitionRefused, match="tải lại trang"):
            edit_line(row, lines.GRADE, subject=person, fields=GRADE, actor=None)

    def test_what_a_decision_wrote_is_not_for_hands(self, person: Subject) -> None:
        row = record(person, "cstd-co-so", 2019, source="decision")

        with pytest.raises(TransitionRefused, match="quyết định khen thưởng trong hệ thống"):
            remove_line(row, lines.RECORD, subject=person, reason="x", actor=None)

    def test_uses_belong_to_ones_own_initiatives_and_dossiers_keep_theirs(self, person: Subject, world: World) -> None:
        idea = initiative(person)
        foreign = initiative(SubjectFactory(agency=world.syt))
        with pytest.raises(TransitionRefused, match="không phải của đối tượng"):
            add_line(
                person, lines.USE, fields={"initiative": foreign, "award": award("bk-tinh"), "year": 2020}, actor=None
            )
        own = nominate(DossierFactory(agency=world.syt), person)
        use = InitiativeUse.objects.create(initiative=idea, award=own.award, year=2020, nomination=own)

        with pytest.raises(TransitionRefused, match="thuộc một hồ sơ"):
            remove_line(use, lines.USE, subject=person, reason="x", actor=None)
        with pytest.raises(TransitionRefused, match="đang được dùng"):
            remove_line(idea, lines.INITIATIVE, subject=person, reason="x", actor=None)

    def test_a_new_freeze_turns_the_check_of_an_open_nomination(self, person: Subject, world: World) -> None:
        grade(person, y2020="HTXS")
        row = nominate(
            DossierFactory(agency=world.syt, received_on=date(2020, 12, 10)), person, "ld-tien-tien", attested={}
        )
        since = {"kind": "petition", "since": date(2020, 3, 1)}
        freeze = add_line(person, lines.FREEZE, fields=since, actor=None)
        assert Nomination.objects.get(pk=row.pk).verdict == "ineligible"

        cleared = since | {"cleared_on": date(2020, 4, 1), "upheld": False}
        edit_line(freeze, lines.FREEZE, subject=person, fields=cleared, actor=None)

        assert Nomination.objects.get(pk=row.pk).verdict != "ineligible"


class TestMerging:
    """Two rows of one person become one, and can be parted again."""

    @pytest.fixture
    def double(self, world: World, person: Subject) -> Subject:
        """The same person entered again, with a history of its own."""
        row = add_subject(
            council=world.council,
            kind="individual",
            name="Nguyễn T. Ánh",
            agency=world.syt,
            actor=None,
            id_number="001080012345",
            aliases=["Ánh B"],
        )
        grade(person, y2019="HTT", y2020="HTXS")
        grade(row, y2018="HTT", y2020="HT")
        record(row, "cstd-co-so", 2018)
        initiative(row)
        nominate(DossierFactory(agency=world.syt), row)
        return row

    def state(self, subject: Subject) -> dict[str, Any]:
        return {
            "grades": sorted(TaskGrade.objects.filter(subject=subject).values_list("year", "grade")),
            "records": AwardRecord.objects.filter(subject=subject).count(),
            "initiatives": Initiative.objects.filter(subject=subject).count(),
            "nominations": Nomination.objects.filter(subject=subject).count(),
            "aliases": sorted(subject.aliases.values_list("name", flat=True)),
            "tail": Subject.objects.get(pk=subject.pk).id_tail,
        }

    def test_history_and_nominations_follow_and_what_collides_stays(
        self, person: Subject, double: Subject, world: World
    ) -> None:
        merge(person, double, reason="Một người", actor=world.person("officer"))

        assert self.state(person) == {
            "grades": [(2018, "HTT"), (2019, "HTT"), (2020, "HTXS")],
            "records": 1,
            "initiatives": 1,
            "nominations": 1,
            "aliases": ["Nguyễn T. Ánh", "Ánh B"],
            "tail": "345",
        }
        assert self.state(double)["grades"] == [(2020, "HT")]
        assert Subject.objects.get(pk=double.pk).merged_into == person

    def test_an_undo_gives_back_exactly_what_moved(self, person: Subject, double: Subject, world: World) -> None:
        before = self.state(person), self.state(double)
        row = merge(person, double, reason="Một người", actor=world.person("officer"))
        grade(person, y2021="HTT")

        undo_merge(row, actor=world.person("officer"))

        after = self.state(person), self.state(double)
        assert after[1] == before[1]
        assert after[0] == before[0] | {"grades": [(2019, "HTT"), (2020, "HTXS"), (2021, "HTT")]}
        assert Subject.objects.get(pk=double.pk).merged_into is None
        with pytest.raises(TransitionRefused, match="đã được hoàn tác"):
            undo_merge(row, actor=None)

    def test_collisions_are_told_before(self, person: Subject, double: Subject) -> None:
        found = preview(person, double)

        assert found.objections == []
        assert found.stays == ["mức độ hoàn thành nhiệm vụ: 2020: Hoàn thành nhiệm vụ"]
        assert ("mức độ hoàn thành nhiệm vụ", 1) in found.moves

    def test_the_same_award_entered_twice_stays_too(self, person: Subject, double: Subject) -> None:
        record(person, "cstd-co-so", 2018)
        undated = {"award": award("bk-tinh"), "year": 2017, "decision_number": "12/QĐ"}
        for each in (person, double):
            AwardRecord.objects.create(subject=each, **undated)

        assert sum("thành tích" in each for each in preview(person, double).stays) == 2

    def test_a_merged_subject_refuses_edits_and_points_to_the_kept_one(
        self, person: Subject, double: Subject, world: World
    ) -> None:
        merge(person, double, reason="Một người", actor=world.person("officer"))

        with pytest.raises(TransitionRefused, match="đã gộp vào «Nguyễn Thị Ánh»"):
            edit_subject(double, fields={"post": "x"}, actor=None)
        with pytest.raises(TransitionRefused, match="đã gộp vào"):
            add_line(double, lines.GRADE, fields=GRADE, actor=None)

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"kind": "household"}, "Không gộp hộ gia đình"),
            ({"kind": "collective", "is_agency": True}, "là chính đơn vị"),
        ],
    )
    def test_subjects_that_cannot_be_one_are_refused(
        self, world: World, person: Subject, values: dict[str, Any], sentence: str
    ) -> None:
        other = SubjectFactory(agency=world.syt, **values)

        with pytest.raises(TransitionRefused, match=sentence):
            merge(person, other, reason="x", actor=world.person("officer"))

    def test_itself_no_reason_and_another_province_are_refused(self, world: World, person: Subject) -> None:
        user = world.person("standing")
        with pytest.raises(TransitionRefused, match="chính nó"):
            merge(person, person, reason="x", actor=user)
        with pytest.raises(TransitionRefused, match="lý do"):
            merge(person, SubjectFactory(agency=world.syt), reason="", actor=user)
        with pytest.raises(TransitionRefused, match="hai tỉnh"):
            merge(person, SubjectFactory(agency__council__province="Khác"), reason="x", actor=user)

    def test_both_in_one_open_dossier_for_one_award_have_to_be_parted_first(
        self, person: Subject, double: Subject, world: World
    ) -> None:
        nominate(Nomination.objects.get(subject=double).dossier, person)

        with pytest.raises(TransitionRefused, match="Hãy bỏ một trong hai"):
            merge(person, double, reason="x", actor=world.person("officer"))

    def test_a_chain_is_undone_from_its_end(self, person: Subject, double: Subject, world: World) -> None:
        user, third = world.person("standing"), SubjectFactory(agency=world.syt)
        first = merge(person, double, reason="x", actor=user)
        second = merge(third, person, reason="x", actor=user)

        with pytest.raises(TransitionRefused, match="Hãy hoàn tác lần gộp đó trước"):
            undo_merge(first, actor=user)
        undo_merge(second, actor=user)
        undo_merge(first, actor=user)

        assert Subject.objects.current().count() == 3

    def test_different_numbers_and_agencies_are_warned_of(self, world: World, double: Subject) -> None:
        other = add_subject(
            council=world.council,
            kind="individual",
            name="Ánh",
            agency=world.sgddt,
            actor=None,
            id_number="001080099999",
        )

        found = preview(other, double)

        assert len(found.warnings) == 2
        assert found.objections == []


def raced(*acts: Any) -> list[str]:
    """The acts at once, each in a connection of its own; the sentence of each refusal, empty for who won."""
    gate, told = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int) -> None:
        try:
            gate.wait(timeout=20)
            acts[place]()
        except TransitionRefused as refusal:
            told[place] = str(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return told


@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
class TestRaces:
    """On a database with row locks."""

    def test_merging_each_into_the_other_at_once_has_one_winner(self) -> None:
        world, user = build_world(), UserFactory()
        a, b = (SubjectFactory(agency=world.syt) for _ in range(2))
        grade(a, y2019="HTT")
        grade(b, y2020="HTT")

        told = raced(lambda: merge(a, b, reason="x", actor=user), lambda: merge(b, a, reason="x", actor=user))

        kept = Subject.objects.current().get(pk__in=[a.pk, b.pk])
        assert sorted(bool(each) for each in told) == [False, True]
        assert TaskGrade.objects.filter(subject=kept).count() == 2

    def test_an_agency_asked_for_by_many_at_once_is_one_subject(self) -> None:
        world = build_world()

        told = raced(*[lambda: agency_subject(world.syt)] * 4)

        assert told == [""] * 4
        assert Subject.objects.filter(agency=world.syt, is_agency=True).count() == 1

    def test_a_line_added_while_its_subject_is_merged_is_never_lost(self) -> None:
        world, user = build_world(), UserFactory()
        a, b = (SubjectFactory(agency=world.syt) for _ in range(2))

        told = raced(
            lambda: merge(a, b, reason="x", actor=user),
            lambda: add_line(b, lines.FREEZE, fields={"kind": "press", "since": date(2020, 1, 1)}, actor=user),
        )

        assert Freeze.objects.filter(subject=a).count() == (0 if told[1] else 1)
        assert not Freeze.objects.filter(subject=b).exists()
