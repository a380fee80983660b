"""Reads finished DOCX files as XML, and through LibreOffice where there is one."""

import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SOFFICE = shutil.which("soffice")


def part_of(docx: bytes, name: str = "word/document.xml") -> Any:
    with ZipFile(BytesIO(docx)) as archive:
        return etree.fromstring(archive.read(name))


def names_of(docx: bytes) -> list[str]:
    with ZipFile(BytesIO(docx)) as archive:
        return archive.namelist()


def paragraphs_of(docx: bytes) -> list[tuple[str, str]]:
    """Style and words of each paragraph of the text that has words, in reading order, those of tables too."""
    found = []
    for each in part_of(docx).iter(f"{W}p"):
        words = "".join(run.text or "" for run in each.iter(f"{W}t"))
        if words.strip():
            found.append((each.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), words))
    return found


def converted(docx: bytes) -> bytes:
    """The PDF that LibreOffice makes of it, with a profile of its own."""
    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(docx)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return path.with_suffix(".pdf").read_bytes()
