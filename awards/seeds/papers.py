"""The papers of a dossier (domain.md B3.1; Luật TĐKT 2022, Điều 84; NĐ 152/2025, Điều 36-38).

From 01/7/2025 the province decides those of its own awards (NĐ 152/2025, Điều 6 khoản 2): these rows are proposals.
"""

from datetime import date
from typing import NamedTuple

from awards.law.rule_sets import R2017, R2024, R2025
from awards.seeds.forms import FORMS

LAW = "Luật TĐKT 2022, Điều 84"
D98_BASE = "Nghị định 98/2023/NĐ-CP, Điều 34"
D152_STATE = "Nghị định 152/2025/NĐ-CP, Điều 38 khoản 3"
BY_PROVINCE = "Nghị định 152/2025/NĐ-CP, Điều 6 khoản 2 (tỉnh quy định)"
OURS = "Gợi ý theo thành phần hồ sơ trước 01/7/2025; tỉnh quyết định."

REPORT = "Báo cáo thành tích"
CONFIRMED = "Báo cáo thành tích có xác nhận của cấp trình"
# One for all of them; where each has a report of its own, none (domain.md B3.1).
SUMMARY = "Báo cáo tóm tắt thành tích chung của các trường hợp đề nghị danh hiệu, giấy khen cấp cơ sở"
MINUTES = "Biên bản bình xét, xét khen thưởng"
VOTES = "Kết quả bỏ phiếu của Hội đồng"
OPINION = "Văn bản liên quan theo Điều 33, ý kiến theo Điều 34 (nếu thuộc trường hợp phải có)"


class Paper(NamedTuple):
    award: str  # "" holds for every award
    kind: str
    name: str
    per: str
    legal_basis: str
    basis: str
    starts: date | None = R2024.starts
    ends: date | None = None
    required: bool = True
    branches: str = ""
    note: str = ""


def _general() -> tuple[Paper, ...]:
    first, last = R2017.starts, R2017.ends
    old = "Luật TĐKT 2003, Điều 84 (cần đối chiếu thành phần hồ sơ theo Nghị định 91/2017/NĐ-CP)"
    return (
        Paper("", "to-trinh", "Tờ trình kèm danh sách", "dossier", old, "to-check", first, last),
        Paper("", "bien-ban", MINUTES, "dossier", old, "to-check", first, last),
        Paper("", "bao-cao", REPORT, "nomination", old, "to-check", first, last),
        Paper("", "to-trinh", "Tờ trình kèm danh sách", "dossier", LAW, "checked"),
        Paper("", "bien-ban", MINUTES, "dossier", LAW, "checked"),
    )


def _by_decree_then_province(award: str, kind: str, name: str, per: str, **rest: str) -> tuple[Paper, Paper]:
    """A paper of a provincial or base award: by decree until 30/6/2025, then the province's own to decide."""
    return (
        Paper(award, kind, name, per, D98_BASE, "checked", R2024.starts, R2024.ends, **rest),  # type: ignore[arg-type]
        Paper(award, kind, name, per, BY_PROVINCE, "ours", R2025.starts, None, note=OURS, **rest),  # type: ignore[arg-type]
    )


BASE_REPORTED_TOGETHER = ("ld-tien-tien", "chien-si-tien-tien", "tt-ld-tien-tien", "don-vi-tien-tien", "giay-khen")
BASE_LISTED = ("thon-van-hoa", "gia-dinh-van-hoa")
STATE = tuple(form.code for form in FORMS if form.level == "state" and form.by != "government")
PROVINCIAL = (
    "co-tinh",
    "co-bo",
    "cstd-tinh",
    "tt-ld-xuat-sac",
    "don-vi-quyet-thang",
    "xa-tieu-bieu",
    "bk-tinh",
    "bk-bo",
)


