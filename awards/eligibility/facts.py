"""The facts about one nominee: grades, awards held, initiatives, freezes, members, bloc, movement."""

import re
from dataclasses import fields as fields_of
from datetime import date

from awards.eligibility.spots import Spot, once
from awards.eligibility.words import (
    ABSENCES,
    AWARDS,
    CATEGORIES,
    FIRST_YEAR,
    FREEZES,
    GRADES,
    INITIATIVES,
    LAST_YEAR,
    LAUNCHERS,
    MANY,
    ORGANISERS,
    SANCTIONS,
    SCOPES,
)
from awards.law.facts import (
    Absence,
    Away,
    BlocResult,
    Category,
    Discipline,
    Freeze,
    FreezeKind,
    Given,
    Grade,
    Initiative,
    Move,
    MovementResult,
    People,
    Predecessor,
    Sanction,
    Use,
)

YEAR = re.compile(r"[0-9]{4}\Z")
TWICE = "Mục này đã có ở trên. Hãy giữ một, hoặc ghi rõ ngày quyết định của từng lần."


def read_grades(spot: Spot) -> dict[int, Grade] | None:
    """Task grades by year; a year whose grade is null is not known."""
    if not spot.given:
        return None
    found = {}
    for key, each in spot.pairs():
        if not YEAR.match(key) or not FIRST_YEAR <= int(key) <= LAST_YEAR:
            each.fault(f"«{key[:60]}» không phải một năm viết bằng bốn chữ số.")
        elif grade := each.choice(GRADES):
            found[int(key)] = grade
    return found


def read_awards(spot: Spot) -> tuple[Given, ...] | None:
    """Awards held before; the same line twice is a fault."""
    if not spot.given:
        return None
    awards = tuple(read_given(each) for each in spot.items())
    once(spot.items(), awards, TWICE)
    return awards


def read_given(spot: Spot) -> Given:
    fields = spot.fields(("award",), ("year", "decided_on", "achieved_until", "category", "revoked", "achievement"))
    decided, achieved = fields["decided_on"].day(), fields["achieved_until"].day()
    if decided and achieved and achieved > decided:
        fields["achieved_until"].fault(
            "Thời gian lập thành tích không được sau ngày quyết định. Hãy kiểm tra hai ngày."
        )
    return Given(
        award=fields["award"].choice(AWARDS) or "",
        year=read_year(fields["year"]),
        decided_on=decided,
        achieved_until=achieved,
        category=fields["category"].choice(CATEGORIES) or Category.MERIT,
        revoked=fields["revoked"].flag() or False,
        achievement=fields["achievement"].text(),
    )


def read_year(spot: Spot) -> int | None:
    return spot.whole(low=FIRST_YEAR, high=LAST_YEAR)


def read_initiatives(spot: Spot) -> tuple[Initiative, ...] | None:
    if not spot.given:
        return None
    initiatives = tuple(read_initiative(each) for each in spot.items())
    once(spot.items(), (each.id for each in initiatives), "Sáng kiến với mã này đã có ở trên.", key="id")
    return initiatives


def read_initiative(spot: Spot) -> Initiative:
    fields = spot.fields(("id",), ("scope", "year", "used_for", "kind", "name"))
    return Initiative(
        id=fields["id"].text(),
        scope=fields["scope"].choice(SCOPES),
        year=read_year(fields["year"]),
        kind=fields["kind"].choice(INITIATIVES) or "initiative",
        used_for=read_uses(fields["used_for"]),
        name=fields["name"].text(),
    )


def read_uses(spot: Spot) -> tuple[Use, ...]:
    """``null``, an award's code, one ``{award, year}``, or a list of either."""
    if not spot.given:
        return ()
    spots = spot.items() if isinstance(spot.value, list) else (spot,)
    uses = tuple(read_use(each) for each in spots)
    once(spots, uses, "Lần sử dụng này đã có ở trên. Hãy giữ một.")
    return uses


def read_use(spot: Spot) -> Use:
    if not isinstance(spot.value, dict):
        return Use(spot.choice(AWARDS) or refused(spot))
    fields = spot.fields(("award",), ("year",))
    return Use(fields["award"].choice(AWARDS) or "", read_year(fields["year"]))


def refused(spot: Spot) -> str:
    """An entry of the list that is null: a use without an award."""
    if not spot.given:
        spot.fault("Không được để trống. Hãy ghi mã danh hiệu hoặc hình thức đã dùng sáng kiến này.")
    return ""


def read_freezes(spot: Spot) -> tuple[Freeze, ...]:
    freezes = tuple(read_freeze(each) for each in spot.items())
    once(spot.items(), freezes, "Vụ việc này đã có ở trên. Hãy giữ một.")
    return freezes


