"""Names of the catalogue's awards in running text, and which of them are titles (Luật TĐKT 2022, Điều 19, 20)."""

NAMES = {
    "co-chinh-phu": "Cờ thi đua của Chính phủ",
    "co-tinh": "Cờ thi đua của Ủy ban nhân dân tỉnh",
    "co-bo": "Cờ thi đua của bộ, ban, ngành, đoàn thể trung ương",
    "tt-ld-xuat-sac": "Tập thể lao động xuất sắc",
    "tt-ld-tien-tien": "Tập thể lao động tiên tiến",
    "xa-tieu-bieu": "Xã, phường, đặc khu tiêu biểu",
    "thon-van-hoa": "Thôn, tổ dân phố văn hóa",
    "gia-dinh-van-hoa": "Gia đình văn hóa",
    "cstd-toan-quoc": "Chiến sĩ thi đua toàn quốc",
    "cstd-tinh": "Chiến sĩ thi đua cấp tỉnh",
    "cstd-co-so": "Chiến sĩ thi đua cơ sở",
    "ld-tien-tien": "Lao động tiên tiến",
    "bk-thu-tuong": "Bằng khen của Thủ tướng Chính phủ",
    "bk-tinh": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "bk-bo": "Bằng khen của bộ, ban, ngành, đoàn thể trung ương",
    "bang-khen": "Bằng khen",
    "giay-khen": "Giấy khen",
    "hc-lao-dong-nhat": "Huân chương Lao động hạng Nhất",
    "hc-lao-dong-nhi": "Huân chương Lao động hạng Nhì",
    "hc-lao-dong-ba": "Huân chương Lao động hạng Ba",
    "hc-sao-vang": "Huân chương Sao vàng",
    "hc-ho-chi-minh": "Huân chương Hồ Chí Minh",
    "hc-doc-lap-nhat": "Huân chương Độc lập hạng Nhất",
    "hc-doc-lap-nhi": "Huân chương Độc lập hạng Nhì",
    "hc-doc-lap-ba": "Huân chương Độc lập hạng Ba",
    "hc-quan-cong-nhat": "Huân chương Quân công hạng Nhất",
    "hc-quan-cong-nhi": "Huân chương Quân công hạng Nhì",
    "hc-quan-cong-ba": "Huân chương Quân công hạng Ba",
    "hc-bao-ve-to-quoc-nhat": "Huân chương Bảo vệ Tổ quốc hạng Nhất",
    "hc-bao-ve-to-quoc-nhi": "Huân chương Bảo vệ Tổ quốc hạng Nhì",
    "hc-bao-ve-to-quoc-ba": "Huân chương Bảo vệ Tổ quốc hạng Ba",
    "hc-chien-cong-nhat": "Huân chương Chiến công hạng Nhất",
    "hc-chien-cong-nhi": "Huân chương Chiến công hạng Nhì",
    "hc-chien-cong-ba": "Huân chương Chiến công hạng Ba",
    "hc-dai-doan-ket": "Huân chương Đại đoàn kết dân tộc",
    "hc-dung-cam": "Huân chương Dũng cảm",
    "hc-huu-nghi": "Huân chương Hữu nghị",
    "huy-chuong-huu-nghi": "Huy chương Hữu nghị",
    "anh-hung-lao-dong": "Anh hùng Lao động",
    "anh-hung-llvtnd": "Anh hùng Lực lượng vũ trang nhân dân",
    "ky-niem-chuong": "Kỷ niệm chương",
    "khen-thuong": "Khen thưởng (nguồn không nêu hình thức)",
}

# Danh hiệu thi đua; every other award is a form of commendation (hình thức khen thưởng).
TITLES = frozenset(
    {
        "co-chinh-phu",
        "co-tinh",
        "co-bo",
        "tt-ld-xuat-sac",
        "tt-ld-tien-tien",
        "xa-tieu-bieu",
        "thon-van-hoa",
        "gia-dinh-van-hoa",
        "cstd-toan-quoc",
        "cstd-tinh",
        "cstd-co-so",
        "ld-tien-tien",
    }
)


def name_of(award: str) -> str:
    """The award's name, or its code in quotes where the catalogue does not hold it."""
    return NAMES.get(award, f"“{award}”")
