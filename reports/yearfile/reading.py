"""A year file to ``YearFile``: strict, and every fault at once with its path."""

from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Any

from blocs.enums import (
    Award,
    BlocKind,
    Direction,
    MovementKind,
    PledgeState,
    Role,
    Scope,
    SuccessionMode,
    Tier,
    YearState,
)
from blocs.models import (
    Agency,
    AgencyAlias,
    Bloc,
    Council,
    Membership,
    Movement,
    PledgeSignature,
    Target,
)
from reports.yearfile import (
    papers,
    reading_ballots,
    reading_checks,
    reading_criteria,
    reading_decisions,
    reading_dossiers,
    reading_events,
    reading_reports,
    reading_rounds,
    reading_scores,
    reading_sessions,
    reading_subjects,
)
from reports.yearfile.faults import Fault, YearFileError, in_file_order
from reports.yearfile.known import Known, once
from reports.yearfile.schema import (
    FORMAT,
    SECTIONS,
    AgencyPart,
    BlocPart,
    CouncilPart,
    Deadlines,
    MemberPart,
    MovementPart,
    PledgePart,
    SignaturePart,
    TargetPart,
    YearFile,
)
from reports.yearfile.schema_awards import SubjectPart
from reports.yearfile.source import Source, read_bytes, read_path
from reports.yearfile.spots import Fields, Spot, limit_of

REQUIRED = ("format", "province", "bloc", "year", "agencies", "members")
OPTIONAL = (
    *("council", "state", "regulation", "rotation", "deadlines", "quotas", "scoring_rules", "scores_published_at"),
    *(*SECTIONS, "results"),
)
MAX_AMOUNT = 10**14 - 1
Places = dict[str, tuple[int, int]]


def read_file(path: Path) -> tuple[YearFile, Places]:
    """The file's content, and the order of its paths for faults found later."""
    return parse(read_path(path))


def read_text(text: str | bytes) -> YearFile:
    """The same from memory; YearFileError with every fault."""
    return parse(read_bytes(text.encode() if isinstance(text, str) else text))[0]


def parse(source: Source) -> tuple[YearFile, Places]:
    root = Spot(source.tree, "", source.faults)
    if not isinstance(source.tree, dict):
        root.fault("Tệp phải là một bảng khóa và giá trị, bắt đầu bằng «format».")
        raise YearFileError(source.faults)
    if source.tree.get("format") != FORMAT:
        Spot(None, "format", source.faults).fault(f"Phải là «{FORMAT}».")
        raise YearFileError(in_file_order(source.faults, source.order))
    year_file = read_year(root.fields(REQUIRED, OPTIONAL))
    if source.faults:
        raise YearFileError(in_file_order(source.faults, source.order))
    return year_file, source.order


def read_year(root: Fields) -> YearFile:
    known, agencies, members = read_composition(root)
    criteria = reading_criteria.read_criteria(root["criteria"], known)
    subjects = reading_subjects.read_subjects(root["subjects"], known)
    check_results(root["results"])
    return YearFile(
        province=root["province"].text(limit_of(Council, "province")),
        council=read_council(root["council"], known),
        bloc=read_bloc(root["bloc"]),
        year=root["year"].whole(low=1948, high=2100) or required(root["year"]),
        state=root["state"].maybe_choice(YearState),
        regulation=root["regulation"].optional_text(lines=True),
        rotation=root["rotation"].maybe_choice(SuccessionMode),
        deadlines=read_deadlines(root["deadlines"]),
        quotas=read_quotas(root["quotas"]),
        agencies=agencies,
        members=members,
        movements=read_movements(root["movements"], known),
        pledge=read_pledge(root["pledge"], known),
        conferences=reading_events.read_conferences(root["conferences"], known),
        petitions=reading_events.read_petitions(root["petitions"], known),
        commendations=reading_events.read_commendations(root["commendations"], known),
        narrative=reading_events.read_narrative(root["narrative"]),
        **read_reporting(root, known),
        criteria=criteria,
        criteria_versions=reading_criteria.read_versions(root["criteria_versions"], known, criteria),
        scoring_rules=reading_checks.read_rules(root["scoring_rules"]),
        scores_published_at=root["scores_published_at"].moment(),
        scores=reading_scores.read_scores(root["scores"], known, criteria),
        cross_checks=reading_checks.read_cross_checks(root["cross_checks"], known, criteria),
        ballots=reading_ballots.read_ballots(root["ballots"], known),
        locked_standings=reading_checks.read_locked(root["locked_standings"]),
        proposals=reading_scores.read_proposals(root["proposals"], known),
        next_year=reading_events.read_next_year(root["next_year"], known),
        subjects=subjects,
        **read_decided(root, known, subjects),
        issued_papers=papers.read_issued(root["issued_papers"], known),
        stated=tuple(section for section in SECTIONS if root[section].value in (None, [], {})),
    )


