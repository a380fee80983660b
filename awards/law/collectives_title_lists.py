"""The registered branches of collectives' titles; the conditions stand in ``collectives_titles``."""

from functools import partial

from awards.law import collectives_titles as titles
from awards.law.branches import COLLECTIVE, Attestation, Branch, cite
from awards.law.collectives_open import open_collectives
from awards.law.individuals_open import MERIT, MOVEMENT, Open
from awards.law.individuals_titles import LAW_2003, LAW_2022, TITLE_CATEGORIES

DECREE = "Nghị định 152/2025/NĐ-CP"
UNITY = Attestation("unity", "nội bộ đoàn kết, chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước")
PARTY = Attestation("party", "tổ chức đảng, đoàn thể trong sạch, vững mạnh")
THRIFT = Attestation("thrift", "tích cực thực hành tiết kiệm, chống lãng phí, phòng, chống tham nhũng, tiêu cực")
FIRST_IN_THRIFT = Attestation("thrift", "đi đầu thực hành tiết kiệm, chống lãng phí, phòng, chống tham nhũng, tiêu cực")
REGULAR = Attestation("movement", "phong trào thi đua thường xuyên, thiết thực, hiệu quả")
OUTSTANDING = Attestation("outstanding", "là tập thể tiêu biểu xuất sắc trong tỉnh")
CHOSEN = Attestation("chosen", "là tập thể tiêu biểu xuất sắc được chọn trong số các tập thể dẫn đầu cụm, khối thi đua")
NATION_WIDE = Attestation("outstanding", "là tập thể tiêu biểu xuất sắc trong toàn quốc")
NEW_MODEL = Attestation("new-model", "có nhân tố mới, mô hình mới để các tập thể khác học tập")
DETAILED = Attestation("provincial-detail", "việc đáp ứng tiêu chuẩn chi tiết do tỉnh quy định")

_collective = partial(Branch, kinds=COLLECTIVE, categories=TITLE_CATEGORIES)
_flag = partial(Branch, kinds=COLLECTIVE, categories=MERIT)
_movement_flag = partial(Branch, kinds=COLLECTIVE, categories=MOVEMENT)

_FLAGS_2022 = (
    _flag(
        code="26.1",
        rule="A3-F2",
        award="co-tinh",
        title="Dẫn đầu phong trào thi đua của cụm, khối thi đua do tỉnh tổ chức",
        citation=cite(LAW_2022, "26.1"),
        test=titles.provincial_flag,
        attestations=(OUTSTANDING, UNITY, PARTY, THRIFT),
    ),
    _movement_flag(
        code="26.2",
        rule="A3-F2b",
        award="co-tinh",
        title="Dẫn đầu phong trào thi đua theo chuyên đề của tỉnh từ 03 năm trở lên",
        citation=cite(LAW_2022, "26.2"),
        test=titles.provincial_flag_of_movement,
    ),
    _flag(
        code="25.2",
        rule="A3-F1",
        award="co-chinh-phu",
        title="Dẫn đầu cụm, khối thi đua do Hội đồng Thi đua - Khen thưởng Trung ương tổ chức",
        citation=cite(LAW_2022, "25.2"),
        test=titles.government_flag_of_central_bloc,
    ),
    _movement_flag(
        code="25.3",
        rule="A3-F1",
        award="co-chinh-phu",
        title="Dẫn đầu phong trào thi đua do Thủ tướng Chính phủ phát động từ 05 năm trở lên",
        citation=cite(LAW_2022, "25.3"),
        test=titles.government_flag_of_movement,
    ),
    *open_collectives(
        LAW_2022,
        "A3-F2",
        ("co-bo",),
        (
            Open("26.1", "Dẫn đầu phong trào thi đua của cụm, khối thi đua do bộ, ban, ngành tổ chức", MERIT),
            Open("26.2", "Dẫn đầu phong trào thi đua chuyên đề của bộ, ban, ngành từ 03 năm trở lên", MOVEMENT),
        ),
        (UNITY, PARTY, THRIFT),
    ),
)


def _among_leaders(citation: str) -> Branch:
    return _flag(
        code="25.1",
        rule="A3-F1",
        award="co-chinh-phu",
        title="Tiêu biểu xuất sắc trong số các tập thể dẫn đầu cụm, khối thi đua do tỉnh tổ chức",
        citation=citation,
        test=titles.government_flag,
        attestations=(CHOSEN, UNITY, PARTY, FIRST_IN_THRIFT),
    )


