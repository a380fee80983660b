"""The answer for one nominee: which rule set, which branches, what holds, what is missing, under which article.

Kleene's logic throughout: a failed condition decides against whatever is unknown, an unknown one holds back a yes.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from awards.law.branches import Branch, Round, round_of
from awards.law.checks import BranchResult, Check, Judgement, Verdict, all_of, any_of, verdict_of
from awards.law.facts import Category, Nominee, SubjectKind
from awards.law.gates import GATES, Attendance
from awards.law.names import name_of
from awards.law.predecessors import weighed
from awards.law.registry import branches_of
from awards.law.rule_sets import BY_CODE, R2024, R2025, NoRuleSet, RuleSet, rule_set_on

KIND_WORDS = {
    SubjectKind.INDIVIDUAL: "cá nhân",
    SubjectKind.COLLECTIVE: "tập thể",
    SubjectKind.HOUSEHOLD: "hộ gia đình",
}
CATEGORY_WORDS = {
    Category.MERIT: "công trạng",
    Category.SURPRISE: "đột xuất",
    Category.MOVEMENT: "phong trào thi đua",
    Category.CONTRIBUTION: "quá trình cống hiến",
    Category.SERVICE: "niên hạn",
    Category.EXTERNAL: "đối ngoại",
}
NOTHING_PENDING = (
    "Hồ sơ không nêu việc đang xem xét kỷ luật, điều tra, thanh tra, kiểm tra, khiếu nại, tố cáo hoặc báo chí nêu;"
    " đơn vị chịu trách nhiệm về việc này."
)


def judge(nominee: Nominee, attendance: Attendance | None = None) -> Judgement:
    """The judgement of one nominee by the law of its date; never raises for facts that are missing.

    Where it took over the task of others, what their history would change is weighed too.

    ``attendance`` holds the thresholds that its province set (A4-16); None: those of common practice.

    A branch named in the dossier is judged alone; an article alone stands for its branches. With no branch named,
    the countable branches of the nominee's category are tried and any one that holds is enough.
    """
    return weighed(nominee, judged_alone(nominee, attendance), lambda each: judged_alone(each, attendance))


def judged_alone(nominee: Nominee, attendance: Attendance | None) -> Judgement:
    """The judgement by the nominee's own history."""
    try:
        rule_set = rule_set_for(nominee)
    except NoRuleSet as refused:
        return _plain(nominee, "", None, str(refused))
    a_round = round_of(nominee, rule_set)
    known = branches_of(nominee.award, rule_set.code)
    fitting = tuple(branch for branch in known if nominee.kind in branch.kinds)
    if not known:
        return _plain(nominee, rule_set.code, None, _no_text(nominee, rule_set), rule_set)
    if not fitting:
        return _plain(nominee, rule_set.code, False, _wrong_kind(nominee, known), rule_set)
    return _Case(nominee, a_round, fitting, attendance).judgement()


def judge_all(nominees: Iterable[Nominee]) -> tuple[Judgement, ...]:
    """The judgements in the order of the nominees."""
    return tuple(judge(nominee) for nominee in nominees)


def rule_set_for(nominee: Nominee) -> RuleSet:
    """The rule set named by a recorded decision; else that of the day the dossier reached the competent body, where
    the statute asks for it (NĐ 152/2025, Điều 60.3; Luật 06/2026/QH16, Điều 4.4); else that of ``on``.

    Raises NoRuleSet with a sentence for a day or a code that the product does not hold.
    """
    if nominee.rule_set:
        if nominee.rule_set not in BY_CODE:
            raise NoRuleSet(f"Không có bộ quy định “{nominee.rule_set}”; hãy chọn một trong: {', '.join(BY_CODE)}.")
        return BY_CODE[nominee.rule_set]
    return rule_set_on(_deciding_day(nominee))


def _deciding_day(nominee: Nominee) -> date:
    if nominee.received_on is None or nominee.on < R2025.starts:
        return nominee.on
    return max(nominee.received_on, R2024.starts)


def _plain(nominee: Nominee, code: str, value: bool | None, text: str, rule_set: RuleSet | None = None) -> Judgement:
    citation, banner = (rule_set.law, rule_set.banner) if rule_set else ("", "")
    check = Check(rule="A2", passed=value, text=text, citation=citation)
    return Judgement(nominee.id, nominee.award, code, verdict_of(value), (check,), banner=banner)


def _no_text(nominee: Nominee, rule_set: RuleSet) -> str:
    return (
        f"Hệ thống chưa có tiêu chuẩn của {name_of(nominee.award)} theo {rule_set.law}; Hội đồng xem xét theo văn bản."
    )


def _wrong_kind(nominee: Nominee, known: tuple[Branch, ...]) -> str:
    kinds = [kind for kind in SubjectKind if any(kind in branch.kinds for branch in known)]
    words = ", ".join(KIND_WORDS[kind] for kind in kinds)
    return f"{name_of(nominee.award)} không dành cho {KIND_WORDS[nominee.kind]}, chỉ dành cho {words}."


