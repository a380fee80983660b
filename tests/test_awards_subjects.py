"""The register of subjects: identity, doubles, changes by two people, agencies as subjects."""

import logging
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from accounts.models import AuditEntry
from awards.domain.conflicts import Conflict
from awards.domain.identity import NotAnIdentity, all_hashes, hash_id, tail
from awards.domain.matching import Match, Wanted, matches_for, told
from awards.domain.subjects import add_subject, agency_subject, edit_subject
from awards.models import Subject, SubjectAlias
from blocs.tables.access import access_of
from tests.awards_world import SubjectFactory
from tests.world import World

pytestmark = pytest.mark.django_db
NUMBER = "001080012345"


def person(world: World, **rest: Any) -> Subject:
    values = {"kind": "individual", "name": "Nguyễn Văn Bình", "agency": world.syt, "actor": None} | rest
    return add_subject(council=world.council, **values)


class TestIdentity:
    """National ids are recognised, never kept."""

    @pytest.mark.parametrize("typed", ["001080012345", "001 080 012 345", "001.080.012.345", "001-080-012345"])
    def test_one_number_written_in_many_ways_has_one_hash(self, typed: str) -> None:
        assert hash_id(typed) == hash_id(NUMBER)
        assert tail(typed) == "345"

    @pytest.mark.parametrize(
        "typed", ["", "12345678", "1234567890", "00108001234a", "０01080012345", "１２３４５６７８９"]
    )
    def test_what_is_no_number_of_nine_or_twelve_digits_is_refused_without_being_repeated(self, typed: str) -> None:
        with pytest.raises(NotAnIdentity) as caught:
            hash_id(typed)

        assert "12 chữ số" in str(caught.value)
        assert not typed or typed not in str(caught.value)

    def test_the_hash_needs_the_key(self, settings: Any) -> None:
        before = hash_id(NUMBER)
        settings.IDENTITY_KEY = "another key"

        assert hash_id(NUMBER) != before
        assert NUMBER not in hash_id(NUMBER)

    def test_rows_written_with_an_older_key_are_still_found(self, settings: Any, world: World) -> None:
        old = person(world, id_number=NUMBER)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = settings.IDENTITY_KEY = "the new key"

        found = matches_for(world.council.pk, [Wanted("individual", "Tên khác hẳn", world.syt.pk, id_number=NUMBER)])

        assert len(all_hashes(NUMBER)) == 2
        assert found == [(Match(old, "id", False),)]

    def test_neither_number_nor_hash_is_kept_in_audit_rows_or_log(self, world: World, caplog: Any) -> None:
        caplog.set_level(logging.DEBUG)
        row = person(world, id_number="001 080 012 345")
        edit_subject(row, fields={}, id_number="001080099999", actor=None)
        row.refresh_from_db()

        trail = " ".join(f"{each.before} {each.after} {each.reason}" for each in AuditEntry.objects.all())
        whole = " ".join(str(value) for value in Subject.objects.filter(pk=row.pk).values().get().items())

        assert NUMBER not in whole + trail
        assert row.id_hash not in trail
        assert "đã đổi số định danh" in trail
        assert row.masked_id == "•••••••••999"

    def test_only_a_person_has_a_national_id(self, world: World) -> None:
        with pytest.raises(TransitionRefused, match="cho cá nhân"):
            person(world, kind="collective", id_number=NUMBER)

    def test_a_wrong_number_is_refused_by_the_verb_too(self, world: World) -> None:
        with pytest.raises(TransitionRefused, match="12 chữ số"):
            person(world, id_number="123")


