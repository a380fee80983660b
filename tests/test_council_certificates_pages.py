"""Pages of certificates: the editor and its preview, scans, printing, the book; two clerks, strangers, queries."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from council.models import CertificateLayout, CertificatePrint, DecisionLine
from reports.domain.paper_jobs import work_off
from reports.models import PaperJob
from tests.awards_world import award
from tests.council_certificates_world import element, layout_of, printing, start_layout
from tests.council_decisions_world import DAY, chair, empty_draft, issued
from tests.pdf_reading import pages_of
from tests.statistics_world import later
from tests.world import World

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _today() -> Any:
    cache.clear()
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def clerk(client: Any, world: World) -> Any:
    client.force_login(world.person("standing"))
    return client


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def typed(answer: Any) -> dict[str, Any]:
    """What a browser would post of the editor's page as it stands."""
    form, rows = answer.context["form"], answer.context["rows"]
    found = {name: form[name].value() for name in form.fields}
    for row in rows.forms:
        found |= {row.add_prefix(name): row[name].value() for name in row.fields}
    found |= {f"nd-{name}": rows.management_form[name].value() for name in rows.management_form.fields}
    return {name: value for name, value in found.items() if value is not None and value is not False}


def png(side: int = 20) -> bytes:
    found = BytesIO()
    Image.new("RGB", (side, side), "white").save(found, "PNG")
    return found.getvalue()


def test_a_clerk_begins_with_a_ready_made_layout_and_moves_a_text(clerk: Any) -> None:
    assert "Chưa có mẫu nào" in text(clerk.get(reverse("council:layouts")))
    page = clerk.post(reverse("council:layout-start"), {"mau": "bang-khen"}, follow=True)
    layout = CertificateLayout.objects.get()

    answer = clerk.post(layout.get_absolute_url(), typed(page) | {"nd-0-left": "34,5", "nd-1-DELETE": "on"})

    assert answer["Location"] == layout.get_absolute_url()
    elements = list(layout.elements.all())
    assert str(elements[0].left) == "34.50"
    assert "giving" not in [each.key for each in elements]
    assert "Sửa mẫu bằng" in text(clerk.get(reverse("accounts:history", args=["council.certificatelayout", layout.pk])))


def test_of_two_clerks_the_second_is_told_and_keeps_both_texts(clerk: Any, world: World) -> None:
    layout = start_layout(world)
    opened = typed(clerk.get(layout.get_absolute_url()))
    clerk.post(layout.get_absolute_url(), opened | {"nd-0-top": "51"})

    answer = clerk.post(layout.get_absolute_url(), opened | {"nd-0-top": "49"})

    assert answer.status_code == 409
    assert "trên 51 mm" in text(answer)
    assert "trên 49 mm" in text(answer)
    assert str(layout.elements.all()[0].top) == "51.00"
    again = clerk.post(layout.get_absolute_url(), typed(answer))
    assert again.status_code == 302
    assert str(layout.elements.all()[0].top) == "49.00"


def test_of_two_clerks_the_second_sees_the_size_and_name_that_the_first_saved(clerk: Any, world: World) -> None:
    layout = start_layout(world)
    opened = typed(clerk.get(layout.get_absolute_url()))
    clerk.post(layout.get_absolute_url(), opened | {"width": "300", "name": "Phôi mới"})

    answer = clerk.post(layout.get_absolute_url(), opened | {"nd-0-top": "49"})

    differences = {name: (saved, mine) for name, saved, mine in answer.context["differences"]}
    assert answer.status_code == 409
    assert differences["Chiều rộng phôi (mm)"] == ("300", "297")
    assert differences["Tên mẫu"] == ("Phôi mới", layout.name)


def test_an_issuer_and_an_award_out_of_use_stay_on_the_layout(clerk: Any, world: World) -> None:
    issuer, kind = chair(world), award("bk-tinh")
    layout = layout_of(world, element(), issuer=issuer, award=kind)
    type(issuer).objects.filter(pk=issuer.pk).update(active=False)
    type(kind).objects.filter(pk=kind.pk).update(active=False)

    page = clerk.get(layout.get_absolute_url())
    answer = clerk.post(layout.get_absolute_url(), typed(page) | {"nd-0-left": "21"})

    layout.refresh_from_db()
    assert f'<option value="{issuer.pk}" selected' in text(page)
    assert answer.status_code == 302
    assert (layout.issuer, layout.award) == (issuer, kind)


def test_the_preview_says_what_stands_off_the_form(clerk: Any, world: World) -> None:
    layout = layout_of(world, element())

    typed_now = typed(clerk.get(layout.get_absolute_url())) | {"nd-0-left": "290"}
    answer = clerk.post(reverse("reports:certificate-preview", args=[layout.pk]), typed_now)

    assert "vượt ra ngoài phôi" in text(answer)
    assert "Mọi nội dung đều vừa khung" not in text(answer)


