"""Nominations: adding several, two people on one, its report section by section, what was asked for alone."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.domain import audit
from accounts.domain.history import readable_entries
from accounts.domain.todo import todos_for
from accounts.domain.workflow import TransitionRefused
from awards.domain.checking import recheck_dossier
from awards.domain.conflicts import Conflict, base_of
from awards.domain.nominations import add_nominations, edit_nomination, rely_on, remove_nomination
from awards.domain.report_forms import form_for, form_of
from awards.domain.texts import LIMIT, StaleText, save_text
from awards.models import Attachment, Dossier, InitiativeUse, Nomination, NominationText, Subject, Supplement
from tests.awards_world import DossierFactory, SubjectFactory, award, initiative, nominate
from tests.world import World

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def dossier(world: World) -> Dossier:
    return DossierFactory(agency=world.syt, year=2025)


def person(world: World, **rest: Any) -> Subject:
    return SubjectFactory(agency=world.syt, council=world.council, **rest)


@pytest.fixture
def row(world: World, dossier: Dossier) -> Nomination:
    made = nominate(dossier, person(world, name="Trần Thị An", post="Chuyên viên"))
    recheck_dossier(dossier)
    made.refresh_from_db()
    return made


def as_person(client: Client, world: World, name: str = "officer") -> Client:
    client.force_login(world.person(name))
    return client


# Adding


def test_several_are_added_at_once_and_those_there_are_told(client: Client, world: World, dossier: Dossier) -> None:
    one, other = person(world, name="Lê Một", unit="Phòng A"), person(world, name="Lê Hai")
    nominate(dossier, one, "bk-tinh")

    data = {"award": award("bk-tinh").pk, "subjects": [one.pk, other.pk]}
    page = as_person(client, world).post(f"/ho-so/{dossier.pk}/them/", data, follow=True).content.decode()

    assert dossier.nominations.count() == 2
    made = dossier.nominations.get(subject=other)
    assert (made.position, made.name, made.rule_set) == (2, "Lê Hai", "R2025")
    assert made.verdict
    assert "Đã thêm 1 trường hợp." in page
    assert "không thêm lại: Lê Một" in page


def test_an_award_for_collectives_is_not_given_to_a_person(client: Client, world: World, dossier: Dossier) -> None:
    data = {"award": award("co-tinh").pk, "subjects": [person(world).pk]}
    page = as_person(client, world).post(f"/ho-so/{dossier.pk}/them/", data).content.decode()

    assert "không tặng cho cá nhân" in page
    assert dossier.nominations.count() == 0


def test_nobody_of_another_agency_is_added(client: Client, world: World, dossier: Dossier) -> None:
    other = SubjectFactory(agency=world.other, council=world.council, name="Người sở khác")
    as_person(client, world)

    assert "Người sở khác" not in client.get(f"/ho-so/{dossier.pk}/them/").content.decode()
    page = client.post(f"/ho-so/{dossier.pk}/them/", {"award": award("bk-tinh").pk, "subjects": [other.pk]})
    assert "Lựa chọn này không còn. Hãy chọn lại trong danh sách." in page.content.decode()


def test_adding_asks_the_same_of_the_database_for_one_and_three(
    world: World, dossier: Dossier, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40):
        add_nominations(dossier, subjects=[person(world)], award=award("bk-tinh"), actor=None)
    people = [person(world) for _ in range(30)]
    with django_assert_max_num_queries(40):
        add_nominations(dossier, subjects=people, award=award("bk-tinh"), actor=None)


def test_the_page_of_one_says_who_what_and_by_which_article(client: Client, world: World, row: Nomination) -> None:
    page = as_person(client, world).get(f"/de-nghi/{row.pk}/").content.decode()

    assert "Trần Thị An: Chiến sĩ thi đua cơ sở" in page
    assert "Luật TĐKT 2022, Điều 23" in page
    assert "Mẫu số 05" in page
    assert "II.5. Sáng kiến, đề tài" in page


# Two on one


def test_two_officers_on_one_nomination_lose_nothing(world: World, row: Nomination) -> None:
    opened = base_of(row, ["post", "unit"])
    edit_nomination(row, fields={"post": "Trưởng phòng"}, base=opened, actor=world.person("officer"))

    edit_nomination(row, fields={"post": "Chuyên viên", "unit": "Phòng Y"}, base=opened, actor=world.person("leader"))

    row.refresh_from_db()
    assert (row.post, row.unit) == ("Trưởng phòng", "Phòng Y")
    with pytest.raises(Conflict, match="Người leader đã sửa «đơn vị công tác, địa chỉ» lúc 07:00 ngày 02/03/2026"):
        edit_nomination(row, fields={"unit": "Phòng X"}, base=opened, actor=world.person("officer"))


def test_the_second_on_the_form_sees_both_values_and_may_decide(client: Client, world: World, row: Nomination) -> None:
    as_person(client, world)
    form = client.get(f"/de-nghi/{row.pk}/sua/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name not in ("attested", "initiatives")}
    edit_nomination(row, fields={"post": "Trưởng phòng"}, base=None, actor=world.person("leader"))

    told = client.post(f"/de-nghi/{row.pk}/sua/", data | {"post": "Phó phòng", "summary": "Gõ dài"})

    page = told.content.decode()
    assert told.status_code == 409
    assert "Người leader đã sửa «chức vụ» lúc" in page
    assert "Bản đang lưu: «Trưởng phòng». Bản của bạn: «Phó phòng»." in page
    assert "Gõ dài" in page
    again = told.context["form"]
    kept = data | {"post": "Phó phòng", "summary": "Gõ dài", "base": again.data["base"]}
    client.post(f"/de-nghi/{row.pk}/sua/", kept)
    row.refresh_from_db()
    assert (row.post, row.summary) == ("Phó phòng", "Gõ dài")


def test_what_the_unit_attests_is_ticked_with_the_law_s_words(client: Client, world: World, dossier: Dossier) -> None:
    row = nominate(dossier, person(world), "bk-tinh")
    recheck_dossier(dossier)
    as_person(client, world)
    form = client.get(f"/de-nghi/{row.pk}/sua/").context["form"]
    codes = [code for code, _ in form.fields["attested"].choices] if "attested" in form.fields else []

    data = {name: form[name].value() or "" for name in form.fields if name != "attested"}
    client.post(f"/de-nghi/{row.pk}/sua/", data | {"attested": codes})

    row.refresh_from_db()
    assert codes
    assert row.attested == dict.fromkeys(codes, True)


def test_an_initiative_of_somebody_else_is_refused_and_its_own_is_used(world: World, row: Nomination) -> None:
    own, other = initiative(row.subject, year=2025), initiative(person(world))

    with pytest.raises(TransitionRefused, match="không phải của đối tượng"):
        rely_on(row, [other], actor=None)
    rely_on(row, [own], actor=world.person("officer"))

    use = InitiativeUse.objects.get()
    assert (use.nomination, use.award, use.year) == (row, row.award, 2025)
    assert audit.entries_of(row)[0].after == {"sáng kiến": own.name}


# The report


def test_sections_are_saved_one_by_one_and_never_lost(client: Client, world: World, row: Nomination) -> None:
    url = f"/de-nghi/{row.pk}/muc/ii-thanh-tich/"
    as_person(client, world)
    client.post(url, {"text": "Bản của tôi", "version": "0"})
    save_text(row, "ii-thanh-tich", "Bản của lãnh đạo", actor=world.person("leader"), version=1)

    told = client.post(url, {"text": "Bản thứ hai của tôi", "version": "1"})

    page = told.content.decode()
    assert told.status_code == 409
    assert "Bản của lãnh đạo" in page
    assert "Bản thứ hai của tôi" in page
    assert "Người leader" in page
    client.post(url, {"text": "Bản thứ hai của tôi", "version": "1", "overwrite": "2"})
    stored = NominationText.objects.get()
    assert (stored.text, stored.version) == ("Bản thứ hai của tôi", 3)
    assert audit.entries_of(row)[0].action == "Soạn mục «II. Thành tích đạt được»"


def test_the_editor_is_answered_with_the_new_version(client: Client, world: World, row: Nomination) -> None:
    url = f"/de-nghi/{row.pk}/muc/ii-thanh-tich/"
    page = as_person(client, world).post(url, {"text": "a", "version": "0"}, headers={"HX-Request": "true"})

    assert 'value="1"' in page.content.decode()
    assert "Đã lưu lúc 07:00" in page.content.decode()


def test_a_text_too_long_or_of_no_section_is_refused(client: Client, world: World, row: Nomination) -> None:
    as_person(client, world)

    assert client.post(f"/de-nghi/{row.pk}/muc/khong-co/", {"text": "a", "version": "0"}).status_code == 404
    with pytest.raises(TransitionRefused, match="vượt giới hạn 50000 ký tự"):
        save_text(row, "ii-thanh-tich", "a" * (LIMIT + 1), actor=None, version=0)
    with pytest.raises(StaleText):
        save_text(row, "ii-thanh-tich", "a", actor=None, version=7)


def test_a_report_written_here_needs_no_file(client: Client, world: World, row: Nomination) -> None:
    save_text(row, "ii-thanh-tich", "Đã làm tốt.", actor=None, version=0)

    assert "Đã soạn trong hệ thống" in as_person(client, world).get(f"/de-nghi/{row.pk}/").content.decode()


@pytest.mark.parametrize(
    ("code", "category", "kind", "number"),
    [
        ("co-chinh-phu", "cong-trang", "collective", "02"),
        ("cstd-toan-quoc", "cong-trang", "individual", "03"),
        ("co-tinh", "cong-trang", "collective", "04"),
        ("bk-tinh", "cong-trang", "individual", "05"),
        ("bk-tinh", "dot-xuat", "individual", "06"),
        ("hc-lao-dong-ba", "cong-hien", "individual", "07"),
        ("bk-tinh", "phong-trao", "collective", "08"),
        ("anh-hung-lao-dong", "cong-trang", "collective", "09"),
        ("anh-hung-lao-dong", "cong-trang", "individual", "10"),
        ("bk-tinh", "doi-ngoai", "collective", "11"),
        ("bk-tinh", "doi-ngoai", "individual", "12"),
    ],
)
def test_every_form_of_the_appendix_has_its_place(code: str, category: str, kind: str, number: str) -> None:
    assert form_of(code, category, kind).number == number


# Leaving


def test_a_nomination_that_goes_leaves_names_and_hashes(client: Client, world: World, row: Nomination) -> None:
    Attachment.objects.create(
        dossier=row.dossier, nomination=row, kind="bao-cao", title="Báo cáo", file_name="a.pdf", sha256="ab" * 32
    )

    client = as_person(client, world)
    client.post(f"/de-nghi/{row.pk}/bo/", {"reason": "Không đủ điều kiện"})

    entry = audit.entries_of(row.dossier)[0]
    assert (Nomination.objects.count(), Attachment.objects.count()) == (0, 0)
    assert entry.reason == "Không đủ điều kiện"
    assert entry.before["trường hợp"] == "Trần Thị An: Chiến sĩ thi đua cơ sở"
    assert "ab" * 32 in entry.before["giấy tờ 1"]


def test_nothing_goes_once_the_leader_signed(world: World, row: Nomination) -> None:
    Dossier.objects.filter(pk=row.dossier_id).update(state="signed_off")

    with pytest.raises(TransitionRefused, match="Chỉ thêm, bớt khi hồ sơ đang soạn"):
        remove_nomination(row, actor=None)


# Supplements


@pytest.fixture
def asked(row: Nomination) -> Supplement:
    Dossier.objects.filter(pk=row.dossier_id).update(state="supplement", submitted_at="2026-02-20T01:00:00Z")
    row.refresh_from_db()
    return Supplement.objects.create(
        dossier=row.dossier, nomination=row, target="field:post", request="Ghi rõ chức vụ.", due=date(2026, 3, 9)
    )


def test_only_the_field_asked_for_is_open(client: Client, world: World, row: Nomination, asked: Supplement) -> None:
    as_person(client, world)
    form = client.get(f"/de-nghi/{row.pk}/sua/").context["form"]
    assert [name for name in form.fields if name != "base"] == ["post"]
    with pytest.raises(TransitionRefused, match="không yêu cầu bổ sung mục này"):
        edit_nomination(Nomination.objects.get(pk=row.pk), fields={"unit": "Khác"}, base=None, actor=None)

    page = client.post(f"/ho-so/{row.dossier_id}/thao-tac/", {"transition": "answer_supplement"}, follow=True)
    assert "Còn 1 yêu cầu chưa bổ sung: Ghi rõ chức vụ." in page.content.decode()
    client.post(f"/de-nghi/{row.pk}/sua/", {"post": "Phó Trưởng phòng", "base": form["base"].value()})
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == ("answered", world.person("officer"))
    client.post(f"/ho-so/{row.dossier_id}/thao-tac/", {"transition": "answer_supplement"})
    row.dossier.refresh_from_db()
    assert row.dossier.state == "received"


def test_a_request_is_answered_in_words(client: Client, world: World, row: Nomination, asked: Supplement) -> None:
    as_person(client, world).post(f"/ho-so/tra-loi/{asked.pk}/", {"answer": "Chức vụ đã ghi đúng."})

    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("answered", "Chức vụ đã ghi đúng.")


def test_the_request_waits_among_what_is_to_do(world: World, asked: Supplement) -> None:
    found = [each for each in todos_for(world.person("officer")) if "Bổ sung hồ sơ" in each.text]

    assert [each.due for each in found] == [date(2026, 3, 9)]


def test_a_sent_report_opens_only_where_asked(client: Client, world: World, row: Nomination, asked: Supplement) -> None:
    page = as_person(client, world).get(f"/de-nghi/{row.pk}/").content.decode()
    assert "Lưu mục này" not in page

    Supplement.objects.create(dossier=row.dossier, nomination=row, target="text:i-so-luoc", request="Bổ sung.")
    page = client.get(f"/de-nghi/{row.pk}/").content.decode()
    assert page.count("Lưu mục này") == 1


# Histories


def test_the_standing_body_reads_no_drafts_and_makers_no_results_under_way(world: World, dossier: Dossier) -> None:
    made = add_nominations(dossier, subjects=[person(world)], award=award("bk-tinh"), actor=None).made[0]
    edit_nomination(made, fields={"summary": "Nháp"}, base=None, actor=world.person("officer"))

    assert list(readable_entries(dossier, world.person("standing"))) == []
    assert list(readable_entries(made, world.person("standing"))) == []
    assert readable_entries(made, world.person("officer")).count() == 1
    assert form_for(made).number == "05"


def test_results_under_way_are_not_shown_to_makers(client: Client, world: World, row: Nomination) -> None:
    Nomination.objects.filter(pk=row.pk).update(state="ineligible", appraisal_reason="Thiếu năm 2024")
    Dossier.objects.filter(pk=row.dossier_id).update(state="received")
    as_person(client, world)

    assert "Thiếu năm 2024" not in client.get(f"/de-nghi/{row.pk}/").content.decode()
    Dossier.objects.filter(pk=row.dossier_id).update(state="appraised")
    assert "Thiếu năm 2024" in client.get(f"/de-nghi/{row.pk}/").content.decode()
