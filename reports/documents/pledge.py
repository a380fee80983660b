"""Bản giao ước thi đua (domain-2.md part 4): parties, theme, movements, targets, signatures.

It is not a kind of paper in NĐ 30/2020, Phụ lục III: all members sign it, it takes no number.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from blocs.enums import PledgeState, Role
from blocs.models import BlocYear, Pledge
from reports.documents.bloc import (
    BlocFacts,
    IssueFacts,
    MemberFacts,
    collect_bloc,
    expected_signer,
    own_letterhead,
)
from reports.documents.blocks import Align, Column, Paper, Row, Signature, Table, Width
from reports.documents.outline import Outline
from reports.documents.review import MovementFacts, movement_facts
from reports.documents.review_text import movement_line, named
from reports.documents.words import counted, figure, long_date


@dataclass(frozen=True)
class Promise:
    agency: str
    name: str
    unit: str
    plan: Decimal | None


@dataclass(frozen=True)
class SignatureFacts:
    name: str
    title: str
    signed_on: date | None


@dataclass(frozen=True)
class PledgePaper:
    bloc: BlocFacts
    theme: tuple[str, ...]
    movements: tuple[MovementFacts, ...]
    targets: tuple[Promise, ...]
    signatures: dict[str, SignatureFacts]  # by the agency's code
    signed_on: date | None
    draft: bool


def collect(bloc_year: BlocYear) -> PledgePaper:
    bloc = collect_bloc(bloc_year)
    pledge = Pledge.objects.filter(bloc_year=bloc_year).first()
    theme = pledge.theme.splitlines() if pledge else []
    return PledgePaper(
        bloc=bloc,
        theme=tuple(line.strip() for line in theme if line.strip()),
        movements=tuple(movement_facts(row) for row in bloc_year.movements.select_related("movement")),
        targets=collect_targets(bloc, pledge),
        signatures=collect_signatures(pledge),
        signed_on=pledge.signed_on if pledge else None,
        draft=pledge is None or (pledge.state == PledgeState.DRAFT and pledge.signed_on is None),
    )


def collect_targets(bloc: BlocFacts, pledge: Pledge | None) -> tuple[Promise, ...]:
    """Targets in the members' order."""
    if pledge is None:
        return ()
    order = {member.code: place for place, member in enumerate(bloc.members)}
    rows = sorted(pledge.targets.select_related("agency"), key=lambda row: order.get(row.agency.code, len(order)))
    return tuple(Promise(row.agency.name, row.name, row.unit, row.plan) for row in rows)


def collect_signatures(pledge: Pledge | None) -> dict[str, SignatureFacts]:
    if pledge is None:
        return {}
    rows = pledge.signatures.select_related("agency")
    return {row.agency.code: SignatureFacts(row.signer_name, row.signer_title, row.signed_on) for row in rows}


def compose(facts: PledgePaper, issue: IssueFacts | None) -> Paper:
    bloc = facts.bloc
    return Paper(
        name=f"Bản giao ước thi đua năm {bloc.year} của {bloc.name}",
        letterhead=own_letterhead(bloc, facts.signed_on, draft=facts.draft, draft_year=bloc.year),
        kind="BẢN GIAO ƯỚC THI ĐUA",
        summary=f"Năm {bloc.year} của {bloc.name}",
        blocks=body(facts).blocks(),
        signatories=tuple(signatory(member, bloc, facts.signatures.get(member.code)) for member in bloc.members),
    )


def body(facts: PledgePaper) -> Outline:
    bloc = facts.bloc
    text = Outline()
    text.section("Các bên ký kết")
    if bloc.members:
        text.say(f"{bloc.name} gồm {counted(len(bloc.members))} đơn vị cùng ký kết giao ước thi đua năm {bloc.year}:")
        text.items(f"{named(member)}{role_of(member, bloc)}" for member in bloc.members)
    else:
        text.say(f"Chưa có thông tin về các đơn vị thành viên của {bloc.unit} năm {bloc.year}.")
    text.section("Chủ đề, nội dung thi đua").written(facts.theme)
    text.section("Các phong trào thi đua")
    if facts.movements:
        text.say("Các đơn vị cùng tổ chức thực hiện các phong trào, đợt thi đua:")
        text.items(movement_line(each) for each in facts.movements)
    text.section("Chỉ tiêu thi đua")
    if facts.targets:
        text.say(f"Các đơn vị đăng ký và cam kết thực hiện các chỉ tiêu sau trong năm {bloc.year}:")
        text.table(targets_table(facts))
    else:
        text.say(f"Chưa có thông tin về chỉ tiêu thi đua do các đơn vị đăng ký cho năm {bloc.year}.")
    text.section("Cam kết")
    text.say(
        f"Các đơn vị thành viên {bloc.name} cam kết thực hiện đầy đủ các nội dung của bản giao ước này; định kỳ "
        f"báo cáo kết quả để {bloc.unit} sơ kết 6 tháng và tổng kết năm {bloc.year}./."
    )
    return text


def role_of(member: MemberFacts, bloc: BlocFacts) -> str:
    words = {Role.HEAD.value: f" - Trưởng {bloc.unit_name}", Role.DEPUTY.value: f" - Phó {bloc.unit_name}"}
    return words.get(member.role, "")


def targets_table(facts: PledgePaper) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Nội dung chỉ tiêu", Width.WIDE, heads=True),
        Column("Đơn vị tính", Width.MIDDLE, Align.CENTER),
        Column("Kế hoạch năm", Width.MIDDLE, Align.RIGHT),
    )
    rows: list[Row] = []
    agency, place = "", 0
    for target in facts.targets:
        if target.agency != agency:
            agency, place = target.agency, 0
            rows.append(Row((agency,), strong=True, span=True))
        place += 1
        rows.append(Row((str(place), target.name, target.unit, figure(target.plan))))
    return Table(f"Chỉ tiêu thi đua đăng ký năm {facts.bloc.year}", columns, tuple(rows))


def signatory(member: MemberFacts, bloc: BlocFacts, found: SignatureFacts | None) -> Signature:
    """One member's place: signed with its day, or open for the pen."""
    expected_title, expected_name = expected_signer(member)
    name = found.name if found else expected_name
    title = found.title if found else expected_title or "Thủ trưởng đơn vị"
    role = role_of(member, bloc).removeprefix(" - ")
    return Signature(
        lines=tuple(line.upper() for line in (role, member.name, title) if line),
        name=name,
        mark=signed_mark(found),
    )


def signed_mark(found: SignatureFacts | None) -> str:
    if found is None:
        return ""
    return f"(Đã ký {long_date(found.signed_on)})" if found.signed_on else "(Đã ký)"
