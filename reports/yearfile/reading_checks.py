"""Cross-checks, the rules of scoring, and frozen rankings of a year file."""

import json
from typing import Any

from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from reports.yearfile.known import Known, once
from reports.yearfile.reading_scores import read_points
from reports.yearfile.reading_shapes import content_fault
from reports.yearfile.schema import (
    CheckPart,
    CriteriaPart,
    CriterionPart,
    CrossLinePart,
    CrossPart,
    DealPart,
    LockedPart,
)
from reports.yearfile.spots import Spot, limit_of
from scoring.domain.standing_content import digest
from scoring.domain.year_rules import refuse_odd_rules
from scoring.enums import CriterionKind
from scoring.models import CrossDeal, YearRules

NUMBERS = ("explanation_days", "difference_percent", "poll_threshold", "poll_quorum", "poll_rounds")
FLAGS = ("closes_on_due", "recused_in_base")
PERCENTS = ("difference_percent", "poll_threshold", "poll_quorum")


def read_rules(spot: Spot) -> dict[str, Any]:
    """Columns of YearRules that the file gives; {} where it says nothing."""
    if not spot.given:
        return {}
    fields = spot.fields((), (*NUMBERS, *FLAGS, "basis"))
    found: dict[str, Any] = {name: fields[name].whole(low=0, high=100 if name in PERCENTS else 366) for name in NUMBERS}
    found |= {name: fields[name].flag() for name in FLAGS}
    found |= {"basis": fields["basis"].optional_text(lines=True)}
    stated = {name: value for name, value in found.items() if value is not None}
    try:
        refuse_odd_rules(YearRules(bloc_year=BlocYear(), **stated))
    except TransitionRefused as refusal:
        spot.fault(str(refusal))
    return found


def read_cross_checks(spot: Spot, known: Known, criteria: CriteriaPart | None) -> CrossPart:
    """Who was dealt whose sheet, and what they found."""
    if not spot.given:
        return CrossPart()
    fields = spot.fields((), ("deals", "checks"))
    by_code = {item.code: item for item in criteria.items} if criteria else {}
    spots = fields["checks"].items()
    checks = tuple(read_check(each, known, by_code) for each in spots)
    once(spots, ((part.sheet, part.checker) for part in checks), "Đơn vị này đã chấm chéo phiếu này ở trên.")
    return CrossPart(tuple(read_deal(each) for each in fields["deals"].items()), checks)


def read_deal(spot: Spot) -> DealPart:
    fields = spot.fields(("per_sheet",), ("seed", "due", "dealt_at"))
    return DealPart(
        seed=fields["seed"].optional_text(limit_of(CrossDeal, "seed")),
        per_sheet=fields["per_sheet"].whole(low=1, high=100) or 1,
        due=fields["due"].day(),
        dealt_at=fields["dealt_at"].moment(),
    )


def read_check(spot: Spot, known: Known, by_code: dict[str, CriterionPart]) -> CheckPart:
    fields = spot.fields(("sheet", "checker"), ("done_at", "lines"))
    sheet, checker = known.member(fields["sheet"]), known.member(fields["checker"])
    if sheet and sheet == checker:
        fields["checker"].fault("Đơn vị không chấm chéo phiếu của chính mình.")
    return CheckPart(
        sheet=sheet,
        checker=checker,
        done_at=fields["done_at"].moment(),
        lines=tuple(read_cross_line(code, each, by_code) for code, each in fields["lines"].pairs()),
    )


def read_cross_line(code: str, spot: Spot, by_code: dict[str, CriterionPart]) -> CrossLinePart:
    criterion = by_code.get(code)
    if criterion is None or criterion.kind == CriterionKind.GROUP:
        spot.fault("Không có tiêu chí với mã này trong criteria.")
        return CrossLinePart(code, None)
    fields = spot.fields((), ("points", "reason"))
    return CrossLinePart(code, read_points(fields["points"], criterion), fields["reason"].optional_text(lines=True))


def read_locked(spot: Spot) -> tuple[LockedPart, ...]:
    """Frozen rankings, oldest first; the text of each must have the hash that the file states."""
    spots = spot.items()
    parts = tuple(read_standing(each) for each in spots)
    once(spots, (part.version for part in parts), "Phiên bản này đã có ở trên.", key="version")
    in_force = [each for each, part in zip(spots, parts, strict=True) if part.reopened_at is None]
    for each in in_force[1:]:
        each.fault("Mỗi năm chỉ có một kết quả xếp hạng đang có hiệu lực; đã có ở trên.")
    return parts


def read_standing(spot: Spot) -> LockedPart:
    fields = spot.fields(("version", "locked_at", "sha256", "content"), ("reopened_at", "reopen_reason"))
    version = fields["version"].whole(low=1)
    sha256 = fields["sha256"].text(64)
    content = read_content(fields["content"])
    if content is not None and (fault := content_fault(content, version=version)):
        fields["content"].fault(fault)
    elif content is not None and sha256 and digest(content) != sha256:
        fields["sha256"].fault("Nội dung không khớp mã băm: kết quả đã khóa bị sửa trong tệp.")
    if fields["locked_at"].stated and fields["locked_at"].value is None:
        fields["locked_at"].fault("Không được để trống.")
    return LockedPart(
        version=version or 0,
        locked_at=fields["locked_at"].moment(),
        sha256=sha256,
        content=content,
        reopened_at=fields["reopened_at"].moment(),
        reopen_reason=fields["reopen_reason"].optional_text(lines=True),
    )


def read_content(spot: Spot) -> Any:
    """The frozen ranking; None where there is none or it is no JSON. Nothing in it is tidied: a hash stands over it."""
    if not spot.text():
        return None
    try:
        return json.loads(spot.value)
    except (ValueError, RecursionError):
        spot.fault("Nội dung phải là JSON như bản xuất.")
        return None
