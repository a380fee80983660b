"""The paragraph styles of a paper as DOCX, named as NĐ 30/2020 names its parts, and the empty file of them.

Sizes, weights and spaces are those of ``paper.css``: one look in both formats.
"""

from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.documents.blocks import Print
from reports.documents.page_cuts import LETTERS

FONT, SAME_WIDTHS = "Times New Roman", "Liberation Serif"
NATURAL = 1.149  # line height of the typeface, in its sizes: what Word's "single" means
TWIPS_A_POINT = 20
TWIPS_A_MM = 1440 / 25.4
FIRST_LINE = 12.7  # mm
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP can tell: equal papers are equal bytes
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True)
class Look:
    """One paragraph style. Sizes and spaces in points, the first line's indent in mm, leading in sizes."""

    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "center"
    before: float = 0
    after: float = 0
    first: float = 0
    leading: float = 1.25
    keep: bool = False  # with what follows
    level: int | None = None  # in the outline
    exact: float = 0  # height of the line in points, for paragraphs that only part others


LOOKS: dict[str, Look] = {
    "Nation": Look("Quốc hiệu", 13, bold=True, leading=1.15),
    "Motto": Look("Tiêu ngữ", bold=True, leading=1.15),
    "Superior": Look("Cơ quan chủ quản", 13, leading=1.15),
    "Issuer": Look("Tên cơ quan", 13, bold=True, leading=1.15),
    "Number": Look("Số ký hiệu", 13, before=7, leading=1.15),
    "PlaceDate": Look("Địa danh", italic=True, before=7, leading=1.15),
    "Draft": Look("Dấu dự thảo", 13, bold=True, before=7, leading=1.15),
    "Kind": Look("Tên loại", bold=True, before=20, keep=True, level=0),
    "Summary": Look("Trích yếu", bold=True, keep=True),
    "Rule": Look("Dòng kẻ", 1, exact=3),
    "Addressee": Look("Kính gửi", before=14, after=6),
    "Addressees": Look("Danh sách kính gửi", align="left"),
    "Authority": Look("Thẩm quyền ban hành", bold=True, before=14, keep=True),
    "Ground": Look("Căn cứ", italic=True, align="both", before=6, first=FIRST_LINE),
    "Text": Look("Nội dung", align="both", before=6, first=FIRST_LINE),
    "Article": Look("Điều", align="both", before=6, first=FIRST_LINE),
    "Heading": Look("Đề mục", bold=True, align="both", before=9, first=FIRST_LINE, keep=True, level=1),
    "Subheading": Look("Tiểu mục", bold=True, align="both", before=6, first=FIRST_LINE, keep=True, level=2),
    "Chapter": Look("Chương", bold=True, before=9, keep=True, level=1),
    "Marks": Look("Tình trạng văn bản", bold=True, before=11),
    "Star": Look("Dấu sao", 13, leading=1),
    "Note": Look("Ghi chú", 13, italic=True, align="both", before=6, first=FIRST_LINE),
    "Chart": Look("Biểu đồ", before=8, leading=NATURAL, keep=True),
    "ChartCaption": Look("Tên biểu đồ", 13, italic=True, before=6),
    "Caption": Look("Tên bảng", 13, bold=True, before=6, after=3, leading=1.15, keep=True),
    "Gap": Look("Khoảng cách", 1, exact=2),
    "RecipientsLabel": Look("Nơi nhận", 12, bold=True, italic=True, align="left", leading=1.15),
    "Recipient": Look("Danh sách nơi nhận", 11, align="left", leading=1.15),
    "SignatoryPost": Look("Quyền hạn, chức vụ", bold=True, leading=1.2),
    "SignatoryName": Look("Họ tên người ký", bold=True, leading=1.2),
    "SignatureMark": Look("Dấu đã ký", 12, italic=True, before=26, after=6, leading=1.2),
    "SigningParty": Look("Bên ký", 13, bold=True, leading=1.2),
    "Verify": Look("Xác minh", 9, align="left", leading=1.1),
    "PageNumber": Look("Số trang", 13),
    "Annex": Look("Phụ lục", bold=True, keep=True, level=0),
    "AnnexTitle": Look("Tên phụ lục", bold=True, keep=True),
    "Reference": Look("Kèm theo", italic=True, keep=True),
}
# What is smaller on a page of A5 (a ballot), as ``.small-page`` in paper.css has it.
SMALL_SIZES = dict.fromkeys(("Nation", "Superior", "Issuer", "Star", "Number"), 9.0)
SMALL_SIZES |= dict.fromkeys(("Motto", "PlaceDate"), 10.0)
SMALL_SIZES |= dict.fromkeys(
    ("Summary", "Addressee", "Addressees", "Ground", "Text", "Article", "SignatoryPost", "SignatoryName", "Marks"), 12.0
)
TABLE_NAMES = {Print.FULL: "Bảng", Print.SMALL: "Bảng chữ nhỏ", Print.DENSE: "Bảng chữ rất nhỏ"}
TABLE_STYLES = {Print.FULL: "Table", Print.SMALL: "TableSmall", Print.DENSE: "TableDense"}
GRID = "Grid"
LOOKS |= {
    TABLE_STYLES[print_]: Look(TABLE_NAMES[print_], size, align="left", leading=leading)
    for print_, (size, leading, _, _) in LETTERS.items()
}


