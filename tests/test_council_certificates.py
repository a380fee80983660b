"""Certificates: texts fitted into their boxes, places in the PDF to half a millimetre, QR codes, the book."""

from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from council.domain.certificates.book import begin_book
from council.domain.certificates.fitting import FLOOR, Box, fit
from council.domain.certificates.layouts import copy_layout, layouts_for, proposed, remove_layout
from council.domain.certificates.limits import layout_faults
from council.domain.certificates.placing import ASCENT
from council.domain.certificates.printing import chosen_places, print_certificates, printed_lines
from council.domain.certificates.starting import A4, starts
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.domain.decisions.lines import edit_line
from council.models import CertificateBook, CertificateLayout, CertificatePrint, Decision, DecisionLine, LayoutElement
from reports.documents.certificate_sheets import elements_of, printing_pdf, sheet_of, unfit_of, widths
from reports.documents.certificate_texts import LONG_SAMPLE
from tests.awards_world import award
from tests.council_certificates_world import element, layout_of, printing, start_layout
from tests.council_decisions_world import DAY, chair, empty_draft, issued
from tests.pdf_reading import MM, codes_of, fonts_of, pages_of, run
from tests.world import World

pytestmark = [pytest.mark.django_db]
NAME_OF_SIXTY = "Nguyễn Hoàng Phương Khánh Thiên Trang Đặng Thị Quỳnh Hương Mỹ"
THREE_LINES = (
    "Đã có thành tích xuất sắc trong chỉ đạo, tổ chức thực hiện phong trào thi đua “Cả nước chung sức xây dựng nông "
    "thôn mới” giai đoạn 2021 – 2025, góp phần hoàn thành các mục tiêu phát triển kinh tế – xã hội của tỉnh, được "
    "tập thể tín nhiệm suy tôn tại hội nghị tổng kết"
)


@pytest.fixture(autouse=True)
def _today() -> Any:
    cache.clear()
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


def words_at(pdf: bytes) -> list[tuple[int, float, float, float, str]]:
    """Every word of the PDF: page, left, top and right in millimetres, as poppler reads them."""
    root = ElementTree.fromstring(run("pdftotext", pdf, "-bbox", after=("-",)))  # noqa: S314  (our own PDF)
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        (
            number,
            *(float(word.get(name, "0")) / MM for name in ("xMin", "yMin", "xMax")),
            word.text or "",
        )
        for number, page in enumerate(root.iter(f"{space}page"), 1)
        for word in page.iter(f"{space}word")
    ]


def decided(world: World, *names: str, **fields: str) -> Decision:
    draft = empty_draft(world, *(names or ("Trần Văn Bảy",)))
    draft.lines.update(**fields)
    return issued(world, draft)


def wide(text: str) -> float:
    return widths(text, "Regular")


def test_a_short_text_keeps_its_size_and_stands_on_one_line() -> None:
    assert fit("Trần Văn Bảy", Box(300, 2, 20), wide).lines == ("Trần Văn Bảy",)
    assert fit("Trần Văn Bảy", Box(300, 2, 20), wide).size == 20


def test_lines_are_about_equally_long_and_no_word_is_lost() -> None:
    fitted = fit(THREE_LINES, Box(590, 3, 15), wide)

    assert fitted.fits
    assert len(fitted.lines) == 3
    assert " ".join(fitted.lines) == THREE_LINES
    lengths = [wide(line) * fitted.size for line in fitted.lines]
    assert max(lengths) <= 590 + 0.01
    assert min(lengths) > 0.8 * max(lengths)


def test_letters_shrink_stepwise_to_the_floor_and_then_the_text_is_told_not_cut() -> None:
    full = wide(NAME_OF_SIXTY) * 20
    shrunk = fit(NAME_OF_SIXTY, Box(full * 0.8, 1, 20), wide)
    hopeless = fit(NAME_OF_SIXTY, Box(full * 0.5, 1, 20), wide)

    assert (shrunk.fits, shrunk.lines) == (True, (NAME_OF_SIXTY,))
    assert shrunk.size == pytest.approx(16)
    assert not hopeless.fits
    assert hopeless.size == pytest.approx(20 * FLOOR)
    assert " ".join(hopeless.lines) == NAME_OF_SIXTY


def test_a_word_wider_than_its_box_is_told() -> None:
    assert not fit("A" * 300, Box(100, 3, 12), wide).fits
    assert fit("", Box(100, 1, 12), wide).lines == ()


