"""Certificates laid out: the typeface's widths, a sheet for each recipient, what does not fit, the finished PDF."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from council.domain.certificates.fitting import FLOOR
from council.domain.certificates.placing import Element, Misfit, Sheet, place
from council.domain.certificates.printing import Printed, printed_lines
from council.models import CertificateLayout, CertificatePrint, Decision, LayoutElement
from reports.documents.certificate_pdf import Form, certificate_pdf
from reports.documents.certificate_texts import texts_of
from reports.documents.fonts import printable
from reports.documents.page_cuts import measure

SMALLEST = round(FLOOR * 100)


@dataclass(frozen=True)
class Unfit:
    """A certificate with texts that do not fit even in the smallest letters."""

    printed: Printed
    misfits: Sequence[Misfit]

    @property
    def words(self) -> str:
        return "; ".join(each.label for each in self.misfits)


def widths(text: str, face: str) -> float:
    """The width of ``text`` in sizes of its letters, of the face that is printed. Raises FontsMissing."""
    return measure(face).of(text) / 1000


def sheet_of(elements: Sequence[Element], texts: Mapping[str, str], *, dx: float = 0, dy: float = 0) -> Sheet:
    """One certificate as preview and print both draw it."""
    return place(elements, texts, widths, dx=dx, dy=dy)


def elements_of(layout: CertificateLayout) -> list[Element]:
    return in_type(layout.elements.all())


def in_type(elements: Iterable[LayoutElement]) -> list[Element]:
    """The elements, their fixed words in letters that the typeface has."""
    found = list(elements)
    for each in found:
        each.text = printable(each.text)
    return [*found]


def unfit_of(decision: Decision, layout: CertificateLayout, lines: Sequence[Printed]) -> list[Unfit]:
    """Which of ``lines`` do not fit on the form, in their order; one query for the elements."""
    elements = elements_of(layout)
    sheets = ((printed, sheet_of(elements, texts_of(decision, printed))) for printed in lines)
    return [Unfit(printed, sheet.misfits) for printed, sheet in sheets if sheet.misfits]


def printing_pdf(printing: CertificatePrint, *, on_page: Callable[[int], None] | None = None) -> bytes:
    """The certificates of one printing, a page each, in decision order; lines revoked since are left out.

    Equal rows give equal bytes. Raises FontsMissing.
    """
    decision, layout = printing.decision, printing.layout
    lines = printed_lines(decision, frozenset(printing.lines))
    form = Form(float(layout.width), float(layout.height), f"{layout.name}, {decision}")
    pages = pages_of(decision, elements_of(layout), lines, (float(printing.dx), float(printing.dy)))
    return certificate_pdf(form, told(pages, on_page))


def pages_of(
    decision: Decision, elements: Sequence[Element], lines: Sequence[Printed], offset: tuple[float, float]
) -> Iterator[tuple[Sheet, str]]:
    """Each sheet with the code that its QR leads to."""
    for printed in lines:
        sheet = sheet_of(elements, texts_of(decision, printed), dx=offset[0], dy=offset[1])
        yield sheet, printed.line.code or ""


def told(pages: Iterator[tuple[Sheet, str]], on_page: Callable[[int], None] | None) -> Iterator[tuple[Sheet, str]]:
    for number, page in enumerate(pages, 1):
        yield page
        if on_page is not None and number % 10 == 0:
            on_page(number)
