"""Lists of cases as spreadsheets, for tests of the agenda."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEADERS = ("STT", "Tên gọi", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác")
MORE = ("Phân loại khen thưởng", "Danh hiệu thi đua/Hình thức khen thưởng", "Phân loại đối tượng")
FIGHTER = "Chiến sĩ thi đua cấp tỉnh"
UNIT = "Phòng Nghiệp vụ Y"
Line = tuple[str, str, str, str, str]  # name, post, unit, category, award


def row(name: str, unit: str = UNIT, code: str = FIGHTER, *, post: str = "", category: str = "") -> Line:
    return name, post, unit, category, code


def sheet(*lines: Line) -> SimpleUploadedFile:
    """The nominee sheet of nine columns, but for the field of activity."""
    book = Workbook()
    page: Any = book.active
    page.append([*HEADERS, *MORE])
    for number, (name, post, unit, category, code) in enumerate(lines, start=1):
        page.append([number, "", name, post, unit, category, code, ""])
    buffer = BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("danh-sach.xlsx", buffer.getvalue())
