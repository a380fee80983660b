"""What every paper says about its bloc: who it is, who heads it, on whose letterhead it goes out."""

from dataclasses import dataclass
from datetime import date

from blocs.enums import BlocKind, Role
from blocs.models import Agency, BlocYear, Membership
from reports.documents.blocks import Letterhead, Signature
from reports.documents.families import STATE, Form, form_of
from reports.documents.families import symbol as symbol_in
from reports.documents.words import NBSP, blank_date, dashes, full_number, long_date, lower_first


@dataclass(frozen=True)
class IssueFacts:
    """What issuing adds to a paper."""

    number: int
    issued_on: date
    signer_name: str
    signer_title: str
    code: str


@dataclass(frozen=True)
class MemberFacts:
    """One member of the bloc-year, by its official name."""

    code: str
    name: str
    label: str
    role: str
    person: str
    person_title: str
    symbol: str
    superior: str
    leader_title: str
    kind: str = ""  # a value of AgencyKind

    @property
    def acting(self) -> str:
        """ "đồng chí Phạm Hồng Quảng, Giám đốc"; empty when nobody is named."""
        return comrade(self.person, self.person_title)


@dataclass(frozen=True)
class BlocFacts:
    """A bloc in a year."""

    name: str
    unit: str  # "Khối" or "Cụm"
    year: int
    council: str
    province: str
    place: str
    standing: str
    observed: bool
    members: tuple[MemberFacts, ...]

    @property
    def head(self) -> MemberFacts | None:
        return next((member for member in self.members if member.role == Role.HEAD), None)

    @property
    def deputies(self) -> list[MemberFacts]:
        return [member for member in self.members if member.role == Role.DEPUTY]

    @property
    def others(self) -> list[MemberFacts]:
        return [member for member in self.members if member.role == Role.MEMBER]

    @property
    def unit_name(self) -> str:
        """ "khối" or "cụm", inside a sentence."""
        return lower_first(self.unit)

    @property
    def form(self) -> Form:
        """Papers that the head issues have the form of its own body: the Party's, or the State's."""
        return form_of(self.head.kind) if self.head else STATE


def comrade(person: str, title: str) -> str:
    return ", ".join(part for part in (f"đồng chí {person}" if person else "", title if person else "") if part)


def collect_bloc(bloc_year: BlocYear) -> BlocFacts:
    """Three queries at most, whatever the number of members."""
    bloc = bloc_year.bloc
    council = bloc.council
    rows = bloc_year.memberships.select_related("agency").in_order()
    return BlocFacts(
        name=bloc.name,
        unit="Cụm" if bloc.kind == BlocKind.CLUSTER else "Khối",
        year=bloc_year.year,
        council=council.name,
        province=council.province,
        place=council.place or council.province,
        standing=council.standing_agency.name if council.standing_agency else "",
        observed=bloc_year.observers.exists(),
        members=tuple(member_facts(row) for row in rows),
    )


def member_facts(row: Membership) -> MemberFacts:
    agency = row.agency
    return MemberFacts(
        code=agency.code,
        name=agency.name,
        label=agency.label,
        role=row.role,
        person=row.person,
        person_title=row.person_title,
        symbol=agency.symbol,
        superior=agency.superior,
        leader_title=leader_title_of(agency),
        kind=agency.kind,
    )


def leader_title_of(agency: Agency) -> str:
    """The leader's title where it is known: the table's default holds for departments only."""
    default = Agency._meta.get_field("leader_title").default
    return "" if agency.leader_title == default and not agency.name.startswith("Sở ") else agency.leader_title


def symbol_of(bloc: BlocFacts, abbreviation: str) -> str:
    """ "BC-STTTT"; "BC-" while the head's abbreviation is not known."""
    head = bloc.head
    return symbol_in(abbreviation, head.symbol if head else "", head.kind if head else "")


def letterhead(
    bloc: BlocFacts, abbreviation: str, issue: IssueFacts | None, *, draft_year: int | None = None
) -> Letterhead:
    """The head of a paper that the head agency issues as trưởng khối.

    Without ``issue`` the clerk's number and day stay open and the paper is marked a draft.
    ``draft_year`` is the year of the open date; None leaves that open too.
    """
    head = bloc.head
    number = f"{issue.number:02d}" if issue else NBSP * 6
    return Letterhead(
        superior=head.superior.upper() if head else "",
        issuer=(head.name if head else bloc.name).upper(),
        number=f"{bloc.form.label}{full_number(number, symbol_of(bloc, abbreviation))}",
        place_date=f"{bloc.place}, {long_date(issue.issued_on) if issue else blank_date(draft_year)}",
        draft=issue is None,
        family=bloc.form.family,
    )


def own_letterhead(bloc: BlocFacts, on: date | None, *, draft: bool, draft_year: int | None = None) -> Letterhead:
    """The head of a paper that all members make together, without a number: the council's bloc."""
    return Letterhead(
        superior=bloc.council.upper(),
        issuer=bloc.name.upper(),
        number="",
        place_date=f"{bloc.place}, {long_date(on) if on else blank_date(draft_year)}",
        draft=draft,
    )


def signature(bloc: BlocFacts, issue: IssueFacts | None) -> Signature:
    """On behalf of the bloc by the head's leader, or by a deputy in the leader's place; both posts are shown."""
    head = bloc.head
    if head is None:
        return Signature(lines=(f"TM. {bloc.unit} thi đua".upper(), f"Trưởng {bloc.unit}".upper()))
    form = bloc.form
    title, name = (issue.signer_title, issue.signer_name) if issue else expected_signer(head)
    return Signature(
        lines=(f"{form.on_behalf} {bloc.unit} thi đua".upper(), f"{authority(title, form)}trưởng {bloc.unit}".upper()),
        post=post_of(title, head.name).upper(),
        name=name,
    )


def post_of(title: str, agency: str) -> str:
    """ "Giám đốc Sở Y tế"; "Trưởng Ban Tuyên giáo", where the title ends in the word that the name begins with."""
    words = title.split()
    if words and agency.lower().startswith(f"{words[-1].lower()} "):
        words.pop()
    return " ".join([*words, agency])


def expected_signer(head: MemberFacts) -> tuple[str, str]:
    """Who would sign a draft: the person with the post on record, else the leader's post alone.

    A person whose post is not known is not named: the record may mean a deputy.
    """
    if head.person and head.person_title:
        return head.person_title, head.person
    return head.leader_title, ""


def authority(title: str, form: Form = STATE) -> str:
    """A deputy signs in the leader's place (KT.)."""
    return f"{form.in_place} " if title.strip().lower().startswith("phó") else ""


def recipients(bloc: BlocFacts) -> tuple[str, ...]:
    """Nơi nhận of a bloc's paper; the last line is the archive."""
    lines = [f"{bloc.council} (để báo cáo)"]
    if bloc.standing:
        lines.append(f"{bloc.standing} (Thường trực Hội đồng)")
    if bloc.observed:
        lines.append(f"Thành viên Hội đồng theo dõi {bloc.unit}")
    lines += [f"Các đơn vị thành viên {bloc.unit}", "Lưu: VT"]
    return tuple(dashes(lines))