_WORKING_COLLECTIVES_2022 = (
    _collective(
        code="27.1",
        rule="A3-F3",
        award="tt-ld-xuat-sac",
        title="Tập thể lao động xuất sắc",
        citation=cite(LAW_2022, "27.1"),
        test=titles.excellent_collective,
        attestations=(REGULAR, UNITY),
    ),
    _collective(
        code="28.1",
        rule="A3-F4",
        award="tt-ld-tien-tien",
        title="Tập thể lao động tiên tiến",
        citation=cite(LAW_2022, "28.1"),
        test=titles.advanced_collective,
        attestations=(REGULAR, UNITY),
    ),
    _collective(
        code="30.1",
        rule="A3-C2",
        award="thon-van-hoa",
        title="Thôn, tổ dân phố văn hóa",
        citation=cite(LAW_2022, "30.1"),
        test=titles.cultural_village,
        attestations=(DETAILED,),
    ),
)


def _commune(title: str) -> Branch:
    return _collective(
        code="29.1",
        rule="A3-C1",
        award="xa-tieu-bieu",
        title=title,
        citation=cite(LAW_2022, "29.1"),
        test=titles.exemplary_commune,
        attestations=(DETAILED,),
    )


_FLAGS_2003 = (
    _collective(
        code="26",
        rule="A3-F2",
        award="co-tinh",
        title="Hoàn thành vượt mức chỉ tiêu, tiêu biểu xuất sắc của tỉnh",
        citation=cite(LAW_2003, "26"),
        test=titles.old_provincial_flag,
        attestations=(OUTSTANDING, NEW_MODEL, UNITY, THRIFT),
    ),
    _collective(
        code="25",
        rule="A3-F1",
        award="co-chinh-phu",
        title="Hoàn thành vượt mức chỉ tiêu, tiêu biểu xuất sắc nhất trong phong trào thi đua của tỉnh",
        citation=cite(LAW_2003, "25"),
        test=titles.old_government_flag,
        attestations=(NATION_WIDE, UNITY, FIRST_IN_THRIFT),
    ),
    *open_collectives(
        LAW_2003,
        "A3-F2",
        ("co-bo",),
        (Open("26", "Tập thể tiêu biểu xuất sắc của bộ, ngành, đoàn thể trung ương", MERIT | MOVEMENT),),
        (NEW_MODEL, UNITY, THRIFT),
    ),
)
_OTHERS_2003 = (
    _collective(
        code="27.1",
        rule="A3-F3",
        award="tt-ld-xuat-sac",
        title="Tập thể lao động xuất sắc",
        citation=cite(LAW_2003, "27.1"),
        test=titles.old_excellent_collective,
        attestations=(REGULAR, UNITY),
    ),
    _collective(
        code="28.1",
        rule="A3-F4",
        award="tt-ld-tien-tien",
        title="Tập thể lao động tiên tiến",
        citation=cite(LAW_2003, "28.1"),
        test=titles.old_advanced_collective,
        attestations=(REGULAR, UNITY),
    ),
    _collective(
        code="30",
        rule="A3-C2",
        award="thon-van-hoa",
        title="Thôn, làng, ấp, bản, tổ dân phố văn hóa",
        citation=cite(LAW_2003, "30"),
        test=titles.old_cultural_village,
    ),
    _collective(
        code="20",
        rule="A3-C1",
        award="xa-tieu-bieu",
        title="Xã, phường, thị trấn tiêu biểu",
        citation=cite(LAW_2003, "20"),
        test=titles.no_such_title,
    ),
)

R2017 = (*_FLAGS_2003, *_OTHERS_2003)
R2024 = (
    _among_leaders(cite(LAW_2022, "25.1")),
    *_FLAGS_2022,
    *_WORKING_COLLECTIVES_2022,
    _commune("Xã, phường, thị trấn tiêu biểu"),
)
R2025 = (
    _among_leaders(f"{cite(LAW_2022, '25.1')}; {DECREE}, Điều 7 khoản 1"),
    *_FLAGS_2022,
    *_WORKING_COLLECTIVES_2022,
    _commune("Xã, phường, đặc khu tiêu biểu"),
)
