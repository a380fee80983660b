"""What each award was called, and who decided it, from a day to a day.

Luật TĐKT 2003 (sửa đổi 2013), Điều 77-80; Luật TĐKT 2022, Điều 77-80; NĐ 152/2025, Điều 37.1; NĐ 129/2025, Điều 59.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from awards.law.rule_sets import R2017, R2024, R2025, R2026
from awards.seeds.forms import FORMS, Form

OLD_LAW = "Luật TĐKT 2003 (sửa đổi, bổ sung 2013)"
LAW = "Luật TĐKT 2022"
TWO_LEVELS = "Nghị định 129/2025/NĐ-CP, Điều 59"
PENDING = "Chờ đối chiếu Luật 06/2026/QH16; đang ghi theo Luật TĐKT 2022 và Nghị định 152/2025/NĐ-CP."

PRESIDENT = "Chủ tịch nước"
PM = "Thủ tướng Chính phủ"
PROVINCE = "Chủ tịch Ủy ban nhân dân tỉnh"
MINISTRY = "Bộ trưởng, người đứng đầu bộ, ban, ngành, đoàn thể trung ương"
UNIT = "Thủ trưởng cơ quan chuyên môn cấp tỉnh và đơn vị có tư cách pháp nhân"
COMPANY = "người đứng đầu doanh nghiệp, hợp tác xã"
DISTRICT = "Chủ tịch Ủy ban nhân dân cấp huyện"
COMMUNE = "Chủ tịch Ủy ban nhân dân cấp xã"
ARMY = "Theo quy định của Bộ Quốc phòng, Bộ Công an"


class Authority(NamedTuple):
    """Who decides in each period, with the article; an empty text means that the award did not exist there."""

    r2017: tuple[str, str]
    r2024: tuple[str, str]
    r2025: tuple[str, str]


def _same(who: str, old: str, new: str) -> Authority:
    return Authority((who, f"{OLD_LAW}, {old}"), (who, f"{LAW}, {new}"), (who, f"{LAW}, {new}"))


def _local(old: str, before: str, now: str, articles: tuple[str, str]) -> Authority:
    old_law, law = f"{OLD_LAW}, {articles[0]}", f"{LAW}, {articles[1]}"
    return Authority((old, old_law), (before, law), (now, f"{law}; {TWO_LEVELS}"))


NONE = ("", "")
AUTHORITIES = {
    "president": _same(PRESIDENT, "Điều 77", "Điều 77"),
    "pm": _same(PM, "Điều 78", "Điều 78 khoản 2"),
    "government": Authority(
        ("Chính phủ", f"{OLD_LAW}, Điều 78"),
        ("Chính phủ", f"{LAW}, Điều 78 khoản 1"),
        (
            "Thủ tướng Chính phủ (theo ủy quyền của Chính phủ)",
            f"{LAW}, Điều 78 khoản 1; Nghị định 152/2025/NĐ-CP, Điều 37 khoản 1",
        ),
    ),
    "province": _same(PROVINCE, "Điều 79", "Điều 79 khoản 4"),
    "ministry": _same(MINISTRY, "Điều 79", "Điều 79 khoản 2"),
    "badge": Authority(
        (MINISTRY, f"{OLD_LAW} (chưa có bản trích điều về kỷ niệm chương)"),
        (f"{PROVINCE}; {MINISTRY}", f"{LAW}, Điều 71, Điều 79 khoản 2 và khoản 4"),
        (f"{PROVINCE}; {MINISTRY}", f"{LAW}, Điều 71, Điều 79 khoản 2 và khoản 4"),
    ),
    "region": Authority(
        NONE,
        ("Tư lệnh quân khu, quân đoàn; Giám đốc đại học quốc gia và tương đương", f"{LAW}, Điều 76"),
        ("Tư lệnh quân khu, quân đoàn; Giám đốc đại học quốc gia và tương đương", f"{LAW}, Điều 76"),
    ),
    "army-unit": Authority(
        ("Theo quy định của Chính phủ", f"{OLD_LAW}, Điều 79"),
        ("Theo quy định của Chính phủ", f"{LAW}, Điều 79 khoản 5"),
        ("Theo quy định của Chính phủ", f"{LAW}, Điều 79 khoản 5"),
    ),
    "army": Authority(
        (f"{UNIT}; {DISTRICT}", f"{OLD_LAW}, Điều 80 khoản 1"),
        (ARMY, f"{LAW}, Điều 80 khoản 5"),
        (ARMY, f"{LAW}, Điều 80 khoản 5"),
    ),
    "unit": _local(
        f"{UNIT}; {DISTRICT}; {COMPANY}",
        f"{UNIT}; {DISTRICT}; {COMPANY}",
        f"{UNIT}; {COMMUNE}; {COMPANY}",
        ("Điều 80 khoản 1 và khoản 4", "Điều 80 khoản 1, 2 và 4"),
    ),
    "worker": _local(
        f"{UNIT}; {DISTRICT}; {COMMUNE}; {COMPANY}",
        f"{UNIT}; {DISTRICT}; {COMMUNE}; {COMPANY}",
        f"{UNIT}; {COMMUNE}; {COMPANY}",
        ("Điều 80 khoản 1, 3 và 4", "Điều 80 khoản 1, 2, 3 và 4"),
    ),
    "merit": _local(
        f"{UNIT}; {DISTRICT}; {COMMUNE}; {COMPANY}",
        f"{UNIT}; {DISTRICT}; {COMMUNE}; {COMPANY}",
        f"{UNIT}; {COMMUNE}; {COMPANY}",
        ("Điều 80", "Điều 75, Điều 80"),
    ),
    "village": _local(DISTRICT, DISTRICT, COMMUNE, ("Điều 80 khoản 2", "Điều 80 khoản 2")),
    "family": _same(COMMUNE, "Điều 80 khoản 3", "Điều 80 khoản 3"),
}

OLD_NAMES = {
    "cstd-tinh": "Chiến sĩ thi đua cấp bộ, ngành, tỉnh, đoàn thể trung ương",
    "co-tinh": "Cờ thi đua cấp bộ, ngành, tỉnh, đoàn thể trung ương",
    "co-bo": "Cờ thi đua cấp bộ, ngành, tỉnh, đoàn thể trung ương",
    "thon-van-hoa": "Thôn, làng, ấp, bản, tổ dân phố văn hóa",
}
NAMES_2024 = {"xa-tieu-bieu": "Xã, phường, thị trấn tiêu biểu"}
# Awards that Luật TĐKT 2003 did not have.
NEW_IN_2022 = frozenset({"xa-tieu-bieu"})
NOT_CHECKED_IN_2017 = frozenset({"ky-niem-chuong"})


class Period(NamedTuple):
    award: str
    starts: date
    ends: date | None
    name: str
    authority: str
    legal_basis: str
    basis: str
    note: str = ""


def periods_of(form: Form) -> Iterator[Period]:
    by = AUTHORITIES[form.by]
    if by.r2017[0] and form.code not in NEW_IN_2022:
        basis = "to-check" if form.code in NOT_CHECKED_IN_2017 else "checked"
        name = OLD_NAMES.get(form.code, form.name)
        yield Period(form.code, R2017.starts, R2017.ends, name, *by.r2017, basis)
    name = NAMES_2024.get(form.code, form.name)
    standard = f"{LAW}, Điều {form.article} (tiêu chuẩn); "
    yield Period(form.code, R2024.starts, R2024.ends, name, by.r2024[0], standard + by.r2024[1], "checked")
    now = standard + by.r2025[1]
    yield Period(form.code, R2025.starts, R2025.ends, form.name, by.r2025[0], now, "checked")
    yield Period(form.code, R2026.starts, None, form.name, by.r2025[0], now, "to-check", PENDING)


PERIODS = tuple(period for form in FORMS for period in periods_of(form))
