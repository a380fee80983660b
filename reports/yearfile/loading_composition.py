"""Council, agencies, bloc, bloc-year and members from a year file."""

from dataclasses import dataclass
from typing import Any

from blocs.domain.workflow import restore_state
from blocs.enums import Role, YearState
from blocs.models import Agency, AgencyAlias, Bloc, BlocYear, Council, Membership, Quota
from khoithidua.web.text import tidy
from reports.yearfile.faults import Fault, YearFileError
from reports.yearfile.rows import Exactly, Ledger
from reports.yearfile.schema import AgencyPart, YearFile

SOURCE = "tệp năm"
CITIES = ("Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh")


@dataclass(frozen=True)
class Place:
    """Where the rows of a file go."""

    council: Council
    bloc_year: BlocYear
    agencies: dict[str, Agency]


def write_composition(year_file: YearFile, ledger: Ledger) -> Place:
    council = write_council(year_file, ledger)
    agencies = write_agencies(year_file, council, ledger)
    standing = agencies.get(year_file.council.standing_agency)
    if standing and ledger.set(council, "standing_agency", standing):
        ledger.save(council, ["standing_agency"])
    place = Place(council, write_year(year_file, write_bloc(year_file, council, ledger), ledger), agencies)
    write_quotas(year_file, place, ledger)
    write_members(year_file, place, ledger)
    return place


def write_council(year_file: YearFile, ledger: Ledger) -> Council:
    """The council of the province, locked: two imports into one province wait for each other."""
    part = year_file.council
    council = Council.objects.select_for_update().filter(province=year_file.province).first()
    if council is None:
        born = {"name": part.name or council_name(year_file.province), "place": part.place or year_file.province}
        return ledger.write(None, Council, {"province": year_file.province}, {}, born)
    changed = [
        name for name in ("name", "place") if getattr(part, name) and ledger.set(council, name, getattr(part, name))
    ]
    ledger.save(council, changed)
    return council


def council_name(province: str) -> str:
    """The council's usual name; a province that says what it is keeps its word."""
    lead, _, rest = province.partition(" ")
    if lead == "Tỉnh":
        return f"Hội đồng Thi đua - Khen thưởng tỉnh {rest}"
    if province.lower().startswith("thành phố "):
        return f"Hội đồng Thi đua - Khen thưởng {province[0].lower()}{province[1:]}"
    word = "thành phố" if province in CITIES else "tỉnh"
    return f"Hội đồng Thi đua - Khen thưởng {word} {province}"


def write_agencies(year_file: YearFile, council: Council, ledger: Ledger) -> dict[str, Agency]:
    codes = [part.code for part in year_file.agencies]
    known = {row.code: row for row in Agency.objects.filter(council=council, code__in=codes)}
    rows = {part.code: write_agency(part, known.get(part.code), council, ledger) for part in year_file.agencies}
    for part in year_file.agencies:
        links = {"parent": rows.get(part.parent), "successor": rows.get(part.successor)}
        ledger.save(rows[part.code], [name for name, row in links.items() if ledger.set(rows[part.code], name, row)])
        write_aliases(part, rows[part.code], ledger)
    return rows


def write_agency(part: AgencyPart, row: Agency | None, council: Council, ledger: Ledger) -> Agency:
    names = ("name", "short_name", "kind", "symbol", "superior", "valid_from", "valid_to")
    values: dict[str, Any] = {name: getattr(part, name) for name in names} | {"leader_title": part.leader_title}
    if row is None or ledger.replace:
        title = default_leader_title(part.name) if part.leader_title is None else part.leader_title
        values["leader_title"] = Exactly(title)
    return ledger.write(row, Agency, {"council": council, "code": part.code}, values)


def default_leader_title(name: str) -> str:
    """A sở is led by its giám đốc; of other agencies the name does not tell."""
    return "Giám đốc" if name.startswith("Sở ") else ""


def write_aliases(part: AgencyPart, agency: Agency, ledger: Ledger) -> None:
    rows = {tidy(row.name): row for row in AgencyAlias.objects.filter(agency=agency)}
    for name in part.aliases:
        ledger.write(rows.pop(name, None), AgencyAlias, {"agency": agency, "name": name}, {})
    ledger.drop(rows.values())


def write_bloc(year_file: YearFile, council: Council, ledger: Ledger) -> Bloc:
    part = year_file.bloc
    row = Bloc.objects.filter(code=part.code).select_related("council").first()
    if row is not None and row.council_id != council.pk:
        sentence = f"Mã «{part.code}» đã thuộc một khối của {row.council.province}. Hãy dùng mã khác."
        raise YearFileError([*ledger.faults, Fault("bloc.code", sentence)])
    values = {"name": part.name, "kind": part.kind, "tier": part.tier}
    return ledger.write(row, Bloc, {"council": council, "code": part.code}, values)


def write_year(year_file: YearFile, bloc: Bloc, ledger: Ledger) -> BlocYear:
    row = BlocYear.objects.select_related("bloc").filter(bloc=bloc, year=year_file.year).first()
    due = year_file.deadlines
    values: dict[str, Any] = {
        "pledge_due": due.pledge,
        "mid_year_due": due.mid_year,
        "scores_due": due.scores,
        "annual_due": due.annual,
        "regulation": year_file.regulation,
        "rotation": year_file.rotation,
    }
    known = set(row.stated) if row is not None else set()
    stated = set(year_file.stated) | (set() if ledger.replace else known)
    if stated != known:
        values["stated"] = Exactly(sorted(stated))
    born = {"state": year_file.state or YearState.RUNNING}
    bloc_year = ledger.write(row, BlocYear, {"bloc": bloc, "year": year_file.year}, values, born)
    move_to(bloc_year, year_file.state, ledger)
    return bloc_year


def move_to(row: BlocYear, state: str | None, ledger: Ledger) -> None:
    """Take the bloc-year to the state that the file states, if it states one."""
    if state and row.state != state:
        restore_state(row, state, source=SOURCE)
        ledger.updated["trạng thái"] += 1


def write_quotas(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    rows = {row.award: row for row in Quota.objects.filter(bloc_year=place.bloc_year)}
    for award, limit in year_file.quotas:
        key = {"bloc_year": place.bloc_year, "award": award}
        ledger.write(rows.pop(award, None), Quota, key, {"limit": Exactly(limit)})
    ledger.drop(rows.values())


def write_members(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    rows = {row.agency_id: row for row in Membership.objects.filter(bloc_year=place.bloc_year)}
    demote_former_head(year_file, place, rows, ledger)
    ordered = []
    for position, part in enumerate(year_file.members):
        agency = place.agencies[part.agency]
        values = {"role": part.role, "person": part.person, "person_title": part.title}
        key = {"bloc_year": place.bloc_year, "agency": agency}
        ordered.append(ledger.write(rows.get(agency.pk), Membership, key, values, {"position": position}))
    ledger.arrange(ordered)


def demote_former_head(year_file: YearFile, place: Place, rows: dict[int, Membership], ledger: Ledger) -> None:
    """There is one head at any moment, so the old one goes before the new one comes."""
    heads = [place.agencies[part.agency].pk for part in year_file.members if part.role == Role.HEAD]
    for row in rows.values():
        if (
            heads
            and row.role == Role.HEAD
            and row.agency_id not in heads
            and ledger.set(row, "role", Role.MEMBER.value)
        ):
            ledger.save(row, ["role"])


def drop_former_members(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    """Last of all: until then rows of other tables may name them."""
    named = [place.agencies[part.agency].pk for part in year_file.members]
    ledger.drop(Membership.objects.filter(bloc_year=place.bloc_year).exclude(agency__in=named))
