"""Other ways in which nominee sheets write an award. Matched without case, accents and spacing."""

ALIASES: dict[str, tuple[str, ...]] = {
    "co-chinh-phu": ("Cờ thi đua Chính phủ", "Cờ Chính phủ", "Cờ TĐ Chính phủ", "Cờ TĐCP", "Cờ CP", "Cờ TĐ của CP"),
    "co-tinh": (
        "Cờ thi đua của UBND tỉnh",
        "Cờ thi đua của Chủ tịch UBND tỉnh",
        "Cờ thi đua cấp tỉnh",
        "Cờ thi đua tỉnh",
        "Cờ UBND tỉnh",
        "Cờ tỉnh",
        "Cờ TĐ UBND tỉnh",
        "Cờ thi đua của UBND thành phố",
    ),
    "co-bo": ("Cờ thi đua của bộ", "Cờ thi đua cấp bộ", "Cờ thi đua bộ, ban, ngành", "Cờ bộ", "Cờ thi đua của ngành"),
    "cstd-toan-quoc": ("CSTĐ toàn quốc", "CSTĐTQ", "Chiến sỹ thi đua toàn quốc", "CSTĐ TQ"),
    "cstd-tinh": (
        "CSTĐ cấp tỉnh",
        "CSTĐ tỉnh",
        "CSTĐT",
        "Chiến sỹ thi đua cấp tỉnh",
        "Chiến sĩ thi đua tỉnh",
        "Chiến sĩ thi đua bộ, ban, ngành, tỉnh",
        "Chiến sĩ thi đua cấp bộ",
        "CSTĐ cấp bộ",
        "CSTĐ cấp thành phố",
    ),
    "cstd-co-so": (
        "CSTĐ cơ sở",
        "CSTĐCS",
        "CSTĐ cấp cơ sở",
        "Chiến sỹ thi đua cơ sở",
        "Chiến sĩ thi đua cấp cơ sở",
        "CSTĐ CS",
    ),
    "ld-tien-tien": ("LĐTT", "LĐ tiên tiến", "Danh hiệu Lao động tiên tiến", "Lao động tiên tiến năm"),
    "chien-si-tien-tien": ("CSTT", "Chiến sỹ tiên tiến"),
    "tt-ld-xuat-sac": ("TTLĐXS", "TT LĐXS", "TT lao động xuất sắc", "Tập thể LĐXS", "Tập thể LĐ xuất sắc"),
    "tt-ld-tien-tien": ("TTLĐTT", "TT LĐTT", "TT lao động tiên tiến", "Tập thể LĐTT", "Tập thể LĐ tiên tiến"),
    "don-vi-quyet-thang": ("ĐVQT", "Đơn vị Quyết thắng (ĐVQT)"),
    "don-vi-tien-tien": ("ĐVTT",),
    "xa-tieu-bieu": ("Xã tiêu biểu", "Phường tiêu biểu", "Đặc khu tiêu biểu", "Xã, phường tiêu biểu"),
    "thon-van-hoa": (
        "Thôn văn hóa",
        "Tổ dân phố văn hóa",
        "Thôn, khối phố văn hóa",
        "Khối phố văn hóa",
        "Làng văn hóa",
    ),
    "gia-dinh-van-hoa": ("GĐVH", "Gia đình VH"),
    "bk-thu-tuong": (
        "Bằng khen Thủ tướng Chính phủ",
        "Bằng khen của Thủ tướng",
        "Bằng khen Thủ tướng",
        "Bằng khen TTCP",
        "BKTTg",
        "BK TTg",
        "BK Thủ tướng",
        "BK của Thủ tướng Chính phủ",
        "BKTTCP",
        "Bằng khen Chính phủ",
    ),
    "bk-tinh": (
        "Bằng khen của UBND tỉnh",
        "Bằng khen UBND tỉnh",
        "Bằng khen Chủ tịch UBND tỉnh",
        "Bằng khen của Chủ tịch tỉnh",
        "Bằng khen cấp tỉnh",
        "Bằng khen tỉnh",
        "BK UBND tỉnh",
        "BK Chủ tịch UBND tỉnh",
        "BK tỉnh",
        "BKT",
        "Bằng khen của Chủ tịch UBND thành phố",
    ),
    "bk-bo": (
        "Bằng khen của bộ",
        "Bằng khen cấp bộ",
        "Bằng khen Bộ trưởng",
        "Bằng khen của Bộ trưởng",
        "BK bộ",
        "BK Bộ trưởng",
        "Bằng khen bộ, ban, ngành",
    ),
    "bk-quan-khu": ("Bằng khen của quân khu", "Bằng khen quân đoàn", "Bằng khen của đại học quốc gia"),
    "giay-khen": (
        "GK",
        "Giấy khen của Giám đốc sở",
        "Giấy khen của Thủ trưởng đơn vị",
        "Giấy khen của Chủ tịch UBND xã",
        "Giấy khen của Chủ tịch UBND huyện",
        "Giấy khen Giám đốc",
    ),
    "ky-niem-chuong": ("KNC", "Kỉ niệm chương", "Huy hiệu kỷ niệm chương"),
    "anh-hung-lao-dong": ("AHLĐ", "Anh hùng LĐ", "Anh hùng lao động thời kỳ đổi mới"),
    "anh-hung-llvtnd": ("AHLLVTND", "AHLLVT", "Anh hùng LLVTND", "Anh hùng lực lượng vũ trang"),
    "ba-me-viet-nam-anh-hung": ("BMVNAH", "Bà mẹ VN anh hùng", "Mẹ Việt Nam anh hùng", "Mẹ VNAH"),
    "tinh-anh-hung": ("Tỉnh Anh hùng", "Thành phố Anh hùng"),
    "hc-ho-chi-minh": ("HC Hồ Chí Minh",),
    "hc-sao-vang": ("HC Sao vàng",),
    "hc-dai-doan-ket": ("Huân chương Đại đoàn kết", "HC Đại đoàn kết dân tộc"),
    "hc-dung-cam": ("HC Dũng cảm",),
    "hc-huu-nghi": ("HC Hữu nghị",),
    "gt-ho-chi-minh": ("GT Hồ Chí Minh",),
    "gt-nha-nuoc": ("GT Nhà nước",),
}
CLASSES = {"nhat": ("Nhất", "I", "1"), "nhi": ("Nhì", "II", "2"), "ba": ("Ba", "III", "3")}
ORDERS = {
    "hc-lao-dong": ("Huân chương Lao động", "Huân chương LĐ", "HCLĐ", "HC Lao động", "HC LĐ"),
    "hc-doc-lap": ("Huân chương Độc lập", "HCĐL", "HC Độc lập"),
    "hc-quan-cong": ("Huân chương Quân công", "HC Quân công"),
    "hc-chien-cong": ("Huân chương Chiến công", "HC Chiến công"),
    "hc-bao-ve-to-quoc": ("Huân chương Bảo vệ Tổ quốc", "HC Bảo vệ Tổ quốc", "HCBVTQ"),
}


def all_aliases() -> dict[str, str]:
    """Each way of writing, and the code that it means."""
    found = {name: code for code, names in ALIASES.items() for name in names}
    for order, names in ORDERS.items():
        for rank, words in CLASSES.items():
            found |= {f"{name} hạng {word}": f"{order}-{rank}" for name in names for word in words}
    return found