def test_the_ready_made_layouts_hold_a_long_recipient() -> None:
    for name, elements in starts().values():
        rows: list[Any] = [LayoutElement(**each) for each in elements]

        assert layout_faults(A4["width"], A4["height"], rows) == [], name
        assert sheet_of(rows, LONG_SAMPLE).misfits == (), name


def test_texts_stand_in_the_pdf_where_the_layout_says_to_half_a_millimetre(world: World) -> None:
    decision = decided(world, "Trần Văn Bảy", post="Trưởng khoa")
    layout = layout_of(
        world,
        element("name", left=Decimal("20.5"), top=Decimal("30.25"), align="left", size=Decimal(24)),
        element("post", left=Decimal(40), top=Decimal(60), width=Decimal(120), align="center", bold=True),
        element("fixed", left=Decimal(100), top=Decimal(90), width=Decimal(80), align="right", text="Thẳng"),
        width=Decimal(250),
        height=Decimal(180),
    )

    pdf = printing_pdf(printing(world, decision, layout))

    found = {text: (left, top, right) for _, left, top, right, text in words_at(pdf)}
    assert found["Trần"][:2] == pytest.approx((20.5, 30.25), abs=0.5)
    middle = (found["Trưởng"][0] + found["khoa"][2]) / 2
    assert (middle, found["khoa"][1]) == pytest.approx((100, 60), abs=0.5)
    assert (found["Thẳng"][2], found["Thẳng"][1]) == pytest.approx((180, 90), abs=0.5)
    (size,) = (line for line in run("pdfinfo", pdf).splitlines() if line.startswith("Page size"))
    across, down = (float(part) for part in size.split()[2:5:2])
    assert (across / MM, down / MM) == pytest.approx((250, 180), abs=0.05)


def test_the_printers_offset_moves_everything(world: World) -> None:
    decision, layout = decided(world), layout_of(world, element("name", align="left"), element("qr", top=Decimal(80)))

    straight = words_at(printing_pdf(printing(world, decision, layout)))
    moved = words_at(printing_pdf(printing(world, decision, layout, dx="2.5", dy="-1.5")))

    assert moved[0][1] - straight[0][1] == pytest.approx(2.5, abs=0.01)
    assert moved[0][2] - straight[0][2] == pytest.approx(-1.5, abs=0.01)


def test_five_hundred_certificates_in_decision_order_each_with_its_own_code(world: World) -> None:
    names = [f"Người Số {number:03d}" for number in range(1, 499)]
    draft = empty_draft(world, *names, NAME_OF_SIXTY, "Vũ Văn Cuối")
    draft.lines.filter(name=NAME_OF_SIXTY).update(citation=THREE_LINES)
    decision = issued(world, draft)

    pdf = printing_pdf(printing(world, decision))

    pages = pages_of(pdf)
    lines = list(decision.lines.order_by("position"))
    assert len(pages) == 500
    assert all(" ".join(line.name.split()) in page for line, page in zip(lines, pages, strict=True))
    assert THREE_LINES in pages[498]
    assert [f"Vào sổ số: {number:02d}" in page for number, page in enumerate(pages, 1)] == [True] * 500
    assert {name for name, _ in fonts_of(pdf)} <= {
        *(f"LiberationSerif-{face}" for face in ("Regular", "Bold", "Italic", "BoldItalic"))
    }
    assert all(embedded for _, embedded in fonts_of(pdf))
    assert len(pdf) < 6_000_000
    left = {round(left, 2) for _, left, _, _, text in words_at(pdf) if text == "Quyết"}
    assert left == {32.0}


def test_the_printed_code_opens_the_page_of_the_award(world: World) -> None:
    decision = decided(world, "Trần Văn Bảy")
    line = decision.lines.get()

    (address,) = codes_of(printing_pdf(printing(world, decision)))

    assert address.endswith(f"/xac-minh/{line.code}")
    answer = Client().get(f"/xac-minh/{address.rpartition('/')[2]}/").content.decode()
    assert "Khen thưởng này có thật" in answer
    assert "Trần Văn Bảy" in answer


def test_equal_printings_give_equal_bytes(world: World) -> None:
    found = printing(world, decided(world))

    assert printing_pdf(found) == printing_pdf(found)


def later(world: World, decision: Decision, kind: str, line: DecisionLine, **fields: str) -> None:
    made = draft_later(decision, kind=kind, lines=[line], issuer=chair(world), reason="Sai", actor=None)
    if fields:
        edit_line(made.lines.get(), fields=fields, base=None, actor=None)
    issue(made, actor=None, issued_on=DAY)


