"""Individuals' branches whose substance people weigh: their words, and the little in them that can be counted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from awards.law.branches import INDIVIDUAL, Attestation, Branch, Round, Test, cite, said
from awards.law.checks import Check
from awards.law.facts import Category, Nominee, Scope
from awards.law.initiatives import condition, usable

MERIT = frozenset({Category.MERIT})
SURPRISE = frozenset({Category.SURPRISE})
MOVEMENT = frozenset({Category.MOVEMENT})
CONTRIBUTION = frozenset({Category.CONTRIBUTION})
EXTERNAL = frozenset({Category.EXTERNAL})
LAUNCHERS = {"nation": "Chủ tịch nước, Thủ tướng Chính phủ", "province": "bộ, ban, ngành, tỉnh", "agency": "đơn vị"}


def weighed(title: str) -> Check:
    """The check that nobody counts: who decides, and on what words."""
    words = title[0].lower() + title[1:]
    return said(
        None, f"Tiêu chuẩn “{words}” do Hội đồng xem xét, người có thẩm quyền quyết định; hồ sơ cần chứng minh rõ."
    )


Counted = Callable[[Nominee, Round], tuple[Check, ...]]


@dataclass(frozen=True)
class Open:
    """One discretionary branch in short: point, words, what kinds of commendation it serves."""

    code: str
    title: str
    categories: frozenset[Category] = MERIT
    workers: bool | None = None
    counted: Counted | None = None


def open_branches(
    law: str, rule: str, awards: Iterable[str], rows: Iterable[Open], attestations: tuple[Attestation, ...] = ()
) -> tuple[Branch, ...]:
    """The branches of the rows for each of the awards."""
    listed = tuple(rows)
    return tuple(_branch(law, rule, award, row, attestations) for award in awards for row in listed)


def _branch(law: str, rule: str, award: str, row: Open, attestations: tuple[Attestation, ...]) -> Branch:
    return Branch(
        code=row.code,
        rule=rule,
        award=award,
        kinds=INDIVIDUAL,
        title=row.title,
        citation=cite(law, row.code),
        test=_open_test(row),
        discretionary=True,
        categories=row.categories,
        attestations=attestations,
        workers=row.workers,
    )


def _open_test(row: Open) -> Test:
    def test(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
        counted = row.counted(nominee, a_round) if row.counted else ()
        return (*counted, weighed(row.title))

    return test


def in_movement(*launchers: str, years: int = 0) -> Counted:
    """The movement that the dossier cites: launched at one of these levels and run for so many years, where stated."""

    def counted(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
        movement = nominee.movement
        launched = movement.launched_by if movement else ""
        run_for = movement.years if movement else None
        checks = [_launched(launched, launchers)]
        if years:
            checks.append(_lasted(run_for, years))
        return tuple(checks)

    return counted


def _launched(launched: str, launchers: tuple[str, ...]) -> Check:
    wanted = " hoặc ".join(LAUNCHERS[each] for each in launchers)
    if not launched:
        return said(None, f"Chưa rõ phong trào thi đua do ai phát động; cần do {wanted} phát động, hãy bổ sung.")
    by = f"Phong trào thi đua do {LAUNCHERS.get(launched, launched)} phát động"
    fits = launched in launchers
    return said(fits, f"{by}." if fits else f"{by}; cần do {wanted} phát động.")


def _lasted(run_for: int | None, years: int) -> Check:
    if run_for is None:
        return said(None, f"Chưa rõ thời gian thực hiện phong trào; cần từ {years} năm trở lên, hãy bổ sung.")
    if run_for >= years:
        return said(True, f"Phong trào đã thực hiện {run_for} năm.")
    return said(False, f"Phong trào mới thực hiện {run_for} năm; cần từ {years} năm trở lên.")


def with_initiatives(wanted: int, scope: Scope) -> Counted:
    """So many initiatives of the scope ("công nhân có 03 sáng kiến … được Bộ, ban, ngành, tỉnh công nhận")."""
    words = {Scope.BASE: "cơ sở", Scope.PROVINCE: "bộ, ban, ngành, tỉnh"}[scope]

    def counted(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
        found = usable(nominee, kinds=("initiative",), scope=scope)
        return (condition(found, wanted, f"sáng kiến được {words} công nhận", nominee.award),)

    return counted