class TestMatches:
    """Doubles are shown before anything is written."""

    def found(self, world: World, **rest: Any) -> list[tuple[str, str, bool]]:
        values: dict[str, Any] = {"kind": "individual", "name": "nguyen van binh", "agency_id": world.syt.pk} | rest
        matches = matches_for(world.council.pk, [Wanted(**values)])[0]
        return [(each.subject.name, each.why, each.other_agency) for each in matches]

    def test_the_surest_reason_comes_first(self, world: World) -> None:
        person(world, name="Nguyễn Văn Bình", agency=world.sgddt)
        person(world, unit="Phòng Kế hoạch")
        person(world, name="Trần Khác", id_number=NUMBER)

        assert self.found(world, id_number=NUMBER, unit="phòng  kế hoạch") == [
            ("Trần Khác", "id", False),
            ("Nguyễn Văn Bình", "name-unit", False),
            ("Nguyễn Văn Bình", "name", True),
        ]

    def test_another_name_is_a_name(self, world: World) -> None:
        SubjectAlias.objects.create(subject=person(world, name="Bùi Thị Cúc"), name="Nguyễn Văn Bình")

        assert self.found(world) == [("Bùi Thị Cúc", "name-agency", False)]

    def test_another_day_of_birth_or_another_kind_is_another_subject(self, world: World) -> None:
        person(world, born_on=date(1980, 1, 1))
        person(world, kind="household")

        assert self.found(world, born_on=date(1981, 1, 1)) == []
        assert self.found(world, born_on=date(1980, 1, 1)) == [("Nguyễn Văn Bình", "name-agency", False)]

    def test_another_number_is_never_more_than_a_namesake(self, world: World) -> None:
        person(world, id_number="001080099999", unit="Phòng A")
        person(world, id_number="001080099998", agency=world.sgddt)

        assert self.found(world, id_number=NUMBER, unit="Phòng A") == [("Nguyễn Văn Bình", "name", False)]

    def test_collectives_of_the_same_name_elsewhere_are_others(self, world: World) -> None:
        person(world, kind="collective", name="Văn phòng", agency=world.sgddt)

        assert self.found(world, kind="collective", name="Văn phòng") == []

    def test_merged_ones_and_other_provinces_are_not_offered(self, world: World) -> None:
        kept = person(world, name="Khác")
        SubjectFactory(agency=world.syt, name="Nguyễn Văn Bình", merged_into=kept)
        SubjectFactory(name="Nguyễn Văn Bình", agency__council__province="Tỉnh Khác")

        assert self.found(world) == []

    def test_any_number_of_rows_takes_two_queries(self, world: World, django_assert_num_queries: Any) -> None:
        for number in range(30):
            person(world, name=f"Người {number}", id_number=f"0010800{number:05d}")
        rows = [
            Wanted("individual", f"người {number}", world.syt.pk, id_number=f"0010800{number:05d}")
            for number in range(30)
        ]

        with django_assert_num_queries(2):
            assert all(len(found) == 1 for found in matches_for(world.council.pk, rows))
        with django_assert_num_queries(2):
            matches_for(world.council.pk, rows[:1])

    def test_of_another_agencys_subject_an_officer_learns_only_that_it_is_there(self, world: World) -> None:
        row = person(world, agency=world.sgddt, unit="Phòng Mật")
        match = matches_for(world.council.pk, [Wanted("individual", row.name, world.syt.pk)])[0][0]

        officer = told(match, access_of(world.person("officer")))
        standing = told(match, access_of(world.person("standing")))

        assert "đơn vị khác" in officer
        assert not {"Bình", "Phòng Mật", "Giáo dục"} & set(officer.split())
        assert "Sở Giáo dục và Đào tạo" not in officer
        assert standing == "Nguyễn Văn Bình, Phòng Mật: cùng tên (sổ của Sở Giáo dục và Đào tạo)."


class TestWriting:
    """Adding and changing."""

    def test_fields_of_another_kind_are_kept_empty(self, world: World) -> None:
        team = person(world, kind="collective", sex="female", born_on=date(1980, 1, 1), founded=1999)
        human = person(world, founded=1999, flag_eligible=True)

        assert (team.sex, team.born_on, team.founded) == ("", None, 1999)
        assert (human.founded, human.flag_eligible) == (None, None)

    def test_an_agency_of_another_province_and_an_empty_name_are_refused(self, world: World) -> None:
        other = SubjectFactory(agency__council__province="Tỉnh Khác").agency

        with pytest.raises(TransitionRefused, match="không thuộc tỉnh này"):
            person(world, agency=other)
        with pytest.raises(TransitionRefused, match="Hãy ghi tên"):
            person(world, name="  ")

    def test_what_changed_is_in_the_history_in_words(self, world: World) -> None:
        row = person(world, aliases=["Bình A"])
        edit_subject(row, fields={"post": "Trưởng phòng", "sex": "male"}, aliases=["Bình B"], actor=None)

        entry = entries_of(row)[0]

        assert entry.action == "Sửa đối tượng"
        assert entry.after == {"post": "Trưởng phòng", "sex": "Nam", "tên khác": "Bình B"}
        assert entry.before["tên khác"] == "Bình A"

    def test_the_second_of_two_is_told_both_values_and_nothing_is_written(self, world: World) -> None:
        row = person(world)
        edit_subject(row, fields={"post": "Phó phòng"}, actor=world.person("leader"), seen=0)

        with pytest.raises(Conflict) as caught:
            edit_subject(row, fields={"post": "Trưởng phòng"}, actor=world.person("officer"), seen=0)

        assert "Người leader đã sửa «chức vụ»" in str(caught.value)
        assert [(each.saved, each.typed) for each in caught.value.differences] == [("Phó phòng", "Trưởng phòng")]
        assert Subject.objects.get(pk=row.pk).post == "Phó phòng"

    def test_the_same_values_twice_are_no_conflict(self, world: World) -> None:
        row = person(world)
        edit_subject(row, fields={"post": "Phó phòng"}, actor=None, seen=0)

        assert edit_subject(row, fields={"post": "Phó phòng"}, actor=None, seen=0).version == 2

    def test_a_new_name_is_found_without_accents(self, world: World) -> None:
        row = edit_subject(person(world), fields={"name": "Đặng Thị Ơn"}, actor=None)

        assert Subject.objects.get(search_key="dang thi on") == row

    def test_an_agency_is_one_subject_however_often_it_is_asked_for(self, world: World) -> None:
        first, second = agency_subject(world.syt), agency_subject(world.syt)

        assert first == second
        assert (first.kind, first.name, first.is_agency) == ("collective", "Sở Y tế", True)
        with pytest.raises(TransitionRefused, match="đã có trong sổ"):
            person(world, kind="collective", is_agency=True)

    def test_the_trail_stays_whole(self, world: World) -> None:
        edit_subject(person(world, id_number=NUMBER), fields={"post": "A"}, id_number="", actor=None)

        call_command("verify_audit")
