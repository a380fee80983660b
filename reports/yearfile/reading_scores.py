"""Scores, ballots and proposals of a year file."""

from typing import Any

from blocs.enums import FLAGS, Award
from reports.yearfile.known import Known, once
from reports.yearfile.reading_criteria import read_criteria
from reports.yearfile.schema import BallotPart, CriteriaPart, CriterionPart, LinePart, ProposalPart, SheetPart
from reports.yearfile.spots import BIG, Fields, Spot, limit_of
from scoring.enums import CriterionKind, PollBase, PollMode, SheetState
from scoring.models import Disqualification, ScoreLine

MAX_AMOUNT = 10**14 - 1
# Keys of a line and the columns that hold them.
POINTS = {"self": "self_points", "cross": "cross_points", "appraised": "appraised_points", "agreed": "agreed_points"}
LINE_KEYS = ("assigned", "plan", "actual", "level", "times", *POINTS, "reason", "explanation")
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
    fields = spot.fields(("agency",), ("lines", "disqualified", "women_70", "state"))
    reasons = fields["disqualified"].items()
    sentences = tuple(each.text(limit_of(Disqualification, "reason")) for each in reasons)
    once(reasons, sentences, "Lý do này đã có ở trên.")
    return SheetPart(
        agency=known.member(fields["agency"]),
        state=fields["state"].maybe_choice(SheetState),
        women_70=fields["women_70"].flag(),
        lines=tuple(read_line(code, each, by_code) for code, each in fields["lines"].pairs()),
        disqualified=sentences,
    )


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
    values: dict[str, Any] = {name: fields[name].optional_text(lines=True) for name in ("reason", "explanation")}
    if assigned is False:
        refuse(fields, ("plan", "actual", "level", "times", *POINTS), "Tiêu chí không được giao thì không có số liệu.")
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


def read_ballots(spot: Spot, known: Known) -> tuple[BallotPart, ...]:
    spots = spot.items()
    parts = tuple(read_ballot(each, known) for each in spots)
    once(spots, ((part.award, part.round) for part in parts), "Vòng bỏ phiếu này của hình thức này đã có ở trên.")
    return parts


def read_ballot(spot: Spot, known: Known) -> BallotPart:
    counts = ("eligible", "present", "cast", "invalid")
    fields = spot.fields(("award", "mode"), ("round", "base", "threshold", *counts, "votes"))
    numbers = {name: fields[name].whole() for name in counts}
    within(fields, numbers, "present", "eligible", "số người có mặt", "tổng số thành viên")
    within(fields, numbers, "cast", "present", "số phiếu thu về", "số người có mặt")
    within(fields, numbers, "cast", "eligible", "số phiếu thu về", "tổng số thành viên")
    within(fields, numbers, "invalid", "cast", "số phiếu không hợp lệ", "số phiếu thu về")
    valid = None if numbers["cast"] is None else numbers["cast"] - min(numbers["invalid"] or 0, numbers["cast"])
    return BallotPart(
        award=fields["award"].choice(Award) if fields["award"].stated else "",
        round=(fields["round"].whole(low=1) if fields["round"].given else 1) or 1,
        mode=fields["mode"].choice(PollMode) if fields["mode"].stated else "",
        base=fields["base"].choice(PollBase, PollBase.MEMBERS),
        threshold=fields["threshold"].whole(low=1, high=100),
        votes=read_votes(fields["votes"], known, valid),
        **numbers,
    )


def within(fields: Fields, numbers: dict[str, int | None], small: str, big: str, name: str, whole: str) -> None:
    part, total = numbers[small], numbers[big]
    if part is not None and total is not None and part > total:
        fields[small].fault(f"{name.capitalize()} ({part}) lớn hơn {whole} ({total}).")


def read_votes(spot: Spot, known: Known, valid: int | None) -> tuple[tuple[str, int], ...]:
    """Votes of each agency; none can have more than the valid ballots."""
    found = []
    for code, votes in spot.pairs():
        count = votes.whole()
        if code not in known.agencies:
            votes.fault("Không có đơn vị với mã này trong danh sách agencies của tệp.")
        elif code not in known.members:
            votes.fault(f"«{code}» không phải thành viên của khối trong năm.")
        elif votes.value is None:
            votes.fault("Hãy ghi số phiếu; chưa rõ số phiếu thì bỏ dòng này.")
        elif count is not None and valid is not None and count > valid:
            votes.fault(f"{count} phiếu lớn hơn số phiếu hợp lệ thu về ({valid}).")
        elif count is not None:
            found.append((code, count))
    return tuple(found)


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


__all__ = ["read_ballots", "read_criteria", "read_proposals", "read_scores"]
