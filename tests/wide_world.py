"""A bloc of many members and many criteria, for the tests of wide papers."""

from decimal import Decimal

from blocs.models import BlocYear
from scoring.models import Criterion, ScoreLine, ScoreSheet
from tests.factories import AgencyFactory, CriteriaSetFactory, MembershipFactory

NAMES = (
    "Sở Thông tin và Truyền thông", "Sở Giáo dục và Đào tạo", "Sở Lao động - Thương binh và Xã hội", "Sở Y tế",
    "Sở Văn hóa, Thể thao và Du lịch", "Đài Phát thanh - Truyền hình Quảng Nam", "Báo Quảng Nam", "Sở Xây dựng",
    "Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Kế hoạch và Đầu tư", "Sở Tài chính",
    "Sở Công Thương", "Sở Giao thông vận tải", "Sở Khoa học và Công nghệ", "Sở Tư pháp", "Thanh tra tỉnh",
    "Văn phòng Ủy ban nhân dân tỉnh", "Ban Quản lý các khu kinh tế và khu công nghiệp", "Ban Dân tộc tỉnh",
)  # fmt: skip
GROUPS = ("A", "B", "C", "D")


def widen(year: BlocYear, *, members: int = 20, leaves: int = 120) -> None:
    """Members up to ``members`` and an open table of four groups with ``leaves`` criteria, every line agreed."""
    for number in range(year.memberships.count(), members):
        agency = AgencyFactory(council=year.bloc.council, code=f"rong{number}", name=NAMES[number])
        MembershipFactory(bloc_year=year, agency=agency, position=number)
    made = CriteriaSetFactory(bloc_year=year, scale=1000, state="open")
    groups = [
        Criterion.objects.create(
            criteria_set=made, code=code, name=f"Nhóm tiêu chí {code}", kind="group", max_points=250, position=place
        )
        for place, code in enumerate(GROUPS)
    ]
    criteria = Criterion.objects.bulk_create(
        Criterion(
            criteria_set=made,
            parent=groups[number % 4],
            code=f"{GROUPS[number % 4]}.{number // 4 + 1}",
            name=f"Hoàn thành nhiệm vụ số {number + 1} được giao trong chương trình công tác năm, đúng tiến độ",
            max_points=Decimal(1000) / leaves,
            position=number,
        )
        for number in range(leaves)
    )
    for place, member in enumerate(year.memberships.in_order()):
        sheet = ScoreSheet.objects.create(bloc_year=year, criteria_set=made, agency_id=member.agency_id, state="agreed")
        ScoreLine.objects.bulk_create(
            ScoreLine(
                sheet=sheet,
                criterion=each,
                assigned=(place + number) % 37 != 0,
                agreed_points=Decimal("8.25") - Decimal((place * 7 + number * 3) % 9) / 4,
            )
            for number, each in enumerate(criteria)
        )