def test_corrected_lines_print_the_corrected_text_and_revoked_ones_nothing(world: World) -> None:
    decision = decided(world, "Nguyễn Văn Sai", "Lê Thị Hủy", "Phạm Văn Còn")
    wrong, gone, kept = decision.lines.order_by("position")
    later(world, decision, "correction", wrong, name="Nguyễn Văn Đúng", post="", unit="", citation="")
    later(world, decision, "revocation", gone)

    made = printing(world, decision)

    pages = pages_of(printing_pdf(made))
    assert len(pages) == 2
    assert "Nguyễn Văn Đúng" in pages[0]
    assert "Nguyễn Văn Sai" not in pages[0]
    assert "Phạm Văn Còn" in pages[1]
    assert made.lines == [wrong.pk, kept.pk]
    assert [*decision.lines.order_by("position").values_list("book_number", flat=True)] == [1, None, 2]


def test_a_line_revoked_after_the_printing_is_not_printed_again(world: World) -> None:
    decision = decided(world, "Lê Thị Hủy", "Phạm Văn Còn")
    made = printing(world, decision)
    later(world, decision, "revocation", decision.lines.get(name="Lê Thị Hủy"))

    assert len(pages_of(printing_pdf(made))) == 1
    assert decision.lines.get(name="Lê Thị Hủy").book_number == 1  # its number is not given to anybody else


def test_numbers_follow_the_decision_whichever_part_is_printed_first_and_stay(world: World) -> None:
    decision = decided(world, "Một", "Hai", "Ba")
    layout, last = start_layout(world), decision.lines.order_by("position").last()
    assert last is not None

    for _ in range(2):
        print_certificates(decision, layout, lines=[last], dx=Decimal(0), dy=Decimal(0), actor=None)

    assert [*decision.lines.order_by("position").values_list("book_number", "book_year")] == [
        (1, 2026),
        (2, 2026),
        (3, 2026),
    ]
    actions = [entry.action for entry in entries_of(decision)[:3]]
    assert actions == ["In lại bằng", "In bằng", "Vào sổ bằng"]


def test_another_issuer_award_or_year_has_a_book_of_its_own(world: World) -> None:
    printing(world, decided(world, "Một"))
    printing(world, issued(world, empty_draft(world, "Hai"), on=date(2025, 12, 30)))
    printing(world, issued(world, empty_draft(world, "Ba", code="cstd-tinh")))
    printing(world, issued(world, empty_draft(world, "Bốn")))

    found = [*DecisionLine.objects.order_by("pk").values_list("name", "book_year", "book_number")]
    assert found == [("Một", 2026, 1), ("Hai", 2025, 1), ("Ba", 2026, 1), ("Bốn", 2026, 2)]


def test_a_book_begun_on_paper_goes_on_from_its_last_number_once(world: World) -> None:
    issuer, form = chair(world), award("bk-tinh")
    begin_book(issuer, form, 2026, last=40, actor=None)

    with pytest.raises(TransitionRefused, match="đã có số 40"):
        begin_book(issuer, form, 2026, last=7, actor=None)
    decision = decided(world)
    printing(world, decision)

    assert decision.lines.get().book_number == 41
    assert entries_of(issuer)[0].action == "Đặt số bắt đầu của sổ bằng"
    assert CertificateBook.objects.get().last == 41


def test_what_is_no_decision_of_the_province_gets_no_certificate(world: World) -> None:
    draft = empty_draft(world, "Một")

    with pytest.raises(TransitionRefused, match="Chỉ vào sổ bằng cho quyết định khen thưởng đã ban hành"):
        printing(world, draft)
    assert not CertificatePrint.objects.exists()


def test_a_form_of_another_award_is_refused(world: World) -> None:
    layout = layout_of(world, element(), award=award("cstd-tinh"))

    with pytest.raises(TransitionRefused, match="không dành cho"):
        printing(world, decided(world), layout)
    assert not DecisionLine.objects.filter(book_number__isnull=False).exists()


def test_what_does_not_fit_is_listed_before_printing(world: World) -> None:
    decision = decided(world, "Ngắn", NAME_OF_SIXTY)
    layout = layout_of(world, element("name", width=Decimal(60), size=Decimal(24)))

    (found,) = unfit_of(decision, layout, printed_lines(decision))

    assert found.printed.now.name == NAME_OF_SIXTY
    assert found.words == "Người, tập thể, hộ được tặng"


