"""Files that come in: known by their content, and never stored above the cap."""

import tracemalloc
import zipfile
from collections.abc import Iterator
from copy import copy
from io import BytesIO
from os import urandom
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest

from khoithidua.web import uploads
from khoithidua.web.uploads import DOCX, JPEG, PAPERS, PDF, PNG, XLSX, TooLarge, UploadField, kind_of

MEGABYTE = 1024 * 1024
PDF_BYTES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG_BYTES = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 64
JPEG_BYTES = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64
EXE_BYTES = b"MZ\x90\x00\x03" + b"\x00" * 300


def docx_bytes() -> bytes:
    buffer = BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def xlsx_bytes() -> bytes:
    buffer = BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def packed(*parts: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for part in parts:
            package.writestr(part, "x")
    return buffer.getvalue()


def cleaned(content: bytes, name: str) -> Any:
    return UploadField().clean(SimpleUploadedFile(name, content, "application/octet-stream"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF_BYTES, PDF), (PNG_BYTES, PNG), (JPEG_BYTES, JPEG), (docx_bytes(), DOCX), (xlsx_bytes(), XLSX)],
)
def test_the_kind_is_read_from_the_content(content: bytes, kind: Any) -> None:
    assert kind_of(BytesIO(content)) == kind
    assert cleaned(content, f"Báo cáo.{kind.extensions[0].upper()}").content_type == kind.content_type


@pytest.mark.parametrize(
    "content",
    [
        EXE_BYTES,
        b"",
        b"Chi la chu",
        b"<html><script>alert(1)</script></html>",
        b"PK\x03\x04 hong",
        packed("a.txt"),
        packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        packed("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"),
        packed("[Content_Types].xml", "ppt/presentation.xml"),
    ],
)
def test_what_is_none_of_the_kinds_is_unknown(content: bytes) -> None:
    assert kind_of(BytesIO(content)) is None


def with_part(document: bytes, content: bytes, *, times: int = 1, shared: bool = False) -> bytes:
    """A real document with more parts in it; ``shared`` parts are told twice and stored once."""
    buffer = BytesIO(document)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        for number in range(times):
            package.writestr(f"media/{number}.bin", content)
        if shared:
            twin = copy(package.filelist[-1])
            twin.filename = "media/twin.bin"
            package.filelist.append(twin)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        with_part(docx_bytes(), b"0" * 3 * MEGABYTE),
        with_part(xlsx_bytes(), b"0" * 3 * MEGABYTE),
        with_part(docx_bytes(), b"", times=5001),
        with_part(docx_bytes(), urandom(MEGABYTE), shared=True),
    ],
    ids=["docx", "xlsx", "many", "shared"],
)
def test_a_document_that_unpacks_to_too_much_is_refused_in_a_sentence(content: bytes, monkeypatch: Any) -> None:
    monkeypatch.setattr(uploads, "UNPACKED_MB", 2)
    name = f"bao-cao.{'xlsx' if kind_of(BytesIO(content)) == XLSX else 'docx'}"

    with pytest.raises(ValidationError, match="giải nén ra quá lớn"):
        cleaned(content, name)


def test_a_document_with_pictures_comes_in() -> None:
    content = with_part(docx_bytes(), urandom(MEGABYTE), times=8)

    assert cleaned(content, "bao-cao.docx").content_type == DOCX.content_type


def test_a_program_named_as_a_paper_is_refused_by_its_content() -> None:
    with pytest.raises(ValidationError) as refused:
        cleaned(EXE_BYTES, "bao-cao.pdf")

    assert refused.value.messages == [
        "Nội dung của tệp «bao-cao.pdf» không phải là PDF, PNG, JPG, Word (DOCX), Excel (XLSX). "
        "Hãy lưu lại ở một trong các dạng này rồi tải lên."
    ]


@pytest.mark.parametrize("name", ["bao-cao.exe", "bao-cao", "bao-cao.pdf.html", "bao-cao.docx"])
def test_a_paper_under_another_extension_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match=r"nhưng tên không kết thúc bằng \.pdf"):
        cleaned(PDF_BYTES, name)


def test_a_name_typed_on_a_mac_is_kept_in_one_form() -> None:
    found = cleaned(PDF_BYTES, "Ba\u0301o ca\u0301o.pdf")

    assert found.name == "Báo cáo.pdf"


class Body:
    """A multipart body of ``size`` bytes of file that is made while it is read."""

    def __init__(self, size: int) -> None:
        self.read_so_far = 0
        head = (
            '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nKế hoạch\r\n'
            '--b\r\nContent-Disposition: form-data; name="file"; filename="lon.pdf"\r\n\r\n'
        ).encode()
        tail = b'\r\n--b\r\nContent-Disposition: form-data; name="after"\r\n\r\nsau\r\n--b--\r\n'
        self.length = len(head) + size + len(tail)
        self.parts = self.made(head, size, tail)
        self.left = b""

    def made(self, head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        piece = b"0" * 65536
        for start in range(0, size, len(piece)):
            yield piece[: size - start]
        yield tail

    def read(self, size: int = 65536) -> bytes:
        if not self.left:
            self.left = next(self.parts, b"")
        given, self.left = self.left[:size], self.left[size:]
        self.read_so_far += len(given)
        return given

    readline = read


def request_with(body: Body, *, announced: int | None = None) -> WSGIRequest:
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": "multipart/form-data; boundary=b",
            "CONTENT_LENGTH": str(announced or body.length),
            "wsgi.input": body,
        }
    )


def test_a_file_of_200_megabytes_reaches_neither_memory_nor_disk(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    request = request_with(Body(200 * MEGABYTE))
    tracemalloc.start()

    file = request.FILES["file"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert isinstance(file, TooLarge)
    assert (file.size, file.read()) == (200 * MEGABYTE, b"")
    assert peak < 5 * MEGABYTE
    assert list(tmp_path.iterdir()) == []
    assert dict(request.POST.items()) == {"title": "Kế hoạch", "after": "sau"}


def test_a_refused_file_is_told_in_a_sentence_beside_what_was_typed() -> None:
    class Form(forms.Form):
        title = forms.CharField()
        file = UploadField()

    request = request_with(Body(21 * MEGABYTE))
    form = Form(request.POST, request.FILES)

    assert form.errors == {
        "file": [
            "Tệp «lon.pdf» lớn hơn 20 MB nên không được nhận. "
            "Hãy giảm dung lượng, chia thành nhiều tệp, hoặc gửi đường dẫn tới nơi lưu tệp."
        ]
    }
    assert form["title"].value() == "Kế hoạch"


def test_a_file_that_announces_nothing_is_cut_off_while_it_comes(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.UPLOAD_MAX_BYTES = 3 * MEGABYTE
    request = request_with(Body(3 * MEGABYTE + 1))

    file = request.FILES["file"]

    assert isinstance(file, TooLarge)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [MEGABYTE, 3 * MEGABYTE])
def test_a_file_at_the_cap_comes_in_whole(settings: Any, size: int) -> None:
    settings.UPLOAD_MAX_BYTES = size
    request = request_with(Body(size))

    file = request.FILES["file"]

    assert not isinstance(file, TooLarge)
    assert (file.size, len(file.read())) == (size, size)


def test_the_field_names_what_it_takes() -> None:
    field = UploadField(kinds=PAPERS)

    assert field.help_text == "PDF, PNG, JPG, Word (DOCX), Excel (XLSX); không quá 20 MB."
    assert field.widget.attrs["accept"] == ".pdf,.png,.jpg,.jpeg,.docx,.xlsx"
