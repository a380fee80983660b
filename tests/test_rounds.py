"""Reporting rounds: set up, outlined, opened, closed; who sees what; two people on one outline."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.domain.audit import entries_of, faults
from accounts.domain.todo import todos_for
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from reports.domain.rounding.acting import begin_report
from reports.domain.rounding.copying import copy_outline, outline_source
from reports.domain.rounding.founding import create_province_round, create_round, edit_round, open_in_blocs
from reports.domain.rounding.outline import FIGURE, SECTION, TABLE, add_part, edit_part, remove_part
from reports.domain.rounding.workflow import REPORT_ROUND
from reports.models import AgencyReport, FigureValue, ReportRound, RoundFigure, RoundSection, RoundTable, TableRow
from tests.factories import AgencyReportFactory, BlocFactory, BlocYearFactory, MembershipFactory, PassageFactory
from tests.rounds_world import DUE, a_round, figure, opened, report_in
from tests.world import PERSONAS, World

SEEN_OPEN = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}
FIELDS: dict[str, Any] = {"title": "Báo cáo", "since": None, "until": None, "due": DUE, "strict": False, "basis": "", "note": ""}  # noqa: E501  # fmt: skip


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def province_round(world: World, kind: str = "mid-year") -> ReportRound:
    made = create_province_round(world.council, year=2020, kind=kind, fields=FIELDS, actor=world.person("standing"))
    RoundSection.objects.create(round=made, key="achievements", title="Kết quả", position=1)
    return made


@pytest.mark.parametrize("name", PERSONAS)
def test_a_draft_is_its_makers_and_an_opened_round_the_years(client: Client, world: World, name: str) -> None:
    made = a_round(world)
    sign_in(client, world, name)

    draft = client.get(f"/dot-bao-cao/{made.pk}/").status_code
    REPORT_ROUND.perform(made, "open", actor=None)
    after = client.get(f"/dot-bao-cao/{made.pk}/")

    assert draft == (200 if name in ("secretary", "head_leader", "standing") else 404)
    assert after.status_code == (200 if name in SEEN_OPEN else 404)


def test_a_member_sees_its_own_line_alone(client: Client, world: World) -> None:
    made = opened(world)
    report_in(made, world.sldtbxh, "signed_off", date(2020, 6, 25))

    page = sign_in(client, world, "officer").get(f"/dot-bao-cao/{made.pk}/").content.decode()

    assert "Sở Y tế" in page
    assert "Viết báo cáo" in page
    assert "Sở Lao động" not in page
    assert "Muộn 5 ngày" not in page


def test_the_secretary_sets_up_a_round_from_the_page(client: Client, world: World) -> None:
    sign_in(client, world, "secretary")
    url = f"/khoi/{world.year.pk}/dot-bao-cao/them/"

    offered = client.get(f"{url}?ky=annual").content.decode()
    answer = client.post(url, {"kind": "annual", "title": "Báo cáo năm", "due": "15/12/2020"})

    made = ReportRound.objects.get()
    assert "Báo cáo tổng kết công tác thi đua, khen thưởng năm 2020" in offered
    assert answer["Location"] == f"/dot-bao-cao/{made.pk}/de-cuong/"
    assert (made.kind, made.due, made.state, made.year) == ("annual", date(2020, 12, 15), "draft", 2020)
    assert [entry.action for entry in entries_of(made)] == ["Lập đợt báo cáo"]


def test_an_annual_round_is_there_once_and_ad_hoc_ones_often(client: Client, world: World) -> None:
    a_round(world, kind="annual")
    actor = world.person("secretary")

    with pytest.raises(TransitionRefused, match="Đã có đợt báo cáo của kỳ này"):
        create_round(world.year, kind="annual", fields=FIELDS, actor=actor)
    for _ in range(2):
        create_round(world.year, kind="ad-hoc", fields=FIELDS, actor=actor)

    answer = sign_in(client, world, "secretary").post(
        f"/khoi/{world.year.pk}/dot-bao-cao/them/", {"kind": "annual", "title": "Tên đang gõ", "due": "15/12/2020"}
    )
    assert ReportRound.objects.count() == 3
    assert "Tên đang gõ" in answer.content.decode()
    assert "Đã có đợt báo cáo của kỳ này" in answer.content.decode()


def test_a_round_opens_with_an_outline_and_a_due_date_only(world: World) -> None:
    made = a_round(world, due=None)
    RoundSection.objects.all().delete()
    actor = world.person("secretary")

    with pytest.raises(TransitionRefused, match="chưa có hạn gửi"):
        REPORT_ROUND.perform(made, "open", actor=actor)
    ReportRound.objects.update(due=DUE)
    with pytest.raises(TransitionRefused, match="Đề cương chưa có mục nào"):
        REPORT_ROUND.perform(made, "open", actor=actor)


def test_opening_tells_officers_and_leaders_and_takes_begun_reports_along(world: World) -> None:
    made = a_round(world)
    begun = AgencyReportFactory(bloc_year=world.year, agency=world.syt, kind="mid-year")
    other = AgencyReportFactory(bloc_year=world.year, agency=world.syt, kind="annual")

    REPORT_ROUND.perform(made, "open", actor=world.person("secretary"))

    begun.refresh_from_db()
    other.refresh_from_db()
    told = set(Notice.objects.values_list("user__email", flat=True))
    assert (begun.round_id, other.round_id) == (made.pk, None)
    assert {"officer@example.vn", "leader@example.vn", "deputy_officer@example.vn"} <= told
    assert "stranger@example.vn" not in told
    assert list(faults()) == []


def test_a_report_written_after_the_opening_belongs_to_the_round(client: Client, world: World) -> None:
    made = opened(world)

    answer = sign_in(client, world, "officer").post(f"/khoi/{world.year.pk}/bao-cao/mo/", {"kind": "mid-year"})
    again = client.post(f"/dot-bao-cao/{made.pk}/viet-bao-cao/")

    report = AgencyReport.objects.get()
    assert report.round_id == made.pk
    assert answer["Location"] == again["Location"] == report.get_absolute_url()


def test_a_closed_round_takes_no_new_report_and_opens_again_with_a_reason(world: World) -> None:
    made = opened(world)
    actor = world.person("secretary")
    REPORT_ROUND.perform(made, "close", actor=actor)

    with pytest.raises(TransitionRefused, match="không ở trạng thái đang nhận báo cáo"):
        begin_report(world.year, world.syt.pk, "mid-year", actor=world.person("officer"))
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        REPORT_ROUND.perform(made, "reopen", actor=actor)
    REPORT_ROUND.perform(made, "reopen", actor=actor, reason="Nhận thêm báo cáo")

    assert made.state == "open"


def test_reports_of_a_closed_round_are_not_sent(world: World) -> None:
    made = opened(world)
    report = report_in(made, world.syt, "draft")
    PassageFactory(report=report, review=None, section="achievements", text="Kết quả tốt.")
    REPORT_ROUND.perform(made, "close", actor=world.person("secretary"))

    from reports.domain.workflow import AGENCY_REPORT

    with pytest.raises(TransitionRefused, match="Đợt báo cáo đã kết thúc"):
        AGENCY_REPORT.perform(report, "sign_off", actor=world.person("leader"))


@pytest.mark.parametrize("name", ["officer", "deputy_officer", "observer", "standing", "stranger"])
def test_others_do_not_run_the_blocs_round(world: World, name: str) -> None:
    made = a_round(world)

    with pytest.raises(PermissionDenied):
        REPORT_ROUND.perform(made, "open", actor=world.person(name))
    with pytest.raises(PermissionDenied):
        edit_round(made, fields=FIELDS | {"title": "Khác"}, base=None, actor=world.person(name))
    assert ReportRound.objects.get().title == "Báo cáo 6 tháng"


def test_two_people_edit_one_round_and_the_second_sees_both_values(client: Client, world: World) -> None:
    made = a_round(world)
    sign_in(client, world, "secretary")
    page = client.get(f"/dot-bao-cao/{made.pk}/sua/")
    base = page.context["form"].fields["base"].initial
    edit_round(made, fields={"title": "Bản của trưởng khối"}, base=None, actor=world.person("head_leader"))

    answer = client.post(f"/dot-bao-cao/{made.pk}/sua/", {"title": "Bản của thư ký", "due": "20/06/2020", "base": base})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của trưởng khối" in text
    assert "Bản của thư ký" in text
    assert ReportRound.objects.get().title == "Bản của trưởng khối"


def test_two_people_edit_one_table_and_the_second_sees_both_columns(client: Client, world: World) -> None:
    made, actor = a_round(world), world.person("head_leader")
    columns = [{"key": "a", "label": "Họ tên", "kind": "text"}]
    fields = {"title": "Điển hình", "columns": columns, "guidance": ""}
    table = add_part(made, TABLE, fields=fields, actor=actor, section=made.sections.get())
    url = f"/dot-bao-cao/{made.pk}/de-cuong/bang/{table.pk}/"
    sign_in(client, world, "secretary")
    base = client.get(url).context["form"].fields["base"].initial
    theirs = [*columns, {"key": "b", "label": "Đơn vị", "kind": "text"}]
    edit_part(made, TABLE, table, fields={"columns": theirs}, base=None, actor=actor)
    mine = {"title": "Điển hình", "column_0": "Họ tên", "column_1": "Thành tích"}

    stale = client.post(url, mine | {"base": base})
    again = client.post(url, mine | {"base": stale.context["form"].data["base"]})

    table.refresh_from_db()
    assert (stale.status_code, again.status_code) == (409, 302)
    assert "Họ tên; Đơn vị" in stale.content.decode()
    assert [each["label"] for each in table.columns] == ["Họ tên", "Thành tích"]  # type: ignore[union-attr]


def test_the_list_of_rounds_is_searched_filtered_and_exported(client: Client, world: World) -> None:
    mine = opened(world)
    opened(world, bloc_year=world.other_year, title="Của khối khác")
    sign_in(client, world, "standing")

    found = client.get("/dot-bao-cao/?q=tham muu&ky=mid-year").context["listing"].page.object_list
    export = client.get("/dot-bao-cao/?xuat=xlsx")
    own = sign_in(client, world, "officer").get("/dot-bao-cao/").context["listing"].page.object_list

    assert (list(found), list(own)) == ([mine], [mine])
    assert export["Content-Type"].startswith("application/vnd.openxmlformats")


def test_the_usual_sections_come_with_guidance_and_only_once(client: Client, world: World) -> None:
    made = a_round(world)
    sign_in(client, world, "secretary")

    for _ in range(2):
        client.post(f"/dot-bao-cao/{made.pk}/de-cuong/thuong-dung/")

    keys = list(made.sections.values_list("key", flat=True))
    assert keys == ["achievements", "difficulties", "lessons", "directions"]
    assert made.sections.get(key="lessons").guidance.startswith("Nêu cách làm hay")


def test_an_outline_is_written_moved_and_cut_from_its_pages(client: Client, world: World) -> None:
    made = a_round(world)
    sign_in(client, world, "secretary")
    url = f"/dot-bao-cao/{made.pk}/de-cuong/"
    client.post(f"{url}them-muc/", {"title": "Kiến nghị <script>", "guidance": "Nêu rõ.", "required": "on"})
    section = made.sections.get(title__startswith="Kiến nghị")
    client.post(f"{url}muc/{section.pk}/them/so-lieu/", {"label": "Số kiến nghị", "kind": "whole", "unit": "việc"})
    columns = {"column_0": "Nội dung", "kind_0": "text", "column_1": "Số tiền", "kind_1": "number"}
    client.post(f"{url}muc/{section.pk}/them/bang/", {"title": "Danh sách"} | columns)

    page = client.get(url).content.decode()
    client.post(f"{url}muc/{section.pk}/chuyen/", {"huong": "len"})
    table = RoundTable.objects.get()

    assert table.columns == [
        {"key": "noi-dung", "label": "Nội dung", "kind": "text"},
        {"key": "so-tien", "label": "Số tiền", "kind": "number"},
    ]
    assert RoundFigure.objects.get().key == "so-kien-nghi"
    assert "Kiến nghị &lt;script&gt;" in page
    assert next(row.pk for row in made.sections.all()) == section.pk
    client.post(f"{url}muc/{section.pk}/xoa/", {"reason": "thừa"})
    assert not RoundTable.objects.exists()


def test_what_holds_data_stays_in_an_opened_outline(world: World) -> None:
    made = opened(world)
    actor = world.person("secretary")
    section = made.sections.get()
    held, empty = figure(made, "co-so"), figure(made, "chua-co")
    table = add_part(
        made, TABLE, fields={"title": "Bảng", "columns": [{"key": "a", "label": "A", "kind": "text"}]},
        actor=actor, section=section,
    )  # fmt: skip
    report = report_in(made, world.syt, "draft")
    FigureValue.objects.create(report=report, figure=held, value=3)
    TableRow.objects.create(report=report, table=table, cells={"a": "x"})

    with pytest.raises(TransitionRefused, match="Đã có đơn vị điền vào số liệu"):
        remove_part(made, FIGURE, held, reason="", actor=actor)
    with pytest.raises(TransitionRefused, match="Đã có đơn vị điền vào mục"):
        remove_part(made, SECTION, section, reason="", actor=actor)
    with pytest.raises(TransitionRefused, match="không đổi được kiểu số"):
        edit_part(made, FIGURE, held, fields={"kind": "money"}, base=None, actor=actor)
    with pytest.raises(TransitionRefused, match="Cột «A» đã có số liệu"):
        edit_part(made, TABLE, table, fields={"columns": []}, base=None, actor=actor)
    remove_part(made, FIGURE, empty, reason="", actor=actor)

    assert list(RoundFigure.objects.all()) == [held]


def test_extending_an_opened_outline_tells_the_members(world: World) -> None:
    made = opened(world)
    Notice.objects.all().delete()
    before = made.version

    add_part(made, SECTION, fields={"title": "Phòng, chống bão"}, actor=world.person("secretary"))

    made.refresh_from_db()
    texts = set(Notice.objects.filter(user__email="officer@example.vn").values_list("text", flat=True))
    assert texts == {"Báo cáo 6 tháng: đề cương báo cáo vừa được bổ sung, sửa đổi. Hãy mở đợt báo cáo để xem."}
    assert made.version == before + 1
    assert made.sections.last().key == "phong-chong-bao"


def test_an_outline_is_copied_from_last_year_under_the_same_keys(world: World) -> None:
    last_year = BlocYearFactory(bloc=world.year.bloc, year=2019)
    MembershipFactory(bloc_year=last_year, agency=world.stttt, role="head")
    source = ReportRound.objects.create(
        council=world.council, bloc_year=last_year, year=2019, kind="mid-year", title="Năm trước"
    )
    section = RoundSection.objects.create(round=source, key="kien-nghi", title="Kiến nghị")
    RoundFigure.objects.create(section=section, key="so-viec", label="Số việc")
    made, actor = a_round(world), world.person("secretary")

    count = copy_outline(made, source, actor=actor)
    with pytest.raises(TransitionRefused, match="không có gì để chép thêm"):
        copy_outline(made, source, actor=actor)

    assert count == 2
    assert RoundFigure.objects.filter(section__round=made, key="so-viec").count() == 1
    assert outline_source(made, world.person("stranger"), source.pk) is None


def test_the_provinces_round_opens_in_chosen_blocs_with_one_outline(client: Client, world: World) -> None:
    made = province_round(world)
    sign_in(client, world, "standing")

    page = client.get(f"/dot-bao-cao/{made.pk}/khoi/").content.decode()
    answer = client.post(f"/dot-bao-cao/{made.pk}/khoi/", {"khoi": [str(world.year.pk)]})

    child = ReportRound.objects.get(parent=made)
    made.refresh_from_db()
    assert "Khối kinh tế" in page
    assert answer["Location"] == f"/dot-bao-cao/{made.pk}/"
    assert (made.state, child.state, child.bloc_year, child.due) == ("open", "open", world.year, DUE)
    assert child.outline_id == made.pk
    outline = sign_in(client, world, "officer").get(f"/dot-bao-cao/{child.pk}/de-cuong/")
    assert "Kết quả" in outline.content.decode()
    assert client.get(f"/dot-bao-cao/{made.pk}/").status_code == 404
    assert sign_in(client, world, "secretary").get(f"/dot-bao-cao/{child.pk}/sua/").status_code == 403


def test_a_bloc_with_a_round_of_its_own_stops_the_provinces(world: World) -> None:
    made, actor = province_round(world), world.person("standing")
    opened(world)

    with pytest.raises(TransitionRefused, match="Khối tham mưu III: Đã có đợt báo cáo của kỳ này"):
        open_in_blocs(made, [world.year.pk, world.other_year.pk], actor=actor)

    made.refresh_from_db()
    assert (made.state, made.children.count()) == ("draft", 0)


def test_closing_the_provinces_round_closes_its_children(world: World) -> None:
    made, actor = province_round(world), world.person("standing")
    open_in_blocs(made, [world.year.pk], actor=actor)
    made.refresh_from_db()

    REPORT_ROUND.perform(made, "close", actor=actor)
    closed = set(ReportRound.objects.values_list("state", flat=True))
    REPORT_ROUND.perform(made, "reopen", actor=actor, reason="Nhận thêm")

    assert closed == {"closed"}
    assert set(ReportRound.objects.values_list("state", flat=True)) == {"open"}


def test_an_agency_in_two_blocs_reports_once(client: Client, world: World) -> None:
    MembershipFactory(bloc_year=world.other_year, agency=world.syt)
    made = province_round(world)
    open_in_blocs(made, [world.year.pk, world.other_year.pk], actor=world.person("standing"))
    first, second = made.children.order_by("pk")

    page = sign_in(client, world, "officer").get(f"/dot-bao-cao/{second.pk}/").content.decode()
    client.post(f"/dot-bao-cao/{second.pk}/viet-bao-cao/", {"agency": world.syt.pk})

    assert (first.bloc_year.bloc.name, second.bloc_year.bloc.name) == ("Khối kinh tế", "Khối tham mưu III")
    assert "Sở Y tế ở nhiều khối nên gửi báo cáo một lần, ở Khối kinh tế" in page
    assert AgencyReport.objects.count() == 0
    board = sign_in(client, world, "standing").get(f"/dot-bao-cao/{made.pk}/")
    assert board.context["matrix"].total.members == 5


def test_to_dos_follow_the_rounds_date_and_ad_hoc_rounds(world: World) -> None:
    world.year.state = "running"
    world.year.mid_year_due = date(2020, 5, 1)
    world.year.save(update_fields=["state", "mid_year_due"])
    opened(world)
    opened(world, kind="ad-hoc", title="Phòng chống dịch", due=date(2020, 6, 10))

    with time_machine.travel("2020-06-01 09:00+07:00"):
        found = {each.text: each.due for each in todos_for(world.person("officer"))}

    assert found["Viết báo cáo sơ kết 6 tháng đầu năm của đơn vị"] == DUE
    assert found["Viết báo cáo «Phòng chống dịch»"] == date(2020, 6, 10)


@pytest.mark.parametrize(("state", "name", "text"), [
    ("draft", "officer", "Hoàn thành báo cáo «Phòng chống dịch»"),
    ("returned", "officer", "Bổ sung báo cáo bị trả lại «Phòng chống dịch»"),
    ("draft", "leader", "Duyệt và gửi báo cáo «Phòng chống dịch»"),
    ("signed_off", "secretary", "Tiếp nhận 1 báo cáo «Phòng chống dịch»"),
])  # fmt: skip
def test_ad_hoc_reports_wait_for_the_right_hands(world: World, state: str, name: str, text: str) -> None:
    world.year.state = "running"
    world.year.save(update_fields=["state"])
    made = opened(world, kind="ad-hoc", title="Phòng chống dịch", due=date(2020, 6, 10))
    report = report_in(made, world.syt, state)
    if name == "leader":
        PassageFactory(report=report, review=None, section="achievements", text="Kết quả.")

    texts = {name: [each.text for each in todos_for(world.person(name))] for name in ("officer", "leader", "secretary")}

    assert text in texts[name]


def test_an_empty_year_says_what_to_do(client: Client, world: World) -> None:
    empty = BlocYearFactory(bloc=BlocFactory(council=world.council, code="trong", name="Khối trống"), year=2020)
    sign_in(client, world, "standing")

    page = client.get(f"/khoi/{empty.pk}/dot-bao-cao/").content.decode()
    made = province_round(world)
    open_in_blocs(made, [empty.pk], actor=world.person("standing"))
    board = client.get(f"/dot-bao-cao/{made.children.get().pk}/")

    assert "Chưa có đợt báo cáo nào" in page
    assert "Không có đơn vị nào báo cáo trong đợt này" in board.content.decode()
    assert client.get(f"/dot-bao-cao/{made.pk}/so-lieu/").status_code == 200