@dataclass(frozen=True)
class _Case:
    """One nominee with the branches of the award for its kind of subject."""

    nominee: Nominee
    a_round: Round
    fitting: tuple[Branch, ...]
    attendance: Attendance | None = None

    def judgement(self) -> Judgement:
        gates = GATES(self.nominee, self.a_round, self.attendance)
        chosen = self._chosen()
        if not chosen:
            return self._answer(gates, (), (self._no_branch(),))
        results = tuple((branch, branch.judged(self.nominee, self.a_round)) for branch in chosen)
        told = nearest([result for _, result in results])
        notes = next(branch for branch, result in results if result is told).notes(self.nominee)
        return self._answer(gates, tuple(result for _, result in results), told.checks, notes)

    def _answer(
        self,
        gates: tuple[Check, ...],
        results: tuple[BranchResult, ...],
        checks: tuple[Check, ...],
        notes: tuple[Check, ...] = (),
    ) -> Judgement:
        held = any_of(result.passed for result in results) if results else checks[0].passed
        value = all_of((held, *(check.passed for check in gates)))
        return Judgement(
            id=self.nominee.id,
            award=self.nominee.award,
            rule_set=self.a_round.rule_set.code,
            verdict=verdict_of(value),
            checks=checks + gates,
            notes=notes + _nothing_pending(self.nominee, self.a_round),
            branches=results,
            banner=self.a_round.rule_set.banner,
            open_branches=self._others(results) if verdict_of(held) is not Verdict.ELIGIBLE else (),
        )

    # --- which branches ---

    def _chosen(self) -> tuple[Branch, ...]:
        if self.nominee.branch.strip():
            return self._named()
        serving = [branch for branch in self._of_category() if branch.serves(self.nominee)]
        countable = tuple(branch for branch in serving if not branch.discretionary)
        if self.nominee.category is Category.MERIT and countable:
            return countable
        return tuple(serving)

    def _of_category(self) -> tuple[Branch, ...]:
        return tuple(branch for branch in self.fitting if self.nominee.category in branch.categories)

    def _named(self) -> tuple[Branch, ...]:
        asked = plain_code(self.nominee.branch)
        # "23.2" is a clause of a branch that is the whole article; "74" is an article with several branches.
        exact = tuple(branch for branch in self.fitting if f"{asked}.".startswith(f"{branch.code}."))
        found = exact or tuple(branch for branch in self.fitting if branch.code.startswith(f"{asked}."))
        of_category = tuple(branch for branch in found if self.nominee.category in branch.categories)
        countable = tuple(branch for branch in of_category if not branch.discretionary)
        if not exact and countable and self.nominee.category is Category.MERIT:
            return countable
        return of_category or found

    def _others(self, results: tuple[BranchResult, ...]) -> tuple[tuple[str, str], ...]:
        judged = {result.code for result in results}
        return tuple(
            (branch.code, branch.title)
            for branch in self.fitting
            if branch.discretionary and branch.code not in judged and branch.serves(self.nominee)
        )

    def _no_branch(self) -> Check:
        listed = "; ".join(f"{branch.code} ({branch.title})" for branch in self.fitting)
        award = name_of(self.nominee.award)
        if self.nominee.branch.strip():
            text = f"{award} không có căn cứ «{self.nominee.branch}»; hãy chọn một trong: {listed}."
            return Check("A2", None, text, self.a_round.rule_set.law)
        words = CATEGORY_WORDS[self.nominee.category]
        text = f"{award} không có căn cứ nào theo loại hình khen thưởng {words}; các căn cứ hiện có: {listed}."
        return Check("A2", False, text, self.a_round.rule_set.law)


def _nothing_pending(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Where no freeze is stated the reader is told that this was taken as none."""
    if nominee.freezes:
        return ()
    citation = (
        f"{a_round.rule_set.decree}, Điều 4 khoản 4" if a_round.counts_from_achievement else a_round.rule_set.decree
    )
    return (Check("A4-4", None, NOTHING_PENDING, citation),)


def nearest(results: Sequence[BranchResult]) -> BranchResult:
    """The branch that is told: one that holds, else one still open, else the one that comes nearest."""
    return min(results, key=_distance)


def _distance(result: BranchResult) -> tuple[int, int]:
    rank = {True: 0, None: 1, False: 2}[result.passed]
    return (rank, sum(check.passed is not True for check in result.checks))


def plain_code(text: str) -> str:
    """ "Điều 74.1d", "74.1 d" and "74.1.d" are "74.1.d"."""
    code = unicodedata.normalize("NFC", text).strip().lower()
    code = re.sub(r"^(điều|đ)\.?\s*(?=\d)", "", code)
    return re.sub(r"(?<=\d)\.?(?=[a-zđ])", ".", re.sub(r"\s+", "", code))
