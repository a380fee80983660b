"""The columns of a criteria table as a spreadsheet, and the words that may stand in them."""

from dataclasses import dataclass

from khoithidua.web.text import search_key
from scoring.enums import AppraisedBy, CriterionKind, Formula

SHEET, GUIDE, EXAMPLES = "Tiêu chí", "Hướng dẫn", "Ví dụ"


@dataclass(frozen=True)
class Column:
    """One column: its key in the code, its header, other headers that people write, its width in characters."""

    key: str
    header: str
    also: tuple[str, ...] = ()
    width: int = 14
    hint: str = ""


COLUMNS = (
    Column("code", "Mã", ("Mã tiêu chí", "Số thứ tự", "STT", "TT"), 10, "Mỗi tiêu chí một mã, ví dụ A, A1, I.2.a."),
    Column("name", "Tiêu chí", ("Tên tiêu chí", "Nội dung", "Nội dung tiêu chí"), 48, "Tên đầy đủ."),
    Column("parent", "Mã nhóm cha", ("Nhóm cha", "Thuộc nhóm", "Mã cha"), 12, "Mã của nhóm chứa; bỏ trống ở cấp 1."),
    Column("kind", "Cách chấm", ("Loại", "Loại tiêu chí"), 22, "Một từ trong danh sách; bỏ trống là chấm trực tiếp."),
    Column(
        "max_points", "Điểm tối đa", ("Điểm chuẩn", "Điểm", "Thang điểm"), 10, "Số; dấu phẩy hay dấu chấm đều được."
    ),
    Column("formula", "Công thức", (), 24, "Chỉ với tiêu chí định lượng."),
    Column("unit", "Đơn vị tính", ("ĐVT",), 11, "Ví dụ: %, hồ sơ, cuộc."),
    Column("floor_percent", "Mức sàn (%)", ("Mức sàn",), 9, "Phần trăm điểm tối đa; bỏ trống nếu không có."),
    Column("least", "Giá trị nhỏ nhất", ("Nhỏ nhất",), 11, "Giới hạn dưới của kế hoạch, thực hiện."),
    Column("most", "Giá trị lớn nhất", ("Lớn nhất",), 11, "Giới hạn trên của kế hoạch, thực hiện."),
    Column("appraised_by", "Ai thẩm định", ("Thẩm định",), 20, "Bỏ trống là thư ký khối."),
    Column("appraiser", "Cơ quan thẩm định", ("Mã cơ quan thẩm định",), 16, "Mã, tên hoặc tên gọi tắt trong danh mục."),
    Column("options", "Tham số", ("Các mức", "Tham số cách chấm"), 34, "Xem cách ghi ở trang Hướng dẫn."),
)
LEVEL = Column("level", "Cấp", ("Mức lồng", "Cấp tiêu chí"))
FAULTS = Column("faults", "Lỗi")
READ = (*COLUMNS, LEVEL, FAULTS)
REQUIRED = ("code", "name", "max_points")
BY_KEY = {column.key: column for column in READ}
BY_HEADER = {search_key(word): column.key for column in READ for word in (column.header, *column.also)}


def words_of(choices: type[CriterionKind] | type[Formula] | type[AppraisedBy]) -> dict[str, str]:
    """Every way to write a choice without accents, case and brackets: its label, the label's start, its value."""
    found: dict[str, str] = {}
    for choice in choices:
        label = str(choice.label)
        for word in (label, label.partition("(")[0], choice.value):
            found.setdefault(search_key(word), choice.value)
    return found


KINDS = words_of(CriterionKind) | {
    "nhom": CriterionKind.GROUP.value,
    "cham thang": CriterionKind.JUDGED.value,
    "cham truc tiep": CriterionKind.JUDGED.value,
    "dinh tinh": CriterionKind.CHOICE.value,
    "dem": CriterionKind.COUNT.value,
    "tru dan": CriterionKind.MINUS.value,
    "thuong": CriterionKind.BONUS.value,
    "diem cong": CriterionKind.BONUS.value,
    "tru": CriterionKind.DEDUCTION.value,
}
FORMULAS = words_of(Formula)
APPRAISERS = words_of(AppraisedBy)
