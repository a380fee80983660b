"""Demo accounts: one per role. Names say that they are for trying out; nobody real signs in here."""

from dataclasses import dataclass

from accounts.models import User
from blocs.enums import Duty
from blocs.models import Agency, Appointment, BlocYear, Council, CouncilMember, Observer

DEMO_PASSWORD = "khoithidua-2020"  # noqa: S105 - printed for everybody who tries the product out
REAL = "Quảng Nam"
FICTITIOUS = "Tỉnh Mẫu (hư cấu)"


@dataclass(frozen=True)
class DemoAccount:
    """What a person may try: a duty in an agency, a seat in the council, or administration."""

    role: str
    email: str
    full_name: str
    province: str = REAL
    agency: str = ""
    duty: str = ""
    signs: bool = False
    seat: bool = False
    follows: tuple[str, int] | None = None  # bloc code and year, for the council's observer
    administrator: bool = False


DEMO_ACCOUNTS = (
    DemoAccount(
        "Cán bộ thi đua Sở Y tế (được ủy quyền ký)",
        "canbo.syt@demo.vn",
        "Cán bộ Sở Y tế (tài khoản thử)",
        agency="syt",
        duty=Duty.OFFICER,
        signs=True,
    ),
    DemoAccount(
        "Lãnh đạo Sở Y tế",
        "lanhdao.syt@demo.vn",
        "Lãnh đạo Sở Y tế (tài khoản thử)",
        agency="syt",
        duty=Duty.LEADER,
    ),
    DemoAccount(
        "Thư ký khối (cán bộ của trưởng khối)",
        "thuky@demo.vn",
        "Cán bộ Sở TT&TT (tài khoản thử)",
        agency="stttt",
        duty=Duty.OFFICER,
    ),
    DemoAccount(
        "Trưởng khối (lãnh đạo Sở TT&TT)",
        "truongkhoi@demo.vn",
        "Lãnh đạo Sở TT&TT (tài khoản thử)",
        agency="stttt",
        duty=Duty.LEADER,
    ),
    DemoAccount(
        "Phó khối (cán bộ Sở GD&ĐT)",
        "phokhoi@demo.vn",
        "Cán bộ Sở GD&ĐT (tài khoản thử)",
        agency="sgddt",
        duty=Duty.OFFICER,
    ),
    DemoAccount(
        "Thường trực Hội đồng (Sở Nội vụ)",
        "thuongtruc@demo.vn",
        "Cán bộ Sở Nội vụ (tài khoản thử)",
        agency="snv",
        duty=Duty.STANDING,
    ),
    DemoAccount("Thành viên Hội đồng", "thanhvien.hd@demo.vn", "Thành viên Hội đồng (tài khoản thử)", seat=True),
    DemoAccount(
        "Thành viên Hội đồng theo dõi khối năm 2020",
        "theodoi@demo.vn",
        "Thành viên theo dõi khối (tài khoản thử)",
        seat=True,
        follows=("qn-tham-muu-iii", 2020),
    ),
    DemoAccount("Quản trị viên", "quantri@demo.vn", "Quản trị viên (tài khoản thử)", administrator=True),
    DemoAccount(
        "Thư ký khối mẫu (Sở Mẫu Một)",
        "thuky.mau@demo.vn",
        "Cán bộ Sở Mẫu Một (tài khoản thử)",
        FICTITIOUS,
        agency="mau-1",
        duty=Duty.OFFICER,
    ),
    DemoAccount(
        "Cán bộ thi đua khối mẫu (Sở Mẫu Ba)",
        "canbo.mau@demo.vn",
        "Cán bộ Sở Mẫu Ba (tài khoản thử)",
        FICTITIOUS,
        agency="mau-3",
        duty=Duty.OFFICER,
    ),
    DemoAccount(
        "Lãnh đạo Sở Mẫu Ba (khối mẫu)",
        "lanhdao.mau@demo.vn",
        "Lãnh đạo Sở Mẫu Ba (tài khoản thử)",
        FICTITIOUS,
        agency="mau-3",
        duty=Duty.LEADER,
    ),
    DemoAccount(
        "Thường trực Hội đồng tỉnh Mẫu (Sở Nội vụ)",
        "thuongtruc.mau@demo.vn",
        "Phụ trách thi đua tỉnh Mẫu (tài khoản thử)",
        FICTITIOUS,
        agency="mau-sonoivu",
        duty=Duty.STANDING,
    ),
    DemoAccount(
        "Chuyên viên thẩm định tỉnh Mẫu (Sở Nội vụ)",
        "chuyenvien.mau@demo.vn",
        "Chuyên viên thẩm định tỉnh Mẫu (tài khoản thử)",
        FICTITIOUS,
        agency="mau-sonoivu",
        duty=Duty.STANDING,
    ),
    *(
        DemoAccount(f"{post} tỉnh Mẫu", email, f"{post} tỉnh Mẫu (tài khoản thử)", FICTITIOUS, seat=True)
        for post, email in (
            ("Chủ tịch Hội đồng", "chutich.mau@demo.vn"),
            ("Phó Chủ tịch Hội đồng", "phochutich.mau@demo.vn"),
            ("Ủy viên Hội đồng", "uyvien.mau@demo.vn"),
        )
    ),
)


def ensure_account(account: DemoAccount) -> bool:
    """Make the account with its duty or seat where any of it is missing; True when something was made."""
    user, made = ensure_user(account)
    council = Council.objects.get(province=account.province)
    if account.agency:
        agency = Agency.objects.get(council=council, code=account.agency)
        duty = {"user": user, "agency": agency, "duty": account.duty}
        made |= Appointment.objects.get_or_create(**duty, defaults={"signs": account.signs})[1]
    if account.seat:
        seat, seated = CouncilMember.objects.get_or_create(council=council, user=user)
        made |= seated
        if account.follows:
            code, year = account.follows
            followed = BlocYear.objects.get(bloc__code=code, year=year)
            made |= Observer.objects.get_or_create(bloc_year=followed, member=seat)[1]
    return made


def ensure_user(account: DemoAccount) -> tuple[User, bool]:
    """The user; one who is there already keeps everything, the password too."""
    user = User.objects.filter(email=account.email).first()
    if user is not None:
        return user, False
    rights = {"is_staff": account.administrator, "is_superuser": account.administrator}
    user = User.objects.create_user(account.email, DEMO_PASSWORD, full_name=account.full_name, **rights)
    return user, True
