"""Pages for when something is wrong: plain Vietnamese, and never a way around the policy."""

from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from khoithidua import urls as real
from tests.world import World

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
}


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("bí mật trong lỗi")


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("reports.issue_review")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("bí mật trong lỗi")


urlpatterns = [
    path("loi/", broken),
    path("cam/", refused),
    path("la/", suspicious),
    *real.urlpatterns,
]
handler400, handler403 = real.handler400, real.handler403
handler404, handler500 = real.handler404, real.handler500


@pytest.fixture
def visitor(client: Client, world: World) -> Client:
    client.raise_request_exception = False
    client.force_login(world.person("officer"))
    return client


@pytest.fixture
def with_broken_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


def policy(answer: HttpResponse) -> set[str]:
    return set(answer["Content-Security-Policy"].split("; "))


@pytest.mark.usefixtures("with_broken_pages")
@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/loi/", 500, "Hệ thống gặp lỗi"),
        ("/cam/", 403, "Bạn không được phép làm việc này"),
        ("/la/", 400, "Yêu cầu không hợp lệ"),
        ("/khong-co-trang-nay/", 404, "Không tìm thấy trang"),
    ],
)
def test_each_error_has_its_page(visitor: Client, address: str, status: int, sentence: str) -> None:
    answer = visitor.get(address)

    assert answer.status_code == status
    assert f"<title>{sentence}" in answer.content.decode()
    assert "bí mật trong lỗi" not in answer.content.decode()
    assert policy(answer) == POLICY


@pytest.mark.usefixtures("with_broken_pages")
def test_the_page_of_a_crash_needs_no_database(visitor: Client, django_assert_num_queries: Any) -> None:
    from khoithidua.web.errors import server_error

    with django_assert_num_queries(0):
        answer = server_error(HttpRequest())

    assert answer.status_code == 500


def test_a_stranger_signed_out_gets_404_for_no_page_and_the_wall_for_a_page(client: Client, db: None) -> None:
    missing = client.get("/khong-co-trang-nay/")
    assert missing.status_code == 404
    assert "Không tìm thấy trang" in missing.content.decode()
    assert "Việc cần làm</a></li>" not in missing.content.decode()

    assert client.get("/thong-bao/")["Location"] == "/tai-khoan/dang-nhap/?next=/thong-bao/"


def test_the_wall_moves_the_whole_page_of_an_htmx_request(client: Client, db: None) -> None:
    answer = client.get("/thong-bao/", headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/tai-khoan/dang-nhap/?next=/thong-bao/"


@pytest.mark.parametrize(
    ("referer", "next_page"),
    [
        ("http://testserver/khoi/2/giao-uoc/?xem=1", "/khoi/2/giao-uoc/%3Fxem%3D1"),
        ("http://xau.example/khoi/2/", "/"),
        ("", "/"),
    ],
)
def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(
    client: Client, db: None, referer: str, next_page: str
) -> None:
    answer = client.post("/khoi/2/thuc-hien/", headers={"Referer": referer})

    assert answer["Location"] == f"/tai-khoan/dang-nhap/?next={next_page}"


def test_opening_the_address_of_a_button_leads_to_its_page(client: Client, world: World) -> None:
    client.force_login(world.person("officer"))

    answer = client.get(f"/khoi/{world.year.pk}/thuc-hien/", follow=True)

    assert answer.redirect_chain == [(f"/khoi/{world.year.pk}/", 302)]
    assert "Trang này chỉ nhận thao tác từ nút bấm" in answer.content.decode()


def test_only_opening_is_led_away_from_the_address_of_a_button(client: Client, world: World) -> None:
    client.force_login(world.person("officer"))

    assert client.get("/thong-bao/da-doc/")["Location"] == "/thong-bao/"
    assert client.put("/thong-bao/da-doc/").status_code == 405


def test_a_form_from_an_expired_page_gets_a_sentence(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/tai-khoan/dang-nhap/", {"login": "a@example.vn", "password": "x"})

    assert answer.status_code == 403
    assert "tải lại trang rồi gửi lại" in answer.content.decode()
    assert policy(answer) == POLICY


@pytest.mark.parametrize("address", ["/", "/tai-khoan/", "/thong-bao/", "/tai-khoan/doi-mat-khau/"])
def test_every_page_carries_the_strict_policy(visitor: Client, address: str) -> None:
    answer = visitor.get(address)

    assert answer.status_code == 200
    assert policy(answer) == POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_favicon_is_where_browsers_look(client: Client, db: None) -> None:
    answer = client.get("/favicon.ico")

    assert answer["Location"] == "/static/img/favicon.svg"
    assert finders.find("img/favicon.svg") is not None


def test_the_health_page_answers_without_signing_in(client: Client, db: None) -> None:
    assert client.get("/suc-khoe/").status_code == 200
