"""Sheets drawn straight into a PDF: each page as large as the form, one typeface embedded, nothing else on it.

Letters stand by the advance widths of the fonts that they were measured with, so no second layout can move them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

import pikepdf
import segno
from django.conf import settings
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from council.domain.certificates.placing import ASCENT, POINTS_A_MM, Code, Line, Sheet
from reports.documents.fonts import font_files

TAG = "KTDBKG"  # six capital letters before the name of a font of which only some letters are embedded
CODE_LEVEL = "m"
HEAD = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /ktd def "
SPACE = "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
FOOT = "endcmap CMapName currentdict /CMap defineresource pop end end"
MOST_PAIRS = 100  # of one block of a CMap


@dataclass(frozen=True)
class Form:
    """The form's size in millimetres and what the file is called inside."""

    width: float
    height: float
    title: str


@dataclass
class Face:
    """One face: its glyphs and widths, and the letters that were used of it."""

    name: str
    glyphs: dict[int, int]
    widths: dict[int, float]  # by glyph, in thousandths of the size
    used: set[str] = field(default_factory=set)

    def hex_of(self, text: str) -> str:
        self.used.update(text)
        return "".join(f"{self.glyphs.get(ord(letter), 0):04X}" for letter in text)


def certificate_pdf(form: Form, pages: Iterable[tuple[Sheet, str]]) -> bytes:
    """A PDF with a page for each sheet and the code of its QR. Equal sheets give equal bytes. Raises FontsMissing."""
    faces = {name: face_of(name) for name in font_files()}
    with pikepdf.new() as pdf:
        fonts = pdf.make_indirect(Dictionary())
        resources = pdf.make_indirect(Dictionary(Font=fonts))
        width, height = round(form.width * POINTS_A_MM, 3), round(form.height * POINTS_A_MM, 3)
        for sheet, code in pages:
            content = drawn(sheet, code, form, faces).encode("ascii")
            pdf.add_blank_page(page_size=(width, height))
            page = pdf.pages[-1].obj
            page.Resources, page.Contents = resources, Stream(pdf, content)
        for name, face in faces.items():
            if face.used:
                fonts[f"/{name}"] = embedded(pdf, face)
        describe(pdf, form.title)
        found = BytesIO()
        pdf.save(
            found, deterministic_id=True, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return found.getvalue()


def describe(pdf: pikepdf.Pdf, title: str) -> None:
    """Title and language; and that a reader must not scale the page to the printer's paper."""
    pdf.docinfo["/Title"] = title
    pdf.Root.Lang = String("vi-VN")
    pdf.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"), DisplayDocTitle=True)


def drawn(sheet: Sheet, code: str, form: Form, faces: dict[str, Face]) -> str:
    """The page's drawing: lines of letters, then the code."""
    parts = [letters(line, form, faces[line.face]) for line in sheet.lines]
    parts += [squares(each, code, form) for each in sheet.codes if code]
    return "\n".join(parts)


def letters(line: Line, form: Form, face: Face) -> str:
    x, y = line.x * POINTS_A_MM, (form.height - line.y) * POINTS_A_MM
    return (
        f"BT {colour_of(line.colour)} rg /{face.name} {line.size:.3f} Tf "
        f"1 0 0 1 {x:.3f} {y:.3f} Tm <{face.hex_of(line.text)}> Tj ET"
    )


def colour_of(colour: str) -> str:
    """#C00000 as three parts of one; a colour was checked when the layout was saved."""
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3f}" for place in (1, 3, 5))


def code_matrix(code: str) -> Sequence[bytearray]:
    """The squares of the QR code that leads to the page where ``code`` is verified."""
    made = segno.make(f"{settings.PUBLIC_URL}/xac-minh/{code}", error=CODE_LEVEL, micro=False)
    found: Sequence[bytearray] = made.matrix
    return found


def squares(place: Code, code: str, form: Form) -> str:
    """The QR code of the page where the certificate is verified, run by run of dark squares."""
    matrix = code_matrix(code)
    unit = place.side / len(matrix) * POINTS_A_MM
    left, top = place.x * POINTS_A_MM, (form.height - place.y) * POINTS_A_MM
    found = [f"{colour_of(place.colour)} rg"]
    for row, cells in enumerate(matrix):
        for start, length in runs(cells):
            x, y = left + start * unit, top - (row + 1) * unit
            found.append(f"{x:.3f} {y:.3f} {length * unit:.3f} {unit:.3f} re")
    return " ".join([*found, "f"])


def runs(cells: bytearray) -> list[tuple[int, int]]:
    """Where dark squares of a row begin, and how many follow each other."""
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(cells):
        if not dark:
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found


def face_of(name: str) -> Face:
    glyphs, widths = tables_of(name)
    return Face(name, glyphs, widths)


@cache
def tables_of(name: str) -> tuple[dict[int, int], dict[int, float]]:
    with TTFont(font_files()[name], lazy=True) as font:
        unit = font["head"].unitsPerEm / 1000
        glyphs = {code: font.getGlyphID(glyph) for code, glyph in font.getBestCmap().items()}
        advances = font["hmtx"].metrics
        return glyphs, {font.getGlyphID(glyph): advances[glyph][0] / unit for glyph in advances}


def embedded(pdf: pikepdf.Pdf, face: Face) -> pikepdf.Object:
    """The used letters of a face as a font of the PDF, numbered as in the whole font."""
    base = Name(f"/{TAG}+LiberationSerif-{face.name}")
    used = sorted({face.glyphs.get(ord(letter), 0) for letter in face.used})
    letters = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity,
        DW=0,
        W=Array([part for glyph in used for part in (glyph, Array([round(face.widths[glyph], 3)]))]),
        FontDescriptor=pdf.make_indirect(descriptor(pdf, base, face)),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=base,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(letters)]),
        ToUnicode=pdf.make_indirect(Stream(pdf, to_unicode(face))),
    )
    return pdf.make_indirect(font)


def descriptor(pdf: pikepdf.Pdf, base: Name, face: Face) -> Dictionary:
    content = subset_of(face)
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=base,
        Flags=4,
        FontBBox=Array([-543, -303, 1277, 981]),
        ItalicAngle=-12 if "Italic" in face.name else 0,
        Ascent=round(ASCENT * 1000),
        Descent=-216,
        CapHeight=655,
        StemV=140 if "Bold" in face.name else 80,
        FontFile2=pdf.make_indirect(Stream(pdf, content)),
    )


def subset_of(face: Face) -> bytes:
    """The face with the used letters alone, each under the number that it has in the whole."""
    options = Options(retain_gids=True, notdef_outline=True, layout_features=[], hinting=False, recalc_timestamp=False)
    options.drop_tables += ["FFTM"]  # the font editor's own times
    with TTFont(font_files()[face.name], recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(sorted(face.used)))
        subsetter.subset(font)
        found = BytesIO()
        font.save(found)
    return found.getvalue()


def to_unicode(face: Face) -> bytes:
    """Which letter a glyph stands for, so that the text can be searched and copied."""
    pairs = sorted({face.glyphs.get(ord(letter), 0): letter for letter in sorted(face.used)}.items())
    blocks = []
    for start in range(0, len(pairs), MOST_PAIRS):
        some = pairs[start : start + MOST_PAIRS]
        rows = "\n".join(f"<{glyph:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for glyph, letter in some)
        blocks.append(f"{len(some)} beginbfchar\n{rows}\nendbfchar\n")
    return (HEAD + SPACE + "".join(blocks) + FOOT).encode("ascii")
