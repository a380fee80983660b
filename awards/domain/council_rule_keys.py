"""The registry of provincial settings: keys, types, words and why they are the province's."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAP_YEAR = 2024
NEXT = "năm sau"
NOT_APPLIED = "Chỉ ghi lại để tra cứu; hệ thống chưa áp dụng giá trị này khi kiểm tra."
WRITTEN = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*(năm sau)?")


class RuleType(StrEnum):
    DAY_MONTH = "day-month"
    YES_NO = "yes-no"
    NUMBER = "number"
    LINES = "lines"


@dataclass(frozen=True)
class DayMonth:
    """A day of the year considered, or of the year after it ("15/01 năm sau")."""

    day: int
    month: int
    next_year: bool = False

    def __str__(self) -> str:
        return f"{self.day:02d}/{self.month:02d}{f' {NEXT}' if self.next_year else ''}"

    def in_year(self, year: int) -> date:
        """That day for the year considered; 29/02 is 28/02 where there is none."""
        held = year + self.next_year
        return date(held, self.month, min(self.day, monthrange(held, self.month)[1]))

    @classmethod
    def read(cls, text: str) -> "DayMonth":
        """ "10/12" or "15/01 năm sau". Raises ValueError with a sentence."""
        found = WRITTEN.fullmatch(text.strip().lower())
        day, month = (int(found[1]), int(found[2])) if found else (0, 0)
        if found is None or not (1 <= month <= 12 and 1 <= day <= monthrange(LEAP_YEAR, month)[1]):
            raise ValueError("Hãy ghi ngày/tháng, ví dụ 10/12; nếu là năm sau, ghi 15/01 năm sau.")
        return cls(day, month, found[3] is not None)


@dataclass(frozen=True)
class RuleKey:
    """One setting. ``least``/``most`` bound a number; ``delegated_by`` is where the law leaves it to the province."""

    key: str
    group: str
    label: str
    type: RuleType
    help: str = ""
    delegated_by: str = "Nghị định 152/2025/NĐ-CP, Điều 6 khoản 2"
    least: int = 0
    most: int = 1000
    applied: bool = True

    @property
    def told(self) -> str:
        """Help for whoever sets or reads it; says so where nothing follows from the value yet."""
        return " ".join(part for part in (self.help, "" if self.applied else NOT_APPLIED) if part)


DEADLINES = "Thời hạn gửi hồ sơ, đăng ký"
DOSSIERS = "Hồ sơ, thủ tục"
QUOTAS = "Chỉ tiêu, tỷ lệ"
OPINIONS = "Lấy ý kiến, công khai"
CONDITIONS = "Điều kiện xét"
VOTES = "Tỷ lệ phiếu của Hội đồng"
_DAY = RuleType.DAY_MONTH
_YES = RuleType.YES_NO
_NUMBER = RuleType.NUMBER
_OF_YEAR = "Ngày cuối cùng nhận hồ sơ của năm xét. Ví dụ quy định «trước ngày 10/12» thì ghi 09/12."
_AGENCIES = "Mỗi dòng một cơ quan, ghi đúng tên hoặc tên viết tắt trong danh sách đơn vị."
_EDUCATION = "Áp dụng cho khen thưởng tổng kết năm của các đơn vị ghi ở «Đơn vị ngành giáo dục»."
_SUBORDINATE = "Đơn vị trực thuộc đi theo. Hạn riêng của ngành giáo dục chỉ áp dụng cho những đơn vị này."
_REMINDED = "Hệ thống nhắc ở trang hồ sơ; Hội đồng quyết định."
_COUNCIL = "Nghị định 152/2025/NĐ-CP, Điều 6 khoản 2 điểm đ (quy chế Hội đồng tỉnh)"

KEYS: tuple[RuleKey, ...] = (
    RuleKey("registration-due", DEADLINES, "Hạn đăng ký thi đua hằng năm", _DAY, "Ví dụ 31/01."),
    RuleKey("dossier-due-cong-trang", DEADLINES, "Hạn gửi hồ sơ khen thưởng tổng kết năm", _DAY, _OF_YEAR),
    RuleKey("dossier-due-giao-duc", DEADLINES, "Hạn gửi hồ sơ của ngành giáo dục", _DAY, f"{_OF_YEAR} {_EDUCATION}"),
    RuleKey("education-agencies", DEADLINES, "Đơn vị ngành giáo dục", RuleType.LINES, f"{_AGENCIES} {_SUBORDINATE}"),
    RuleKey("dossier-due-phong-trao", DEADLINES, "Hạn gửi hồ sơ khen thưởng phong trào thi đua", _DAY, _OF_YEAR),
    RuleKey("dossier-due-cong-hien", DEADLINES, "Hạn gửi hồ sơ khen thưởng quá trình cống hiến", _DAY, _OF_YEAR),
    RuleKey("dossier-due-nien-han", DEADLINES, "Hạn gửi hồ sơ khen thưởng theo niên hạn", _DAY, _OF_YEAR),
    RuleKey("dossier-due-doi-ngoai", DEADLINES, "Hạn gửi hồ sơ khen thưởng đối ngoại", _DAY, _OF_YEAR),
    RuleKey(
        "dossier-days-before-conference",
        DEADLINES,
        "Số ngày gửi hồ sơ trước hội nghị sơ kết, tổng kết",
        _NUMBER,
        "Đối với hồ sơ khen thưởng phong trào thi đua: tính từ hội nghị sơ kết, tổng kết sắp tới của khối, cụm "
        "thực hiện phong trào đó. Ví dụ 10.",
        most=120,
    ),
    RuleKey("late-dossiers-refused", DOSSIERS, "Không nhận hồ sơ gửi muộn", _YES, "«Không»: nhận và ghi số ngày muộn."),
    RuleKey(
        "dossier-sets",
        DOSSIERS,
        "Số bộ hồ sơ giấy",
        _NUMBER,
        "In ở Tờ trình: «Hồ sơ gồm … bộ».",
        delegated_by="Luật TĐKT 2022, Điều 84 khoản 6",
        least=0,
        most=20,
    ),
    RuleKey("appraisal-days", DOSSIERS, "Số ngày làm việc thẩm định hồ sơ cấp tỉnh", _NUMBER, least=1, most=120),
    RuleKey("cstdcs-cap", QUOTAS, "Chiến sĩ thi đua cơ sở: tối đa % số Lao động tiên tiến", _NUMBER, least=1, most=100),
    RuleKey("flags-per-bloc", QUOTAS, "Số Cờ thi đua cấp tỉnh của mỗi cụm, khối", _NUMBER, most=20),
    RuleKey("government-flags-per-bloc", QUOTAS, "Số đề nghị Cờ Chính phủ của mỗi cụm, khối", _NUMBER, most=20),
    RuleKey(
        "flag-leaders-of-year",
        QUOTAS,
        "Số tập thể dẫn đầu cụm, khối đạt tiêu chuẩn cờ của tỉnh trong năm",
        _NUMBER,
        "Để tính 20% Cờ thi đua của Chính phủ khi hệ thống chưa có xếp hạng đã khóa của mọi cụm, khối. Ghi cho từng "
        "năm: áp dụng từ 01/01 đến 31/12 của năm xét.",
        "Nghị định 152/2025/NĐ-CP, Điều 7 khoản 1",
        most=1000,
    ),
    RuleKey(
        "bk-percent-per-bloc",
        QUOTAS,
        "Bằng khen cấp tỉnh: tối đa % số đơn vị còn lại của cụm, khối",
        _NUMBER,
        "Tính trên số đơn vị không được tặng cờ; làm tròn xuống.",
        most=100,
    ),
    RuleKey(
        "posting-days",
        OPINIONS,
        "Số ngày làm việc công khai trước khi họp Hội đồng",
        _NUMBER,
        "Không dưới 10 ngày làm việc đối với huân chương, danh hiệu vinh dự nhà nước, Chiến sĩ thi đua toàn quốc.",
        "Nghị định 152/2025/NĐ-CP, Điều 44 khoản 2",
        least=10,
        most=60,
    ),
    RuleKey("posting-provincial", OPINIONS, "Công khai cả danh hiệu, hình thức cấp tỉnh", _YES),
    RuleKey("opinions-asked", OPINIONS, "Lấy ý kiến cơ quan liên quan đối với khen thưởng cấp tỉnh", _YES),
    RuleKey("opinion-agencies", OPINIONS, "Cơ quan được lấy ý kiến (hiệp y)", RuleType.LINES, _AGENCIES),
    RuleKey("violation-agencies", OPINIONS, "Cơ quan xác nhận vi phạm", RuleType.LINES, _AGENCIES),
    RuleKey("opinion-days", OPINIONS, "Số ngày làm việc để trả lời ý kiến", _NUMBER, "Ví dụ 10.", least=1, most=60),
    RuleKey(
        "attendance-months",
        CONDITIONS,
        "Không xét danh hiệu hằng năm nếu công tác dưới số tháng",
        _NUMBER,
        "Nhiều địa phương quy định 10 tháng.",
        "Luật TĐKT 2022, Điều 24 khoản 4",
        least=1,
        most=12,
    ),
    RuleKey(
        "attendance-sick-days",
        CONDITIONS,
        "Không xét danh hiệu hằng năm nếu nghỉ ốm từ số ngày làm việc",
        _NUMBER,
        "Nhiều địa phương quy định 40 ngày.",
        "Luật TĐKT 2022, Điều 24 khoản 4",
        least=1,
        most=366,
    ),
    RuleKey("party-attestation", CONDITIONS, "Yêu cầu xác nhận của tổ chức đảng, đoàn thể", _YES, _REMINDED),
    RuleKey("registration-required", CONDITIONS, "Chỉ xét danh hiệu đã đăng ký từ đầu năm", _YES, _REMINDED),
    RuleKey(
        "vote-cstd-tinh",
        VOTES,
        "Chiến sĩ thi đua cấp tỉnh: tối thiểu % phiếu",
        _NUMBER,
        "",
        _COUNCIL,
        1,
        100,
        applied=False,
    ),
    RuleKey(
        "vote-cstd-co-so",
        VOTES,
        "Chiến sĩ thi đua cơ sở: tối thiểu % phiếu",
        _NUMBER,
        "",
        _COUNCIL,
        1,
        100,
        applied=False,
    ),
    RuleKey(
        "vote-co-tinh", VOTES, "Cờ thi đua cấp tỉnh: tối thiểu % phiếu", _NUMBER, "", _COUNCIL, 1, 100, applied=False
    ),
)
BY_KEY = {each.key: each for each in KEYS}


def value_words(rule: RuleKey, value: object) -> str:
    """A value as people read it."""
    if rule.type is RuleType.YES_NO:
        return "Có" if value else "Không"
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return str(value)
