"""The bloc-year 2020 of the two source articles, row by row, for the tests of papers."""

from datetime import date, time

from blocs.models import Agency, BlocYear
from tests.factories import (
    AgencyFactory,
    BlocFactory,
    BlocMovementFactory,
    BlocReviewFactory,
    BlocYearFactory,
    CommendationFactory,
    ConferenceFactory,
    CouncilFactory,
    MembershipFactory,
    MovementFactory,
    PassageFactory,
    ProposalFactory,
    RecipientCountFactory,
)

AGENCIES = {
    "stttt": ("Sở Thông tin và Truyền thông", "head"),
    "sgddt": ("Sở Giáo dục và Đào tạo", "deputy"),
    "sldtbxh": ("Sở Lao động - Thương binh và Xã hội", "member"),
    "syt": ("Sở Y tế", "member"),
    "svhttdl": ("Sở Văn hóa, Thể thao và Du lịch", "member"),
    "dptth": ("Đài Phát thanh - Truyền hình Quảng Nam", "member"),
    "bqn": ("Báo Quảng Nam", "member"),
}
MOVEMENTS = (
    ("Quảng Nam chung sức xây dựng nông thôn mới", "thematic", 2016, 2020),
    ("Quảng Nam chung tay vì người nghèo - không để ai bị bỏ lại phía sau", "thematic", 2016, 2020),
    (
        "Đợt thi đua đặc biệt chào mừng Đại hội Đảng các cấp, tiến tới Đại hội Đảng bộ tỉnh lần thứ XXII "
        "và Đại hội XIII của Đảng",
        "special",
        None,
        None,
    ),
)
COVID = "công tác phòng, chống dịch Covid-19"
REFORM = f"công tác cải cách hành chính và {COVID}"
COMMENDATIONS = (
    ("bqn", "giay-khen", "Tổng Biên tập Báo Quảng Nam", "awarded", "", {"collective": 1, "individual": 10}),
    ("bqn", "giay-khen", "Ban Tuyên giáo", "awarded", "phòng, chống Covid-19", {"individual": 1}),
    ("bqn", "bang-khen", "Ban Tuyên giáo Trung ương", "awarded", "phóng viên tiêu biểu xuất sắc", {"individual": 1}),
    ("dptth", "bang-khen", "", "awarded", f"tuyên truyền {COVID}", {"collective": 3, "individual": 12}),
    (
        "sldtbxh",
        "bk-tinh",
        "Ủy ban nhân dân tỉnh",
        "proposed",
        "03 tập thể có thành tích xuất sắc trong công tác an toàn vệ sinh lao động năm 2019; 01 tập thể có thành tích "
        "xuất sắc trong việc xây dựng Nhà bia ghi danh liệt sỹ quê hương tỉnh Thanh Hóa",
        {"collective": 4},
    ),
    ("stttt", "bk-bo", "Bộ Thông tin và Truyền thông", "awarded", "", {"individual": 2}),
    ("stttt", "bk-tinh", "Ủy ban nhân dân tỉnh", "proposed", REFORM, {"collective": 2, "individual": 2}),
    (
        "svhttdl",
        "khen-thuong",
        "Ủy ban nhân dân tỉnh",
        "proposed",
        "phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa” năm 2019",
        {"village": 32, "household": 27, "agency": 36, "enterprise": 2, "commune": 1, "ward": 2},
    ),
    ("svhttdl", "khen-thuong", "Ủy ban nhân dân tỉnh", "proposed", REFORM, {"collective": 3, "individual": 4}),
    ("syt", "bk-thu-tuong", "Thủ tướng Chính phủ", "proposed", COVID, {"collective": None, "individual": None}),
)
PASSAGES = {
    "achievements": "Các đơn vị trong Khối đã thực hiện tốt công tác tham mưu, nghiên cứu cơ chế chính sách trên địa "
    "bàn tỉnh; chú trọng công tác cải cách hành chính, thực hành tiết kiệm, chống tham ô, lãng phí.\n"
    "Đầu năm 2020, các đơn vị thành viên đã kịp thời ban hành chương trình công tác, tổ chức phát động phong trào "
    "thi đua yêu nước, xây dựng các tiêu chí, đăng ký thi đua gắn với nhiệm vụ trọng tâm của ngành.",
    "difficulties": "Tại hội nghị, các đơn vị đã nêu những khó khăn, vướng mắc trong quá trình thực hiện nhiệm vụ.",
    "directions": "Thống nhất phương hướng triển khai nhiệm vụ thi đua, khen thưởng 6 tháng cuối năm 2020.",
}
PROPOSALS = (("co-chinh-phu", "sldtbxh"), ("co-tinh", "dptth"), ("co-tinh", "stttt"))


