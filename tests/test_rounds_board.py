"""The board of a round: statuses, late days, reminders, extensions; a province's blocs at a glance."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from accounts.domain.audit import entries_of, faults
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from reports.domain.lateness import delays_of_reports
from reports.domain.rounding.acting import extend, open_in_round, remind_in_round
from reports.domain.rounding.board import board_rows, days_over, matrix_of, status_words, timing_words
from reports.domain.rounding.founding import create_round, edit_round, open_in_blocs
from reports.domain.rounding.workflow import REPORT_ROUND
from reports.domain.rounds import board
from reports.models import AgencyReport, ReportRound, RoundExtension
from scoring.domain.lateness import refresh_lateness
from tests.factories import AgencyFactory, AppointmentFactory, BlocFactory, BlocYearFactory, MembershipFactory
from tests.rounds_world import DUE, a_round, opened, report_in
from tests.scoring_world import build_scores
from tests.test_rounds import FIELDS, province_round
from tests.test_scoring_lateness import days_of
from tests.world import World, build_world

TODAY = date(2020, 6, 23)
LATER = date(2020, 6, 30)


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def lines(a_round: ReportRound, today: date = TODAY) -> dict[str, tuple[str, str]]:
    with time_machine.travel(f"{today} 09:00+07:00"):
        return {row.agency.code: (status_words(row), timing_words(row)) for row in board_rows(a_round, today=today)}


def test_every_status_and_the_days_late(world: World) -> None:
    made = opened(world)
    report_in(made, world.stttt, "received", date(2020, 6, 20))
    report_in(made, world.sgddt, "signed_off", date(2020, 6, 23))
    report_in(made, world.syt, "returned", date(2020, 6, 19))

    found = lines(made)

    assert found == {
        "stttt": ("Đã tiếp nhận", "Đúng hạn"),
        "sgddt": ("Đã gửi", "Muộn 3 ngày"),
        "syt": ("Trả lại để bổ sung", "Quá hạn 3 ngày"),
        "sldtbxh": ("Chưa viết", "Quá hạn 3 ngày"),
    }


def test_a_day_is_counted_as_in_vietnam(world: World) -> None:
    made = opened(world)
    report_in(made, world.syt, "signed_off", DUE)

    AgencyReport.objects.update(sent_at=datetime(2020, 6, 20, 16, 59, tzinfo=UTC))
    before_midnight = lines(made)["syt"]
    AgencyReport.objects.update(sent_at=datetime(2020, 6, 20, 17, 1, tzinfo=UTC))

    assert before_midnight == ("Đã gửi", "Đúng hạn")
    assert lines(made)["syt"] == ("Đã gửi", "Muộn 1 ngày")


def test_the_last_extension_counts_and_all_are_kept(world: World) -> None:
    made = opened(world)
    report_in(made, world.syt, "signed_off", date(2020, 6, 26))
    actor = world.person("secretary")

    extend(made, [world.syt.pk, world.sldtbxh.pk], due=LATER, reason="Dịch bệnh", actor=actor)
    first = lines(made)
    extend(made, [world.syt.pk], due=date(2020, 6, 24), reason="Rút ngắn theo yêu cầu", actor=actor)

    assert first["syt"] == ("Đã gửi", "Đúng hạn")
    assert first["sldtbxh"] == ("Chưa viết", "")
    assert first["sgddt"] == ("Chưa viết", "Quá hạn 3 ngày")
    assert lines(made)["syt"] == ("Đã gửi", "Muộn 2 ngày")
    assert RoundExtension.objects.count() == 3
    assert entries_of(made).filter(action="Gia hạn gửi báo cáo").count() == 2
    assert Notice.objects.filter(user__email="officer@example.vn", text__contains="gia hạn").count() == 2
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("due", "reason", "agencies", "text"),
    [
        (DUE, "x", ["syt"], "phải sau hạn chung"),
        (LATER, "  ", ["syt"], "Hãy ghi lý do"),
        (LATER, "x", [], "ít nhất một đơn vị"),
        (LATER, "x", ["other"], "ít nhất một đơn vị"),
    ],
)
def test_an_extension_needs_a_member_a_reason_and_a_later_day(
    world: World, due: date, reason: str, agencies: list[str], text: str
) -> None:
    made = opened(world)
    ids = [getattr(world, code).pk for code in agencies]

    with pytest.raises(TransitionRefused, match=text):
        extend(made, ids, due=due, reason=reason, actor=world.person("secretary"))
    assert RoundExtension.objects.count() == 0


def test_members_extend_nothing_and_the_page_keeps_what_was_typed(client: Client, world: World) -> None:
    made = opened(world)
    with pytest.raises(PermissionDenied):
        extend(made, [world.syt.pk], due=LATER, reason="x", actor=world.person("officer"))

    page = sign_in(client, world, "secretary").post(
        f"/dot-bao-cao/{made.pk}/gia-han/", {"agencies": [world.syt.pk], "due": "01/01/2020", "reason": "Lý do đang gõ"}
    )

    assert "Lý do đang gõ" in page.content.decode()
    assert "phải sau hạn chung của đợt (20/06/2020)" in page.content.decode()


def test_scores_count_by_the_round_and_its_extension(world: World) -> None:
    world.year.mid_year_due = date(2020, 6, 1)
    world.year.save(update_fields=["mid_year_due"])
    made = opened(world)
    report_in(made, world.syt, "signed_off", date(2020, 6, 24))
    sheet = build_scores(world).filled(world.syt, 50, state="draft")

    refresh_lateness(world.year, world.syt.pk, actor=None)
    before = days_of(sheet)
    extend(made, [world.syt.pk], due=date(2020, 6, 22), reason="Dịch bệnh", actor=world.person("secretary"))

    assert (before, days_of(sheet)) == (4, 2)
    assert [each.days for each in delays_of_reports(world.year, world.syt.pk)] == [2]


def test_a_moved_due_date_is_reckoned_anew_and_told(world: World) -> None:
    made = opened(world)
    report_in(made, world.syt, "signed_off", date(2020, 6, 24))
    sheet = build_scores(world).filled(world.syt, 50, state="draft")
    refresh_lateness(world.year, world.syt.pk, actor=None)
    before = days_of(sheet)

    edit_round(made, fields={"due": LATER}, base=None, actor=world.person("secretary"))

    assert (before, days_of(sheet)) == (4, 0)
    assert Notice.objects.filter(user__email="officer@example.vn", text__contains="30/06/2020").exists()


def test_days_typed_by_hand_are_not_touched_by_an_extension(world: World) -> None:
    made = opened(world)
    report_in(made, world.syt, "signed_off", date(2020, 6, 24))
    sheet = build_scores(world).filled(world.syt, 50, state="draft")
    refresh_lateness(world.year, world.syt.pk, actor=None)
    sheet.lines.filter(criterion__code="L").update(times=9)

    extend(made, [world.syt.pk], due=LATER, reason="x", actor=world.person("secretary"))

    assert days_of(sheet) == 9


def test_the_room_of_the_year_follows_the_round(world: World) -> None:
    world.year.mid_year_due = date(2020, 5, 1)
    world.year.save(update_fields=["mid_year_due"])
    made = opened(world)
    extend(made, [world.syt.pk], due=LATER, reason="x", actor=world.person("secretary"))

    found = {row.membership.agency.code: row.mid_year.words for row in board(world.year, world.person("secretary"), today=TODAY)}  # noqa: E501  # fmt: skip

    assert found["syt"] == "Chưa gửi"
    assert found["sldtbxh"] == "Chưa gửi, quá hạn 3 ngày"


def test_a_reminder_goes_to_the_missing_once_a_day(client: Client, world: World) -> None:
    made = opened(world)
    report_in(made, world.syt, "signed_off", date(2020, 6, 10))
    report_in(made, world.sgddt, "draft")
    Notice.objects.all().delete()
    sign_in(client, world, "secretary")

    with time_machine.travel("2020-06-15 09:00+07:00"):
        client.post(f"/dot-bao-cao/{made.pk}/nhac/")
        again = client.post(f"/dot-bao-cao/{made.pk}/nhac/", follow=True).content.decode()
    with time_machine.travel("2020-06-16 09:00+07:00"):
        reminded = remind_in_round(made, actor=world.person("standing"), today=date(2020, 6, 16))

    told = Counter(Notice.objects.values_list("user__email", flat=True))
    assert "Hôm nay đã nhắc" in again
    assert {agency.code for agency in reminded} == {"stttt", "sgddt", "sldtbxh"}
    assert told["deputy_officer@example.vn"] == 2
    assert told["officer@example.vn"] == 0


def test_the_years_button_and_the_rounds_remind_once_a_day_together(client: Client, world: World) -> None:
    made = opened(world)
    sign_in(client, world, "secretary")

    with time_machine.travel("2020-06-15 09:00+07:00"):
        client.post(f"/dot-bao-cao/{made.pk}/nhac/")
        again = client.post(f"/khoi/{world.year.pk}/bao-cao/nhac/", {"kind": "mid-year"}, follow=True).content.decode()

    assert "Hôm nay đã nhắc" in again
    assert "6 tháng đầu năm (hạn 20/06/2020)" in again


def test_the_board_filters_sorts_and_exports(client: Client, world: World) -> None:
    made = opened(world)
    report_in(made, world.syt, "signed_off", date(2020, 6, 25))
    extend(made, [world.sgddt.pk], due=LATER, reason="=1+1", actor=world.person("secretary"))
    sign_in(client, world, "secretary")

    late = client.get(f"/dot-bao-cao/{made.pk}/?thoi_han=late")
    longer = client.get(f"/dot-bao-cao/{made.pk}/?thoi_han=extended")
    sorted_rows = client.get(f"/dot-bao-cao/{made.pk}/?sap=-gui").context["listing"].page.object_list
    export = client.get(f"/dot-bao-cao/{made.pk}/?xuat=xlsx")

    assert [row.agency.code for row in late.context["listing"].page] == ["syt"]
    assert [row.agency.code for row in longer.context["listing"].page] == ["sgddt"]
    assert len(sorted_rows) == 4
    assert export["Content-Type"].startswith("application/vnd.openxmlformats")


def test_drafts_of_others_are_told_of_and_not_linked(client: Client, world: World) -> None:
    made = opened(world)
    report = report_in(made, world.syt, "draft")

    page = sign_in(client, world, "secretary").get(f"/dot-bao-cao/{made.pk}/").content.decode()

    assert "Đang soạn" in page
    assert report.get_absolute_url() not in page


def test_the_history_tells_members_nothing_of_each_other(client: Client, world: World) -> None:
    made = opened(world)
    actor = world.person("secretary")
    extend(made, [world.sldtbxh.pk], due=LATER, reason="Chuyện riêng của sở", actor=actor)
    remind_in_round(made, actor=actor, today=TODAY)
    url = f"/lich-su/reports.reportround/{made.pk}/"

    member = sign_in(client, world, "officer").get(url).content.decode()
    secretary = sign_in(client, world, "secretary").get(url).content.decode()

    assert "Mở nhận báo cáo" in member
    assert "Chuyện riêng" not in member
    assert "Nhắc gửi báo cáo" not in member
    assert "Chuyện riêng" in secretary


@pytest.mark.parametrize("members", [1, 20])
def test_a_board_takes_constant_queries(
    client: Client, world: World, members: int, django_assert_num_queries: Any
) -> None:
    for number in range(members):
        agency = AgencyFactory(council=world.council, name=f"Sở {'x' * 190}{number}")
        MembershipFactory(bloc_year=world.year, agency=agency)
    made = opened(world)
    for each in world.year.memberships.select_related("agency"):
        report_in(made, each.agency, "signed_off", date(2020, 6, 21))
    sign_in(client, world, "secretary")
    client.get(f"/dot-bao-cao/{made.pk}/")

    with django_assert_num_queries(9):
        page = client.get(f"/dot-bao-cao/{made.pk}/")

    assert page.context["counts"].late == members + 4


@pytest.mark.parametrize("blocs", [2, 6])
def test_the_provinces_matrix_takes_constant_queries(
    client: Client, world: World, blocs: int, django_assert_num_queries: Any
) -> None:
    years = [BlocYearFactory(bloc=BlocFactory(council=world.council), year=2020) for _ in range(blocs)]
    for year in years:
        agency = AgencyFactory(council=world.council)
        MembershipFactory(bloc_year=year, agency=agency, role="head")
        AppointmentFactory(agency=agency)
    made = province_round(world)
    open_in_blocs(made, [year.pk for year in years], actor=world.person("standing"))
    child = made.children.first()
    report_in(child, child.bloc_year.memberships.get().agency, "signed_off", date(2020, 6, 21))
    sign_in(client, world, "standing")
    client.get(f"/dot-bao-cao/{made.pk}/")

    with django_assert_num_queries(11):
        page = client.get(f"/dot-bao-cao/{made.pk}/")
    with django_assert_num_queries(14):
        remind_in_round(made, actor=None, today=TODAY)

    total = page.context["matrix"].total
    assert (total.members, total.sent, total.late, len(page.context["matrix"].lines)) == (blocs, 1, 1, blocs)


def test_one_reminder_reaches_the_missing_of_all_blocs(world: World) -> None:
    made, actor = province_round(world), world.person("standing")
    open_in_blocs(made, [world.year.pk, world.other_year.pk], actor=actor)
    report_in(made.children.get(bloc_year=world.year), world.syt, "signed_off", date(2020, 6, 10))
    Notice.objects.all().delete()

    reminded = remind_in_round(made, actor=actor, today=TODAY)

    told = dict(Notice.objects.values_list("user__email", "url"))
    assert {agency.code for agency in reminded} == {"stttt", "sgddt", "sldtbxh", "other"}
    assert told["stranger@example.vn"] == "/dot-bao-cao/"
    assert "officer@example.vn" not in told


def test_blocs_are_counted_apart_in_the_matrix(world: World) -> None:
    made = province_round(world)
    open_in_blocs(made, [world.year.pk, world.other_year.pk], actor=world.person("standing"))
    report_in(made.children.get(bloc_year=world.year), world.syt, "received", date(2020, 6, 21))

    matrix = matrix_of(made, today=TODAY)

    assert [(line.bloc, line.counts.members, line.counts.sent, line.counts.overdue) for line in matrix.lines] == [
        ("Khối kinh tế", 1, 0, 1),
        ("Khối tham mưu III", 4, 1, 3),
    ]
    assert (matrix.total.late, matrix.total.missing) == (1, 4)
    assert days_over(board_rows(made, today=TODAY).get(agency=world.syt)) == 1


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_open_one_round_and_one_report(transactional_db: None) -> None:
    world = build_world()
    made = a_round(world)
    people = [world.person("secretary"), world.person("head_leader")]

    def tried(verb: Any) -> str:
        try:
            verb()
        except TransitionRefused:
            return "refused"
        finally:
            connection.close()
        return "done"

    def both(make: Any) -> list[str]:
        with ThreadPoolExecutor(2) as pool:
            return sorted(pool.map(lambda actor: tried(lambda: make(actor)), people))

    opening = both(lambda actor: REPORT_ROUND.perform(ReportRound.objects.get(pk=made.pk), "open", actor=actor))
    setting_up = both(lambda actor: create_round(world.year, kind="annual", fields=FIELDS, actor=actor))
    reports = both(lambda actor: open_in_round(ReportRound.objects.get(pk=made.pk), world.stttt.pk, actor=actor))

    assert opening == ["done", "refused"]
    assert setting_up == ["done", "refused"]
    assert reports == ["done", "done"]
    assert AgencyReport.objects.count() == 1
    assert ReportRound.objects.filter(kind="annual").count() == 1
    assert list(faults()) == []
