"""Every title and form of commendation (domain.md A1, A2; Luật TĐKT 2022, Điều 9, 19, 20), the higher first."""

from typing import NamedTuple


class Form(NamedTuple):
    """``kinds``: i(ndividual), c(ollective), h(ousehold). ``by``: a key of ``periods.AUTHORITIES``."""

    code: str
    name: str
    group: str
    level: str
    kinds: str
    cadence: str
    article: str  # of Luật TĐKT 2022
    by: str


KINDS = {"i": "individual", "c": "collective", "h": "household"}
YEARLY = "Hằng năm"
WHEN_DUE = "Khi đủ điều kiện"
EVERY_FIVE = "05 năm một lần, vào dịp Quốc khánh"
OF_SERVICE = "Theo niên hạn"


def _classes(code: str, name: str, first_article: int, *, kinds: str = "ic") -> tuple[Form, ...]:
    ranks = (("nhat", "Nhất"), ("nhi", "Nhì"), ("ba", "Ba"))
    return tuple(
        Form(
            f"{code}-{rank}",
            f"{name} hạng {words}",
            "order",
            "state",
            kinds,
            WHEN_DUE,
            str(first_article + n),
            "president",
        )
        for n, (rank, words) in enumerate(ranks)
    )


def _medals() -> tuple[Form, ...]:
    names = (
        ("quan-ky-quyet-thang", "Huy chương Quân kỳ quyết thắng", "55"),
        ("vi-an-ninh-to-quoc", "Huy chương Vì an ninh Tổ quốc", "56"),
        ("chien-si-ve-vang-nhat", "Huy chương Chiến sĩ vẻ vang hạng Nhất", "57"),
        ("chien-si-ve-vang-nhi", "Huy chương Chiến sĩ vẻ vang hạng Nhì", "57"),
        ("chien-si-ve-vang-ba", "Huy chương Chiến sĩ vẻ vang hạng Ba", "57"),
    )
    return tuple(
        Form(f"huy-chuong-{code}", name, "medal", "state", "i", OF_SERVICE, article, "president")
        for code, name, article in names
    )


def _merited() -> tuple[Form, ...]:
    callings = (
        ("nha-giao", "Nhà giáo"),
        ("thay-thuoc", "Thầy thuốc"),
        ("nghe-si", "Nghệ sĩ"),
        ("nghe-nhan", "Nghệ nhân"),
    )
    return tuple(
        Form(f"{code}-{rank}", f"{name} {words}", "honour", "state", "i", WHEN_DUE, str(64 + n), "president")
        for rank, words in (("nhan-dan", "nhân dân"), ("uu-tu", "ưu tú"))
        for n, (code, name) in enumerate(callings)
    )


def _state(code: str, name: str, group: str, kinds: str, article: str, cadence: str = WHEN_DUE) -> Form:
    return Form(code, name, group, "state", kinds, cadence, article, "president")


