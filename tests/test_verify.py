"""Public verification: no sign-in, exact codes, nothing beyond the paper's face, a limit on guessing."""

from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from reports.models import IssuedDocument
from tests.test_papers_pages import stored
from tests.world import World


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> None:
    cache.clear()


@pytest.fixture
def document(world: World) -> IssuedDocument:
    return stored(world, 7, code="Ab-_x9KqLmNoPqRsTuVwXy", issued_on=date(2020, 7, 17))


def test_anybody_verifies_a_paper_by_its_code(client: Client, document: IssuedDocument) -> None:
    response = client.get(f"/xac-minh/{document.code}/")

    page = response.content.decode()
    assert response.status_code == 200
    for fact in ("07/BC-STTTT", "17/07/2020", "Sở Thông tin và Truyền thông", document.title, document.sha256):
        assert fact in page
    assert "Phạm Hồng Quảng, Giám đốc" in page


def test_the_address_printed_on_the_paper_leads_there(client: Client, document: IssuedDocument) -> None:
    response = client.get(f"/xac-minh/{document.code}", follow=True)

    assert "07/BC-STTTT" in response.content.decode()


def test_the_public_page_names_nothing_of_the_inside(client: Client, document: IssuedDocument) -> None:
    page = client.get(f"/xac-minh/{document.code}/").content.decode()

    assert "Người secretary" not in page
    assert f"/van-ban/{document.pk}/" not in page
    assert "app-nav" not in page


@pytest.mark.parametrize("code", ["khong-co", "ab-_x9kqlmnopqrstuvwxy", "Ab-_x9KqLmNoPqRsTuVwX", "%25", "<script>"])
def test_an_unknown_code_says_what_to_do(client: Client, document: IssuedDocument, code: str) -> None:
    response = client.get(f"/xac-minh/{code}/")

    page = response.content.decode()
    assert response.status_code == 404
    assert "Không tìm thấy văn bản có mã này." in page
    assert "hãy hỏi cơ quan ghi trên văn bản" in page
    assert document.title not in page
    assert "<script>" not in page.replace("<script src", "")


def test_the_form_leads_to_the_code_without_stray_spaces(client: Client, document: IssuedDocument) -> None:
    empty = client.get("/xac-minh/")
    sent = client.get("/xac-minh/", {"code": f"  {document.code[:10]} {document.code[10:]} "})
    blank = client.get("/xac-minh/", {"code": "   "})

    assert empty.status_code == 200
    assert sent["Location"] == f"/xac-minh/{document.code}/"
    assert "Hãy điền mục này" in blank.content.decode()


def test_verification_stays_out_of_search_engines_and_caches(client: Client, document: IssuedDocument) -> None:
    for url in ("/xac-minh/", f"/xac-minh/{document.code}/"):
        response = client.get(url)
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Cache-Control"] == "private, no-store"
        assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_guessing_is_slowed_by_address(client: Client, document: IssuedDocument) -> None:
    with time_machine.travel("2020-08-01 08:00:10+07:00", tick=False):
        first = [client.get(f"/xac-minh/doan-{number}/").status_code for number in range(30)]
        stopped = client.get(f"/xac-minh/{document.code}/")
        elsewhere = client.get(f"/xac-minh/{document.code}/", REMOTE_ADDR="203.0.113.9")
    with time_machine.travel("2020-08-01 08:01:10+07:00", tick=False):
        later = client.get(f"/xac-minh/{document.code}/")

    assert set(first) == {404}
    assert (stopped.status_code, stopped["Retry-After"]) == (429, "60")
    assert "Hãy chờ một phút rồi thử lại." in stopped.content.decode()
    assert document.title not in stopped.content.decode()
    assert (elsewhere.status_code, later.status_code) == (200, 200)


def test_a_forged_forwarding_header_does_not_escape_the_limit(client: Client, document: IssuedDocument) -> None:
    with time_machine.travel("2020-08-01 08:00:10+07:00", tick=False):
        statuses = [
            client.get("/xac-minh/doan/", headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
            for number in range(31)
        ]

    assert statuses[-1] == 429


def test_the_paper_itself_is_not_public(client: Client, document: IssuedDocument) -> None:
    for url in (f"/van-ban/{document.pk}/", f"/van-ban/{document.pk}/tep/", "/van-ban/"):
        assert client.get(url)["Location"] == f"/tai-khoan/dang-nhap/?next={url}"
