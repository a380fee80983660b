"""Biểu thống kê 0601.N to 0605.N as PDF: A4 landscape, head and foot as the form has them (TT 02/2023/TT-BNV)."""

from django.template.loader import render_to_string

from council.domain.statistics.notes import CIRCULAR, DUE, UNVERIFIED
from council.domain.statistics.reading import Statistics
from council.domain.statistics.structure import head_rows, number_cells
from reports.documents.fonts import printable
from reports.documents.pdf import ONE_AT_A_TIME, ForeignFont, PaperFetcher, collector_paused, laid_out, layout
from reports.documents.words import blank_date

WIDEST = 26  # columns of numbers that a sheet of A4 holds legibly
DENSE, SMALL = 14, 3
NARROWED = "Biểu in gộp các hình thức của cột 2, 5 và 9; từng hình thức có trong tệp Excel."


def statistics_pdf(found: Statistics) -> bytes:
    """The form as PDF; equal numbers give equal bytes. Raises FontsMissing.

    A form with more columns than a sheet holds is printed with orders, honours and other awards summed up, and says so.
    """
    html = printable(statistics_html(found))
    with ONE_AT_A_TIME, collector_paused():
        try:
            return laid_out(html, PaperFetcher())
        except ForeignFont:
            layout.cache_clear()  # the typeface's working copy was swept from the temporary folder
            return laid_out(html, PaperFetcher())


def statistics_html(found: Statistics) -> str:
    shown = found.narrow() if len(found.form.columns) > WIDEST else found
    notes = [NARROWED, *shown.form.notes] if shown is not found else list(shown.form.notes)
    council = found.council
    context = {
        "found": shown,
        "heads": head_rows(shown.form),
        "numbers": number_cells(shown.form),
        "width": len(shown.form.columns) + (3 if shown.form.has_units else 2),
        "print": print_of(len(shown.form.columns)),
        "head": {"issued": CIRCULAR, "due": DUE},
        "notes": [UNVERIFIED, *notes],
        "place_date": f"{council.place or council.province}, {blank_date(None)}",
    }
    return render_to_string("documents/statistics.html", context)


def print_of(columns: int) -> str:
    """How large the letters of a table with so many columns of numbers are."""
    return "dense" if columns > DENSE else "small" if columns > SMALL else "full"
