"""Pages of the register: who sees what, what is kept of what was typed, and how many queries they take."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from awards.domain.history_lines import FREEZE, add_line
from awards.domain.subject_merging import merge
from awards.domain.subjects import add_subject, edit_subject
from awards.models import Freeze, Subject, SubjectMerge, TaskGrade
from tests.awards_world import DossierFactory, SubjectFactory, award, grade, initiative, nominate, record
from tests.world import World

pytestmark = pytest.mark.django_db
LIST = "/doi-tuong/"
NUMBER = "001080012345"


def signed_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    return signed_in(client, world, "officer")


@pytest.fixture
def standing(world: World) -> Client:
    return signed_in(Client(), world, "standing")


@pytest.fixture
def person(world: World) -> Subject:
    return add_subject(
        council=world.council,
        kind="individual",
        name="Nguyễn Thị Ánh",
        agency=world.syt,
        actor=None,
        id_number=NUMBER,
        aliases=["Ánh Tuyết"],
    )


def text(response: Any) -> str:
    return str(response.content.decode())


def furnish(world: World, number: int) -> None:
    for _ in range(number):
        row = SubjectFactory(agency=world.syt)
        Freeze.objects.create(subject=row, kind="press", since=date(2020, 1, 1))


class TestList:
    """The register as a list."""

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_takes_the_same_queries_for_any_number_of_rows(
        self, officer: Client, world: World, number: int, django_assert_num_queries: Any
    ) -> None:
        furnish(world, number)

        with django_assert_num_queries(7):
            page = text(officer.get(LIST))

        assert page.count("Trần Thị") >= number

    def test_it_sorts_by_given_name(self, officer: Client, world: World) -> None:
        for name in ("Nguyễn Văn Bình", "Trần Thị An", "Lê Đức Ân"):
            SubjectFactory(agency=world.syt, name=name)

        page = text(officer.get(LIST))

        assert page.index("Trần Thị An") < page.index("Lê Đức Ân") < page.index("Nguyễn Văn Bình")

    @pytest.mark.parametrize("query", ["anh", "NGUYEN THI", "tuyet anh", "so y te anh"])
    def test_it_is_searched_without_accents_by_name_and_other_name(
        self, officer: Client, world: World, person: Subject, query: str
    ) -> None:
        SubjectFactory(agency=world.syt, name="Lê Văn Cường")

        page = text(officer.get(LIST, {"q": query}))

        assert page.count(">Nguyễn Thị Ánh<") == 1
        assert "Cường" not in page

    def test_filters_narrow_it(self, officer: Client, world: World, person: Subject) -> None:
        SubjectFactory(agency=world.syt, name="Phòng Kế hoạch", kind="collective", group="tap-the")
        frozen = SubjectFactory(agency=world.syt, name="Hoàng Văn Dũng")
        Freeze.objects.create(subject=frozen, kind="press", since=date(2020, 1, 1))
        lifted = {"kind": "press", "since": date(2020, 1, 1), "cleared_on": date(2020, 2, 1)}
        Freeze.objects.create(subject=person, **lifted)

        def names(**query: str) -> set[str]:
            page = text(officer.get(LIST, query))
            return {name for name in ("Ánh", "Kế hoạch", "Dũng") if f"{name}<" in page}

        assert names(loai="collective") == names(nhom="tap-the") == {"Kế hoạch"}
        assert names(xac_minh="co") == {"Dũng"}
        assert names(xac_minh="khong") == {"Ánh", "Kế hoạch"}

    def test_merged_ones_are_shown_only_when_asked_for(self, officer: Client, world: World, person: Subject) -> None:
        SubjectFactory(agency=world.syt, name="Dòng trùng", merged_into=person)

        assert "Dòng trùng" not in text(officer.get(LIST))
        assert "Dòng trùng" in text(officer.get(LIST, {"gop": "ca"}))
        assert "Nguyễn Thị Ánh" not in text(officer.get(LIST, {"gop": "chi"}))

    def test_another_agencys_subjects_are_unseen(self, world: World, person: Subject) -> None:
        for name in ("secretary", "stranger", "administrator", "council_member"):
            page = text(signed_in(Client(), world, name).get(LIST))
            assert "Ánh" not in page
            assert "••345" not in page

    def test_the_standing_body_filters_by_agency(self, standing: Client, world: World, person: Subject) -> None:
        SubjectFactory(agency=world.sgddt, name="Lê Văn Cường")

        page = text(standing.get(LIST, {"don_vi": world.sgddt.pk}))

        assert "Cường" in page
        assert "Ánh" not in page

    def test_the_file_holds_the_masked_number_alone(self, officer: Client, person: Subject) -> None:
        content = officer.get(LIST, {"xuat": "xlsx"}).content
        rows = list(load_workbook(BytesIO(content)).active.values)
        whole = " ".join(str(value) for row in rows for value in row)

        assert "•••••••••345" in whole
        assert NUMBER not in whole
        assert person.id_hash not in whole


class TestPage:
    """One subject with its history."""

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_takes_the_same_queries_for_any_history(
        self, officer: Client, world: World, person: Subject, number: int, django_assert_num_queries: Any
    ) -> None:
        for step in range(number):
            grade(person, **{f"y{2015 + step}": "HTT"})
            record(person, "cstd-co-so", 2015 + step)
            initiative(person, year=2015 + step).uses.create(award=award("bk-tinh"), year=2015)
            add_line(person, FREEZE, fields={"kind": "press", "since": date(2020, 1, 1 + step)}, actor=None)
            nominate(DossierFactory(agency=world.syt), person)

        with django_assert_num_queries(17):
            page = text(officer.get(person.get_absolute_url()))

        assert "Hoàn thành tốt nhiệm vụ" in page
        assert "•••••••••345" in page

    def test_an_officer_reads_freezes_but_only_the_standing_body_writes_them(
        self, officer: Client, standing: Client, person: Subject
    ) -> None:
        Freeze.objects.create(subject=person, kind="petition", since=date(2020, 1, 1), reason="Đơn tố cáo")
        add = reverse("awards:subject-line-new", args=[person.pk, "xac-minh"])

        page = text(officer.get(person.get_absolute_url()))

        assert "Đơn tố cáo" in page
        assert add not in page
        assert officer.get(add).status_code == 403
        assert add in text(standing.get(person.get_absolute_url()))

    def test_a_merged_subject_points_to_the_kept_one(
        self, officer: Client, standing: Client, world: World, person: Subject
    ) -> None:
        gone = SubjectFactory(agency=world.syt)
        kept = SubjectFactory(agency=world.sgddt, name="Dòng giữ lại")
        merge(person, gone, reason="x", actor=world.person("officer"))
        merge(kept, person, reason="x", actor=world.person("standing"))

        assert person.get_absolute_url() in text(officer.get(gone.get_absolute_url()))
        page = text(officer.get(person.get_absolute_url()))
        assert "sổ của một đơn vị khác" in page
        assert "Dòng giữ lại" not in page
        assert kept.get_absolute_url() in text(standing.get(person.get_absolute_url()))
        assert officer.get(f"{person.get_absolute_url()}sua/").status_code == 403

    def test_dossiers_of_another_agency_are_unseen_on_it(self, officer: Client, world: World, person: Subject) -> None:
        nominate(DossierFactory(agency=world.sgddt, code="hs-cua-so-khac"), person)
        nominate(DossierFactory(agency=world.syt, code="hs-cua-minh"), person)

        page = text(officer.get(person.get_absolute_url()))

        assert "hs-cua-minh" in page
        assert "hs-cua-so-khac" not in page

    def test_the_history_tells_words_and_no_number(self, officer: Client, person: Subject) -> None:
        edit_subject(person, fields={"sex": "female"}, id_number="001080099999", actor=None)

        page = text(officer.get(reverse("accounts:history", args=["awards.subject", person.pk])))

        assert "đã đổi số định danh" in page
        assert "001080099999" not in page
        assert "Nữ" in page


class TestForms:
    """Adding and changing subjects and lines."""

    def typed(self, world: World, **rest: Any) -> dict[str, Any]:
        return {"name": "Lê Văn Cường", "agency": world.syt.pk, "unit": "Phòng Y", "aliases": "Cường Lê"} | rest

    @pytest.mark.parametrize(
        ("kind", "has", "lacks"),
        [
            ("individual", {"sex", "id_number"}, {"founded", "flag_eligible"}),
            ("collective", {"founded", "flag_eligible"}, {"sex", "id_number"}),
            ("household", {"unit"}, {"sex", "founded"}),
        ],
    )
    def test_each_kind_has_its_fields(self, officer: Client, kind: str, has: set[str], lacks: set[str]) -> None:
        page = text(officer.get("/doi-tuong/them/", {"loai": kind}))

        assert {name for name in has | lacks if f'name="{name}"' in page} == has

    def test_a_person_is_added(self, officer: Client, world: World) -> None:
        answer = officer.post("/doi-tuong/them/", self.typed(world, id_number=NUMBER))

        row = Subject.objects.get(name="Lê Văn Cường")
        assert answer["Location"] == row.get_absolute_url()
        assert (row.agency, row.id_tail, row.added_by) == (world.syt, "345", world.person("officer"))
        assert [alias.name for alias in row.aliases.all()] == ["Cường Lê"]

    def test_a_collective_may_say_that_it_takes_no_flag(self, officer: Client, world: World) -> None:
        officer.post("/doi-tuong/them/?loai=collective", self.typed(world, flag_eligible="False", founded="1999"))

        row = Subject.objects.get(name="Lê Văn Cường")
        assert (row.kind, row.flag_eligible, row.founded) == ("collective", False, 1999)

    def test_a_double_is_shown_first_and_added_when_wanted(
        self, officer: Client, world: World, person: Subject
    ) -> None:
        typed = self.typed(world, name="NGUYEN THI ANH")

        page = text(officer.post("/doi-tuong/them/", typed))

        assert "Có thể đã có đối tượng này" in page
        assert 'value="NGUYEN THI ANH"' in page
        assert Subject.objects.count() == 1
        officer.post("/doi-tuong/them/", typed | {"confirm": "1"})
        assert Subject.objects.count() == 2

    def test_of_a_double_in_another_agency_only_its_being_there_is_told(self, officer: Client, world: World) -> None:
        SubjectFactory(agency=world.sgddt, name="Lê Văn Cường", unit="Trường Bí Mật")

        page = text(officer.post("/doi-tuong/them/", self.typed(world)))

        assert "Sổ của một đơn vị khác có đối tượng cùng tên" in page
        assert "Bí Mật" not in page

    def test_another_agency_cannot_be_forged(self, officer: Client, world: World) -> None:
        page = text(officer.post("/doi-tuong/them/", self.typed(world, agency=world.sgddt.pk)))

        assert "Lựa chọn này không còn" in page
        assert not Subject.objects.exists()

    def test_a_wrong_number_is_told_and_the_rest_is_kept(self, officer: Client, world: World) -> None:
        page = text(officer.post("/doi-tuong/them/", self.typed(world, id_number="123", post="Bác sĩ")))

        assert "12 chữ số" in page
        assert 'value="Bác sĩ"' in page

    def test_the_standing_body_may_add_a_household_of_no_agency(self, standing: Client, world: World) -> None:
        standing.post("/doi-tuong/them/?loai=household", {"name": "Hộ bà Lan", "agency": ""})

        row = Subject.objects.get()
        assert (row.agency, row.council, row.kind) == (None, world.council, "household")

    def test_the_second_editor_sees_both_values_keeps_the_typed_ones_and_may_save_again(
        self, officer: Client, world: World, person: Subject
    ) -> None:
        url = f"{person.get_absolute_url()}sua/"
        typed = {"name": person.name, "agency": world.syt.pk, "post": "Trưởng phòng", "seen": "0"}
        edit_subject(person, fields={"post": "Phó phòng"}, actor=world.person("leader"))

        page = text(officer.post(url, typed))

        assert "Người leader đã sửa" in page
        assert "<td>Phó phòng</td>" in page
        assert 'value="Trưởng phòng"' in page
        assert 'name="seen" value="1"' in page
        officer.post(url, typed | {"seen": "1"})
        person.refresh_from_db()
        assert (person.post, person.id_tail) == ("Trưởng phòng", "345")

    def test_the_number_is_removed_only_on_purpose(self, officer: Client, world: World, person: Subject) -> None:
        typed = {"name": person.name, "agency": world.syt.pk, "seen": "0", "forget_id": "on"}

        officer.post(f"{person.get_absolute_url()}sua/", typed)

        person.refresh_from_db()
        assert (person.id_hash, person.id_tail) == ("", "")

    @time_machine.travel("2021-01-05T09:00:00+07:00", tick=False)
    def test_a_line_is_added_changed_and_removed(self, officer: Client, person: Subject) -> None:
        base = f"{person.get_absolute_url()}muc-do/"
        typed = {"year": "2020", "grade": "HTT", "source": "assessment"}

        assert "từ 1945 đến 2021" in text(officer.post(f"{base}them/", typed | {"year": "2022"}))
        officer.post(f"{base}them/", typed)
        row = TaskGrade.objects.get()
        assert "Năm này đã có mức độ" in text(officer.post(f"{base}them/", typed))
        officer.post(f"{base}{row.pk}/sua/", typed | {"grade": "HTXS", "seen": "0"})
        assert TaskGrade.objects.get().grade == "HTXS"
        officer.post(f"{base}{row.pk}/xoa/", {"reason": ""})
        assert TaskGrade.objects.exists()
        officer.post(f"{base}{row.pk}/xoa/", {"reason": "Ghi nhầm"})
        assert not TaskGrade.objects.exists()

    @time_machine.travel("2021-01-05T09:00:00+07:00", tick=False)
    @pytest.mark.parametrize(
        ("rest", "sentence"),
        [
            ({"cleared_on": "01/03/2020"}, "hãy chọn có hay không có sai phạm"),
            ({"upheld": "True"}, "hãy ghi ngày kết luận"),
            ({"cleared_on": "01/01/2019", "upheld": "False"}, "không được trước ngày bắt đầu"),
            ({"cleared_on": "01/03/2022", "upheld": "False"}, "Ngày này chưa đến"),
        ],
    )
    def test_a_freeze_is_lifted_with_day_and_conclusion_together(
        self, standing: Client, person: Subject, rest: dict[str, str], sentence: str
    ) -> None:
        typed = {"kind": "petition", "since": "01/02/2020", "reason": "Đơn"}

        page = text(standing.post(f"{person.get_absolute_url()}xac-minh/them/", typed | rest))

        assert sentence in page
        assert not Freeze.objects.exists()

    @time_machine.travel("2021-01-05T09:00:00+07:00", tick=False)
    def test_the_conclusion_of_a_freeze_is_kept(self, standing: Client, person: Subject) -> None:
        base, typed = f"{person.get_absolute_url()}xac-minh/", {"kind": "petition", "since": "01/02/2020"}
        standing.post(f"{base}them/", typed)
        row = Freeze.objects.get()
        assert "Ghi kết luận" in text(standing.get(person.get_absolute_url()))

        standing.post(f"{base}{row.pk}/sua/", typed | {"cleared_on": "01/03/2020", "upheld": "True", "seen": "0"})

        row.refresh_from_db()
        assert (row.cleared_on, row.upheld) == (date(2020, 3, 1), True)
        assert "có sai phạm" in text(standing.get(person.get_absolute_url()))

    def test_every_kind_of_line_has_its_form(self, standing: Client, world: World, person: Subject) -> None:
        team = SubjectFactory(agency=world.syt, kind="collective")
        found = {
            slug: standing.get(f"{subject.get_absolute_url()}{slug}/them/").status_code
            for subject, slugs in (
                (person, ("muc-do", "thanh-tich", "sang-kien", "lan-dung", "xac-minh", "ky-luat", "nghi")),
                (team, ("so-ca-nhan",)),
            )
            for slug in slugs
        }

        assert set(found.values()) == {200}
        assert standing.get(f"{person.get_absolute_url()}so-ca-nhan/them/").status_code == 404

    def test_awards_on_offer_are_those_that_such_a_subject_gets(self, officer: Client, person: Subject) -> None:
        page = text(officer.get(f"{person.get_absolute_url()}thanh-tich/them/"))

        assert "Chiến sĩ thi đua cơ sở" in page
        assert "Tập thể lao động xuất sắc" not in page


class TestMergePages:
    """Looking up, reading what would happen, confirming, undoing."""

    def test_a_merge_and_its_undo(self, officer: Client, world: World, person: Subject) -> None:
        double = SubjectFactory(agency=world.syt, name="Nguyễn Thị Ánh")
        grade(double, y2019="HTT", y2020="HTT")
        grade(person, y2020="HTXS")
        url = f"{person.get_absolute_url()}gop/"

        assert f"?voi={double.pk}" in text(officer.get(url))
        page = text(officer.get(url, {"voi": double.pk}))
        assert "1 mức độ hoàn thành nhiệm vụ" in page
        assert "2020: Hoàn thành tốt nhiệm vụ" in page
        assert "Hãy điền mục này" in text(officer.post(f"{url}?voi={double.pk}", {"reason": ""}))
        officer.post(f"{url}?voi={double.pk}", {"reason": "Nhập hai lần"})
        row = SubjectMerge.objects.get()
        assert "Hoàn tác gộp" in text(officer.get(person.get_absolute_url()))
        officer.post(f"{url}{row.pk}/hoan-tac/")
        assert Subject.objects.current().count() == 2

    def test_an_officer_merges_no_subject_of_another_agency(
        self, officer: Client, world: World, person: Subject
    ) -> None:
        foreign = SubjectFactory(agency=world.sgddt, name="Nguyễn Thị Ánh")
        url = f"{person.get_absolute_url()}gop/"

        assert f"?voi={foreign.pk}" not in text(officer.get(url, {"q": "anh"}))
        assert officer.get(url, {"voi": foreign.pk}).status_code == 404
        assert officer.post(f"{url}?voi={foreign.pk}", {"reason": "x"}).status_code == 404

    def test_an_undo_that_brings_back_another_agencys_row_is_for_who_sees_both(
        self, officer: Client, standing: Client, world: World, person: Subject
    ) -> None:
        row = merge(person, SubjectFactory(agency=world.sgddt), reason="x", actor=world.person("standing"))
        url = f"{person.get_absolute_url()}gop/{row.pk}/hoan-tac/"

        assert officer.post(url).status_code == 404
        assert standing.post(url).status_code == 302
        row.refresh_from_db()
        assert row.undone_by == world.person("standing")
