"""Dossiers of an agency: the list, a new one, its head, its page, its steps."""

import threading
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from awards.domain.checking import check_nominations
from awards.domain.conflicts import Conflict, base_of
from awards.domain.dossiers import create_dossier, edit_dossier
from awards.domain.nominations import add_nominations
from awards.domain.workflow import DOSSIER
from awards.models import CouncilRule, Dossier, DossierVersion, Nomination, RequiredPaper, Subject
from tests.appraisal_world import answered_by_rules
from tests.awards_world import DossierFactory, SubjectFactory, award, nominate
from tests.world import World

TODAY = date(2020, 12, 1)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def dossier(world: World) -> Dossier:
    return DossierFactory(agency=world.syt, code="HS-2020-0001")


def person(world: World, dossier: Dossier | None = None, **rest: Any) -> Subject:
    return SubjectFactory(agency=world.syt, council=world.council, **rest)


def as_person(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def no_papers() -> None:
    RequiredPaper.objects.all().delete()


HEAD = {"category": "cong-trang", "year": "2020", "title": "Đề nghị khen thưởng tổng kết năm 2020"}


# A new one


def test_a_dossier_gets_the_next_code_of_its_year(client: Client, world: World) -> None:
    as_person(client, world, "officer")
    for _ in range(2):
        client.post("/ho-so/lap-moi/", HEAD)

    made = Dossier.objects.order_by("pk")
    assert [each.code for each in made] == ["HS-2020-0001", "HS-2020-0002"]
    assert {each.agency for each in made} == {world.syt}
    assert audit.entries_of(made[0]).get().after["mã hồ sơ"] == "HS-2020-0001"


def test_the_simplified_procedure_needs_its_ground(client: Client, world: World) -> None:
    page = as_person(client, world, "officer").post("/ho-so/lap-moi/", HEAD | {"simplified": "on"}).content.decode()

    assert "Hãy ghi căn cứ áp dụng thủ tục đơn giản theo Điều 85" in page
    assert "Đề nghị khen thưởng tổng kết năm 2020" in page
    assert Dossier.objects.count() == 0


def test_who_works_in_no_agency_makes_no_dossier(client: Client, world: World) -> None:
    assert as_person(client, world, "council_member").get("/ho-so/lap-moi/").status_code == 403


def test_a_year_before_the_law_that_is_held_is_refused(client: Client, world: World) -> None:
    page = as_person(client, world, "officer").post("/ho-so/lap-moi/", HEAD | {"year": "1999"}).content.decode()

    assert "Năm xét phải từ 2017 đến 2021." in page


@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_get_two_codes(world: World) -> None:
    def press() -> None:
        barrier.wait()
        create_dossier(agency=world.syt, actor=None, year=2020, title="Hồ sơ")
        connection.close()

    barrier = threading.Barrier(4)
    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert codes == [f"HS-2020-000{number}" for number in range(1, 5)]


# The list


def test_the_list_is_searched_filtered_and_exported(client: Client, world: World, dossier: Dossier) -> None:
    other = DossierFactory(agency=world.syt, code="HS-2019-0001", year=2019, title="=HYPERLINK('x')")
    nominate(dossier, person(world), "bk-tinh")
    as_person(client, world, "officer")

    assert "HS-2019-0001" not in client.get("/ho-so/?q=tong+ket").content.decode()
    assert "HS-2020-0001" not in client.get("/ho-so/?nam=2019").content.decode()
    found = client.get(f"/ho-so/?hinh_thuc={award('bk-tinh').pk}").content.decode()
    assert ("HS-2020-0001" in found, "HS-2019-0001" in found) == (True, False)
    book = load_workbook(BytesIO(client.get("/ho-so/?xuat=xlsx&nam=2019").content))
    assert book.active is not None
    cells = book.active["B2"]
    assert (cells.value, cells.data_type) == (other.title, "s")


def test_the_list_asks_the_same_of_the_database_for_one_and_three(
    client: Client, world: World, dossier: Dossier, django_assert_num_queries: Any
) -> None:
    as_person(client, world, "officer")
    client.get("/ho-so/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/ho-so/")
    for _ in range(2):
        nominate(DossierFactory(agency=world.syt), person(world))
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/ho-so/")


LIST_QUERIES = 9


def test_an_empty_list_says_what_to_do(client: Client, world: World) -> None:
    page = as_person(client, world, "officer").get("/ho-so/").content.decode()

    assert "Chưa có hồ sơ khen thưởng nào. Hãy lập hồ sơ" in page


@pytest.mark.parametrize("name", ["stranger", "secretary", "standing", "council_member", "administrator"])
def test_a_draft_is_its_makers_alone(client: Client, world: World, dossier: Dossier, name: str) -> None:
    row = nominate(dossier, person(world))
    as_person(client, world, name)

    for url in (f"/ho-so/{dossier.pk}/", f"/ho-so/{dossier.pk}/tien-thuong/", f"/de-nghi/{row.pk}/"):
        assert client.get(url).status_code == 404


# The head


def test_two_on_one_head_lose_nothing(world: World, dossier: Dossier) -> None:
    opened = base_of(dossier, ["title", "paper_number"])
    first = {"title": "Đề nghị của người thứ nhất", "paper_number": ""}
    edit_dossier(dossier, fields=first, base=opened, actor=world.person("officer"))

    other = {"title": opened["title"], "paper_number": "12/TTr-SYT"}
    edit_dossier(dossier, fields=other, base=opened, actor=world.person("leader"))

    assert (dossier.title, dossier.paper_number) == ("Đề nghị của người thứ nhất", "12/TTr-SYT")
    with pytest.raises(Conflict) as told:
        edit_dossier(dossier, fields={"title": "Của tôi"}, base=opened, actor=world.person("leader"))
    assert [(each.saved, each.typed) for each in told.value.differences] == [
        ("Đề nghị của người thứ nhất", "Của tôi"),
    ]


def test_a_sent_dossier_is_not_edited(world: World, dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(state="submitted")

    with pytest.raises(TransitionRefused, match="Đã gửi"):
        edit_dossier(dossier, fields={"title": "Khác"}, base=None, actor=world.person("officer"))


# Its page


def test_the_page_tells_counts_missing_papers_and_quotas(client: Client, world: World, dossier: Dossier) -> None:
    rows = [nominate(dossier, person(world), "cstd-co-so") for _ in range(2)]
    check_nominations(Nomination.objects.filter(dossier=dossier))

    page = as_person(client, world, "officer").get(f"/ho-so/{dossier.pk}/").content.decode()

    assert "Luật TĐKT 2003 (sửa đổi, bổ sung 2013), Nghị định 91/2017/NĐ-CP" in page
    assert "Chưa có số Lao động tiên tiến để tính 15% cho 2 Chiến sĩ thi đua cơ sở" in page
    assert rows[0].name in page
    assert "2 trường hợp còn thiếu" in page


def test_the_province_s_deadline_is_counted_down(client: Client, world: World, dossier: Dossier) -> None:
    CouncilRule.objects.create(council=world.council, key="dossier-due-cong-trang", value="09/12", legal_basis="QĐ 86")

    page = as_person(client, world, "officer").get(f"/ho-so/{dossier.pk}/").content.decode()

    assert "09/12/2020" in page
    assert "còn 8 ngày" in page


def test_the_law_of_october_2026_comes_with_its_banner(client: Client, world: World, dossier: Dossier) -> None:
    as_person(client, world, "officer")
    with time_machine.travel(date(2026, 11, 2), tick=False):
        client.force_login(world.person("officer"))
        page = client.get(f"/ho-so/{dossier.pk}/").content.decode()

    assert "Chờ đối chiếu Luật 06/2026/QH16" in page


def many(world: World, dossier: Dossier, count: int) -> None:
    subjects = [person(world, name=f"Nguyễn Văn {number}") for number in range(count)]
    add_nominations(dossier, subjects=subjects, award=award("bk-tinh"), actor=None)


PAGE_QUERIES = 27


def test_the_page_asks_the_same_for_one_and_five_hundred(
    client: Client, world: World, dossier: Dossier, django_assert_num_queries: Any
) -> None:
    many(world, dossier, 1)
    as_person(client, world, "officer").get(f"/ho-so/{dossier.pk}/")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(f"/ho-so/{dossier.pk}/")
    many(world, dossier, 499)

    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get(f"/ho-so/{dossier.pk}/").content.decode()

    assert "500 trường hợp" in page
    assert page.count('href="/de-nghi/') == 50


def test_the_table_is_filtered_by_verdict_and_missing_papers(client: Client, world: World, dossier: Dossier) -> None:
    one, other = (nominate(dossier, person(world, name=name)) for name in ("Lê Một", "Lê Hai"))
    answered_by_rules("eligible", one)
    answered_by_rules("ineligible", other)
    as_person(client, world, "officer")

    page = client.get(f"/ho-so/{dossier.pk}/?kiem_tra=eligible").content.decode()
    assert (one.name in page, other.name in page) == (True, False)
    assert one.name not in client.get(f"/ho-so/{dossier.pk}/?giay_to=du").content.decode()
    assert one.name in client.get(f"/ho-so/{dossier.pk}/?giay_to=thieu").content.decode()


def test_the_file_of_nominations_escapes_formulas(client: Client, world: World, dossier: Dossier) -> None:
    nominate(dossier, person(world, name="=1+1"))

    book = load_workbook(BytesIO(as_person(client, world, "officer").get(f"/ho-so/{dossier.pk}/?xuat=xlsx").content))

    assert book.active is not None
    assert (book.active["B2"].value, book.active["B2"].data_type) == ("=1+1", "s")


# Its steps


def test_signing_off_names_the_papers_that_are_missing(client: Client, world: World, dossier: Dossier) -> None:
    nominate(dossier, person(world), "cstd-co-so")
    as_person(client, world, "leader")

    page = client.post(f"/ho-so/{dossier.pk}/thao-tac/", {"transition": "sign_off"}, follow=True).content.decode()

    dossier.refresh_from_db()
    assert dossier.state == "draft"
    assert "Hồ sơ còn thiếu 3 giấy tờ bắt buộc: Tờ trình kèm danh sách; Biên bản bình xét" in page


def signed_and_sent(world: World, dossier: Dossier) -> None:
    DOSSIER.perform(dossier, "sign_off", actor=world.person("leader"))
    DOSSIER.perform(dossier, "submit", actor=world.person("officer"))


def test_a_sent_dossier_is_kept_as_it_was_and_recall_keeps_that(world: World, dossier: Dossier) -> None:
    no_papers()
    row = nominate(dossier, person(world), summary="Lần một")
    CouncilRule.objects.create(council=world.council, key="dossier-due-cong-trang", value="29/11", legal_basis="QĐ")
    signed_and_sent(world, dossier)

    assert (dossier.state, dossier.late_days, dossier.submitted_at) == ("submitted", 2, timezone.now())
    DOSSIER.perform(dossier, "recall", actor=world.person("officer"), reason="Sửa tóm tắt")
    assert (dossier.submitted_at, dossier.signed_off_at) == (None, None)
    Nomination.objects.filter(pk=row.pk).update(summary="Lần hai")
    signed_and_sent(world, dossier)

    kept = DossierVersion.objects.order_by("number")
    assert [each.number for each in kept] == [1, 2]
    assert [each.content["nominations"][0]["summary"] for each in kept] == ["Lần một", "Lần hai"]
    assert kept[0].content["nominations"][0]["key"] == f"{row.subject.code} cstd-co-so"


def test_a_late_dossier_is_refused_only_where_the_council_says_so(world: World, dossier: Dossier) -> None:
    no_papers()
    nominate(dossier, person(world))
    for key, value in (("dossier-due-cong-trang", "29/11"), ("late-dossiers-refused", True)):
        CouncilRule.objects.create(council=world.council, key=key, value=value, legal_basis="QĐ")
    DOSSIER.perform(dossier, "sign_off", actor=world.person("leader"))

    with pytest.raises(TransitionRefused, match="Đã quá hạn gửi hồ sơ \\(29/11/2020\\)"):
        DOSSIER.perform(dossier, "submit", actor=world.person("officer"))


def test_a_cap_of_the_law_stands_in_the_way(world: World, dossier: Dossier) -> None:
    no_papers()
    workers = [person(world) for _ in range(6)]
    add_nominations(dossier, subjects=workers, award=award("ld-tien-tien"), actor=None)
    add_nominations(dossier, subjects=workers[:1], award=award("cstd-co-so"), actor=None)

    with pytest.raises(TransitionRefused, match="nhiều nhất 0 \\(15%\\): vượt 1, hãy bớt 1"):
        DOSSIER.perform(dossier, "sign_off", actor=world.person("leader"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_a_double_click_sends_once(world: World) -> None:
    no_papers()
    dossier = DossierFactory(agency=world.syt, state="signed_off")
    nominate(dossier, person(world))
    barrier, told = threading.Barrier(2), []

    def press() -> None:
        barrier.wait()
        try:
            DOSSIER.perform(Dossier.objects.get(pk=dossier.pk), "submit", actor=world.person("officer"))
            told.append("sent")
        except TransitionRefused as refusal:
            told.append(str(refusal))
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(each == "sent" for each in told) == [False, True]
    assert DossierVersion.objects.filter(dossier=dossier).count() == 1
