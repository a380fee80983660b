"""The columns of each kind of import: headers, what may stand in them, and which must."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from awards.enums import (
    Category,
    FreezeKind,
    GradeLevel,
    GradeSource,
    ImportKind,
    InitiativeKind,
    InitiativeScope,
    ReorganisationKind,
    Sanction,
    Sex,
    SubjectGroup,
    SubjectKind,
)

Words = tuple[tuple[str, str], ...]
FLAG: Words = (("Có", "yes"), ("Không", "no"))
FAULTS_HEADER = "Lỗi"


@dataclass(frozen=True)
class Column:
    """One column. ``kind``: text, date, year, choice, flag, award, agency, id, or number (the row's, not read).

    ``words`` are what may stand in a choice, each with the value it means; ``extra`` are further ways to write
    them, which the template does not offer.
    """

    key: str
    header: str
    kind: str = "text"
    due: bool = False
    limit: int = 300
    words: Words = ()
    extra: Words = ()
    aliases: tuple[str, ...] = ()
    hint: str = ""
    width: int = 20
    offered: bool = True  # False: read where it stands, not in the form that is offered


def words_of(choices: Any) -> Words:
    return tuple((str(choice.label), str(choice.value)) for choice in choices if choice.value)


def short_of(choices: Any) -> Words:
    """The values themselves, and labels without their first words ("Công trạng")."""
    found = [(str(choice.value), str(choice.value)) for choice in choices if choice.value]
    found += [(str(choice.label).removeprefix("Khen thưởng ").strip(), str(choice.value)) for choice in choices]
    return tuple(found)


STT = Column("stt", "STT", "number", width=6, hint="Số thứ tự; hệ thống không đọc.")
CODE = Column("code", "Mã đối tượng", limit=40, hint="Mã trong sổ đối tượng, nếu biết; khi đó tên chỉ để xem.")
NAME = Column(
    "name",
    "Tên đối tượng",
    due=True,
    width=30,
    aliases=("Họ và tên", "Họ tên", "Tên"),
    hint="Họ và tên cá nhân, tên tập thể hoặc tên chủ hộ gia đình.",
)
KIND = Column("kind", "Loại đối tượng", "choice", words=words_of(SubjectKind), hint="Bỏ trống là cá nhân.")
AGENCY = Column(
    "agency",
    "Đơn vị quản lý",
    "agency",
    width=28,
    aliases=("Cơ quan quản lý",),
    hint="Mã, tên hoặc tên gọi tắt trong danh mục. Đơn vị tự nhập thì bỏ trống được.",
)
UNIT = Column(
    "unit",
    "Đơn vị công tác, địa chỉ",
    width=30,
    aliases=("Đơn vị công tác", "Địa chỉ"),
    hint="Phòng, khoa, trường… nơi công tác; địa chỉ của hộ gia đình.",
)
BORN = Column(
    "born_on", "Ngày sinh", "date", width=14, hint="Ngày/tháng/năm, ví dụ 05/09/1980. Giúp phân biệt người trùng tên."
)
ID = Column(
    "id_number",
    "Số định danh",
    "id",
    width=18,
    aliases=("Số định danh cá nhân", "Số căn cước", "CCCD"),
    hint="Không bắt buộc. 12 chữ số, định dạng ô là Văn bản để không mất số 0 ở đầu. Hệ thống không lưu số này, "
    "chỉ giữ mã băm để nhận ra lần sau.",
)
DOCUMENT = Column("document", "Văn bản (số, ngày, cơ quan)", width=32, aliases=("Văn bản",), hint="Văn bản chứng minh.")
NOTE = Column("note", "Ghi chú", limit=500, width=24)
WHOM = (STT, CODE, NAME, KIND, AGENCY, UNIT, BORN, ID)
# Many forms abbreviate; "Bằng khen" alone is asked back.
AWARD_HINT = "Tên đầy đủ trong danh mục khen thưởng; viết hoa, dấu, khoảng trắng không quan trọng."

SUBJECTS = (
    STT,
    Column("kind", "Loại đối tượng", "choice", due=True, words=words_of(SubjectKind)),
    NAME,
    AGENCY,
    UNIT,
    Column("post", "Chức vụ", limit=200),
    Column("sex", "Giới tính", "choice", words=words_of(Sex)),
    BORN,
    ID,
    Column(
        "group", "Phân loại đối tượng", "choice", words=words_of(SubjectGroup), extra=short_of(SubjectGroup), width=30
    ),
    Column("field", "Lĩnh vực hoạt động", limit=200),
    Column("founded", "Năm thành lập", "year", hint="Chỉ ghi cho tập thể."),
    Column("flag_eligible", "Thuộc đối tượng tặng cờ thi đua", "flag", words=FLAG, hint="Chỉ ghi cho tập thể."),
    Column("alias", "Tên gọi khác", hint="Tên cũ hoặc tên viết tắt, nếu có."),
    NOTE,
)
GRADES = (
    *WHOM,
    Column("year", "Năm", "year", due=True, width=8),
    Column(
        "grade",
        "Mức độ hoàn thành nhiệm vụ",
        "choice",
        due=True,
        words=words_of(GradeLevel),
        extra=short_of(GradeLevel),
        aliases=("Xếp loại", "Mức độ"),
        width=30,
    ),
    Column("source", "Nguồn", "choice", words=words_of(GradeSource), hint="Bỏ trống là kết quả đánh giá hằng năm."),
    Column("decided_on", "Ngày công nhận", "date", width=14),
    DOCUMENT,
    NOTE,
)
INITIATIVES = (
    *WHOM,
    Column("title", "Tên sáng kiến, đề tài", due=True, limit=500, width=44),
    Column("initiative_kind", "Loại", "choice", words=words_of(InitiativeKind), hint="Bỏ trống là sáng kiến."),
    Column(
        "scope",
        "Phạm vi ảnh hưởng được công nhận",
        "choice",
        words=words_of(InitiativeScope),
        extra=(("Tỉnh", "province"), ("Cấp tỉnh", "province"), ("Cấp cơ sở", "base")),
    ),
    Column("year", "Năm công nhận", "year", due=True, width=10, aliases=("Năm",)),
    Column("recognised_on", "Ngày công nhận", "date", width=14),
    Column("recognised_by", "Cơ quan công nhận", width=28),
    Column(
        "award", "Đã dùng để xét", "award", width=30, hint="Danh hiệu, hình thức đã dùng sáng kiến này để xét, nếu có."
    ),
    Column("used_year", "Năm đã dùng", "year", width=10),
    DOCUMENT,
    NOTE,
)
SANCTIONS: Words = tuple((f"Kỷ luật: {sanction.label}", f"sanction:{sanction.value}") for sanction in Sanction)
FREEZES = (
    *WHOM,
    Column(
        "freeze",
        "Nội dung xem xét",
        "choice",
        due=True,
        words=(*words_of(FreezeKind), *SANCTIONS),
        width=40,
        aliases=("Loại việc",),
    ),
    Column("reason", "Chi tiết", limit=2000, width=40),
    Column("since", "Từ ngày", "date", due=True, width=14, hint="Kỷ luật thì ghi ngày quyết định."),
    Column("until", "Đến ngày", "date", width=14, hint="Ngày kết luận; kỷ luật thì ghi ngày chấp hành xong."),
    Column("upheld", "Kết luận có sai phạm", "flag", words=FLAG),
    DOCUMENT,
    NOTE,
)
RECORDS = (
    *WHOM,
    Column(
        "award",
        "Danh hiệu, hình thức khen thưởng",
        "award",
        due=True,
        width=40,
        hint=AWARD_HINT,
        aliases=("Danh hiệu thi đua/Hình thức khen thưởng", "Hình thức khen thưởng", "Danh hiệu"),
    ),
    Column("year", "Năm thành tích", "year", due=True, width=10, aliases=("Năm",)),
    Column(
        "category",
        "Loại hình khen thưởng",
        "choice",
        words=words_of(Category),
        extra=short_of(Category),
        width=30,
        hint="Bỏ trống là khen thưởng công trạng.",
    ),
    Column("decision_number", "Số quyết định", limit=100),
    Column("decided_on", "Ngày quyết định", "date", width=14),
    Column("issuer", "Cơ quan, người quyết định", width=32),
    Column("achievement_from", "Thành tích từ ngày", "date", width=14),
    Column("achievement_until", "Thành tích đến ngày", "date", width=14),
    Column("achievement", "Thành tích được khen", width=36, hint="Nhất là khen đột xuất, chuyên đề: tên thành tích."),
    DOCUMENT,
    NOTE,
)
CHANGES = (
    *WHOM,
    Column(
        "change",
        "Nội dung thay đổi",
        "choice",
        due=True,
        words=(("Chuyển công tác", "move"), *words_of(ReorganisationKind)),
        width=28,
        hint="Chuyển công tác chỉ ghi cho cá nhân; các nội dung khác chỉ ghi cho tập thể.",
    ),
    Column("day", "Từ ngày", "date", due=True, width=14),
    Column("old_unit", "Đơn vị cũ", width=32, hint="Chỉ ghi khi cá nhân chuyển công tác."),
    Column(
        "new_unit",
        "Đơn vị mới, đơn vị kế thừa",
        width=32,
        hint="Tên đơn vị mới; của tập thể: mã hoặc tên trong sổ của tập thể kế thừa, mỗi tập thể một dòng.",
    ),
    Column("comment", "Nhận xét của đơn vị cũ (số, ngày)", width=32),
    DOCUMENT,
    NOTE,
)
ADDRESSES: Words = (
    ("Ông", "individual male"),
    ("Bà", "individual female"),
    ("Tập thể", "collective"),
    ("Hộ gia đình", "household"),
)
OTHER_ADDRESSES: Words = (
    ("Anh", "individual male"),
    ("Chị", "individual female"),
    ("Đồng chí", "individual"),
    ("Đ/c", "individual"),
    ("Em", "individual"),
    ("Cá nhân", "individual"),
    ("Gia đình", "household"),
    ("Hộ", "household"),
    ("Đơn vị", "collective"),
    ("Doanh nghiệp", "collective"),
    ("Công ty", "collective"),
)
# The nominee sheet that provinces use: these nine headers in this order.
NOMINEES = (
    STT,
    Column("address", "Tên gọi", "choice", words=ADDRESSES, extra=OTHER_ADDRESSES, width=12),
    Column("name", "Tên tập thể/cá nhân/hộ gia đình", due=True, width=32, aliases=("Họ và tên", "Tên đối tượng")),
    Column("post", "Chức vụ", limit=200),
    Column("unit", "Đơn vị công tác", width=30, aliases=("Đơn vị công tác, địa chỉ",)),
    Column(
        "category",
        "Phân loại khen thưởng",
        "choice",
        words=words_of(Category),
        extra=short_of(Category),
        width=28,
        aliases=("Loại hình khen thưởng",),
        hint="Phải là loại hình của hồ sơ; bỏ trống cũng được.",
    ),
    Column(
        "award",
        "Danh hiệu thi đua/Hình thức khen thưởng",
        "award",
        due=True,
        width=40,
        hint=AWARD_HINT,
        aliases=("Danh hiệu, hình thức khen thưởng", "Hình thức khen thưởng"),
    ),
    Column(
        "group",
        "Phân loại đối tượng",
        "choice",
        words=words_of(SubjectGroup),
        width=34,
        extra=(
            *short_of(SubjectGroup),
            ("Cá nhân", "individual"),
            ("Doanh nghiệp", "doanh-nghiep"),
            ("Hộ", "ho-gia-dinh"),
            ("Người trực tiếp", "truc-tiep"),
        ),
        hint="Cho biết đối tượng là cá nhân, tập thể hay hộ gia đình khi cột «Tên gọi» bỏ trống.",
    ),
    Column("field", "Lĩnh vực hoạt động", limit=200),
    # Not one of the nine headers of the sheet in wide use.
    Column("achievement", "Thành tích đề nghị khen", width=36, offered=False),
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    ImportKind.SUBJECTS: SUBJECTS,
    ImportKind.GRADES: GRADES,
    ImportKind.INITIATIVES: INITIATIVES,
    ImportKind.FREEZES: FREEZES,
    ImportKind.RECORDS: RECORDS,
    ImportKind.CHANGES: CHANGES,
    ImportKind.NOMINEES: NOMINEES,
}


def headers_of(kind: str) -> dict[str, str]:
    """Headers of a kind by column key."""
    return {column.key: column.header for column in COLUMNS[kind]}


def due_headers(columns: Iterable[Column], present: Iterable[str]) -> list[str]:
    """Headers of columns that must be there and are not."""
    there = set(present)
    return [column.header for column in columns if column.due and column.key not in there]