def test_a_printing_of_which_every_line_was_revoked_says_so(clerk: Any, world: World) -> None:
    decision = issued(world, empty_draft(world, "Lê Thị Hủy"))
    made = printing(world, decision)
    later(world, decision, "revocation", decision.lines.get(), DAY)

    answer = clerk.get(reverse("reports:certificate-file", args=[decision.pk, made.pk]), follow=True)

    assert answer["Content-Type"].startswith("text/html")
    assert "đã bị hủy bỏ" in text(answer)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nd-0-left", "-1"),
        ("nd-0-left", "NaN"),
        ("nd-0-left", "1e9"),
        ("nd-0-left", "290"),
        ("nd-0-colour", "#000;x"),
        ("nd-0-colour", '#000"/><script>'),
        ("nd-0-lines", "0"),
        ("nd-0-key", "mat-khau"),
        ("nd-0-text", "x" * 301),
        ("width", "1"),
        ("nd-TOTAL_FORMS", "9999"),
    ],
)
def test_a_hostile_value_is_told_and_nothing_is_saved(clerk: Any, world: World, name: str, value: str) -> None:
    layout = start_layout(world)
    opened = typed(clerk.get(layout.get_absolute_url()))

    answer = clerk.post(layout.get_absolute_url(), opened | {name: value})
    shown = clerk.post(reverse("reports:certificate-preview", args=[layout.pk]), opened | {name: value})

    assert answer.status_code == 200
    assert "alert-danger" in text(answer) or "invalid-feedback" in text(answer)
    assert shown.status_code == 200
    assert "<script>" not in text(shown).partition("<main")[2]
    layout.refresh_from_db()
    assert layout.version == 0


def test_the_preview_shows_what_is_typed_and_saves_nothing(clerk: Any, world: World) -> None:
    layout = start_layout(world)
    decision = issued(world, empty_draft(world, "Trần Văn Thử"))
    opened = typed(clerk.get(layout.get_absolute_url())) | {"mau-thu": str(decision.lines.get().pk)}
    url = reverse("reports:certificate-preview", args=[layout.pk])

    answer = clerk.post(url, opened | {"nd-3-width": "20"}, headers={"HX-Request": "true"})

    assert "Trần Văn Thử" in text(answer)
    assert "Không vừa: Người, tập thể, hộ được tặng" in text(clerk.post(url, opened | {"nd-3-width": "4"}))
    assert "<html" not in text(answer)
    assert "Trần Văn Thử" not in text(clerk.get(url)).partition("<svg")[2].partition("</svg>")[0]
    layout.refresh_from_db()
    assert layout.version == 0


def test_the_scan_is_a_picture_behind_the_preview_and_never_in_the_file(clerk: Any, world: World) -> None:
    layout = start_layout(world)
    url = reverse("council:layout-scan", args=[layout.pk])

    wrong = clerk.post(url, {"file": SimpleUploadedFile("phoi.png", b"%PDF-1.7 khong phai anh")})
    broken = clerk.post(url, {"file": SimpleUploadedFile("phoi.png", png()[:20])})
    clerk.post(url, {"file": SimpleUploadedFile("phoi.png", png())})

    assert "không phải là PNG, JPG" in text(wrong)
    assert "Không đọc được ảnh" in text(broken)
    file = clerk.get(reverse("council:layout-scan-file", args=[layout.pk]))
    assert (file.content, file["Content-Type"]) == (png(), "image/png")
    assert "sandbox" in file["Content-Security-Policy"]
    assert "/phoi/tep/" in text(clerk.get(reverse("reports:certificate-preview", args=[layout.pk])))
    made = printing(world, issued(world, empty_draft(world, "Trần Văn Bảy")), layout)
    pdf = clerk.get(reverse("reports:certificate-file", args=[made.decision_id, made.pk])).content
    assert b"/Image" not in pdf
    clerk.post(url, {"bo": "1"})
    assert clerk.get(reverse("council:layout-scan-file", args=[layout.pk])).status_code == 404


def test_a_few_certificates_open_at_once_and_get_their_numbers(clerk: Any, world: World) -> None:
    start_layout(world)
    decision = issued(world, empty_draft(world, "Một", "Hai", "Ba"))
    assert "In bằng" in text(clerk.get(decision.get_absolute_url()))
    url = reverse("reports:certificates", args=[decision.pk])
    page = clerk.get(url)
    given = {name: page.context["form"][name].value() for name in ("layout", "dx", "dy")}

    answer = clerk.post(url, given | {"places": "2-3", "in": "1"}, follow=True)

    assert answer["Content-Type"] == "application/pdf"
    assert ["Hai" in each or "Ba" in each for each in pages_of(answer.content)] == [True, True]
    assert "3 chưa vào sổ" in text(page)
    assert "tất cả đã vào" in text(clerk.get(url))