def build_bloc_year() -> BlocYear:
    """Rows of the articles and nothing else; no score, no target, no petition."""
    council = CouncilFactory(
        province="Quảng Nam", name="Hội đồng Thi đua - Khen thưởng tỉnh Quảng Nam", place="Quảng Nam"
    )
    agencies = build_agencies(council)
    bloc = BlocFactory(council=council, code="qn-tham-muu-iii", name="Khối thi đua các cơ quan tham mưu III")
    year = BlocYearFactory(bloc=bloc, year=2020, stated=["petitions"])
    for position, (code, (_, role)) in enumerate(AGENCIES.items()):
        person = ("Phạm Hồng Quảng", "Giám đốc") if role == "head" else ("", "")
        MembershipFactory(
            bloc_year=year,
            agency=agencies[code],
            role=role,
            position=position,
            person=person[0],
            person_title=person[1],
        )
    build_events(year, agencies)
    build_commendations(year, agencies)
    for position, (award, code) in enumerate(PROPOSALS):
        ProposalFactory(bloc_year=year, agency=agencies[code], award=award, position=position)
    for kind in ("mid-year", "annual"):
        review = BlocReviewFactory(bloc_year=year, kind=kind)
        for section, text in PASSAGES.items():
            PassageFactory(review=review, section=section, text=text)
    return year


def build_agencies(council) -> dict[str, Agency]:
    agencies = {code: AgencyFactory(council=council, code=code, name=name) for code, (name, _) in AGENCIES.items()}
    standing = AgencyFactory(council=council, code="snv", name="Sở Nội vụ")
    head = agencies["stttt"]
    head.symbol, head.superior = "STTTT", "Ủy ban nhân dân tỉnh Quảng Nam"
    head.save(update_fields=["symbol", "superior"])
    council.standing_agency = standing
    council.save(update_fields=["standing_agency"])
    return agencies


def build_events(year: BlocYear, agencies: dict[str, Agency]) -> None:
    for position, (name, kind, starts, ends) in enumerate(MOVEMENTS):
        movement = MovementFactory(council=year.bloc.council, name=name, kind=kind, starts=starts, ends=ends)
        BlocMovementFactory(bloc_year=year, movement=movement, position=position)
    ConferenceFactory(
        bloc_year=year,
        kind="mid-year-review",
        held_on=date(2020, 7, 17),
        starts=time(15, 44),
        chair_name="Phạm Hồng Quảng",
        chair_title="Giám đốc",
        chair_agency=agencies["stttt"],
        guests=["Đại diện thành viên Hội đồng Thi đua - Khen thưởng tỉnh theo dõi Khối"],
        conclusions=["Phương hướng triển khai nhiệm vụ thi đua, khen thưởng 6 tháng cuối năm 2020"],
    )
    ConferenceFactory(bloc_year=year, kind="annual-review", held_on=date(2021, 3, 2))


def build_commendations(year: BlocYear, agencies: dict[str, Agency]) -> None:
    for position, (code, award, issuer, status, reason, counts) in enumerate(COMMENDATIONS):
        row = CommendationFactory(
            bloc_year=year,
            agency=agencies[code],
            position=position,
            period="H1",
            award=award,
            issuer=issuer,
            status=status,
            reason=reason,
        )
        for kind, count in counts.items():
            RecipientCountFactory(commendation=row, kind=kind, count=count)
