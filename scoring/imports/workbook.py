"""A spreadsheet from outside, opened with suspicion: what is refused here never reaches a reader."""

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 15 * 1024 * 1024
MAX_XML = 8 * 1024 * 1024
MAX_MEMBERS = 200
MAX_MERGED = 50_000
ZIP, OLE, EXE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ"
SPANS = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*[\"']([^\"']*)[\"']")
PLAIN_REF = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?")

TOO_BIG = "Tệp lớn hơn 5 MB. Hãy xóa ảnh, trang không cần thiết rồi lưu lại."
NOT_XLSX = "Tệp không phải là bảng tính Excel (.xlsx). Hãy tải mẫu về, điền rồi gửi lại."
OLD_XLS = "Tệp ở định dạng Excel cũ (.xls). Hãy mở bằng Excel rồi chọn «Lưu thành» kiểu .xlsx."
ENCRYPTED = "Tệp đang được đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại."
PROGRAM = "Tệp là chương trình, không phải bảng tính. Hãy chọn đúng tệp .xlsx."
MACROS = "Tệp có chứa macro. Hãy lưu lại thành kiểu .xlsx không có macro."
BOMB = "Tệp giải nén ra quá lớn nên không đọc. Hãy chép bảng sang tệp mẫu mới rồi gửi lại."
DAMAGED = "Tệp bị hỏng hoặc không đúng cấu trúc nên không đọc được. Hãy mở bằng Excel, lưu lại rồi gửi lại."
EMPTY = "Tệp trống. Hãy chọn đúng tệp .xlsx."


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says what to do."""


def open_workbook(content: bytes) -> Workbook:
    """``content`` as a workbook; FileRefused with a sentence on anything that is no harmless XLSX."""
    refuse_by_signature(content)
    try:
        with ZipFile(BytesIO(content)) as archive:
            refuse_by_contents(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Parts of Excel that are not read are not missed.
            return load_workbook(BytesIO(content), keep_links=False, rich_text=False)
    except FileRefused:
        raise
    except Exception as fault:  # A damaged file fails in zipfile, zlib and openpyxl in many ways, none documented.
        raise FileRefused(DAMAGED) from fault


def refuse_by_signature(content: bytes) -> None:
    if not content:
        raise FileRefused(EMPTY)
    if len(content) > MAX_BYTES:
        raise FileRefused(TOO_BIG)
    if content.startswith(OLE):
        raise FileRefused(ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in content else OLD_XLS)
    if content.startswith(EXE):
        raise FileRefused(PROGRAM)
    if not content.startswith(ZIP):
        raise FileRefused(NOT_XLSX)


def refuse_by_contents(archive: ZipFile) -> None:
    """Sizes first, from the directory, then what the XML would make the reader expand."""
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise FileRefused(BOMB)
    if any(member.flag_bits & 0x1 for member in members):
        raise FileRefused(ENCRYPTED)
    if "xl/workbook.xml" not in names:
        raise FileRefused(NOT_XLSX)
    if "xl/vbaProject.bin" in names:
        raise FileRefused(MACROS)
    texts = [member for member in members if member.filename.endswith((".xml", ".rels"))]
    if sum(member.file_size for member in texts) > MAX_XML:
        raise FileRefused(BOMB)
    for member in texts:
        refuse_xml(xml_of(archive, member))


def xml_of(archive: ZipFile, member: ZipInfo) -> bytes:
    """The member's bytes, and not one more than its directory entry promises."""
    with archive.open(member) as stream:
        data = stream.read(MAX_XML + 1)
    if len(data) > MAX_XML:
        raise FileRefused(BOMB)
    return data


def refuse_xml(data: bytes) -> None:
    """No entities, no odd encodings, no ranges so wide that opening the file would fill the memory."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\x00" in data:
        raise FileRefused(DAMAGED)
    if sum(spans(data)) > MAX_MERGED:
        raise FileRefused(BOMB)


def spans(data: bytes) -> Iterator[int]:
    """How many cells each merged range or link covers."""
    for match in SPANS.finditer(data):
        ref = match[1].decode("ascii", "replace")
        if not PLAIN_REF.fullmatch(ref):
            raise FileRefused(DAMAGED)
        left, top, right, bottom = (edge or 0 for edge in range_boundaries(ref))
        yield (right - left + 1) * (bottom - top + 1)
