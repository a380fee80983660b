"""Branches that build on an award held before: "đã được tặng X và [sau đó] có liên tục từ 05 năm trở lên …"."""

from dataclasses import dataclass

from awards.law.branches import Round, said
from awards.law.checks import Check
from awards.law.facts import Given, Grade, Nominee
from awards.law.individuals_tests import (
    best_of,
    excellent_years,
    graded_in_a_row,
    held_before,
    listed,
    titles_inside,
)
from awards.law.names import name_of
from awards.law.runs import Prior, Run, grade_run, prior_award, window_start

WINDOW = "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 7"


@dataclass(frozen=True)
class Chain:
    """An individual's branch: the award before, the run of years since, what lies inside the run.

    ``after``: the statute says "sau đó" or "tiếp theo", so only years after the decision count. Under NĐ 152/2025,
    Điều 33 khoản 7, years always count from the award before, and every one of them must reach ``grade``.
    """

    prior: tuple[str, ...]
    after: bool = True
    grade: Grade = Grade.HTT
    years: int = 5
    excellent: int = 0
    title: str = ""
    times: int = 0

    def __call__(self, nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
        """The checks. Each record of the award before is tried, for the text does not say which one; the record that
        serves the nominee best is told."""
        prior = prior_award(nominee, self.prior, nominee.on)
        if not prior.records:
            return (held_before(nominee, self.prior, prior, None), *self._inside(nominee, a_round, None))
        return best_of(*(self._from(nominee, a_round, prior, each) for each in prior.records))

    def _from(self, nominee: Nominee, a_round: Round, prior: Prior, chosen: Given) -> tuple[Check, ...]:
        held = held_before(nominee, self.prior, prior, chosen)
        if not self.after and not a_round.counts_from_achievement:
            return (held, *self._inside(nominee, a_round, None))
        since = window_start(chosen, a_round)
        if since is None:
            text = f"Chưa rõ ngày quyết định tặng {name_of(chosen.award)}; hãy bổ sung để tính thời gian sau đó."
            held = said(None, text)
        return (held, *self._inside(nominee, a_round, since))

    def _inside(self, nominee: Nominee, a_round: Round, since: int | None) -> tuple[Check, ...]:
        found = grade_run(nominee, self.grade, a_round.end_year, self.years, since)
        checks = [self._run_check(a_round, since, found)]
        if self.excellent:
            checks.append(excellent_years(nominee, found, self.excellent))
        if self.times:
            checks.append(titles_inside(nominee, self.title, found, a_round.end_year, self.times))
        return tuple(checks)

    def _run_check(self, a_round: Round, since: int | None, found: Run) -> Check:
        end = a_round.end_year
        if since is not None and end - since + 1 < self.years:
            return too_soon(a_round, since, self.years)
        whole = since is not None and a_round.counts_from_achievement
        if whole and since is not None and len(found.years) < end - since + 1:
            return _whole_window(self.grade, since, end, found)
        return graded_in_a_row(self.grade, found, end)


def too_soon(a_round: Round, since: int, wanted: int) -> Check:
    """The failed check of a window shorter than the years that the text wants."""
    length = max(0, a_round.end_year - since + 1)
    text = f"Sau lần khen thưởng trước mới có {length} năm tính đến năm {a_round.end_year}; cần từ {wanted} năm trở lên"
    return said(False, f"{text} (tính từ năm {since}).", WINDOW if a_round.counts_from_achievement else "")


def _whole_window(grade: Grade, since: int, end: int, found: Run) -> Check:
    span = f"Từ lần khen thưởng trước đến khi đề nghị ({since}–{end}) năm nào cũng phải {grade.words} trở lên"
    if found.broken is not None:
        return said(False, f"{span}; năm {found.broken} không đạt.", WINDOW)
    return said(None, f"{span}; chưa có mức hoàn thành nhiệm vụ năm {listed(found.unknown)}, hãy bổ sung.", WINDOW)
