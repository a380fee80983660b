"""The criteria tree of a year file, checked by the rules that open a criteria set."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reports.yearfile.known import Known, once
from reports.yearfile.reading_shapes import check_grading_shape, check_options
from reports.yearfile.schema import CriteriaPart, CriterionPart
from reports.yearfile.spots import Spot, limit_of, storable
from scoring.domain.computing import number
from scoring.domain.grading_checks import grading_faults
from scoring.domain.tree import Node, Tree
from scoring.domain.tree_checks import group_faults, node_faults, scale_faults, surplus_faults, tie_break_faults
from scoring.enums import AppraisedBy, CriterionKind, Formula, SetState
from scoring.models import Criterion

MAX_POINTS = Decimal("999999.99")
MAX_FIGURE = 10**14 - 1
OPTION_KEYS = ("levels", "per", "step", "surplus_cap", "surplus_total", "from", "bands")
PARAMETERS = ("per", "step", "surplus_cap", "surplus_total")
# Beside code, name and max.
ITEM_KEYS = (
    *("kind", "formula", "unit", "least", "most", "floor", "appraised_by", "appraiser", "items", "levels"),
    *(*PARAMETERS, "from", "bands", "options"),
)
SET_KEYS = ("tie_break", "state", "version", "based_on", "note", "grading")
Item = tuple[Spot, CriterionPart]


def read_criteria(spot: Spot, known: Known) -> CriteriaPart | None:
    """The set, or None. A draft's sums need not be right yet; those of an open set must be."""
    if not spot.given:
        return None
    fields = spot.fields(("scale", "items"), SET_KEYS)
    scale = fields["scale"].number(high=MAX_POINTS)
    if fields["scale"].stated and fields["scale"].value is None:
        fields["scale"].fault("Không được để trống.")
    state = fields["state"].maybe_choice(SetState)
    noted = len(spot.faults)
    items = [item for each in fields["items"].items() for item in read_item(each, "", known)]
    once((each for each, _ in items), (part.code.casefold() for _, part in items), "Mã này đã có ở trên.", key="code")
    tie_break = fields["tie_break"].items()
    if state != SetState.DRAFT and len(spot.faults) == noted and scale is not None:
        check_tree(spot, items, scale, tie_break)
        check_grading(fields["grading"], items, scale)
    return CriteriaPart(
        scale=scale or Decimal(0),
        state=state,
        tie_break=read_tie_break(tie_break),
        items=tuple(part for _, part in items),
        version=fields["version"].whole(low=1),
        based_on=fields["based_on"].whole(low=1),
        note=fields["note"].optional_text(lines=True),
        grading=read_grading(fields["grading"]),
    )


def read_versions(spot: Spot, known: Known, current: CriteriaPart | None) -> tuple[CriteriaPart, ...]:
    """The other versions of the year's set; each says its number, and none is the one in force."""
    spots = spot.items()
    if spots and current is None:
        spot.fault("Có phiên bản khác nhưng tệp không có bộ tiêu chí đang dùng. Hãy ghi mục criteria.")
    parts = [part for each in spots if (part := read_criteria(each, known)) is not None]
    for each, part in zip(spots, parts, strict=False):
        if part.version is None:
            each.child("version", None).fault("Hãy ghi số phiên bản.")
        elif current is not None and part.version == (current.version or 1):
            each.child("version", None).fault("Đây là phiên bản đang dùng, đã ghi ở mục criteria.")
    once(spots, (part.version for part in parts), "Phiên bản này đã có ở trên.", key="version")
    return tuple(parts)


def read_grading(spot: Spot) -> dict[str, Any]:
    """How totals are graded, checked by the rules that the application checks it by."""
    if not spot.given:
        return {}
    if not isinstance(spot.value, dict):
        spot.wrong_type("một bảng khóa và giá trị")
        return {}
    return dict(spot.plain()) if check_grading_shape(spot) else {}


def read_tie_break(spots: list[Spot]) -> tuple[str, ...]:
    entries = tuple(each.text(60) for each in spots)
    once(spots, entries, "Mục này đã có ở trên.")
    return entries


def read_item(spot: Spot, parent: str, known: Known) -> Iterator[Item]:
    """The item and all below it, in document order."""
    fields = spot.fields(("code", "name", "max"), ITEM_KEYS)
    children = fields["items"].items()
    kind = fields["kind"].choice(CriterionKind, CriterionKind.GROUP if children else CriterionKind.JUDGED)
    if children and kind != CriterionKind.GROUP:
        fields["kind"].fault("Tiêu chí có tiêu chí con là một nhóm: hãy bỏ kind.")
    code = fields["code"].text(limit_of(Criterion, "code"))
    maximum = fields["max"].number(high=MAX_POINTS)
    if fields["max"].stated and fields["max"].value is None:
        fields["max"].fault("Không được để trống.")
    part = CriterionPart(
        code=code,
        name=fields["name"].text(limit_of(Criterion, "name")),
        kind=kind,
        max=maximum if maximum is not None else Decimal(0),
        parent=parent,
        formula=fields["formula"].maybe_choice(Formula) or "",
        unit=fields["unit"].optional_text(limit_of(Criterion, "unit")),
        least=fields["least"].number(places=4, low=None, high=MAX_FIGURE),
        most=fields["most"].number(places=4, low=None, high=MAX_FIGURE),
        floor=fields["floor"].number(high=100),
        appraised_by=fields["appraised_by"].maybe_choice(AppraisedBy),
        appraiser=known.maybe_agency(fields["appraiser"]),
        options=read_options(fields),
    )
    yield spot, part
    for child in children:
        yield from read_item(child, code, known)


