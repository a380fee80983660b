"""Registrations: made once, filled many at once, sent by the leader, compared with what came of them."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from awards.domain.comparing_registered import compare
from awards.domain.registrations import add_lines, copy_last_year, open_registration
from awards.domain.todo_registrations import registration_todos
from awards.domain.workflow import REGISTRATION
from awards.models import CouncilRule, Registration, RegistrationLine, Subject
from tests.awards_world import DossierFactory, SubjectFactory, award, nominate, record
from tests.world import World

ROOT = "/dang-ky-thi-dua/"
NOW = "2020-01-20 03:00:00+00:00"


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(world.person("officer"))
    return client


@pytest.fixture
def row(world: World) -> Registration:
    return Registration.objects.create(agency=world.syt, year=2020)


def text(response: Any) -> str:
    return str(response.content.decode())


def line(row: Registration, subject: Subject, code: str = "ld-tien-tien") -> RegistrationLine:
    return RegistrationLine.objects.create(registration=row, subject=subject, award=award(code))


def send(row: Registration) -> None:
    REGISTRATION.perform(row, "send", actor=None)


def test_two_clicks_open_one_registration_with_one_line_of_history(officer: Client, world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        for _ in range(2):
            officer.post(f"{ROOT}lap/", {"agency": world.syt.pk, "year": "2020"})
    row = Registration.objects.get(agency=world.syt, year=2020)

    assert entries_of(row).count() == 1


@pytest.mark.parametrize("year", ["2016", "2022", "", "abc", "99999"])
def test_a_year_that_is_not_near_is_refused(officer: Client, world: World, year: str) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = officer.post(f"{ROOT}lap/", {"agency": world.syt.pk, "year": year}, follow=True)

    assert "chỉ lập đăng ký thi đua cho các năm" in text(answer).lower()
    assert not Registration.objects.exists()


def test_many_subjects_are_registered_at_once_and_again_changes_nothing(
    officer: Client, world: World, row: Registration
) -> None:
    people = SubjectFactory.create_batch(3, agency=world.syt)
    url = f"{ROOT}{row.pk}/them/?hinh-thuc=ld-tien-tien"
    chosen = {"subject": [each.pk for each in people[:2]]}
    officer.post(url, chosen)
    again = text(officer.post(url, chosen))

    assert set(row.lines.values_list("subject", flat=True)) == {people[0].pk, people[1].pk}
    assert "Lựa chọn này không còn" in again
    assert entries_of(row).count() == 1


def test_everyone_whom_the_search_finds_is_registered_in_a_constant_number_of_queries(
    world: World, row: Registration, django_assert_num_queries: Any
) -> None:
    counts, award_chosen, actor = [], award("ld-tien-tien"), world.person("officer")
    add_lines(row, award=award_chosen, subjects=[SubjectFactory(agency=world.syt)], note="", actor=actor)
    for size in (1, 30):
        people = SubjectFactory.create_batch(size, agency=world.syt)
        with django_assert_num_queries(ADD_QUERIES):
            added = add_lines(row, award=award_chosen, subjects=people, note="", actor=actor)
        counts.append(added.made)

    assert counts == [1, 30]


ADD_QUERIES = 13


def test_all_found_by_a_search_without_accents(officer: Client, world: World, row: Registration) -> None:
    for name in ("Nguyễn Thị Hạnh", "Nguyễn Văn Hạnh", "Lê Văn Tám"):
        SubjectFactory(agency=world.syt, name=name)
    officer.post(f"{ROOT}{row.pk}/them/?hinh-thuc=ld-tien-tien&q=hanh", {"all": "1", "note": "cả phòng"})

    assert sorted(row.lines.values_list("subject__name", flat=True)) == ["Nguyễn Thị Hạnh", "Nguyễn Văn Hạnh"]
    assert set(row.lines.values_list("note", flat=True)) == {"cả phòng"}


def test_nobody_chosen_is_said(officer: Client, world: World, row: Registration) -> None:
    SubjectFactory(agency=world.syt)

    assert "Hãy chọn ít nhất một đối tượng" in text(officer.post(f"{ROOT}{row.pk}/them/?hinh-thuc=ld-tien-tien", {}))


def test_only_subjects_that_the_award_is_for_are_offered(officer: Client, world: World, row: Registration) -> None:
    SubjectFactory(agency=world.syt, name="Phòng Tổ chức", kind="collective")
    SubjectFactory(agency=world.syt, name="Lê Thị Sáu")
    page = text(officer.get(f"{ROOT}{row.pk}/them/", {"hinh-thuc": "tt-ld-tien-tien"}))

    assert "Phòng Tổ chức" in page
    assert "Lê Thị Sáu" not in page


@pytest.mark.parametrize("fault", ["another-agency", "merged", "wrong-kind", "not-in-use"])
def test_what_does_not_fit_is_refused_with_a_sentence(world: World, row: Registration, fault: str) -> None:
    subject, chosen = SubjectFactory(agency=world.syt), award("ld-tien-tien")
    if fault == "another-agency":
        subject = SubjectFactory(agency=world.sgddt)
    elif fault == "merged":
        subject.merged_into = SubjectFactory(agency=world.syt)
    elif fault == "wrong-kind":
        chosen = award("tt-ld-tien-tien")
    else:
        chosen.active = False
    with pytest.raises(TransitionRefused, match="Hãy chọn"):
        add_lines(row, award=chosen, subjects=[subject], note="", actor=world.person("officer"))

    assert not row.lines.exists()


def test_anothers_subject_in_a_forged_form_is_not_registered(officer: Client, world: World, row: Registration) -> None:
    foreign = SubjectFactory(agency=world.sgddt)
    officer.post(f"{ROOT}{row.pk}/them/?hinh-thuc=ld-tien-tien", {"subject": [foreign.pk]})

    assert not row.lines.exists()


def test_last_years_lines_are_copied_once_and_only_of_those_still_there(world: World, row: Registration) -> None:
    last = Registration.objects.create(agency=world.syt, year=2019)
    stays, gone = SubjectFactory(agency=world.syt), SubjectFactory(agency=world.syt)
    for subject in (stays, gone):
        line(last, subject)
    gone.agency = world.sgddt
    gone.save(update_fields=["agency"])
    first = copy_last_year(row, actor=world.person("officer"))
    second = copy_last_year(row, actor=world.person("officer"))

    assert (first.made, first.known) == (1, 0)
    assert (second.made, second.known) == (0, 1)
    assert [each.subject for each in row.lines.all()] == [stays]


def test_nothing_to_copy_is_said(officer: Client, row: Registration) -> None:
    assert "Không có đăng ký năm 2019 để chép" in text(officer.post(f"{ROOT}{row.pk}/chep/", follow=True))


def test_the_leader_sends_it_once_and_then_nobody_changes_it(client: Client, world: World, row: Registration) -> None:
    held = line(row, SubjectFactory(agency=world.syt))
    client.force_login(world.person("leader"))
    url = f"{ROOT}{row.pk}/thao-tac/"
    first = text(client.post(url, {"transition": "send"}, follow=True))
    second = text(client.post(url, {"transition": "send"}, follow=True))
    row.refresh_from_db()

    assert row.state == "sent"
    assert row.sent_at is not None
    assert "Đã gửi đăng ký thi đua." in first
    assert "Không thể «Gửi đăng ký»" in second
    assert client.post(f"{ROOT}{row.pk}/dong/{held.pk}/bo/").status_code == 403
    assert client.get(f"{ROOT}{row.pk}/them/").status_code == 403


def test_an_empty_registration_is_not_sent(client: Client, world: World, row: Registration) -> None:
    client.force_login(world.person("leader"))
    answer = text(client.post(f"{ROOT}{row.pk}/thao-tac/", {"transition": "send"}, follow=True))
    row.refresh_from_db()

    assert "chưa có đối tượng nào" in answer
    assert row.state == "draft"


def test_it_is_taken_back_only_with_a_reason_and_can_then_change(
    client: Client, world: World, row: Registration
) -> None:
    held = line(row, SubjectFactory(agency=world.syt))
    send(row)
    client.force_login(world.person("leader"))
    url = f"{ROOT}{row.pk}/thao-tac/"
    refused = text(client.post(url, {"transition": "revise"}, follow=True))
    client.post(url, {"transition": "revise", "reason": "bổ sung người"})
    client.post(f"{ROOT}{row.pk}/dong/{held.pk}/bo/")
    row.refresh_from_db()

    assert "Hãy ghi lý do" in refused
    assert row.state == "draft"
    assert not row.lines.exists()
    assert entries_of(row).filter(reason="bổ sung người").exists()


def test_a_forged_act_changes_nothing(client: Client, world: World, row: Registration) -> None:
    client.force_login(world.person("leader"))

    assert "Không có thao tác này" in text(client.post(f"{ROOT}{row.pk}/thao-tac/", {"transition": "x"}, follow=True))


def test_lateness_is_told_and_never_refuses(client: Client, world: World, row: Registration) -> None:
    CouncilRule.objects.create(council=world.council, key="registration-due", value="15/01", legal_basis="QĐ 86")
    line(row, SubjectFactory(agency=world.syt))
    client.force_login(world.person("leader"))
    with time_machine.travel(NOW, tick=False):
        before = text(client.get(f"{ROOT}{row.pk}/"))
        client.post(f"{ROOT}{row.pk}/thao-tac/", {"transition": "send"})
    with time_machine.travel("2020-06-01 03:00:00+00:00", tick=False):
        after = text(client.get(f"{ROOT}{row.pk}/"))

    assert "Đã quá hạn 5 ngày" in before
    assert "Đã gửi muộn 5 ngày" in after


def test_the_standing_body_sees_what_was_sent_and_who_has_not(client: Client, world: World, row: Registration) -> None:
    draft = Registration.objects.create(agency=world.sgddt, year=2020)
    line(row, SubjectFactory(agency=world.syt))
    send(row)
    client.force_login(world.person("standing"))
    with time_machine.travel(NOW, tick=False):
        page = text(client.get(ROOT, {"nam": "2020"}))

    assert f"{ROOT}{row.pk}/" in page
    assert f"{ROOT}{draft.pk}/" not in page
    missing = page.partition('id="chua-gui"')[2]
    assert "Sở Giáo dục và Đào tạo" in missing
    assert "Sở Y tế" not in missing
    assert client.get(f"{ROOT}{draft.pk}/").status_code == 404


def test_an_agency_is_not_told_who_else_has_not_sent(officer: Client, world: World) -> None:
    assert 'id="chua-gui"' not in text(officer.get(ROOT, {"nam": "2020"}))


def test_the_pages_lines_cost_the_same_for_one_and_for_three(
    officer: Client, world: World, row: Registration, django_assert_num_queries: Any
) -> None:
    line(row, SubjectFactory(agency=world.syt))
    officer.get(f"{ROOT}{row.pk}/")
    with django_assert_num_queries(PAGE_QUERIES):
        officer.get(f"{ROOT}{row.pk}/")
    for _ in range(2):
        line(row, SubjectFactory(agency=world.syt))
    with django_assert_num_queries(PAGE_QUERIES):
        officer.get(f"{ROOT}{row.pk}/")


PAGE_QUERIES = 10


def test_the_years_list_costs_the_same_for_one_and_for_three(
    client: Client, world: World, row: Registration, django_assert_num_queries: Any
) -> None:
    line(row, SubjectFactory(agency=world.syt))
    send(row)
    client.force_login(world.person("standing"))
    client.get(ROOT, {"nam": "2020"})
    with django_assert_num_queries(LIST_QUERIES):
        client.get(ROOT, {"nam": "2020"})
    for agency in (world.sgddt, world.stttt):
        send(Registration.objects.create(agency=agency, year=2020))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(ROOT, {"nam": "2020"})


LIST_QUERIES = 8


def test_the_export_escapes_what_looks_like_a_formula(officer: Client, world: World, row: Registration) -> None:
    line(row, SubjectFactory(agency=world.syt, name="=1+1"))
    book = openpyxl.load_workbook(BytesIO(officer.get(f"{ROOT}{row.pk}/", {"xuat": "xlsx"}).content))
    cell = book.active["A2"]  # type: ignore[index]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.fixture
def compared(world: World, row: Registration) -> dict[str, Subject]:
    """Four people of Sở Y tế: won, only proposed, only registered, won without registering."""
    people = {name: SubjectFactory(agency=world.syt, name=name) for name in ("An", "Bình", "Cúc", "Dung")}
    for name in ("An", "Bình", "Cúc"):
        line(row, people[name], "cstd-co-so")
    sent = DossierFactory(agency=world.syt, state="submitted", code="hs-gui")
    nominate(sent, people["An"])
    nominate(sent, people["Bình"])
    nominate(DossierFactory(agency=world.syt, code="hs-nhap"), people["Cúc"])
    record(people["An"], "cstd-co-so", 2020)
    record(people["Dung"], "cstd-co-so", 2020)
    record(people["Cúc"], "cstd-co-so", 2020, revoked_on=date(2021, 3, 1))
    return people


def test_registered_proposed_and_awarded_stand_side_by_side(world: World, compared: dict[str, Subject]) -> None:
    found = compare(world.person("officer"), 2020)
    (total,) = found.totals()

    assert {each.subject.name: each.words for each in found.lines()} == {
        "An": "được tặng",
        "Bình": "đã đề nghị",
        "Cúc": "đăng ký, chưa đề nghị",
        "Dung": "được tặng, không đăng ký",
    }
    assert (total.registered, total.proposed, total.awarded) == (3, 2, 2)


def test_a_draft_registration_is_compared_for_its_agency_alone(
    world: World, row: Registration, compared: dict[str, Subject]
) -> None:
    before = compare(world.person("standing"), 2020)
    send(row)
    after = compare(world.person("standing"), 2020)

    assert (len(before.registered), len(before.awarded)) == (0, 2)
    assert len(after.registered) == 3
    assert compare(world.person("stranger"), 2020).pairs == frozenset()


def test_the_comparison_costs_three_queries_whatever_the_number(
    world: World, row: Registration, django_assert_num_queries: Any
) -> None:
    user = world.person("officer")
    compare(user, 2020)
    for size in (1, 40):
        for subject in SubjectFactory.create_batch(size, agency=world.syt):
            line(row, subject)
        with django_assert_num_queries(3):
            found = compare(user, 2020)
        with django_assert_num_queries(2):
            found.lines()


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("chua-de-nghi", {"Cúc"}),
        ("khong-dang-ky", {"Dung"}),
        ("duoc-tang", {"An", "Dung"}),
        ("la", {"An", "Bình", "Cúc", "Dung"}),
    ],
)
def test_the_comparison_narrows_and_exports(
    officer: Client, compared: dict[str, Subject], show: str, names: set[str]
) -> None:
    answer = officer.get(f"{ROOT}so-sanh/", {"nam": "2020", "hien": show, "xuat": "xlsx"})
    book = openpyxl.load_workbook(BytesIO(answer.content))

    assert {each[0] for each in book.active.iter_rows(min_row=2, values_only=True)} == names  # type: ignore[union-attr]


def test_the_comparison_page_names_everyone(officer: Client, compared: dict[str, Subject]) -> None:
    page = text(officer.get(f"{ROOT}so-sanh/", {"nam": "2020"}))

    assert all(name in page for name in compared)
    assert "được tặng, không đăng ký" in page


def test_the_verb_opens_for_next_year_too(world: World) -> None:
    row = open_registration(world.syt, year=2021, today=date(2020, 12, 20), actor=world.person("officer"))

    assert str(row) == "Đăng ký thi đua năm 2021 của Sở Y tế"


def test_a_draft_of_this_year_waits_for_its_agencys_people(client: Client, world: World, row: Registration) -> None:
    with time_machine.travel(NOW, tick=False):
        officer, leader, stranger = (
            [todo.text for todo in registration_todos(world.person(name))] for name in ("officer", "leader", "stranger")
        )

    assert officer == ["Hoàn thiện đăng ký thi đua của Sở Y tế"]
    assert leader == ["Gửi đăng ký thi đua của Sở Y tế"]
    assert stranger == []
