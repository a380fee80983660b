"""Score sheets and proposals of a year file."""

from datetime import date
from typing import Any

from blocs.enums import FLAGS, Award
from reports.yearfile.known import Known, once
from reports.yearfile.reading_evidence import read_evidence
from reports.yearfile.schema import (
    CriteriaPart,
    CriterionPart,
    ExtensionPart,
    GroundPart,
    LinePart,
    ProposalPart,
    SheetPart,
)
from reports.yearfile.spots import BIG, Fields, Spot, limit_of
from scoring.enums import CriterionKind, SheetState
from scoring.models import Disqualification, ScoreLine, SheetExtension

MAX_AMOUNT = 10**14 - 1
# Keys of a line and the columns that hold them.
POINTS = {"self": "self_points", "cross": "cross_points", "appraised": "appraised_points", "agreed": "agreed_points"}
WORDS = ("cross_reason", "appraisal_reason", "reason", "explanation", "answer")
LINE_KEYS = ("assigned", "plan", "actual", "level", "times", *POINTS, "answered_points", *WORDS)
MOMENTS = {"sent_at": "submitted_at", "plan_locked_at": "plan_locked_at", "explained_at": "explained_at"}
SHEET_KEYS = (
    *("lines", "disqualified", "women_70", "state", "late_days", "decided_place", "explanation_due"),
    *(*MOMENTS, "extensions", "evidence"),
)
FIGURES = ("plan", "actual", "level", "times", *POINTS, "answered_points")
COUNTED = (CriterionKind.COUNT, CriterionKind.MINUS, CriterionKind.BONUS, CriterionKind.DEDUCTION)


def read_scores(spot: Spot, known: Known, criteria: CriteriaPart | None) -> tuple[SheetPart, ...]:
    spots = spot.items()
    if spots and criteria is None:
        spot.fault("Có điểm nhưng tệp không có bộ tiêu chí. Hãy ghi mục criteria.")
        return ()
    by_code = {item.code: item for item in criteria.items} if criteria else {}
    parts = tuple(read_sheet(each, known, by_code) for each in spots)
    once(spots, (part.agency for part in parts), "Điểm của đơn vị này đã có ở trên.", key="agency")
    return parts


def read_sheet(spot: Spot, known: Known, by_code: dict[str, CriterionPart]) -> SheetPart:
    fields = spot.fields(("agency",), SHEET_KEYS)
    return SheetPart(
        agency=known.member(fields["agency"]),
        state=fields["state"].maybe_choice(SheetState),
        women_70=fields["women_70"].flag(),
        lines=tuple(read_line(code, each, by_code) for code, each in fields["lines"].pairs()),
        disqualified=read_grounds(fields["disqualified"]),
        moments={column: fields[key].moment() for key, column in MOMENTS.items()}
        | {name: fields[name].whole() for name in ("late_days", "decided_place")}
        | {"explanation_due": fields["explanation_due"].day()},
        extensions=tuple(read_extension(each) for each in fields["extensions"].items()),
        evidence=read_evidence(fields["evidence"], by_code),
    )


def read_grounds(spot: Spot) -> tuple[GroundPart, ...]:
    spots = spot.items()
    grounds = tuple(read_ground(each) for each in spots)
    once(spots, (ground.reason for ground in grounds), "Lý do này đã có ở trên.")
    return grounds


def read_ground(spot: Spot) -> GroundPart:
    """A sentence, or ``{reason, evidence, bars_certificates}``."""
    if not isinstance(spot.value, dict):
        return GroundPart(spot.text(limit_of(Disqualification, "reason")))
    fields = spot.fields(("reason",), ("evidence", "bars_certificates"))
    return GroundPart(
        reason=fields["reason"].text(limit_of(Disqualification, "reason")),
        evidence=fields["evidence"].optional_text(limit_of(Disqualification, "evidence")),
        bars_certificates=fields["bars_certificates"].flag(),
    )


def read_extension(spot: Spot) -> ExtensionPart:
    fields = spot.fields(("until", "reason"))
    until = fields["until"].day()
    if fields["until"].stated and fields["until"].value is None:
        fields["until"].fault("Không được để trống.")
    return ExtensionPart(until or date.min, fields["reason"].text(limit_of(SheetExtension, "reason")))