def looks_of(*, small: bool) -> dict[str, Look]:
    """The styles of a paper on A4, or on A5."""
    if not small:
        return LOOKS
    return {style: replace(look, size=SMALL_SIZES.get(style, look.size)) for style, look in LOOKS.items()}


def twips(mm: float) -> int:
    return round(mm * TWIPS_A_MM)


def style_xml(style: str, look: Look) -> str:
    """One paragraph style; the order of its parts is the schema's."""
    if look.exact:
        line = f'w:line="{look.exact * TWIPS_A_POINT:.0f}" w:lineRule="exact"'
    else:
        line = f'w:line="{240 * look.leading / NATURAL:.0f}" w:lineRule="auto"'
    before, after = look.before * TWIPS_A_POINT, look.after * TWIPS_A_POINT
    parts = [
        "<w:keepNext/>" if look.keep else "",
        f'<w:spacing w:before="{before:.0f}" w:after="{after:.0f}" {line}/>',
        f'<w:ind w:firstLine="{twips(look.first)}"/>' if look.first else "",
        f'<w:jc w:val="{look.align}"/>',
        f'<w:outlineLvl w:val="{look.level}"/>' if look.level is not None else "",
    ]
    weight = ("<w:b/><w:bCs/>" if look.bold else "") + ("<w:i/><w:iCs/>" if look.italic else "")
    half = round(look.size * 2)
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style}"><w:name w:val={quoteattr(look.name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"".join(parts)}</w:pPr>'
        f'<w:rPr>{weight}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def styles_xml(looks: dict[str, Look]) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    fonts = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/><w:color w:val="000000"/>'
        '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{GRID}"><w:name w:val="Bảng kẻ"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr></w:style>'
        + "".join(style_xml(style, look) for style, look in looks.items())
        + "</w:styles>"
    )


SETTINGS = (
    f'<w:settings xmlns:w="{MAIN}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)
# Where Times New Roman is missing, the one typeface of the same widths stands in for it.
FONT_TABLE = (
    f'<w:fonts xmlns:w="{MAIN}"><w:font w:name="{FONT}"><w:altName w:val="{SAME_WIDTHS}"/>'
    '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)
PARTS = {
    "/word/document.xml": f"{WORD}.document.main+xml",
    "/word/styles.xml": f"{WORD}.styles+xml",
    "/word/settings.xml": f"{WORD}.settings+xml",
    "/word/fontTable.xml": f"{WORD}.fontTable+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}


def relations(pairs: dict[str, str]) -> str:
    """A package's or a part's relations: kind to target, all of them inside the file."""
    rows = (f'<Relationship Id="rId{n}" Type="{k}" Target="{t}"/>' for n, (k, t) in enumerate(pairs.items(), 1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


@cache
def blank_docx(*, small: bool = False) -> bytes:
    """An empty document that holds the styles and nothing of anybody's template."""
    kinds = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in PARTS.items())
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{kinds}</Types>',
        "_rels/.rels": relations(
            {
                f"{OFFICE}/relationships/officeDocument": "word/document.xml",
                f"{PACKAGE}/relationships/metadata/core-properties": "docProps/core.xml",
            }
        ),
        "word/_rels/document.xml.rels": relations(
            {f"{OFFICE}/relationships/{name}": f"{name}.xml" for name in ("styles", "settings", "fontTable")}
        ),
        "word/document.xml": f'<w:document xmlns:w="{MAIN}" xmlns:r="{OFFICE}/relationships"><w:body><w:sectPr/>'
        "</w:body></w:document>",
        "word/styles.xml": styles_xml(looks_of(small=small)),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": FONT_TABLE,
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
    }
    return packed(
        {
            name: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'.encode()
            for name, text in texts.items()
        }
    )


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP of ``files`` in their order, without the day of its making."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            info = ZipInfo(name, LONG_AGO)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return buffer.getvalue()
