"""What is known of Luật 06/2026/QH16 and of its draft, each with its source (domain-2.md 1.2, 1.3). Never its text."""

from datetime import date
from typing import NamedTuple


class Entry(NamedTuple):
    title: str
    text: str
    source: str
    source_date: date | None
    is_draft: bool
    award: str = ""


SIGNED = "Bản PDF có chữ ký trên datafiles.chinhphu.vn (06-qh.signed.pdf, docid 218100), đọc gián tiếp ngày 06/10/2026"
SEEN = date(2026, 10, 6)
DANTRI_15 = "dantri.com.vn, bài ngày 15/12/2025 về dự thảo Luật sửa đổi"
DANTRI_17 = "dantri.com.vn, bài ngày 17/12/2025 về dự thảo Luật sửa đổi"
THANHNIEN = "thanhnien.vn, bài ngày 15/12/2025 về dự thảo Luật sửa đổi"

ENTRIES = (
    Entry(
        "Tên, ngày ban hành",
        "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng, ngày 23/04/2026; 04 điều: Điều 1 và Điều 2 "
        "sửa đổi, Điều 3 hiệu lực, Điều 4 chuyển tiếp. Nội dung sửa đổi chưa đối chiếu được.",
        SIGNED,
        SEEN,
        False,
    ),
    Entry("Hiệu lực (Điều 3 khoản 1)", "Có hiệu lực từ ngày 01/10/2026.", SIGNED, SEEN, False),
    Entry(
        "Kết quả khoa học, nhiệm vụ được công nhận trước ngày có hiệu lực (Điều 4 khoản 1)",
        "Chuyển tiếp; người có thẩm quyền quyết định. Hệ thống không tự xét.",
        SIGNED,
        SEEN,
        False,
    ),
    Entry(
        "Quyết định khen thưởng trước ngày có hiệu lực (Điều 4 khoản 3)",
        "Giữ nguyên giá trị; không xét lại quyết định cũ.",
        SIGNED,
        SEEN,
        False,
    ),
    Entry(
        "Hồ sơ đã tiếp nhận trước ngày có hiệu lực (Điều 4 khoản 4)",
        "Hồ sơ do cơ quan có thẩm quyền tiếp nhận để thẩm định trước 01/10/2026 xét theo luật cũ; được áp dụng quy "
        "định mới nếu có lợi hơn.",
        SIGNED,
        SEEN,
        False,
    ),
    Entry(
        "Nghị định 152/2025/NĐ-CP và Thông tư 15/2025/TT-BNV",
        "Còn hiệu lực tại ngày 06/10/2026, cùng hết hiệu lực ngày 01/03/2027; quy định nào khác Luật 06/2026/QH16 thì "
        "theo Luật (Nghị định 152/2025/NĐ-CP, Điều 60 khoản 1 điểm b). Chưa thấy nghị định, thông tư mới thay thế.",
        "Danh mục văn bản kiểm tra ngày 06/10/2026; Nghị định 152/2025/NĐ-CP, Điều 60",
        SEEN,
        False,
    ),
    Entry(
        "Căn cứ ghi trong văn bản",
        "Văn bản hợp nhất số 115/VBHN-VPQH. Văn bản hành chính căn cứ hai luật theo tên và ngày ban hành (15/6/2022 và "
        "23/4/2026); số điều theo văn bản hợp nhất.",
        "Pháp lệnh Hợp nhất văn bản; danh mục văn bản tháng 9/2026",
        date(2026, 9, 19),
        False,
    ),
    Entry(
        "Chiến sĩ thi đua cơ sở (Điều 23)",
        "Dự thảo: hoàn thành xuất sắc nhiệm vụ VÀ có sáng kiến, đề tài hoặc mưu trí sáng tạo; bỏ điều kiện đạt Lao "
        "động tiên tiến. Luật 2022: đạt Lao động tiên tiến và một trong các điều kiện đó.",
        DANTRI_15,
        date(2025, 12, 15),
        True,
        "cstd-co-so",
    ),
    Entry(
        "Xã, phường, đặc khu tiêu biểu (Điều 29)",
        "Dự thảo: xét trong phong trào thi đua cấp tỉnh. Nghị định 152/2025/NĐ-CP, Điều 8 đã quy định như vậy.",
        DANTRI_15,
        date(2025, 12, 15),
        True,
        "xa-tieu-bieu",
    ),
    Entry(
        "Bằng khen cấp bộ, cấp tỉnh cho cá nhân (Điều 74 khoản 1 điểm d)",
        "Bộ Nội vụ nêu điều kiện hiện nay là cao và đề nghị hạ; chưa thấy nội dung mới.",
        THANHNIEN,
        date(2025, 12, 15),
        True,
        "bk-tinh",
    ),
    Entry(
        "Nguyên tắc khen thưởng (Điều 5)",
        "Dự thảo: không nhất thiết có hình thức thấp mới được hình thức cao; một thành tích đột xuất, chuyên đề chỉ "
        "tặng một hình thức; ưu tiên người dám nghĩ, dám làm, chuyển đổi số. Hai ý đầu đã có trong "
        "Nghị định 152/2025/NĐ-CP.",
        DANTRI_17,
        date(2025, 12, 17),
        True,
    ),
    Entry(
        "Tiêu chuẩn chính trị của tập thể (Điều 26)",
        "Dự thảo: thay cụm từ «tổ chức đảng, đoàn thể trong sạch, vững mạnh» bằng tiêu chí đo được, dùng chung.",
        DANTRI_17,
        date(2025, 12, 17),
        True,
        "co-tinh",
    ),
)