def read_decided(root: Fields, known: Known, subjects: tuple[SubjectPart, ...]) -> dict[str, Any]:
    """Dossiers, the sessions on them, the decisions from these: each names what stands before it."""
    dossiers = reading_dossiers.read_dossiers(root["dossiers"], known, subjects)
    sessions = reading_sessions.read_sessions(root["sessions"], known, dossiers)
    decisions = reading_decisions.read_decisions(root["decisions"], known, subjects, dossiers, sessions)
    return {"dossiers": dossiers, "sessions": sessions, "decisions": decisions}


def read_reporting(root: Fields, known: Known) -> dict[str, Any]:
    """Rounds, then the reports that name them; what the bloc made of these."""
    rounds = reading_rounds.read_rounds(root["report_rounds"], known)
    return {
        "report_rounds": rounds,
        "reports": reading_reports.read_reports(root["reports"], known, rounds),
        "reviews": reading_reports.read_reviews(root["reviews"], known),
        "paper_texts": reading_reports.read_paper_texts(root["paper_texts"]),
    }


def required(spot: Spot) -> int:
    """Say that a number which may not be null is null."""
    if spot.stated and spot.value is None:
        spot.fault("Không được để trống.")
    return 0


def read_composition(root: Fields) -> tuple[Known, tuple[AgencyPart, ...], tuple[MemberPart, ...]]:
    """Agencies and members first: every other section refers to their codes."""
    for name in ("agencies", "members"):
        if root[name].stated and not root[name].value:
            root[name].fault("Phải có ít nhất một mục.")
    spots = root["agencies"].items()
    codes = frozenset(
        spot.value["code"] for spot in spots if isinstance(spot.value, dict) and isinstance(spot.value.get("code"), str)
    )
    agencies = tuple(read_agency(spot, codes) for spot in spots)
    once(spots, (part.code for part in agencies), "Mã đơn vị này đã có ở trên.", key="code")
    members = read_members(root["members"], codes)
    return Known(codes, frozenset(part.agency for part in members if part.agency)), agencies, members


def read_council(spot: Spot, known: Known) -> CouncilPart:
    if not spot.given:
        return CouncilPart()
    fields = spot.fields((), ("name", "place", "standing_agency"))
    return CouncilPart(
        name=fields["name"].optional_text(limit_of(Council, "name")),
        place=fields["place"].optional_text(limit_of(Council, "place")),
        standing_agency=known.maybe_agency(fields["standing_agency"]),
    )


def read_bloc(spot: Spot) -> BlocPart:
    fields = spot.fields(("code", "name"), ("kind", "tier"))
    return BlocPart(
        code=fields["code"].code(limit_of(Bloc, "code")),
        name=fields["name"].text(limit_of(Bloc, "name")),
        kind=fields["kind"].choice(BlocKind, BlocKind.BLOC),
        tier=fields["tier"].choice(Tier, Tier.PROVINCE),
    )


def read_deadlines(spot: Spot) -> Deadlines:
    if not spot.given:
        return Deadlines()
    names = ("pledge", "mid_year", "scores", "annual")
    fields = spot.fields((), names)
    return Deadlines(**{name: fields[name].day() for name in names})


def read_quotas(spot: Spot) -> tuple[tuple[str, int], ...]:
    found = []
    for key, limit in spot.pairs():
        if key not in Award.values:
            limit.fault("Không có hình thức khen thưởng với mã này.")
        elif (count := limit.whole()) is not None:
            found.append((key, count))
    return tuple(found)


def read_agency(spot: Spot, codes: frozenset[str]) -> AgencyPart:
    plain = ("short_name", "symbol", "superior")
    fields = spot.fields(
        ("code", "name"),
        ("kind", "aliases", "leader_title", "parent", "valid_from", "valid_to", "successor", *plain),
    )
    starts, ends = fields["valid_from"].day(), fields["valid_to"].day()
    if starts and ends and ends < starts:
        fields["valid_to"].fault("Ngày kết thúc phải sau ngày bắt đầu hoạt động.")
    known = Known(codes, frozenset())
    code = fields["code"].code(limit_of(Agency, "code"))
    links = {name: known.maybe_agency(fields[name]) for name in ("parent", "successor")}
    for name, target in links.items():
        if code and target == code:
            fields[name].fault("Đơn vị không thể tự trỏ tới mình.")
    aliases = fields["aliases"].items()
    names = tuple(alias.text(limit_of(AgencyAlias, "name")) for alias in aliases)
    once(aliases, names, "Tên này đã có ở trên.")
    return AgencyPart(
        code=code,
        name=fields["name"].text(limit_of(Agency, "name")),
        # Provinces name kinds of their own: the format lists none, so any code is kept.
        kind=fields["kind"].code(limit_of(Agency, "kind")) or None if fields["kind"].given else None,
        leader_title=fields["leader_title"].maybe_text(limit_of(Agency, "leader_title")),
        valid_from=starts,
        valid_to=ends,
        aliases=names,
        **{name: fields[name].optional_text(limit_of(Agency, name)) for name in plain},
        **links,
    )