def _reports() -> tuple[Paper, ...]:
    rows: list[Paper] = []
    for award in (*BASE_REPORTED_TOGETHER, *BASE_LISTED):
        rows += _by_decree_then_province(award, "bao-cao", SUMMARY, "dossier")
    for award in ("cstd-co-so", *PROVINCIAL, "bk-quan-khu", "ky-niem-chuong"):
        rows += _by_decree_then_province(award, "bao-cao", REPORT, "nomination")
    rows += [Paper(award, "bao-cao", CONFIRMED, "nomination", f"{LAW}; {D152_STATE}", "checked") for award in STATE]
    place = f"{LAW}; Nghị định 152/2025/NĐ-CP, Điều 37 khoản 2"
    rows.append(Paper("co-chinh-phu", "bao-cao", CONFIRMED, "nomination", place, "checked"))
    return tuple(rows)


def _votes() -> tuple[Paper, ...]:
    rows: list[Paper] = []
    for award in ("cstd-co-so", "cstd-tinh", "co-tinh"):
        rows += _by_decree_then_province(award, "ket-qua-phieu", VOTES, "dossier")
    place = "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 5"
    for award in ("cstd-toan-quoc", "co-chinh-phu", "anh-hung-lao-dong", "anh-hung-llvtnd", "tinh-anh-hung"):
        rows.append(Paper(award, "ket-qua-phieu", VOTES, "dossier", place, "checked"))
    return tuple(rows)


def _proofs() -> tuple[Paper, ...]:
    base = "Chứng nhận sáng kiến, đề tài hoặc xác nhận hoàn thành xuất sắc nhiệm vụ"
    province = "Chứng nhận của người đứng đầu tỉnh về sáng kiến, đề tài có phạm vi ảnh hưởng trong tỉnh"
    nation = "Quyết định hoặc xác nhận sáng kiến, đề tài có phạm vi ảnh hưởng trong toàn quốc (Mẫu số 13)"
    proof = "Chứng nhận, xác nhận thành tích đặc biệt, đột xuất hoặc đóng góp"
    place = "Nghị định 152/2025/NĐ-CP, Điều 36"
    rows: list[Paper] = [
        *_by_decree_then_province("cstd-co-so", "chung-nhan-sang-kien", base, "nomination"),
        *_by_decree_then_province("cstd-tinh", "chung-nhan-sang-kien", province, "nomination"),
        Paper("cstd-toan-quoc", "chung-nhan-sang-kien", nation, "nomination", f"{LAW}; {place}", "checked"),
    ]
    second = f"{LAW} khoản 2 điểm d"
    branches = "74.1.b 74.1.c 74.3.b 74.3.c 74.5"
    for award in ("bk-tinh", "bk-bo"):
        rows.append(Paper(award, "chung-nhan-thanh-tich", proof, "nomination", second, "checked", branches=branches))
    for award in ("bk-thu-tuong", "hc-lao-dong-nhat", "hc-lao-dong-nhi", "hc-lao-dong-ba", "hc-dung-cam"):
        name = f"{proof} (khi báo cáo nêu thành tích đó)"
        rows.append(Paper(award, "chung-nhan-thanh-tich", name, "nomination", second, "checked", required=False))
    return tuple(rows)


def _others() -> tuple[Paper, ...]:
    scores = "Bảng tổng hợp điểm của cụm, khối thi đua"
    place = "Nghị định 152/2025/NĐ-CP, Điều 33, Điều 34"
    tax = "Xác nhận nghĩa vụ thuế, bảo hiểm, bảo vệ môi trường (doanh nghiệp, hợp tác xã)"
    rows = [
        Paper(award, "bang-diem", scores, "dossier", BY_PROVINCE, "ours", required=False, note="Thông lệ của các tỉnh.")
        for award in ("co-tinh", "co-chinh-phu")
    ]
    for award in (*STATE, "co-chinh-phu"):
        rows.append(Paper(award, "y-kien", OPINION, "nomination", place, "checked", R2025.starts, required=False))
    for award in ("bk-tinh", "bk-thu-tuong", "hc-lao-dong-nhat", "hc-lao-dong-nhi", "hc-lao-dong-ba"):
        rows.append(Paper(award, "xac-nhan-nghia-vu", tax, "nomination", BY_PROVINCE, "ours", required=False))
    return tuple(rows)


PAPERS = (*_general(), *_reports(), *_votes(), *_proofs(), *_others())