def read_freeze(spot: Spot) -> Freeze:
    fields = spot.fields(("kind", "since"), ("cleared_on", "upheld"))
    since, cleared = fields["since"].day(), fields["cleared_on"].day()
    if since and cleared and cleared < since:
        fields["cleared_on"].fault("Ngày kết luận không được trước ngày bắt đầu xem xét. Hãy kiểm tra hai ngày.")
    return Freeze(
        kind=fields["kind"].choice(FREEZES) or FreezeKind.DISCIPLINE,
        since=since or date.max,
        cleared_on=cleared,
        upheld=fields["upheld"].flag() or False,
    )


def read_disciplines(spot: Spot) -> tuple[Discipline, ...]:
    return tuple(read_discipline(each) for each in spot.items())


def read_discipline(spot: Spot) -> Discipline:
    fields = spot.fields(("sanction", "decided_on"), ("served_until",))
    decided, served = fields["decided_on"].day(), fields["served_until"].day()
    if decided and served and served < decided:
        fields["served_until"].fault("Ngày chấp hành xong không được trước ngày kỷ luật. Hãy kiểm tra hai ngày.")
    return Discipline(
        sanction=fields["sanction"].choice(SANCTIONS) or Sanction.REPRIMAND,
        decided_on=decided or date.max,
        served_until=served,
    )


def read_aways(spot: Spot) -> tuple[Away, ...]:
    aways = tuple(read_away(each) for each in spot.items())
    once(spot.items(), aways, "Lần vắng này đã có ở trên. Hãy giữ một.")
    return aways


def read_away(spot: Spot) -> Away:
    fields = spot.fields(("kind", "year"), ("working_days", "months_worked"))
    return Away(
        kind=fields["kind"].choice(ABSENCES) or Absence.OTHER,
        year=read_year(fields["year"]) or FIRST_YEAR,
        working_days=fields["working_days"].whole(low=0, high=366),
        months_worked=fields["months_worked"].whole(low=0, high=12),
    )


def read_moves(spot: Spot) -> tuple[Move, ...]:
    """Changes of unit within the year, one or a list in their order; omitted or null: none."""
    if not spot.given:
        return ()
    return tuple(read_move(each) for each in (spot.items() if isinstance(spot.value, list) else (spot,)))


def read_move(spot: Spot) -> Move:
    fields = spot.fields((), ("months_at_old_unit", "old_unit_comments", "proposed_by_new_unit"))
    return Move(
        months_at_old_unit=fields["months_at_old_unit"].whole(low=0, high=12),
        old_unit_comments=fields["old_unit_comments"].flag(),
        proposed_by_new_unit=fields["proposed_by_new_unit"].flag(),
    )


def read_predecessors(spot: Spot) -> tuple[Predecessor, ...]:
    """Collectives whose task the nominee took over; omitted or null: none is stated."""
    found = tuple(read_predecessor(each) for each in spot.items())
    once(spot.items(), (each.name for each in found), "Đơn vị tiền thân này đã có ở trên.", key="name")
    return found


def read_predecessor(spot: Spot) -> Predecessor:
    fields = spot.fields(("name",), ("until", "grades", "awards", "founded"))
    return Predecessor(
        name=fields["name"].text(),
        until=fields["until"].day(),
        grades=read_grades(fields["grades"]) or {},
        awards=read_awards(fields["awards"]) or (),
        founded=fields["founded"].whole(low=1800, high=LAST_YEAR),
    )


def read_people(spot: Spot) -> People | None:
    """The members of a collective: no count may pass the total."""
    if not spot.given:
        return None
    names = tuple(field.name for field in fields_of(People))
    fields = spot.fields((), names)
    counts = {name: fields[name].whole(low=int(name == "total"), high=MANY) for name in names}
    total = counts["total"]
    for name, count in counts.items():
        if total is not None and count is not None and count > total:
            fields[name].fault(f"Không được lớn hơn tổng số người của tập thể ({total}).")
    return People(**counts)


def read_bloc(spot: Spot) -> BlocResult | None:
    if not spot.given:
        return None
    fields = spot.fields((), ("rank", "targets_exceeded", "disqualified", "organiser"))
    return BlocResult(
        rank=fields["rank"].whole(low=1, high=1000),
        targets_exceeded=fields["targets_exceeded"].flag(),
        disqualified=tuple(required_text(each) for each in fields["disqualified"].items()),
        organiser=fields["organiser"].choice(ORGANISERS) or "province",
    )


def required_text(spot: Spot) -> str:
    if not spot.given:
        spot.fault("Không được để trống. Hãy ghi lý do bằng một câu.")
    return spot.text()


def read_movement(spot: Spot) -> MovementResult | None:
    if not spot.given:
        return None
    fields = spot.fields((), ("launched_by", "years", "leads", "concluded"))
    return MovementResult(
        launched_by=fields["launched_by"].choice(LAUNCHERS) or "",
        years=fields["years"].whole(low=0, high=100),
        leads=fields["leads"].flag(),
        concluded=fields["concluded"].flag(),
    )
