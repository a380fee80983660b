"""Home, notices and the history of an object."""

from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.models import Notice
from tests.factories import AgencyReportFactory, ScoreSheetFactory
from tests.world import PERSONAS, World


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


@pytest.mark.parametrize("name", PERSONAS)
def test_home_greets_every_persona(client: Client, world: World, name: str) -> None:
    response = sign_in(client, world, name).get("/")

    assert response.status_code == 200
    assert "Việc cần làm" in response.content.decode()


def test_home_sends_a_visitor_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/tai-khoan/dang-nhap/?next=/")


def test_htmx_without_session_moves_the_whole_page(client: Client, db: None) -> None:
    response = client.get("/thong-bao/", headers={"HX-Request": "true"})

    assert response.status_code == 204
    assert response["HX-Redirect"] == "/tai-khoan/dang-nhap/?next=/thong-bao/"


def test_notices_are_ones_own(client: Client, world: World) -> None:
    notify([world.person("officer")], "Phiếu chấm bị trả lại.", url="/khoi/")
    notify([world.person("leader")], "Thư riêng của lãnh đạo.")

    page = sign_in(client, world, "officer").get("/thong-bao/").content.decode()

    assert "Phiếu chấm bị trả lại." in page
    assert "Thư riêng của lãnh đạo." not in page


def test_reading_marks_ones_own_notices_only(client: Client, world: World) -> None:
    notify([world.person("officer"), world.person("leader")], "Có báo cáo mới.")

    sign_in(client, world, "officer").post("/thong-bao/da-doc/")

    assert list(Notice.objects.unread().values_list("user__email", flat=True)) == ["leader@example.vn"]


def test_a_person_named_twice_is_told_once(world: World) -> None:
    notify([world.person("officer"), world.person("officer")], "Có báo cáo mới.")

    assert Notice.objects.count() == 1


def test_history_shows_what_changed_to_those_who_see_the_object(client: Client, world: World) -> None:
    audit.record(
        world.year,
        "Sửa quy chế",
        actor=world.person("secretary"),
        before={"regulation": "<b>cũ</b>"},
        after={"regulation": "mới"},
        reason="Theo ý kiến Hội đồng",
    )
    url = f"/lich-su/blocs.blocyear/{world.year.pk}/"

    page = sign_in(client, world, "officer").get(url).content.decode()

    assert "Sửa quy chế" in page
    assert "Theo ý kiến Hội đồng" in page
    assert "quy chế hoạt động" in page
    assert "&lt;b&gt;cũ&lt;/b&gt;" in page
    for stranger in ("stranger", "council_member", "administrator"):
        assert sign_in(client, world, stranger).get(url).status_code == 404


def rows_of_history(client: Client, obj: Any) -> list[str]:
    page = client.get(f"/lich-su/{obj._meta.label_lower}/{obj.pk}/")
    changes = lxml.html.fromstring(page.content).xpath("//dl[@class='history-changes']")
    return [" ".join(each.text_content().split()) for each in changes]


def test_history_speaks_of_states_days_and_numbers_as_people_do(client: Client, world: World) -> None:
    report = AgencyReportFactory(bloc_year=world.year, agency=world.syt)
    audit.record(report, "Gửi", actor=None, before={"state": "draft"}, after={"state": "signed_off"})
    audit.record(world.year, "Sửa hạn", actor=None, before={"annual_due": "2020-12-05"}, after={"annual_due": "lạ"})
    sign_in(client, world, "officer")

    assert rows_of_history(client, report) == ["trạng thái Đang soạn → Lãnh đạo đã duyệt, đã gửi"]
    assert rows_of_history(client, world.year) == ["hạn báo cáo năm 05/12/2020 → lạ"]


def test_history_of_a_sheet_names_the_columns_of_its_lines(client: Client, world: World) -> None:
    sheet = ScoreSheetFactory(bloc_year=world.year, agency=world.syt)
    before = {"A1.appraised_points": "275.00", "A4.assigned": True, "A5.times": 3}
    after = {"A1.appraised_points": "270", "A4.assigned": False, "A5.times": 3, "A6.actual": "9.5000"}
    audit.record(sheet, "Thẩm định", actor=None, before=before, after=after)
    sign_in(client, world, "officer")

    assert rows_of_history(client, sheet) == [
        "A1 – thẩm định 275 → 270 A4 – được giao có → không A6 – thực hiện (trống) → 9,5"
    ]


@pytest.mark.parametrize("factory", [ScoreSheetFactory, AgencyReportFactory])
def test_history_tells_others_nothing_of_drafts_before_the_first_sending(
    client: Client, world: World, factory: Any
) -> None:
    row = factory(bloc_year=world.year, agency=world.syt, state="draft")
    audit.record(row, "Viết", actor=None, after={"đoạn thay đổi": "nháp"})
    sent = "submitted" if factory is ScoreSheetFactory else "signed_off"
    audit.record(row, "Gửi", actor=None, before={"state": "draft"}, after={"state": sent})
    audit.record(row, "Viết", actor=None, after={"đoạn thay đổi": "sau khi gửi"})
    type(row).objects.filter(pk=row.pk).update(state=sent)

    def drafts(name: str) -> list[bool]:
        rows = rows_of_history(sign_in(client, world, name), row)
        return ["nháp" in " ".join(rows), "sau khi gửi" in " ".join(rows)]

    assert drafts("officer") == [True, True]
    assert drafts("secretary") == drafts("standing") == [False, True]


def test_history_leaves_out_what_reads_the_same_before_and_after(client: Client, world: World) -> None:
    report = AgencyReportFactory(bloc_year=world.year, agency=world.syt)
    before, after = {"đoạn thay đổi": "cũ", "từ ký tự": 1}, {"đoạn thay đổi": "mới", "từ ký tự": 1}
    audit.record(report, "Viết", actor=None, before=before, after=after)
    sign_in(client, world, "officer")

    assert rows_of_history(client, report) == ["đoạn thay đổi cũ → mới"]


@pytest.mark.parametrize("label", ["accounts.user", "blocs.membership", "khong.co", "vo-nghia"])
def test_history_of_what_has_no_scope_is_not_found(client: Client, world: World, label: str) -> None:
    assert sign_in(client, world, "standing").get(f"/lich-su/{label}/{world.year.pk}/").status_code == 404


def test_history_takes_a_constant_number_of_queries(
    client: Client, world: World, django_assert_num_queries: Any
) -> None:
    sign_in(client, world, "officer")
    url = f"/lich-su/blocs.blocyear/{world.year.pk}/"
    for _ in range(3):
        audit.record(world.year, "Sửa quy chế", actor=world.person("secretary"), after={"n": 1})
        with django_assert_num_queries(9):
            client.get(url)


def test_the_rooms_of_a_year_lead_where_their_addresses_say(client: Client, world: World) -> None:
    page = sign_in(client, world, "secretary").get(f"/khoi/{world.year.pk}/").content.decode()

    for name in (
        "blocs:members", "blocs:pledge", "blocs:movements", "blocs:conferences", "blocs:commendations",
        "blocs:petitions", "scoring:criteria", "scoring:board", "scoring:proposals", "reports:year", "blocs:succession",
    ):  # fmt: skip
        assert f'href="{reverse(name, args=[world.year.pk])}"' in page
