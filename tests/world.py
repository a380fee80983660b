"""A small province with every persona of the permission matrix.

The bloc of 2020 has a head (stttt), a deputy (sgddt) and two members (syt, sldtbxh).
``stranger`` works in the same province, in another bloc.
"""

from dataclasses import dataclass

from accounts.models import User
from blocs.models import Agency, BlocYear, Council
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    BlocFactory,
    BlocYearFactory,
    CouncilFactory,
    CouncilMemberFactory,
    MembershipFactory,
    ObserverFactory,
    UserFactory,
)

PERSONAS = (
    "officer",
    "leader",
    "secretary",
    "head_leader",
    "deputy_officer",
    "standing",
    "council_member",
    "observer",
    "administrator",
    "stranger",
)


@dataclass(frozen=True)
class World:
    council: Council
    snv: Agency
    stttt: Agency
    sgddt: Agency
    syt: Agency
    sldtbxh: Agency
    other: Agency
    year: BlocYear
    other_year: BlocYear

    def person(self, name: str) -> User:
        """The persona fetched anew, as a request does: its reach is computed afresh."""
        return User.objects.get(email=f"{name}@example.vn")


def build_world() -> World:
    council = CouncilFactory()
    names = {
        "snv": "Sở Nội vụ",
        "stttt": "Sở Thông tin và Truyền thông",
        "sgddt": "Sở Giáo dục và Đào tạo",
        "syt": "Sở Y tế",
        "sldtbxh": "Sở Lao động - Thương binh và Xã hội",
        "other": "Sở Xây dựng",
    }
    agencies = {code: AgencyFactory(council=council, code=code, name=name) for code, name in names.items()}
    council.standing_agency = agencies["snv"]
    council.save(update_fields=["standing_agency"])
    year = BlocYearFactory(bloc=BlocFactory(council=council, code="tham-muu-iii", name="Khối tham mưu III"))
    other_year = BlocYearFactory(bloc=BlocFactory(council=council, code="kinh-te", name="Khối kinh tế"))
    for position, (code, role) in enumerate(
        [("stttt", "head"), ("sgddt", "deputy"), ("syt", "member"), ("sldtbxh", "member")]
    ):
        MembershipFactory(bloc_year=year, agency=agencies[code], role=role, position=position)
    MembershipFactory(bloc_year=other_year, agency=agencies["other"], role="head")
    build_people(council, agencies, year)
    return World(council=council, year=year, other_year=other_year, **agencies)


def build_people(council: Council, agencies: dict[str, Agency], year: BlocYear) -> None:
    duties = {
        "officer": ("syt", "officer"),
        "leader": ("syt", "leader"),
        "secretary": ("stttt", "officer"),
        "head_leader": ("stttt", "leader"),
        "deputy_officer": ("sgddt", "officer"),
        "standing": ("snv", "standing"),
        "stranger": ("other", "officer"),
    }
    for name, (code, duty) in duties.items():
        user = UserFactory(email=f"{name}@example.vn", full_name=f"Người {name}")
        AppointmentFactory(user=user, agency=agencies[code], duty=duty)
    for name in ("council_member", "observer"):
        seat = CouncilMemberFactory(council=council, user=UserFactory(email=f"{name}@example.vn"))
        if name == "observer":
            ObserverFactory(bloc_year=year, member=seat)
    UserFactory(email="administrator@example.vn", is_staff=True, is_superuser=True)