def read_line(code: str, spot: Spot, by_code: dict[str, CriterionPart]) -> LinePart:
    criterion = by_code.get(code)
    if criterion is None:
        spot.fault("Không có tiêu chí với mã này trong criteria.")
        return LinePart(code)
    if criterion.kind == CriterionKind.GROUP:
        spot.fault("Đây là nhóm tiêu chí: chỉ ghi điểm cho các tiêu chí con.")
        return LinePart(code)
    fields = spot.fields((), LINE_KEYS)
    assigned = fields["assigned"].flag()
    values: dict[str, Any] = {name: fields[name].optional_text(lines=True) for name in WORDS}
    if assigned is False:
        refuse(fields, FIGURES, "Tiêu chí không được giao thì không có số liệu.")
        return LinePart(code, assigned, values)
    return LinePart(code, assigned, values | read_figures(fields, criterion))


def read_figures(fields: Fields, criterion: CriterionPart) -> dict[str, Any]:
    """Points and what they are computed from, as the criterion's kind has them."""
    kind = criterion.kind
    if kind != CriterionKind.QUANTITATIVE:
        refuse(fields, ("plan", "actual"), "Chỉ tiêu chí định lượng mới có kế hoạch và thực hiện.")
    if kind != CriterionKind.CHOICE:
        refuse(fields, ("level",), "Chỉ tiêu chí chọn mức mới có mức.")
    if kind not in COUNTED:
        refuse(fields, ("times",), "Chỉ tiêu chí đếm số lượng, trừ dần, điểm thưởng và điểm trừ mới có số lần.")
    if kind == CriterionKind.QUANTITATIVE:
        refuse(fields, ("self",), "Điểm của tiêu chí định lượng do hệ thống tính. Hãy ghi plan và actual.")
    if kind == CriterionKind.CHOICE:
        refuse(fields, ("self",), "Điểm tự chấm của tiêu chí chọn mức theo mức đã chọn. Hãy ghi level.")
    level = fields["level"].optional_text(limit_of(ScoreLine, "level"))
    if level and kind == CriterionKind.CHOICE and level not in [each["name"] for each in levels_of(criterion)]:
        fields["level"].fault(f"«{level}» không phải một mức của tiêu chí.")
    figures: dict[str, Any] = {
        name: fields[name].number(places=4, high=MAX_AMOUNT) if kind == CriterionKind.QUANTITATIVE else None
        for name in ("plan", "actual")
    }
    points = {column: read_points(fields[key], criterion) for key, column in POINTS.items()}
    # What was answered may stand above a maximum that an amendment lowered.
    points["answered_points"] = fields["answered_points"].number(high=10**6 - 1)
    return figures | points | {"level": level, "times": fields["times"].whole(high=BIG)}


def levels_of(criterion: CriterionPart) -> list[dict[str, Any]]:
    return list(criterion.options.get("levels", []))


def read_points(spot: Spot, criterion: CriterionPart) -> Any:
    found = spot.number(high=10**6 - 1)
    if found is not None and found > criterion.max:
        spot.fault(f"{found:f} điểm vượt điểm tối đa {criterion.max:f} của tiêu chí {criterion.code}.")
    return found


def refuse(fields: Fields, names: tuple[str, ...], sentence: str) -> None:
    for name in names:
        if fields[name].given:
            fields[name].fault(sentence)


def read_proposals(spot: Spot, known: Known) -> tuple[ProposalPart, ...]:
    spots = spot.items()
    parts = tuple(read_proposal(each, known) for each in spots)
    once(spots, ((part.agency, part.award) for part in parts), "Đơn vị đã được đề nghị hình thức này ở trên.")
    flags = [(each, part) for each, part in zip(spots, parts, strict=True) if part.award in FLAGS and part.agency]
    held: dict[str, str] = {}
    for each, part in flags:
        if held.setdefault(part.agency, part.award) != part.award:
            each.fault("Một đơn vị không được đề nghị đồng thời Cờ thi đua của Chính phủ và của tỉnh.")
    return parts


def read_proposal(spot: Spot, known: Known) -> ProposalPart:
    fields = spot.fields(("award", "agency"), ("reason",))
    return ProposalPart(
        award=fields["award"].choice(Award) if fields["award"].stated else "",
        agency=known.member(fields["agency"]),
        reason=fields["reason"].optional_text(lines=True),
    )
