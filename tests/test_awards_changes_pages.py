"""Moves, ends and named achievements on the pages."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from awards.domain.checking import recheck_dossier
from awards.domain.subject_before import predecessors_of
from awards.models import Dossier, Nomination, Reorganisation, Subject, UnitMove
from tests.awards_world import DossierFactory, SubjectFactory, grade, nominate, record
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(world.person("officer"))
    return client


@pytest.fixture
def person(world: World) -> Subject:
    return SubjectFactory(agency=world.syt, name="Nguyễn Thị Ánh")


def team(world: World, name: str, **rest: Any) -> Subject:
    return SubjectFactory(**({"agency": world.syt, "kind": "collective", "name": name} | rest))


def checks(nomination: Nomination, rule: str) -> list[dict[str, Any]]:
    recheck_dossier(nomination.dossier)
    nomination.refresh_from_db()
    return [each for each in nomination.checks["checks"] if each["rule"] == rule]


def test_a_move_is_written_changed_and_removed(officer: Client, person: Subject, world: World) -> None:
    page = f"/doi-tuong/{person.pk}/chuyen-cong-tac"
    fields = {"moved_on": "01/03/2020", "old_unit": "Sở Tài chính", "new_unit": "Sở Y tế", "new_agency": world.syt.pk}
    assert officer.post(f"{page}/them/", fields).status_code == 302
    row = UnitMove.objects.get()
    assert (row.moved_on, row.new_agency, row.added_by) == (date(2020, 3, 1), world.syt, world.person("officer"))

    assert officer.post(f"{page}/{row.pk}/sua/", fields | {"comment": "12/NX", "version": 0}).status_code == 302
    row.refresh_from_db()
    assert (row.comment, row.version) == ("12/NX", 1)
    assert "Sở Tài chính → Sở Y tế ngày 01/03/2020" in officer.get(person.get_absolute_url()).content.decode()

    assert officer.post(f"{page}/{row.pk}/xoa/", {"reason": "Ghi nhầm"}).status_code == 302
    assert not UnitMove.objects.exists()


def test_a_move_that_has_not_happened_is_refused(officer: Client, person: Subject) -> None:
    fields = {"moved_on": "01/03/2090", "old_unit": "Sở Tài chính", "new_unit": "Sở Y tế"}

    answer = officer.post(f"/doi-tuong/{person.pk}/chuyen-cong-tac/them/", fields)

    assert "Ngày này chưa đến" in answer.content.decode()
    assert not UnitMove.objects.exists()


def test_an_heir_is_chosen_near_or_named_but_not_both(officer: Client, world: World) -> None:
    old, near = team(world, "Phòng A"), team(world, "Phòng B")
    far = team(world, "Phòng của Sở khác", agency=world.sgddt)
    page = f"/doi-tuong/{old.pk}/sap-xep-to-chuc/them/"
    fields = {"kind": "merged", "changed_on": "01/03/2020"}
    shown = officer.get(page).content.decode()
    assert "Phòng B" in shown
    assert "Phòng của Sở khác" not in shown

    both = officer.post(page, fields | {"successor": near.pk, "successor_name": "Phòng C"}).content.decode()
    assert "hãy để trống mục này" in both
    officer.post(page, fields | {"successor": far.pk})
    assert not Reorganisation.objects.exists()

    assert officer.post(page, fields | {"successor": near.pk}).status_code == 302
    assert Reorganisation.objects.get().successor == near


def test_a_person_has_no_reorganisation_and_a_collective_no_move(
    officer: Client, world: World, person: Subject
) -> None:
    assert officer.get(f"/doi-tuong/{person.pk}/sap-xep-to-chuc/them/").status_code == 404
    assert officer.get(f"/doi-tuong/{team(world, 'Phòng A').pk}/chuyen-cong-tac/them/").status_code == 404


def test_the_successor_shows_what_was_recognised_before_it(officer: Client, world: World) -> None:
    """Of a predecessor that its people do not see in the register: grades and awards that stand, and no link."""
    old, heir = team(world, "Chi cục cũ", agency=world.sgddt), team(world, "Phòng B")
    Reorganisation.objects.create(subject=old, successor=heir, changed_on=date(2020, 3, 1), kind="merged")
    grade(old, y2018="HTT", y2019="HTXS")
    record(old, "tt-ld-xuat-sac", 2019)
    record(old, "bk-tinh", 2017, revoked_on=date(2018, 1, 1))

    (found,) = predecessors_of(heir, world.person("officer"))

    assert (found.name, found.until, found.url) == ("Chi cục cũ", date(2020, 3, 1), "")
    assert [(each.year, each.grade, len(each.awards)) for each in found.years] == [
        (2019, "Hoàn thành xuất sắc nhiệm vụ", 1),
        (2018, "Hoàn thành tốt nhiệm vụ", 0),
    ]
    assert "Lịch sử của đơn vị tiền thân" in officer.get(heir.get_absolute_url()).content.decode()
    assert predecessors_of(heir, world.person("standing"))[0].url == old.get_absolute_url()


class TestAchievements:
    """A4-1: Luật TĐKT 2022, Điều 5 khoản 2 điểm c."""

    @pytest.fixture
    def dossier(self, world: World) -> Dossier:
        return DossierFactory(agency=world.syt, year=2025, category="dot-xuat", received_on=date(2025, 12, 10))

    def test_the_field_is_asked_except_for_yearly_titles(self, officer: Client, world: World, person: Subject) -> None:
        dossier = DossierFactory(agency=world.syt)
        title, form = nominate(dossier, person), nominate(dossier, person, "bk-tinh")

        shown = {row.pk: officer.get(f"/de-nghi/{row.pk}/sua/").content.decode() for row in (title, form)}

        assert 'name="achievement"' not in shown[title.pk]
        assert 'name="achievement"' in shown[form.pk]

    def test_an_achievement_that_was_commended_is_told_when_it_is_named(
        self, dossier: Dossier, person: Subject
    ) -> None:
        record(person, "giay-khen", 2024, category="dot-xuat", achievement="Cứu người đuối nước")
        nomination = nominate(dossier, person, "bk-tinh", achievement="CỨU NGƯỜI  đuối nước")

        (check,) = checks(nomination, "A4-1")

        assert (check["passed"], nomination.verdict) == (False, "ineligible")
        assert check["citation"] == "Luật TĐKT 2022, Điều 5 khoản 2 điểm c"

    def test_two_dossiers_name_one_achievement_in_two_years(
        self, dossier: Dossier, person: Subject, world: World
    ) -> None:
        other = DossierFactory(agency=world.syt, year=2024, category="dot-xuat")
        nominate(other, person, "giay-khen", achievement="Cứu người đuối nước")
        same = nominate(dossier, person, "bk-tinh", achievement="cứu người đuối nước")

        assert [each["passed"] for each in checks(same, "A4-1")] == [False]

        same.achievement = "Chữa cháy chợ"
        same.save()
        assert checks(same, "A4-1") == []

    def test_without_names_it_is_open_within_a_year(self, dossier: Dossier, person: Subject) -> None:
        nominate(dossier, person, "giay-khen")
        nomination = nominate(dossier, person, "bk-tinh")

        assert [each["passed"] for each in checks(nomination, "A4-1")] == [None]
