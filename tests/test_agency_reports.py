"""Agencies' reports: opening, writing with autosave, sending, receiving, the board of a round."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.domain.audit import entries_of, faults
from accounts.domain.todo import todos_for
from accounts.models import Notice
from blocs.domain.timeline import steps_of
from blocs.models import Appointment, BlocYear
from reports.domain.compiling import open_report
from reports.domain.passages import LIMIT, PassageRefused, StalePassage, excerpts, save_passage
from reports.domain.rounds import ReminderRefused, board, remind_missing
from reports.enums import ReviewKind
from reports.models import AgencyReport, Passage
from tests.factories import (
    AgencyFactory,
    AgencyReportFactory,
    CommendationFactory,
    MembershipFactory,
    PassageFactory,
    PledgeFactory,
    RecipientCountFactory,
    TargetFactory,
)
from tests.world import PERSONAS, World

HTMX = {"HX-Request": "true"}


@pytest.fixture
def report(world: World) -> AgencyReport:
    """A draft of Sở Y tế with one section written."""
    made = AgencyReportFactory(bloc_year=world.year, agency=world.syt)
    PassageFactory(report=made, review=None, section="achievements", text="Bản đầu tiên của Sở Y tế.", version=1)
    return made


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def text_of(report: AgencyReport, section: str = "achievements") -> str:
    return Passage.objects.get(report=report, section=section).text


def send(report: AgencyReport, state: str = "signed_off", on: str = "2020-07-09") -> None:
    moment = datetime.fromisoformat(f"{on}T10:00:00+07:00")
    AgencyReport.objects.filter(pk=report.pk).update(state=state, sent_at=moment)


@pytest.mark.parametrize("name", PERSONAS)
def test_a_draft_is_its_agencys_alone(client: Client, world: World, report: AgencyReport, name: str) -> None:
    response = sign_in(client, world, name).get(f"/bao-cao-don-vi/{report.pk}/")

    assert response.status_code == (200 if name in ("officer", "leader") else 404)


@pytest.mark.parametrize("name", PERSONAS)
def test_a_sent_report_is_read_by_those_who_run_or_watch(
    client: Client, world: World, report: AgencyReport, name: str
) -> None:
    send(report)

    response = sign_in(client, world, name).get(f"/bao-cao-don-vi/{report.pk}/")

    seen = name in ("officer", "leader", "secretary", "head_leader", "standing", "observer")
    assert response.status_code == (200 if seen else 404)
    assert ("Bản đầu tiên của Sở Y tế." in response.content.decode()) is seen


def test_the_officer_opens_one_report_however_often_she_asks(client: Client, world: World) -> None:
    sign_in(client, world, "officer")

    pages = [client.post(f"/khoi/{world.year.pk}/bao-cao/mo/", {"kind": "annual"}) for _ in range(2)]

    report = AgencyReport.objects.get()
    assert [page["Location"] for page in pages] == [f"/bao-cao-don-vi/{report.pk}/"] * 2
    assert (report.agency, report.kind, report.state) == (world.syt, "annual", "draft")
    assert [entry.action for entry in entries_of(report)] == ["Mở báo cáo để soạn"]


@pytest.mark.parametrize(("name", "status"), [("standing", 403), ("observer", 403), ("stranger", 404)])
def test_who_has_no_agency_in_the_bloc_opens_nothing(client: Client, world: World, name: str, status: int) -> None:
    response = sign_in(client, world, name).post(f"/khoi/{world.year.pk}/bao-cao/mo/", {"kind": "annual"})

    assert response.status_code == status
    assert AgencyReport.objects.count() == 0


def test_another_agencys_report_cannot_be_opened_by_naming_it(client: Client, world: World) -> None:
    response = sign_in(client, world, "officer").post(
        f"/khoi/{world.year.pk}/bao-cao/mo/", {"kind": "annual", "agency": world.sgddt.pk}
    )

    assert response.status_code == 403
    assert AgencyReport.objects.count() == 0


def test_an_unknown_kind_is_not_found(client: Client, world: World) -> None:
    response = sign_in(client, world, "officer").post(f"/khoi/{world.year.pk}/bao-cao/mo/", {"kind": "weekly"})

    assert response.status_code == 404


def test_nothing_is_opened_in_a_year_that_was_handed_over(client: Client, world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="handed_over")

    response = sign_in(client, world, "officer").post(f"/khoi/{world.year.pk}/bao-cao/mo/", {"kind": "annual"})

    assert response.status_code == 403
    assert AgencyReport.objects.count() == 0


@time_machine.travel("2020-07-17 15:44:00+07:00", tick=False)
def test_autosave_answers_the_moment_and_the_new_version(client: Client, world: World, report: AgencyReport) -> None:
    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/achievements/", {"text": "Bản hai.", "version": 1}, headers=HTMX
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "Đã lưu lúc 15:44:00" in page
    assert 'name="version" value="2" hx-swap-oob="true"' in page
    passage = Passage.objects.get(report=report)
    assert (passage.text, passage.version, passage.edited_by) == ("Bản hai.", 2, world.person("officer"))


def test_every_save_leaves_one_entry_of_what_changed(world: World, report: AgencyReport) -> None:
    officer = world.person("officer")

    save_passage(report, "achievements", "Bản thứ hai của Sở Y tế.", actor=officer, version=1)
    save_passage(report, "achievements", "Bản thứ hai của Sở Y tế.", actor=officer, version=2)

    entry = entries_of(report).get()
    assert entry.action == "Soạn mục «Kết quả đạt được»"
    assert entry.before == {"đoạn thay đổi": "đầu tiên", "từ ký tự": 5, "số ký tự của mục": 25}
    assert entry.after == {"đoạn thay đổi": "thứ hai", "từ ký tự": 5, "số ký tự của mục": 24}
    assert list(faults()) == []


def test_a_long_change_is_kept_whole_with_its_place() -> None:
    before, after = excerpts("Đầu. Cuối.", "Đầu. " + "a" * 300 + "b" * 300 + " Cuối.")

    assert before == {"đoạn thay đổi": "", "từ ký tự": 6, "số ký tự của mục": 10}
    assert after["số ký tự của mục"] == 611
    assert after["đoạn thay đổi"] == "a" * 300 + "b" * 300 + " "
    assert after["từ ký tự"] == 6


def test_the_plain_button_saves_without_javascript(client: Client, world: World, report: AgencyReport) -> None:
    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/lessons/", {"text": "Bài học.\r\nBài học hai.", "version": 0}
    )

    assert (response.status_code, response["Location"]) == (302, f"/bao-cao-don-vi/{report.pk}/#muc-lessons")
    assert text_of(report, "lessons") == "Bài học.\nBài học hai."


def test_a_stale_save_shows_the_other_text_and_loses_none(client: Client, world: World, report: AgencyReport) -> None:
    save_passage(report, "achievements", "Bản của lãnh đạo.", actor=world.person("leader"), version=1)

    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/achievements/", {"text": "Bản của cán bộ.", "version": 1}, headers=HTMX
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Người leader" in page
    assert "Bản của lãnh đạo." in page
    assert "Ghi đè bằng bản của tôi" in page
    assert text_of(report) == "Bản của lãnh đạo."


def test_a_stale_plain_save_keeps_what_was_typed_on_the_page(
    client: Client, world: World, report: AgencyReport
) -> None:
    save_passage(report, "achievements", "Bản của lãnh đạo.", actor=world.person("leader"), version=1)

    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/achievements/", {"text": "Bản của cán bộ.", "version": 1}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "\nBản của cán bộ.</textarea>" in page
    assert "Bản của lãnh đạo." in page


def test_overwriting_is_an_explicit_choice(client: Client, world: World, report: AgencyReport) -> None:
    save_passage(report, "achievements", "Bản của lãnh đạo.", actor=world.person("leader"), version=1)
    data = {"text": "Bản của cán bộ.", "version": 1, "overwrite": 2}

    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/achievements/", data, headers=HTMX
    )

    assert response.status_code == 200
    assert text_of(report) == "Bản của cán bộ."
    assert [entry.actor_name for entry in entries_of(report)] == ["Người officer", "Người leader"]


def test_overwriting_a_third_text_is_refused_again(world: World, report: AgencyReport) -> None:
    leader = world.person("leader")
    save_passage(report, "achievements", "Hai.", actor=leader, version=1)
    save_passage(report, "achievements", "Ba.", actor=leader, version=2)

    with pytest.raises(StalePassage) as stale:
        save_passage(report, "achievements", "Của tôi.", actor=world.person("officer"), version=2)

    assert (stale.value.name, stale.value.text, stale.value.version) == ("Người leader", "Ba.", 3)


def test_giving_way_brings_the_other_text_into_the_editor(client: Client, world: World, report: AgencyReport) -> None:
    data = {"text": "Bản của cán bộ.", "version": 0, "take": "1"}

    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/achievements/", data, headers=HTMX
    )

    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#muc-achievements", "outerHTML")
    assert "\nBản đầu tiên của Sở Y tế.</textarea>" in response.content.decode()
    assert text_of(report) == "Bản đầu tiên của Sở Y tế."


def test_saving_the_same_text_twice_is_no_conflict(world: World, report: AgencyReport) -> None:
    officer = world.person("officer")
    save_passage(report, "lessons", "Một.", actor=officer, version=0)

    again = save_passage(report, "lessons", "Một.", actor=officer, version=0)

    assert again.version == 1


def test_text_is_stored_in_one_normal_form(world: World, report: AgencyReport) -> None:
    typed = "Tie\u0302\u0301ng Vie\u0323\u0302t"  # NFD, as some keyboards send it

    saved = save_passage(report, "lessons", typed, actor=world.person("officer"), version=0)

    assert saved.text == "Tiếng Việt"


def test_a_text_that_is_too_long_is_refused_and_kept_on_the_page(
    client: Client, world: World, report: AgencyReport
) -> None:
    longest = "ă" * LIMIT
    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/achievements/", {"text": longest + "b", "version": 1}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Mục này dài 50001 ký tự, vượt giới hạn 50000 ký tự." in page
    assert longest + "b" in page
    assert text_of(report) == "Bản đầu tiên của Sở Y tế."
    save_passage(report, "achievements", longest, actor=world.person("officer"), version=1)
    assert text_of(report) == longest


def test_markup_in_a_text_is_shown_as_text(client: Client, world: World, report: AgencyReport) -> None:
    evil = "</textarea><script>alert('x')</script>"
    save_passage(report, "achievements", evil, actor=world.person("officer"), version=1)

    editor = sign_in(client, world, "officer").get(f"/bao-cao-don-vi/{report.pk}/").content.decode()
    send(report)
    reader = sign_in(client, world, "secretary").get(f"/bao-cao-don-vi/{report.pk}/").content.decode()

    for page in (editor, reader):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_an_unknown_section_is_not_found(client: Client, world: World, report: AgencyReport) -> None:
    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/khac/", {"text": "a", "version": 0}
    )

    assert response.status_code == 404


@pytest.mark.parametrize("data", [{"text": "x"}, {"text": "x", "version": "abc"}])
def test_a_broken_form_is_refused_with_a_sentence(
    client: Client, world: World, report: AgencyReport, data: dict[str, str]
) -> None:
    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/achievements/", data, headers=HTMX
    )

    assert response.status_code == 422
    assert "chưa lưu được" in response.content.decode()
    assert text_of(report) == "Bản đầu tiên của Sở Y tế."


def test_control_characters_of_a_paste_are_dropped(client: Client, world: World, report: AgencyReport) -> None:
    url = f"/bao-cao-don-vi/{report.pk}/muc/achievements/"

    response = sign_in(client, world, "officer").post(url, {"text": "a\x00b\x1f", "version": "1"}, headers=HTMX)

    assert response.status_code == 200
    assert text_of(report) == "ab"


@pytest.mark.parametrize(("name", "status"), [("secretary", 403), ("standing", 403), ("stranger", 404)])
def test_readers_do_not_write(client: Client, world: World, report: AgencyReport, name: str, status: int) -> None:
    send(report)

    response = sign_in(client, world, name).post(
        f"/bao-cao-don-vi/{report.pk}/muc/achievements/", {"text": "Sửa trộm.", "version": 1}
    )

    assert response.status_code == status
    assert text_of(report) == "Bản đầu tiên của Sở Y tế."


def test_a_report_that_was_sent_meanwhile_keeps_the_typed_text_on_the_page(
    client: Client, world: World, report: AgencyReport
) -> None:
    send(report)

    response = sign_in(client, world, "officer").post(
        f"/bao-cao-don-vi/{report.pk}/muc/achievements/", {"text": "Gõ dở khi lãnh đạo gửi.", "version": 1}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "nên không sửa được" in page
    assert "Gõ dở khi lãnh đạo gửi." in page
    assert text_of(report) == "Bản đầu tiên của Sở Y tế."


def test_a_lost_session_moves_the_page_and_comes_back_to_the_report(
    client: Client, world: World, report: AgencyReport
) -> None:
    url = f"/bao-cao-don-vi/{report.pk}/muc/achievements/"

    referer = {"Referer": f"http://testserver{report.get_absolute_url()}"}
    lost = client.post(url, {"text": "x", "version": 1}, headers=HTMX | referer)
    back = sign_in(client, world, "officer").get(url)

    assert (lost.status_code, lost["HX-Redirect"]) == (204, f"/tai-khoan/dang-nhap/?next={report.get_absolute_url()}")
    assert (back.status_code, back["Location"]) == (302, f"/bao-cao-don-vi/{report.pk}/#muc-achievements")


@pytest.mark.parametrize(("name", "state"), [("leader", "signed_off"), ("officer", "draft")])
def test_the_leader_signs_off_and_nobody_else(
    client: Client, world: World, report: AgencyReport, name: str, state: str
) -> None:
    response = sign_in(client, world, name).post(f"/bao-cao-don-vi/{report.pk}/thao-tac/", {"transition": "sign_off"})

    report.refresh_from_db()
    assert (response.status_code, report.state) == (302 if name == "leader" else 403, state)


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_who_writes_reads_whose_signature_comes_next(
    client: Client, world: World, report: AgencyReport, state: str
) -> None:
    sentence = "Lãnh đạo đơn vị (Người leader) duyệt và gửi báo cáo này."
    AgencyReport.objects.filter(pk=report.pk).update(state=state)
    url = report.get_absolute_url()
    pages = {name: sign_in(client, world, name).get(url).content.decode() for name in ("officer", "leader")}

    assert {name: sentence in page for name, page in pages.items()} == {"officer": True, "leader": False}


def test_a_sent_report_names_no_next_hand(client: Client, world: World, report: AgencyReport) -> None:
    send(report)

    page = sign_in(client, world, "officer").get(report.get_absolute_url()).content.decode()

    assert "duyệt và gửi báo cáo này" not in page


def test_who_writes_and_signs_is_asked_once(world: World, report: AgencyReport) -> None:
    Appointment.objects.filter(user=world.person("officer")).update(signs=True)
    ready = todo_texts(world, "officer")
    Passage.objects.filter(report=report).update(text="")

    assert ready == ["Duyệt và gửi báo cáo sơ kết 6 tháng đầu năm của Sở Y tế"]
    assert todo_texts(world, "officer") == ["Hoàn thành báo cáo sơ kết 6 tháng đầu năm của đơn vị"]


def test_an_empty_report_is_not_sent(client: Client, world: World) -> None:
    empty = AgencyReportFactory(bloc_year=world.year, agency=world.syt)
    sign_in(client, world, "leader")

    page = client.get(f"/bao-cao-don-vi/{empty.pk}/").content.decode()
    client.post(f"/bao-cao-don-vi/{empty.pk}/thao-tac/", {"transition": "sign_off"})

    empty.refresh_from_db()
    assert "Báo cáo chưa có nội dung." in page
    assert empty.state == "draft"


def test_the_secretariat_returns_with_a_reason_that_the_agency_reads(
    client: Client, world: World, report: AgencyReport
) -> None:
    send(report)
    url = f"/bao-cao-don-vi/{report.pk}/thao-tac/"

    sign_in(client, world, "secretary").post(url, {"transition": "return", "reason": "Thiếu số liệu quý II"})

    page = sign_in(client, world, "officer").get(f"/bao-cao-don-vi/{report.pk}/").content.decode()
    assert "Báo cáo bị trả lại với lý do: Thiếu số liệu quý II" in page
    assert "<textarea" in page
    assert entries_of(report)[0].reason == "Thiếu số liệu quý II"


def test_the_report_shows_what_the_system_knows_of_its_agency_only(
    client: Client, world: World, report: AgencyReport
) -> None:
    pledge = PledgeFactory(bloc_year=world.year, state="signed")
    TargetFactory(pledge=pledge, agency=world.syt, name="Hồ sơ đúng hạn", plan=98, mid_year="97.5")
    TargetFactory(pledge=pledge, agency=world.sgddt, name="Trường đạt chuẩn")
    first = CommendationFactory(bloc_year=world.year, agency=world.syt, issuer="Bộ Y tế", period="H1")
    RecipientCountFactory(commendation=first, kind="collective", count=None)
    RecipientCountFactory(commendation=first, kind="individual", count=4)
    CommendationFactory(bloc_year=world.year, agency=world.syt, issuer="Trao cuối năm", period="H2")

    page = sign_in(client, world, "officer").get(f"/bao-cao-don-vi/{report.pk}/").content.decode()

    assert "97,5" in page
    assert "99,5" in page  # percent of the plan
    assert "nhiều tập thể, 04 cá nhân" in page
    assert "đã được khen: 04 cá nhân" in page
    assert "Trường đạt chuẩn" not in page
    assert "Trao cuối năm" not in page


def test_the_page_takes_the_same_queries_with_more_rows(
    client: Client, world: World, report: AgencyReport, django_assert_num_queries: Any
) -> None:
    pledge = PledgeFactory(bloc_year=world.year)
    sign_in(client, world, "officer")
    for count in (1, 3):
        while pledge.targets.count() < count:
            TargetFactory(pledge=pledge, agency=world.syt)
            RecipientCountFactory(commendation=CommendationFactory(bloc_year=world.year, agency=world.syt))
        with django_assert_num_queries(13):
            client.get(f"/bao-cao-don-vi/{report.pk}/")


# The round


@time_machine.travel("2020-07-15")
def test_the_board_says_sent_late_and_missing(world: World, report: AgencyReport) -> None:
    world.year.mid_year_due = date(2020, 7, 10)
    send(AgencyReportFactory(bloc_year=world.year, agency=world.sgddt), on="2020-07-12")
    send(AgencyReportFactory(bloc_year=world.year, agency=world.sldtbxh), "received", on="2020-07-10")

    lines = board(world.year, world.person("secretary"), today=date(2020, 7, 15))

    assert [(line.membership.agency.code, line.mid_year.status, line.mid_year.words) for line in lines] == [
        ("stttt", "overdue", "Chưa gửi, quá hạn 5 ngày"),
        ("sgddt", "late", "Đã gửi, gửi ngày 12/07/2020, muộn 2 ngày"),
        ("syt", "overdue", "Chưa gửi, quá hạn 5 ngày"),  # its draft is not the secretariat's to know
        ("sldtbxh", "sent", "Đã tiếp nhận, gửi ngày 10/07/2020"),
    ]
    assert {line.annual.words for line in lines} == {"Chưa gửi"}


def test_a_report_sent_before_midnight_in_vietnam_is_in_time(world: World) -> None:
    world.year.mid_year_due = date(2020, 7, 10)
    sent = AgencyReportFactory(bloc_year=world.year, agency=world.syt)
    moment = datetime.fromisoformat("2020-07-10T23:59:00+07:00")
    AgencyReport.objects.filter(pk=sent.pk).update(state="signed_off", sent_at=moment)

    lines = board(world.year, world.person("officer"), today=date(2020, 8, 1))

    assert [line.mid_year.status for line in lines] == ["sent"]


def test_a_member_follows_itself_alone(client: Client, world: World, report: AgencyReport) -> None:
    send(AgencyReportFactory(bloc_year=world.year, agency=world.sgddt))

    page = sign_in(client, world, "officer").get(f"/khoi/{world.year.pk}/bao-cao/").content.decode()

    assert "Sở Y tế" in page
    assert "Sở Giáo dục và Đào tạo" not in page


@pytest.mark.parametrize("name", PERSONAS)
def test_the_room_opens_for_who_sees_the_year(client: Client, world: World, name: str) -> None:
    response = sign_in(client, world, name).get(f"/khoi/{world.year.pk}/bao-cao/")

    seen = name not in ("council_member", "administrator", "stranger")
    assert response.status_code == (200 if seen else 404)


def test_the_room_takes_the_same_queries_with_more_members(
    client: Client, world: World, django_assert_num_queries: Any
) -> None:
    sign_in(client, world, "secretary")
    for extra in (1, 3):
        for _ in range(extra):
            agency = AgencyFactory(council=world.council)
            MembershipFactory(bloc_year=world.year, agency=agency)
            send(AgencyReportFactory(bloc_year=world.year, agency=agency))
        with django_assert_num_queries(23):
            client.get(f"/khoi/{world.year.pk}/bao-cao/")


@time_machine.travel("2020-07-15 09:00:00+07:00", tick=False)
def test_one_click_reminds_the_missing_once_a_day(client: Client, world: World) -> None:
    send(AgencyReportFactory(bloc_year=world.year, agency=world.sgddt))
    url = f"/khoi/{world.year.pk}/bao-cao/nhac/"
    sign_in(client, world, "secretary")

    for _ in range(2):
        client.post(url, {"kind": "mid-year"})

    told = set(Notice.objects.values_list("user__email", flat=True))
    assert told == {f"{name}@example.vn" for name in ("officer", "leader", "secretary", "head_leader")}
    entry = entries_of(world.year).get()
    assert entry.action == "Nhắc gửi báo cáo sơ kết 6 tháng đầu năm"
    assert entry.after == {"đơn vị": ["Sở Thông tin và Truyền thông", "Sở Y tế", "Sở Lao động - Thương binh và Xã hội"]}


def test_the_next_day_and_the_other_round_are_reminded_anew(world: World) -> None:
    secretary = world.person("secretary")
    with time_machine.travel("2020-07-15 09:00:00+07:00", tick=False):
        remind_missing(world.year, ReviewKind.MID_YEAR, actor=secretary, today=timezone.localdate())
        remind_missing(world.year, ReviewKind.ANNUAL, actor=secretary, today=timezone.localdate())
        with pytest.raises(ReminderRefused, match="Hôm nay đã nhắc"):
            remind_missing(world.year, ReviewKind.MID_YEAR, actor=secretary, today=timezone.localdate())
    with time_machine.travel("2020-07-16 00:10:00+07:00", tick=False):
        remind_missing(world.year, ReviewKind.MID_YEAR, actor=secretary, today=timezone.localdate())

    assert entries_of(world.year).count() == 3


@pytest.mark.parametrize(("name", "status"), [("officer", 403), ("deputy_officer", 403), ("stranger", 404)])
def test_members_do_not_remind_each_other(client: Client, world: World, name: str, status: int) -> None:
    response = sign_in(client, world, name).post(f"/khoi/{world.year.pk}/bao-cao/nhac/", {"kind": "mid-year"})

    assert response.status_code == status
    assert Notice.objects.count() == 0


# Lists, steps, to-dos


def test_the_list_finds_without_accents_filters_and_exports(client: Client, world: World) -> None:
    send(AgencyReportFactory(bloc_year=world.year, agency=world.syt))
    send(AgencyReportFactory(bloc_year=world.year, agency=world.sgddt, kind="annual"))
    sign_in(client, world, "secretary")

    found = client.get("/bao-cao/?q=so y te").content.decode()
    annual = client.get("/bao-cao/?ky=annual&nam=2020&trang_thai=signed_off").content.decode()
    export = client.get("/bao-cao/?xuat=xlsx")

    assert "Sở Y tế" in found
    assert "Sở Giáo dục" not in found
    assert "Sở Giáo dục" in annual
    assert "Sở Y tế" not in annual
    assert export["Content-Type"].startswith("application/vnd.openxml")


@pytest.mark.parametrize("name", PERSONAS)
def test_the_list_holds_what_one_sees(client: Client, world: World, report: AgencyReport, name: str) -> None:
    page = sign_in(client, world, name).get("/bao-cao/").content.decode()

    assert (f'href="/bao-cao-don-vi/{report.pk}/"' in page) is (name in ("officer", "leader"))


def test_the_list_takes_the_same_queries_with_more_rows(
    client: Client, world: World, django_assert_num_queries: Any
) -> None:
    sign_in(client, world, "standing")
    for agencies in ([world.syt], [world.sgddt, world.sldtbxh]):
        for agency in agencies:
            send(AgencyReportFactory(bloc_year=world.year, agency=agency))
        with django_assert_num_queries(7):
            client.get("/bao-cao/")


@pytest.mark.parametrize("name", [name for name in PERSONAS if name != "standing"])
def test_the_councils_board_is_the_standing_bodys(client: Client, world: World, name: str) -> None:
    assert sign_in(client, world, name).get("/bao-cao/toan-hoi-dong/").status_code == 403


@time_machine.travel("2020-07-15")
def test_the_councils_board_counts_both_rounds(client: Client, world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(mid_year_due=date(2020, 7, 10))
    send(AgencyReportFactory(bloc_year=world.year, agency=world.sgddt), on="2020-07-12")

    page = sign_in(client, world, "standing").get("/bao-cao/toan-hoi-dong/").content.decode()

    assert "1/4 đã gửi, 1 gửi muộn, 3 quá hạn" in page
    assert "0/1 đã gửi" in page  # the other bloc


def test_the_councils_board_takes_the_same_queries_with_more_rows(
    client: Client, world: World, django_assert_num_queries: Any
) -> None:
    sign_in(client, world, "standing")
    BlocYear.objects.exclude(pk=world.year.pk).update(year=2019)
    for query, rows in (("?nam=2020", 1), ("", 2)):
        with django_assert_num_queries(10):
            page = client.get(f"/bao-cao/toan-hoi-dong/{query}").content.decode()
        assert page.count('data-label="Khối, cụm"') == rows


@time_machine.travel("2020-07-01")
def test_steps_tell_the_round_to_who_follows_it(world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(mid_year_due=date(2020, 7, 10))
    world.year.refresh_from_db()
    send(AgencyReportFactory(bloc_year=world.year, agency=world.syt))

    words = {
        name: next(step for step in steps_of(world.year, world.person(name)) if step.order == 40)
        for name in ("secretary", "officer", "deputy_officer")
    }

    assert words["secretary"].words == "1/4 đơn vị đã gửi báo cáo"
    assert words["officer"].words == "Báo cáo của đơn vị: lãnh đạo đã duyệt, đã gửi"
    assert words["deputy_officer"].words == "Đơn vị chưa viết báo cáo"
    assert [step.state for step in words.values()] == ["current", "current", "upcoming"]


def todo_texts(world: World, name: str) -> list[str]:
    return [todo.text for todo in todos_for(world.person(name)) if "báo cáo" in todo.text.lower()]


@time_machine.travel("2020-07-01")
def test_each_role_is_told_its_part(world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(mid_year_due=date(2020, 7, 10), annual_due=date(2021, 1, 10))
    due = {name: todo_texts(world, name) for name in ("officer", "leader", "secretary", "stranger")}
    report = AgencyReportFactory(bloc_year=world.year, agency=world.syt)
    PassageFactory(report=report, review=None)
    written = {name: todo_texts(world, name) for name in ("officer", "leader", "secretary")}
    send(report)
    sent = {name: todo_texts(world, name) for name in ("officer", "leader", "secretary")}

    own, blocs = "Viết báo cáo sơ kết 6 tháng đầu năm của đơn vị", "Soạn báo cáo sơ kết 6 tháng đầu năm của khối"
    assert due == {"officer": [own], "leader": [], "secretary": [blocs, own], "stranger": []}
    assert written["officer"] == ["Hoàn thành báo cáo sơ kết 6 tháng đầu năm của đơn vị"]
    assert written["leader"] == ["Duyệt và gửi báo cáo sơ kết 6 tháng đầu năm của Sở Y tế"]
    assert written["secretary"] == [blocs, own]
    assert (sent["officer"], sent["leader"]) == ([], [])
    assert "Tiếp nhận 1 báo cáo sơ kết 6 tháng đầu năm của các đơn vị" in sent["secretary"]


# Races


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_open_one_report_and_two_saves_have_one_winner(transactional_db: None) -> None:
    from tests.world import build_world

    world = build_world()
    officer, leader = world.person("officer"), world.person("leader")

    def opened(user: Any) -> int:
        try:
            return open_report(world.year, world.syt.pk, "annual", actor=user).pk
        finally:
            connection.close()

    def saved(user: Any) -> str:
        try:
            save_passage(report, "lessons", f"Bản của {user}.", actor=user, version=0)
        except StalePassage:
            return "stale"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(opened, [officer, leader]))) == 1
        report = AgencyReport.objects.get()
        assert sorted(pool.map(saved, [officer, leader])) == ["saved", "stale"]
    assert list(faults()) == []


def test_saving_refuses_in_words_what_the_state_forbids(world: World, report: AgencyReport) -> None:
    send(report, "received")

    with pytest.raises(PassageRefused, match="Thư ký khối đã nhận"):
        save_passage(report, "achievements", "x", actor=world.person("officer"), version=1)