def read_members(spot: Spot, codes: frozenset[str]) -> tuple[MemberPart, ...]:
    spots = spot.items()
    members = tuple(read_member(each, codes) for each in spots)
    once(spots, (part.agency for part in members), "Đơn vị này đã là thành viên ở trên.", key="agency")
    heads = [each for each, part in zip(spots, members, strict=True) if part.role == Role.HEAD]
    for each in heads[1:]:
        each.child("role", None).fault("Mỗi khối chỉ có một trưởng khối; đã có trưởng khối ở trên.")
    return members


def read_member(spot: Spot, codes: frozenset[str]) -> MemberPart:
    fields = spot.fields(("agency",), ("role", "person", "title"))
    return MemberPart(
        agency=Known(codes, frozenset()).agency(fields["agency"]),
        role=fields["role"].choice(Role, Role.MEMBER),
        person=fields["person"].optional_text(limit_of(Membership, "person")),
        title=fields["title"].optional_text(limit_of(Membership, "person_title")),
    )


def read_movements(spot: Spot, known: Known) -> tuple[MovementPart, ...]:
    return read_each(
        spot,
        lambda each: read_movement(each, known),
        lambda part: (part.name, part.scope, part.kind, part.starts, part.ends),
        "Phong trào này đã có ở trên.",
    )


def read_movement(spot: Spot, known: Known) -> MovementPart:
    fields = spot.fields(("name",), ("scope", "kind", "starts", "ends", "launched_by", "launched_on", "participants"))
    starts, ends = (fields[name].whole(low=1945, high=2100) for name in ("starts", "ends"))
    if starts is not None and ends is not None and ends < starts:
        fields["ends"].fault("Năm kết thúc không được trước năm bắt đầu.")
    participants = fields["participants"].items()
    codes = tuple(known.agency(each) for each in participants)
    once(participants, codes, "Đơn vị này đã có ở trên.")
    return MovementPart(
        name=fields["name"].text(limit_of(Movement, "name")),
        scope=fields["scope"].choice(Scope, Scope.BLOC),
        kind=fields["kind"].choice(MovementKind, MovementKind.REGULAR),
        starts=starts,
        ends=ends,
        launched_by=fields["launched_by"].optional_text(limit_of(Movement, "launched_by")),
        launched_on=fields["launched_on"].day(),
        participants=codes,
    )


def read_pledge(spot: Spot, known: Known) -> PledgePart | None:
    if not spot.given:
        return None
    fields = spot.fields((), ("signed_on", "theme", "state", "targets", "signatures"))
    return PledgePart(
        signed_on=fields["signed_on"].day(),
        theme=fields["theme"].optional_text(lines=True),
        state=fields["state"].maybe_choice(PledgeState),
        targets=read_each(
            fields["targets"],
            lambda each: read_target(each, known),
            lambda part: (part.agency, part.name),
            "Đơn vị đã có chỉ tiêu này ở trên.",
        ),
        signatures=read_each(
            fields["signatures"],
            lambda each: read_signature(each, known),
            lambda part: part.agency,
            "Đơn vị này đã ký ở trên.",
        ),
    )


def read_target(spot: Spot, known: Known) -> TargetPart:
    fields = spot.fields(("agency", "name"), ("unit", "direction", "plan", "mid_year", "actual"))
    return TargetPart(
        agency=known.member(fields["agency"]),
        name=fields["name"].text(limit_of(Target, "name")),
        unit=fields["unit"].optional_text(limit_of(Target, "unit")),
        direction=fields["direction"].maybe_choice(Direction),
        **{name: fields[name].number(places=4, low=None, high=MAX_AMOUNT) for name in ("plan", "mid_year", "actual")},
    )


def read_signature(spot: Spot, known: Known) -> SignaturePart:
    fields = spot.fields(("agency",), ("name", "title", "signed_on"))
    return SignaturePart(
        agency=known.member(fields["agency"]),
        name=fields["name"].optional_text(limit_of(PledgeSignature, "signer_name")),
        title=fields["title"].optional_text(limit_of(PledgeSignature, "signer_title")),
        signed_on=fields["signed_on"].day(),
    )


def read_each(
    spot: Spot, read: Callable[[Spot], Any], identity: Callable[[Any], Hashable], sentence: str
) -> tuple[Any, ...]:
    """The entries of a list, none of them twice."""
    spots = spot.items()
    parts: Iterable[Any] = [read(each) for each in spots]
    once(spots, map(identity, parts), sentence)
    return tuple(parts)


def check_results(spot: Spot) -> None:
    """An export's results are read for their shape only: they are computed anew."""
    if not spot.given:
        return
    fields = spot.fields((), ("standings", "ballots", "commendation_totals", "warnings"))
    for name in ("standings", "ballots", "warnings"):
        fields[name].items()
    if fields["commendation_totals"].given:
        fields["commendation_totals"].fields((), ("awarded", "proposed", "uncounted"))


__all__ = ["Fault", "YearFileError", "read_file", "read_text"]
