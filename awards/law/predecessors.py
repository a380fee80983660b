"""A collective that goes on where others ended: what was recognised of them (domain.md A4-14).

No text that was read says whether their grades and awards count for the collective that goes on; NĐ 152/2025, Điều 60
khoản 5 leaves it to the guidance of Bộ Nội vụ. So they are neither counted nor passed over in silence: where they
would change the answer, people decide; where they would not, a note tells of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from awards.law.checks import Check, Judgement, Verdict
from awards.law.facts import Grade, Nominee, Predecessor
from awards.law.rule_sets import BY_CODE

Judge = Callable[[Nominee], Judgement]
BASIS = "Nghị định 152/2025/NĐ-CP, Điều 60 khoản 5"
OPEN = "Chưa tính lịch sử của đơn vị tiền thân:"


def weighed(nominee: Nominee, own: Judgement, judge: Judge) -> Judgement:
    """The judgement by the nominee's own history, with what its predecessors' would do to it.

    Both readings of joined histories are tried: the best and the lowest grade of a year that several had.
    """
    if not nominee.predecessors or own.rule_set not in BY_CODE:
        return own
    verdicts = {judge(joined(nominee, pick)).verdict for pick in (max, min)}
    text = f"Kế thừa {'; '.join(told(each) for each in nominee.predecessors)}."
    if verdicts == {own.verdict}:
        note = Check("A4-14", None, f"{text} Có tính hay không thì kết quả kiểm tra vẫn như vậy.", basis(own))
        return replace(own, notes=(*own.notes, note))
    words = "kết quả kiểm tra sẽ khác nếu tính lịch sử đó; cấp có thẩm quyền quyết định theo hướng dẫn của Bộ Nội vụ."
    check = Check("A4-14", None, f"{text} Hệ thống chưa tính: {words}", basis(own))
    return replace(own, checks=(*map(opened, own.checks), check), verdict=Verdict.NEEDS_DECISION)


def joined(nominee: Nominee, pick: Callable[[Iterable[Grade]], Grade]) -> Nominee:
    """The nominee as if the predecessors' history were its own; its own grade of a year goes before theirs."""
    grades = [each.grades for each in nominee.predecessors]
    inherited = {year: pick(each[year] for each in grades if year in each) for held in grades for year in held}
    awards = tuple(given for each in nominee.predecessors for given in each.awards)
    founded = [year for year in (nominee.founded, *(each.founded for each in nominee.predecessors)) if year is not None]
    return replace(
        nominee,
        predecessors=(),
        grades=inherited | dict(nominee.grades or {}),
        awards=None if nominee.awards is None else (*awards, *nominee.awards),
        founded=min(founded, default=None),
    )


def told(predecessor: Predecessor) -> str:
    """Who it was, until when, and what is on record."""
    until = f" (đến ngày {predecessor.until:%d/%m/%Y})" if predecessor.until else ""
    years = sorted(predecessor.grades)
    span = f"năm {years[0]}–{years[-1]}" if len(years) > 1 else f"năm {years[0]}" if years else ""
    graded = f"{len(years)} mức độ hoàn thành nhiệm vụ ({span})" if years else "chưa ghi mức độ hoàn thành nhiệm vụ"
    count = len(predecessor.awards)
    held = f"{count} danh hiệu, hình thức khen thưởng" if count else "chưa ghi danh hiệu, hình thức khen thưởng"
    return f"«{predecessor.name}»{until}: {graded}, {held}"


def opened(check: Check) -> Check:
    """What fails by the nominee's own history alone is open as long as theirs is."""
    return check if check.passed is not False else replace(check, passed=None, text=f"{OPEN} {check.text}")


def basis(own: Judgement) -> str:
    if own.rule_set in ("R2025", "R2026"):
        return BASIS
    return f"{BY_CODE[own.rule_set].decree} (cần đối chiếu điều khoản; nội dung như {BASIS})"