ORDERS = (
    _state("hc-sao-vang", "Huân chương Sao vàng", "order", "ic", "34"),
    _state("hc-ho-chi-minh", "Huân chương Hồ Chí Minh", "order", "ic", "35"),
    *_classes("hc-doc-lap", "Huân chương Độc lập", 36),
    *_classes("hc-quan-cong", "Huân chương Quân công", 39),
    *_classes("hc-lao-dong", "Huân chương Lao động", 42),
    *_classes("hc-bao-ve-to-quoc", "Huân chương Bảo vệ Tổ quốc", 45),
    *_classes("hc-chien-cong", "Huân chương Chiến công", 48),
    _state("hc-dai-doan-ket", "Huân chương Đại đoàn kết dân tộc", "order", "i", "51"),
    _state("hc-dung-cam", "Huân chương Dũng cảm", "order", "i", "52"),
    _state("hc-huu-nghi", "Huân chương Hữu nghị", "order", "ic", "53"),
)
HONOURS = (
    _state("tinh-anh-hung", "Tỉnh Anh hùng, Thành phố Anh hùng", "honour", "c", "60"),
    _state("ba-me-viet-nam-anh-hung", "Bà mẹ Việt Nam anh hùng", "honour", "i", "61"),
    _state("anh-hung-llvtnd", "Anh hùng Lực lượng vũ trang nhân dân", "honour", "ic", "62"),
    _state("anh-hung-lao-dong", "Anh hùng Lao động", "honour", "ic", "63"),
    *_merited(),
)
PRIZES = (
    _state("gt-ho-chi-minh", "Giải thưởng Hồ Chí Minh", "prize", "i", "69", EVERY_FIVE),
    _state("gt-nha-nuoc", "Giải thưởng Nhà nước", "prize", "i", "70", EVERY_FIVE),
)
MEDALS = (*_medals(), _state("huy-chuong-huu-nghi", "Huy chương Hữu nghị", "medal", "i", "58"))
TITLES = (
    Form("co-chinh-phu", "Cờ thi đua của Chính phủ", "title", "state", "c", YEARLY, "25", "government"),
    Form("cstd-toan-quoc", "Chiến sĩ thi đua toàn quốc", "title", "state", "i", WHEN_DUE, "21", "pm"),
)
PROVINCE_FLAG = "Hằng năm; khi tổng kết phong trào chuyên đề từ 03 năm"
PROVINCE_TITLES = (
    Form("co-tinh", "Cờ thi đua của Ủy ban nhân dân tỉnh", "title", "province", "c", PROVINCE_FLAG, "26", "province"),
    Form(
        "co-bo",
        "Cờ thi đua của bộ, ban, ngành, đoàn thể trung ương",
        "title",
        "province",
        "c",
        PROVINCE_FLAG,
        "26",
        "ministry",
    ),
    Form("cstd-tinh", "Chiến sĩ thi đua cấp tỉnh", "title", "province", "i", YEARLY, "22", "province"),
    Form("tt-ld-xuat-sac", "Tập thể lao động xuất sắc", "title", "province", "c", YEARLY, "27", "province"),
    Form("don-vi-quyet-thang", "Đơn vị quyết thắng", "title", "province", "c", YEARLY, "27", "army-unit"),
    Form("xa-tieu-bieu", "Xã, phường, đặc khu tiêu biểu", "title", "province", "c", YEARLY, "29", "province"),
)
CERTIFICATES = (
    Form("bk-thu-tuong", "Bằng khen của Thủ tướng Chính phủ", "certificate", "state", "ich", WHEN_DUE, "73", "pm"),
    Form(
        "bk-tinh",
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "certificate",
        "province",
        "ich",
        WHEN_DUE,
        "74",
        "province",
    ),
    Form(
        "bk-bo",
        "Bằng khen của bộ, ban, ngành, đoàn thể trung ương",
        "certificate",
        "province",
        "ich",
        WHEN_DUE,
        "74",
        "ministry",
    ),
    Form(
        "bk-quan-khu",
        "Bằng khen của quân khu, quân đoàn, đại học quốc gia và tương đương",
        "certificate",
        "province",
        "ich",
        WHEN_DUE,
        "76",
        "region",
    ),
    Form("ky-niem-chuong", "Kỷ niệm chương", "commemorative", "province", "i", WHEN_DUE, "71", "badge"),
)
BASE = (
    Form("cstd-co-so", "Chiến sĩ thi đua cơ sở", "title", "base", "i", YEARLY, "23", "unit"),
    Form("tt-ld-tien-tien", "Tập thể lao động tiên tiến", "title", "base", "c", YEARLY, "28", "unit"),
    Form("don-vi-tien-tien", "Đơn vị tiên tiến", "title", "base", "c", YEARLY, "28", "army"),
    Form("ld-tien-tien", "Lao động tiên tiến", "title", "base", "i", YEARLY, "24", "worker"),
    Form("chien-si-tien-tien", "Chiến sĩ tiên tiến", "title", "base", "i", YEARLY, "24", "army"),
    Form("thon-van-hoa", "Thôn, tổ dân phố văn hóa", "title", "base", "c", YEARLY, "30", "village"),
    Form("gia-dinh-van-hoa", "Gia đình văn hóa", "title", "base", "h", YEARLY, "31", "family"),
    Form("giay-khen", "Giấy khen", "merit-paper", "base", "ich", WHEN_DUE, "75", "merit"),
)
FORMS: tuple[Form, ...] = (
    *ORDERS,
    *HONOURS,
    *PRIZES,
    *MEDALS,
    *TITLES,
    *CERTIFICATES[:1],
    *PROVINCE_TITLES,
    *CERTIFICATES[1:],
    *BASE,
)
