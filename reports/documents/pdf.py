"""A paper laid out as PDF by WeasyPrint: one typeface, nothing fetched, the same bytes each time."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.documents.blocks import Paper, Signature
from reports.documents.fonts import FAMILY, font_face_css, font_files, printable
from reports.documents.markup import Markup
from reports.documents.paper_data import DESCRIPTION, FILE_NAME

ARCHIVAL = "pdf/a-3u"
LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001 (a PDF's own clock)
ONE_AT_A_TIME = Lock()  # font configuration is shared by the threads of a process


class ForeignFont(Exception):
    """Another typeface would stand in the paper; the message is a sentence."""


@dataclass(frozen=True)
class Seal:
    """Where an issued paper can be verified, as address and as QR code."""

    address: str
    image: str


def seal_of(code: str) -> Seal:
    address = f"{settings.PUBLIC_URL}/xac-minh/{code}"
    image = segno.make(address, error="m", micro=False).svg_data_uri(border=0, dark="#000", light="#fff")
    return Seal(address=address, image=image)


class PaperFetcher(URLFetcher):  # type: ignore[misc]
    """Opens our four font files and the one image handed to it. Refuses everything else."""

    def __init__(self, image: str = "") -> None:
        super().__init__(allowed_protocols=["file", "data"], allow_redirects=False)
        self.image = image
        self.fonts = {path.as_uri(): path for path in font_files().values()}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url in self.fonts:
            return URLFetcherResponse(url, self.fonts[url].read_bytes(), {"Content-Type": "font/ttf"})
        if self.image and url == self.image:
            return super().fetch(url, headers)
        raise ValueError(f"A paper fetches nothing from elsewhere: {url[:80]}")


@cache
def layout() -> tuple[CSS, FontConfiguration]:
    """Style sheet and typeface, parsed once for a process."""
    fonts = FontConfiguration()
    rules = (settings.BASE_DIR / "static" / "documents" / "paper.css").read_text(encoding="utf-8")
    sheet = CSS(string=f"{font_face_css()}\n{rules}", font_config=fonts, url_fetcher=PaperFetcher())
    return sheet, fonts


def paper_pdf(
    paper: Paper, *, code: str = "", data: bytes = b"", on_page: Callable[[int], None] | None = None
) -> bytes:
    """``paper`` as a tagged PDF. ``code`` puts the QR code of an issued paper at its foot.

    With ``data``, its figures as JSON, it is PDF/A-3u for the archive and carries them as an attachment.
    ``on_page`` is called with the number of each page as its layout begins (again where a page is
    laid out again). Equal papers give equal bytes. Raises FontsMissing when the typeface is not there.
    """
    seal = seal_of(code) if code else None
    html = printable(paper_html(paper, seal))
    fetcher = PaperFetcher(seal.image if seal else "")
    with ONE_AT_A_TIME, collector_paused(), pages_told(on_page):
        try:
            return laid_out(html, fetcher, data)
        except ForeignFont:
            layout.cache_clear()  # the typeface's working copy was swept from the temporary folder
            return laid_out(html, fetcher, data)


def laid_out(html: str, fetcher: PaperFetcher, data: bytes = b"") -> bytes:
    """The PDF of ``html``. Raises ForeignFont rather than let another typeface into a paper."""
    sheet, fonts = layout()
    document = Markup(html, fetcher).render(fonts, stylesheets=[sheet], pdf_tags=True)
    options = archival(data, fetcher) if data else {}
    content: bytes = document.write_pdf(pdf_tags=True, **options)
    if strangers := {font.family for font in document.fonts.values()} - {FAMILY}:
        raise ForeignFont(f"Văn bản lẫn kiểu chữ khác: {', '.join(sorted(strangers))}. Hãy báo quản trị viên.")
    return content


def archival(data: bytes, fetcher: PaperFetcher) -> dict[str, Any]:
    """What makes the PDF one for the archive (ISO 19005-3): its variant, colours by profile, and the attached data.

    The attachment's days are fixed: the same paper is the same bytes whenever it is made.
    """
    attached = Attachment(
        file_obj=BytesIO(data),
        url_fetcher=fetcher,
        name=FILE_NAME,
        description=DESCRIPTION,
        created=LONG_AGO,
        modified=LONG_AGO,
        relationship="Data",
    )
    return {"pdf_variant": ARCHIVAL, "attachments": [attached], "finisher": attached_once}


def attached_once(document: Any, pdf: Any) -> None:
    """WeasyPrint lists an attachment twice among the associated files."""
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def paper_html(paper: Paper, seal: Seal | None) -> str:
    rows = list(rows_of(paper.signatories, paper.abreast))
    context = {"paper": paper, "seal": seal, "signatory_rows": rows}
    return render_to_string("documents/paper.html", context)


def rows_of(signatories: tuple[Signature, ...], abreast: int) -> Iterator[list[Signature | None]]:
    for start in range(0, len(signatories), abreast):
        row: list[Signature | None] = [*signatories[start : start + abreast]]
        yield row + [None] * (abreast - len(row))


class PageListener(logging.Handler):
    """Hears from WeasyPrint's log which page it is laying out."""

    def __init__(self, on_page: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self.on_page = on_page

    def emit(self, record: logging.LogRecord) -> None:
        if "Creating layout - Page" in str(record.msg) and isinstance(record.args, tuple):
            self.on_page(int(str(record.args[0])))


@contextmanager
def pages_told(on_page: Callable[[int], None] | None) -> Iterator[None]:
    """Pages are told while this lasts; one paper at a time, so that they are this paper's."""
    if on_page is None:
        yield
        return
    progress, listener = logging.getLogger("weasyprint.progress"), PageListener(on_page)
    level, propagate = progress.level, progress.propagate
    progress.addHandler(listener)
    progress.setLevel(logging.INFO)
    progress.propagate = False
    try:
        yield
    finally:
        progress.removeHandler(listener)
        progress.setLevel(level)
        progress.propagate = propagate


@contextmanager
def collector_paused() -> Iterator[None]:
    """Layout makes many long-lived objects; collecting in between doubles its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
