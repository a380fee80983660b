"""What every paper of the council says of it: its name, its standing agency, on whose letterhead it goes out."""

from dataclasses import dataclass
from datetime import date

from blocs.enums import CouncilLevel
from blocs.models import Council
from reports.documents.bloc import authority, leader_title_of
from reports.documents.blocks import Letterhead, Signature
from reports.documents.dossier import numbered
from reports.documents.words import blank_date, dashes, long_date, lower_first

PREFIX = "Hội đồng Thi đua - Khen thưởng"
FUNDS = {
    CouncilLevel.PROVINCE.value: "Quỹ thi đua, khen thưởng tỉnh",
    CouncilLevel.COMMUNE.value: "Quỹ thi đua, khen thưởng cấp xã",
    CouncilLevel.AGENCY.value: "Quỹ thi đua, khen thưởng của cơ quan, đơn vị",
}


@dataclass(frozen=True)
class CouncilFacts:
    """A council and the agency that does its daily work."""

    name: str
    where: str  # "tỉnh Mẫu": whose people's committee it advises
    place: str
    symbol: str
    seal: str
    level: str
    standing: str
    standing_superior: str
    standing_symbol: str
    standing_title: str

    @property
    def fund(self) -> str:
        return FUNDS[self.level]

    @property
    def standing_head(self) -> str:
        """ "Giám đốc Sở Nội vụ"; the agency alone where its head's title is not known."""
        return f"{self.standing_title} {self.standing}".strip()


def council_facts(council: Council) -> CouncilFacts:
    """One query, for the standing agency."""
    standing = council.standing_agency
    return CouncilFacts(
        name=council.name,
        where=council.name.removeprefix(PREFIX).strip() or lower_first(council.province),
        place=council.place or council.province,
        symbol=council.symbol,
        seal=council.seal,
        level=council.level,
        standing=standing.name if standing else "",
        standing_superior=standing.superior if standing else "",
        standing_symbol=standing.symbol if standing else "",
        standing_title=leader_title_of(standing) if standing else "",
    )


def council_letterhead(
    council: CouncilFacts, abbreviation: str, *, number: str = "", on: date | None = None, dated: bool, draft: bool
) -> Letterhead:
    """The head of a paper in the council's own series of numbers; ``dated`` False: minutes, which have no such line."""
    return Letterhead(
        superior="",
        issuer=council.name.upper(),
        number=f"Số: {numbered(number, f'{abbreviation}-{council.symbol}')}" if abbreviation else "",
        place_date=f"{council.place}, {long_date(on) if on else blank_date(None)}" if dated else "",
        draft=draft,
    )


def standing_letterhead(council: CouncilFacts, abbreviation: str, *, draft: bool) -> Letterhead:
    """The head of a paper of the standing agency; number and day are left to its clerk."""
    return Letterhead(
        superior=council.standing_superior.upper(),
        issuer=(council.standing or council.name).upper(),
        number=f"Số: {numbered('', f'{abbreviation}-{council.standing_symbol}')}" if abbreviation else "",
        place_date=f"{council.place}, {blank_date(None)}",
        draft=draft,
    )


def standing_signature(council: CouncilFacts) -> Signature:
    """The head of the standing agency; who that is stays with the pen."""
    title = council.standing_title or "Thủ trưởng cơ quan thường trực"
    return Signature(lines=(f"{authority(title)}{title}".upper(),))


def council_recipients(council: CouncilFacts, *first: str) -> tuple[str, ...]:
    standing = f"{council.standing} (Thường trực Hội đồng)" if council.standing else ""
    return tuple(dashes(line for line in (*first, standing, "Lưu: VT, TĐKT") if line))