def test_the_most_specific_layout_in_use_is_proposed(world: World) -> None:
    decision, form = decided(world), award("bk-tinh")
    issuer = decision.issuer
    general = layout_of(world, element())
    by_award = layout_of(world, element(), award=form)
    by_issuer = layout_of(world, element(), issuer=issuer)
    exact = layout_of(world, element(), issuer=issuer, award=form)
    layout_of(world, element(), issuer=chair(world, name="Khác", symbol="QĐ-X"), award=form)

    def best() -> CertificateLayout | None:
        return proposed(list(layouts_for(decision)), issuer=issuer.pk, award=form.pk)

    for expected in (exact, by_issuer, by_award, general):
        assert best() == expected
        CertificateLayout.objects.filter(pk=expected.pk).update(active=False)
    assert best() is None


def test_a_layout_that_was_printed_on_stays(world: World) -> None:
    used, layout = start_layout(world), layout_of(world, element())
    printing(world, decided(world), used)

    remove_layout(layout, reason="", actor=None)
    with pytest.raises(TransitionRefused, match="Ngừng dùng"):
        remove_layout(used, reason="", actor=None)
    assert [*CertificateLayout.objects.all()] == [used]


def test_a_layout_taken_out_of_use_or_deleted_meanwhile_prints_nothing(world: World) -> None:
    decision, actor = decided(world, "Một"), world.person("standing")
    unused, gone = layout_of(world, element()), layout_of(world, element())
    CertificateLayout.objects.filter(pk=unused.pk).update(active=False)
    remove_layout(CertificateLayout.objects.get(pk=gone.pk), reason="", actor=actor)

    for layout, sentence in ((unused, "không còn dùng"), (gone, "vừa bị xóa")):
        with pytest.raises(TransitionRefused, match=sentence):
            printing(world, decision, layout)

    assert not CertificatePrint.objects.exists()
    assert decision.lines.get().book_number is None


def test_a_copy_has_elements_and_a_name_of_its_own(world: World) -> None:
    layout = start_layout(world)

    one, two = copy_layout(layout, actor=None), copy_layout(layout, actor=None)

    assert (one.name, two.name) == (f"{layout.name} (bản sao)", f"{layout.name} (bản sao 2)")
    assert [each.key for each in elements_of(two)] == [each.key for each in elements_of(layout)]


HOSTILE: list[dict[str, Any]] = [
    {"left": Decimal(-1)},
    {"left": Decimal("NaN")},
    {"top": Decimal("Infinity")},
    {"left": Decimal(250)},
    {"top": Decimal(208)},
    {"width": Decimal(0)},
    {"size": Decimal(0)},
    {"size": Decimal(400)},
    {"lines": 0},
    {"lines": 99},
    {"colour": "#000;x"},
    {"colour": "#000000;fill:url(x)"},
    {"colour": "red"},
    {"align": "justify"},
    {"key": "password"},
    {"key": "fixed", "text": "  "},
    {"key": "qr", "width": Decimal(5)},
]


@pytest.mark.parametrize("wrong", HOSTILE, ids=str)
def test_a_layout_takes_nothing_that_no_form_has(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(TransitionRefused):
        layout_of(world, element(**wrong))
    assert not CertificateLayout.objects.exists()


def test_marks_and_odd_letters_in_texts_are_printed_as_letters(world: World) -> None:
    decision = decided(world, "Trần <b>Văn</b> (Bảy) \\ \u200b漢")
    layout = layout_of(world, element("name"), element("fixed", top=Decimal(80), text=") Tj ET Q (x"))

    pdf = printing_pdf(printing(world, decision, layout))

    assert "Trần <b>Văn</b> (Bảy) \\ □" in pages_of(pdf)[0]
    assert ") Tj ET Q (x" in pages_of(pdf)[0]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("", None), ("1-3, 7", {1, 2, 3, 7}), ("2;4", {2, 4}), (" 5 - 6 ", {5, 6}), ("9,", {9})],
)
def test_places_are_read_as_a_print_dialog_reads_them(words: str, expected: set[int] | None) -> None:
    assert chosen_places(words, 9) == expected


@pytest.mark.parametrize("words", ["0", "1-99", "5-2", "a", "1-", "-3", "1.5", "²", "1-2-3", "9999999999"])
def test_places_that_are_none_are_told(words: str) -> None:
    with pytest.raises(TransitionRefused, match="Hãy ghi"):
        chosen_places(words, 9)


def test_the_top_of_a_box_is_the_top_of_its_letters() -> None:
    """The font says the same as ``placing``."""
    from fontTools.ttLib import TTFont

    from reports.documents.fonts import font_files

    for path in font_files().values():
        with TTFont(path, lazy=True) as font:
            assert font["hhea"].ascent / font["head"].unitsPerEm == pytest.approx(ASCENT, abs=0.001)