def read_options(fields: Any) -> dict[str, Any]:
    """Parameters as ``Criterion.options`` keeps them: exact numbers, levels as a list in order."""
    options: dict[str, Any] = {}
    if fields["levels"].given:
        options["levels"] = [read_level(name, each) for name, each in fields["levels"].pairs()]
    for name in PARAMETERS:
        value = fields[name].number(places=4, high=MAX_POINTS)
        if value is not None:
            options[name] = storable(value)
    if fields["from"].given:
        options["from"] = fields["from"].text(40)
    if fields["bands"].given:
        options["bands"] = [read_band(each) for each in fields["bands"].items()]
    return options | read_further_options(fields["options"])


def read_further_options(spot: Spot) -> dict[str, Any]:
    """Parameters that the format has no word for, as the application keeps them."""
    further: dict[str, Any] = {}
    if not check_options(spot):
        return further
    for key, each in spot.pairs():
        if key in OPTION_KEYS:
            each.fault(f"Tham số «{key}» có mục riêng. Hãy ghi ở ngoài options.")
        else:
            further[key] = each.plain()
    return further


def read_level(name: str, spot: Spot) -> dict[str, Any]:
    """``A: 10`` or ``C: {points: 0, void: true}``."""
    level: dict[str, Any] = {"name": name}
    if len(name) > 60:
        spot.fault("Tên mức dài quá 60 ký tự.")
    if not isinstance(spot.value, dict):
        points = spot.number(high=MAX_POINTS)
        if spot.value is None:
            spot.fault("Hãy ghi số điểm của mức.")
        return level if points is None else level | {"points": storable(points)}
    fields = spot.fields((), ("points", "void"))
    points = fields["points"].number(high=MAX_POINTS)
    if points is not None:
        level["points"] = storable(points)
    if fields["void"].flag():
        level["voids"] = True
    return level


def read_band(spot: Spot) -> list[Any]:
    """``[days, points]``."""
    pair = spot.items()
    if isinstance(spot.value, list) and len(pair) != 2:
        spot.fault("Mỗi mức chậm gồm hai số: [số ngày, số điểm trừ].")
    values = [each.number(places=2, high=MAX_POINTS) for each in pair]
    return [storable(value) for value in values if value is not None]


def same_parameters(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Equal parameters, however JSON holds their numbers: 10, 10.0 and "10" are one."""
    return bool(comparable(old) == comparable(new))


def comparable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: comparable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [comparable(each) for each in value]
    exact = number({"value": value}, "value")
    return value if exact is None else exact


def check_tree(spot: Spot, items: list[Item], scale: Decimal, tie_break: list[Spot]) -> None:
    """The faults that would keep the set from being opened, each at its place."""
    nodes = grow([part for _, part in items], "", ())
    tree = Tree(0, nodes)
    for (each, _), node in zip(items, tree.nodes, strict=True):
        sums = list(group_faults(node)) if node.is_group else []
        for sentence in node_faults(node):
            (each.child("max", None) if sentence in sums else each).fault(sentence)
    for sentence in scale_faults(tree, scale):
        spot.child("scale", None).fault(sentence)
    for sentence in surplus_faults(tree):
        spot.child("items", None).fault(sentence)
    for entry in tie_break:
        for sentence in tie_break_faults(tree, [entry.value]):
            entry.fault(sentence)


def check_grading(spot: Spot, items: list[Item], scale: Decimal) -> None:
    """Bands that the application would not take; a wrong table is told before its bands."""
    if not spot.given or spot.faults:
        return
    tree = Tree(0, grow([part for _, part in items], "", ()))
    for sentence in grading_faults(read_grading(spot), tree=tree, scale=scale):
        spot.fault(sentence)


def grow(parts: list[CriterionPart], parent: str, path: tuple[str, ...]) -> tuple[Node, ...]:
    return tuple(
        Node(
            id=0,
            code=part.code,
            name=part.name,
            kind=part.kind,
            max_points=part.max,
            formula=part.formula,
            floor_percent=part.floor,
            options=part.options,
            appraiser_id=None,
            path=path,
            children=grow(parts, part.code, (*path, part.code)),
            unit=part.unit,
            least=part.least,
            most=part.most,
            appraised_by=part.appraised_by or AppraisedBy.SECRETARIAT,
        )
        for part in parts
        if part.parent == parent
    )
