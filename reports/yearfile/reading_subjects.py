"""Persons, collectives and households of a year file, with their history."""

from typing import Any

from awards.enums import SubjectKind
from awards.models import (
    Absence,
    AwardForm,
    AwardRecord,
    CollectiveYear,
    Discipline,
    Freeze,
    Initiative,
    Reorganisation,
    Subject,
    SubjectAlias,
    TaskGrade,
    UnitMove,
)
from reports.yearfile.columns import read_columns
from reports.yearfile.known import Known, once
from reports.yearfile.schema_awards import HistoryPart, SubjectPart, UsePart
from reports.yearfile.spots import Fields, Spot, limit_of

COLUMNS = (
    *("is_agency", "unit", "post", "sex", "born_on", "group", "field"),
    *("founded", "flag_eligible", "note"),
)
PROOF = ("document", "note")
# Sections of a subject's history: its model, its columns, and which of them tell one line from another.
HISTORY: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "grades": (TaskGrade, ("year", "grade", "source", "decided_on", *PROOF), ("year",)),
    "people": (
        CollectiveYear,
        ("year", "total", "completed", "advanced", "base_fighters", "disciplined", "women", *PROOF),
        ("year",),
    ),
    "initiatives": (
        Initiative,
        ("code", "name", "kind", "scope", "year", "recognised_on", "recognised_by", *PROOF),
        ("code",),
    ),
    "freezes": (Freeze, ("kind", "reason", "since", "cleared_on", "upheld", *PROOF), ("kind", "since")),
    "disciplines": (Discipline, ("sanction", "decided_on", "served_until", *PROOF), ("sanction", "decided_on")),
    "absences": (Absence, ("kind", "year", "working_days", "months_worked", *PROOF), ("kind", "year")),
    "records": (
        AwardRecord,
        (
            *("year", "category", "decision_number", "decided_on", "issuer"),
            *("achievement_from", "achievement_until", "achievement", "source", "revoked_on", *PROOF),
        ),
        ("award", "year", "decision_number", "decided_on"),
    ),
    "moves": (UnitMove, ("moved_on", "old_unit", "new_unit", "comment", *PROOF), ("moved_on",)),
    "reorganisations": (
        Reorganisation,
        ("kind", "changed_on", "successor_name", *PROOF),
        ("successor_name", "successor"),
    ),
}
REQUIRED = {
    "grades": ("year", "grade"),
    "people": ("year",),
    "initiatives": ("code", "name", "year"),
    "freezes": ("kind", "since"),
    "disciplines": ("sanction", "decided_on"),
    "absences": ("kind", "year"),
    "records": ("award", "year"),
    "moves": ("moved_on", "old_unit", "new_unit"),
    "reorganisations": ("kind", "changed_on"),
}
PARTS = ("completed", "advanced", "base_fighters", "disciplined", "women")
# Days that may not lie before another: the later one, the earlier one, and the sentence.
PERIODS = {
    "freezes": (("cleared_on", "since", "Ngày kết luận không được trước ngày bắt đầu."),),
    "disciplines": (("served_until", "decided_on", "Ngày chấp hành xong không được trước ngày quyết định."),),
    "records": (
        ("achievement_until", "achievement_from", "Ngày cuối của thành tích không được trước ngày đầu."),
        ("revoked_on", "decided_on", "Ngày hủy bỏ không được trước ngày quyết định."),
    ),
}
OWN_KEYS = {
    "initiatives": ("uses",),
    "records": ("award",),
    "moves": ("new_agency",),
    "reorganisations": ("successor",),
}


def read_subjects(spot: Spot, known: Known) -> tuple[SubjectPart, ...]:
    spots = spot.items()
    codes = frozenset(str(each.value.get("code")) for each in spots if isinstance(each.value, dict))
    parts = tuple(read_subject(each, known, codes) for each in spots)
    once(spots, (part.code for part in parts), "Mã đối tượng này đã có ở trên.", key="code")
    return parts


def read_subject(spot: Spot, known: Known, codes: frozenset[str]) -> SubjectPart:
    fields = spot.fields(("code", "kind", "name"), ("agency", "aliases", *COLUMNS, *HISTORY))
    aliases = fields["aliases"].items()
    names = tuple(alias.text(limit_of(SubjectAlias, "name")) for alias in aliases)
    once(aliases, names, "Tên này đã có ở trên.")
    return SubjectPart(
        code=fields["code"].code(limit_of(Subject, "code")),
        kind=fields["kind"].choice(SubjectKind),
        name=fields["name"].text(limit_of(Subject, "name")),
        agency=known.maybe_agency(fields["agency"]),
        values=read_columns(fields, Subject, COLUMNS),
        aliases=names,
        history={name: read_lines(fields[name], name, known, codes) for name in HISTORY},
    )


def read_lines(spot: Spot, section: str, known: Known, codes: frozenset[str]) -> tuple[HistoryPart, ...]:
    """One section of the history; no line twice."""
    _, _, identity = HISTORY[section]
    spots = spot.items()
    parts = tuple(read_line(each, section, known, codes) for each in spots)
    keys = (tuple(told(part, name) for name in identity) for part in parts)
    once(spots, keys, "Dòng này đã có ở trên.")
    return parts


def told(part: HistoryPart, name: str) -> Any:
    value = part.award if name == "award" else part.values[name]
    return getattr(value, "value", value)


def read_line(spot: Spot, section: str, known: Known, codes: frozenset[str]) -> HistoryPart:
    model, columns, _ = HISTORY[section]
    required = REQUIRED[section]
    extra = OWN_KEYS.get(section, ())
    fields = spot.fields(required, [name for name in (*columns, *extra) if name not in required])
    values = read_columns(fields, model, columns)
    for name in required:
        if name in values and fields[name].stated and values[name] in (None, "") and not fields[name].given:
            fields[name].fault("Không được để trống.")
    refuse_odd_lines(section, fields, values)
    if section == "moves":
        values["new_agency"] = known.maybe_agency(fields["new_agency"])
    elif section == "reorganisations":
        heir = fields["successor"]
        values["successor"] = heir.reference(codes, "danh sách subjects của tệp") if heir.given else ""
    return HistoryPart(
        values=values,
        award=fields["award"].code(limit_of(AwardForm, "code")) if section == "records" else "",
        uses=tuple(read_use(each) for each in fields["uses"].items()) if section == "initiatives" else (),
    )


def refuse_odd_lines(section: str, fields: Fields, values: dict[str, Any]) -> None:
    """What the register's own constraints would refuse, told at its place."""
    for name, first, sentence in PERIODS.get(section, ()):
        if values[name] and values[first] and values[name] < values[first]:
            fields[name].fault(sentence)
    if section == "people" and values["total"] is not None:
        for name in PARTS:
            if values[name] is not None and values[name].value > values["total"].value:
                fields[name].fault("Không được lớn hơn tổng số cá nhân (total).")


def read_use(spot: Spot) -> UsePart:
    fields: Fields = spot.fields(("award", "year"))
    return UsePart(fields["award"].code(limit_of(AwardForm, "code")), fields["year"].whole(low=1945, high=2100))
