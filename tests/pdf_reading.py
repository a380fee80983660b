"""Reads finished PDFs with poppler, as an outsider would."""

import subprocess
import tempfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

import zxingcpp
from PIL import Image

MM = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """One run of text; lengths in points from the upper left corner of the page."""

    page: int
    left: int
    top: int
    right: int
    bottom: int
    size: int
    bold: bool
    italic: bool
    text: str


def run(tool: str, pdf: bytes, *options: str, after: tuple[str, ...] = ()) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        done = subprocess.run([tool, *options, str(path), *after], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def text_of(pdf: bytes) -> str:
    """All words of the PDF, white space folded to single spaces."""
    return " ".join(run("pdftotext", pdf, "-raw", after=("-",)).replace("\f", " ").split())


def pages_of(pdf: bytes) -> list[str]:
    """Words of each page, folded."""
    return [" ".join(page.split()) for page in run("pdftotext", pdf, "-raw", after=("-",)).split("\f")[:-1]]


def fonts_of(pdf: bytes) -> list[tuple[str, bool]]:
    """Each font's name without its subset tag, and whether it is embedded."""
    rows = run("pdffonts", pdf).splitlines()[2:]
    return [(row.split()[0].partition("+")[2], row.split()[-5] == "yes") for row in rows]


def codes_of(pdf: bytes) -> list[str]:
    """What a phone reads from the QR codes on the rendered pages, each text once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", path, f"{folder}/trang"], check=True)
        pages = [Image.open(each) for each in sorted(Path(folder).glob("trang*.png"))]
        found = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]
    return list(dict.fromkeys(found))


def lines_of(pdf: bytes) -> list[Line]:
    root = ElementTree.fromstring(run("pdftohtml", pdf, "-xml", "-zoom", "1", "-i", "-stdout"))  # noqa: S314  (our own PDF)
    sizes = {spec.get("id"): int(spec.get("size", "0")) for spec in root.iter("fontspec")}
    return [line_of(page, element, sizes) for page in root.iter("page") for element in page.iter("text")]


def line_of(page: ElementTree.Element, element: ElementTree.Element, sizes: dict[str | None, int]) -> Line:
    left, top, width, height = (int(element.get(name, "0")) for name in ("left", "top", "width", "height"))
    return Line(
        page=int(page.get("number", "0")),
        left=left,
        top=top,
        right=left + width,
        bottom=top + height,
        size=sizes[element.get("font")],
        bold=element.find(".//b") is not None,
        italic=element.find(".//i") is not None,
        text="".join(element.itertext()).replace("\u00a0", " ").strip(),
    )


def tagged_texts_of(pdf: bytes) -> list[str]:
    """The words of each paragraph, heading, caption and cell as the tags name them, in reading order.

    The head of a table that goes on on the next page stands there once, as in the paper's data.
    """
    found: list[tuple[str, str]] = []
    depth, tag, heading = -1, "", False
    for line in run("pdfinfo", pdf, "-struct-text").splitlines():
        inside, words = len(line) - len(line.lstrip()), line.strip()
        if words.startswith('"'):
            if depth >= 0:
                found[-1] = (tag, found[-1][1] + words[1:-1])
            continue
        if inside <= depth:
            depth = -1
        name = words.split(" ")[0].rstrip(":")
        heading = name == "THead" or (heading and name != "TBody")
        if name in HOLDERS:
            depth, tag = inside, "head" if heading else name
            found.append((tag, ""))
    return without_repeated_heads(found)


HOLDERS = ("P", "H1", "H2", "H3", "TH", "TD", "Caption")


def without_repeated_heads(found: list[tuple[str, str]]) -> list[str]:
    kept: list[str] = []
    above: list[str] = []
    for tag, run_of in groupby(found, key=lambda each: each[0] if each[0] in ("head", "TH", "TD") else "text"):
        texts = [text for _, text in run_of]
        if tag == "head" and texts == above:
            continue
        above = texts if tag == "head" else [] if tag == "text" else above
        kept += texts
    return [text for text in kept if text.strip()]