def test_what_does_not_fit_is_listed_and_printed_only_when_said_so(clerk: Any, world: World) -> None:
    layout = layout_of(world, element("name", width=Decimal(5)))
    decision = issued(world, empty_draft(world, "Trần Nguyễn Dài"))
    url = reverse("reports:certificates", args=[decision.pk])
    given = {"layout": layout.pk, "dx": "0", "dy": "0", "in": "1"}

    refused = clerk.post(url, given)
    done = clerk.post(url, given | {"anyway": "on"}, follow=True)

    assert "1 bằng có chữ không vừa" in text(refused)
    assert pages_of(done.content) == ["Trần Nguyễn Dài"]
    assert CertificatePrint.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"places": "99"}, {"places": "x"}, {"dx": "NaN"}, {"dx": "99"}, {"layout": "0"}])
def test_a_print_form_filled_wrongly_prints_nothing(clerk: Any, world: World, wrong: dict[str, str]) -> None:
    layout = start_layout(world)
    decision = issued(world, empty_draft(world, "Một"))

    url = reverse("reports:certificates", args=[decision.pk])
    answer = clerk.post(url, {"layout": layout.pk, "dx": "0", "dy": "0", "in": "1"} | wrong)

    assert answer.status_code == 200
    assert not CertificatePrint.objects.exists()
    assert not DecisionLine.objects.filter(book_number__isnull=False).exists()


def test_many_certificates_are_the_workers_with_progress(clerk: Any, world: World) -> None:
    layout = start_layout(world)
    decision = issued(world, empty_draft(world, *(f"Người {number:02d}" for number in range(1, 26))))
    url = reverse("reports:certificates", args=[decision.pk])

    page = clerk.post(url, {"layout": layout.pk, "dx": "0", "dy": "0", "in": "1"}, follow=True)

    assert "In 25 bằng theo" in text(page)
    job = PaperJob.objects.get()
    work_off(job.pk)
    job.refresh_from_db()
    assert (job.error, bool(job.file)) == ("", True)
    file = clerk.get(f"{job.get_absolute_url()}tep/")
    assert len(pages_of(file.content)) == 25
    client = clerk
    client.force_login(world.person("officer"))
    assert client.get(job.get_absolute_url()).status_code == 403
    assert client.get(f"{job.get_absolute_url()}tep/").status_code == 403


def test_a_draft_or_a_correction_has_no_page_to_print(clerk: Any, world: World) -> None:
    draft = empty_draft(world, "Một")

    assert clerk.get(reverse("reports:certificates", args=[draft.pk])).status_code == 404
    assert "In bằng" not in text(clerk.get(draft.get_absolute_url()))


def test_the_book_is_found_by_number_and_name_without_accents(clerk: Any, world: World) -> None:
    printing(world, issued(world, empty_draft(world, "Đỗ Thị Ánh", "Lê Văn Cường")))
    url = reverse("council:certificate-book")

    assert "Lê Văn Cường" not in text(clerk.get(url, {"q": "do thi anh"}))
    assert "Đỗ Thị Ánh" not in text(clerk.get(url, {"q": "2"}))
    assert "Không có bằng nào" in text(clerk.get(url, {"q": "2", "nam": "2026", "huy": "huy"}))
    assert clerk.get(url, {"xuat": "xlsx"})["Content-Type"].startswith("application/vnd.openxml")


def test_lists_take_the_same_queries_for_one_row_and_three(
    clerk: Any, world: World, django_assert_num_queries: Any
) -> None:
    printing(world, issued(world, empty_draft(world, "Một")))
    counts = []
    for _ in range(2):
        for name in ("layouts", "certificate-book"):
            clerk.get(reverse(f"council:{name}"))
            with django_assert_num_queries(100, exact=False) as seen:
                clerk.get(reverse(f"council:{name}"))
            counts.append(len(seen))
        layout_of(world, element())
        layout_of(world, element())
        printing(world, issued(world, empty_draft(world, "Hai", "Ba")))

    assert counts[:2] == counts[2:]


def test_a_book_is_begun_once_from_its_page(clerk: Any, world: World) -> None:
    decision = issued(world, empty_draft(world, "Một"))
    given = {"issuer": decision.issuer_id, "award": decision.lines.get().award_id, "year": "2026", "last": "40"}
    url = reverse("council:certificate-book-begin")

    done, again = clerk.post(url, given, follow=True), clerk.post(url, given)

    assert "lấy số 41" in text(done)
    assert "đã có số 40" in text(again)
