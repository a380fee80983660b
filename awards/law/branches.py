"""One legal branch of an award, the round that it is judged in, and what its paper must attest.

Promises to the modules that write branches (individuals, collectives, households):

* ``test`` answers a tuple of ``Check``; make each with ``said(passed, sentence)``. Rule, branch and citation that
  are left empty are filled in by ``Branch.judged``; a check from a decree may carry its own citation.
* What the law wants but nobody counts (unity, exemplary conduct, "được lựa chọn") is an ``Attestation``: it is told
  as a note and changes nothing, unless the dossier says that it is not so. Then it is a failed check.
* A discretionary branch leaves its substance to people: its test ends with ``individuals_open.weighed(title)``.
* The registry that joins the lists is ``awards.law.registry``: each module offers lists named R2017, R2024, R2025.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from awards.law.checks import BranchResult, Check, all_of
from awards.law.facts import Category, Nominee, SubjectKind
from awards.law.rule_sets import RuleSet

LAST_DAY = (12, 31)
FOR_WORKERS = "Căn cứ này chỉ dành cho công nhân, nông dân, người lao động trực tiếp."
NOT_FOR_WORKERS = "Căn cứ này không dành cho công nhân, nông dân, người lao động trực tiếp; hãy chọn căn cứ dành riêng."
WORKER_UNKNOWN = "Chưa rõ có phải là công nhân, nông dân, người lao động trực tiếp hay không; hãy bổ sung."


@dataclass(frozen=True)
class Round:
    """The rule set and the last year that counts."""

    rule_set: RuleSet
    end_year: int

    @property
    def counts_from_achievement(self) -> bool:
        """True from NĐ 152/2025 on: windows count from the achievement written in the decision (Điều 33.7)."""
        return self.rule_set.code in ("R2025", "R2026")


def round_of(nominee: Nominee, rule_set: RuleSet) -> Round:
    """The round of a nominee: the year stated, else the last year finished or already graded on that day."""
    return Round(rule_set, nominee.year if nominee.year is not None else _last_year(nominee))


def _last_year(nominee: Nominee) -> int:
    this_year = nominee.on.year
    ended = nominee.on == date(this_year, *LAST_DAY)
    graded = this_year in (nominee.grades or {})
    awarded = any(given.year == this_year for given in nominee.awards or ())
    return this_year if ended or graded or awarded else this_year - 1


@dataclass(frozen=True)
class Attestation:
    """Something the paper of the nominee must attest; ``code`` is the key in ``Nominee.attested``."""

    code: str
    text: str  # a noun phrase: "tinh thần đoàn kết, tương trợ"


def article_of(code: str) -> str:
    """ "74.1.d" is "Điều 74 khoản 1 điểm d"; nothing is nothing, and what is no such code stays as it is."""
    if not code[:1].isdigit():
        return code
    parts = zip(("Điều", "khoản", "điểm"), code.split("."), strict=False)
    return " ".join(f"{word} {number}" for word, number in parts)


def cite(law: str, code: str) -> str:
    """ "74.1.d" of "Luật TĐKT 2022" is "Luật TĐKT 2022, Điều 74 khoản 1 điểm d"."""
    return f"{law}, {article_of(code)}"


Test = Callable[[Nominee, Round], tuple[Check, ...]]


def said(passed: bool | None, text: str, citation: str = "") -> Check:
    """A check that ``Branch.judged`` signs with rule, branch and, where empty, citation."""
    return Check(rule="", passed=passed, text=text, citation=citation)


@dataclass(frozen=True)
class Branch:
    """One way the statute gives to one award.

    ``code`` is article.clause.point as the statute of that rule set numbers it, letters as printed ("74.1.đ").
    ``workers``: True is only for workers and farmers, False never for them, None for both.
    """

    code: str
    rule: str
    award: str
    kinds: frozenset[SubjectKind]
    title: str
    citation: str
    test: Test
    discretionary: bool = False
    categories: frozenset[Category] = frozenset({Category.MERIT})
    attestations: tuple[Attestation, ...] = ()
    workers: bool | None = None

    def judged(self, nominee: Nominee, a_round: Round) -> BranchResult:
        """The branch's checks, signed; attestations that the dossier denies are failed checks."""
        checks = self._audience(nominee) + self.test(nominee, a_round) + self._denied(nominee)
        signed = tuple(self._sign(check) for check in checks)
        return BranchResult(self.code, self.title, all_of(check.passed for check in signed), signed)

    def notes(self, nominee: Nominee) -> tuple[Check, ...]:
        """The attestations that are confirmed or still to be confirmed."""
        return tuple(
            self._sign(_note(each, nominee.attested.get(each.code)))
            for each in self.attestations
            if nominee.attested.get(each.code) is not False
        )

    def serves(self, nominee: Nominee) -> bool:
        """Whether the branch is for this kind of subject and, where nothing else is known, this kind of person."""
        audience = self.workers is None or self.workers is (nominee.worker is True)
        return nominee.kind in self.kinds and audience

    def _audience(self, nominee: Nominee) -> tuple[Check, ...]:
        if self.workers is None or nominee.worker is self.workers:
            return ()
        if nominee.worker is not None:
            return (said(False, FOR_WORKERS if self.workers else NOT_FOR_WORKERS),)
        return (said(None, WORKER_UNKNOWN),) if self.workers else ()

    def _denied(self, nominee: Nominee) -> tuple[Check, ...]:
        return tuple(
            said(False, f"Hồ sơ không xác nhận {each.text}.")
            for each in self.attestations
            if nominee.attested.get(each.code) is False
        )

    def _sign(self, check: Check) -> Check:
        return replace(
            check,
            rule=check.rule or self.rule,
            branch=check.branch or self.code,
            citation=check.citation or self.citation,
        )


def _note(attestation: Attestation, attested: bool | None) -> Check:
    if attested:
        return said(True, f"Hồ sơ đã xác nhận {attestation.text}.")
    return said(None, f"Hồ sơ cần có xác nhận của đơn vị về {attestation.text}.")


INDIVIDUAL = frozenset({SubjectKind.INDIVIDUAL})
COLLECTIVE = frozenset({SubjectKind.COLLECTIVE})
HOUSEHOLD = frozenset({SubjectKind.HOUSEHOLD})
