"""What a nomination may rest on: the branches of its award under its dossier's law, and what its paper attests."""

from dataclasses import dataclass

from awards.domain.duplicates import rule_set_of
from awards.domain.facts import MOVEMENT_WORDS
from awards.law.branches import Branch, article_of
from awards.law.facts import SubjectKind
from awards.law.registry import branches_of
from awards.models import Nomination

PASSED_WORDS = {True: "thỏa mãn theo kiểm tra", False: "chưa thỏa mãn theo kiểm tra", None: "cần bổ sung, xem xét"}


@dataclass(frozen=True)
class Choice:
    """One branch as a form offers it."""

    code: str
    title: str
    passed: bool | None
    judged: bool
    discretionary: bool

    @property
    def words(self) -> str:
        told = PASSED_WORDS[self.passed] if self.judged else ""
        if self.discretionary and not self.judged:
            told = "do Hội đồng xem xét"
        return f"{article_of(self.code)}: {self.title}{f' ({told})' if told else ''}"


@dataclass(frozen=True)
class Ground:
    branches: tuple[Choice, ...]
    attestations: tuple[tuple[str, str], ...]

    @property
    def held(self) -> tuple[Choice, ...]:
        """Branches that the last check found to hold: what the system proposes."""
        return tuple(each for each in self.branches if each.judged and each.passed is True)


def ground_of(nomination: Nomination) -> Ground:
    """Branches of the award for this kind of subject, and the attestations of the one chosen or of all. No query.

    A collective in a dossier that cites a movement is asked of that movement too.

    Reads ``dossier``, ``award``, ``subject`` and the stored checks.
    """
    rule_set = rule_set_of(nomination.dossier)
    known: tuple[Branch, ...] = branches_of(nomination.award.code, rule_set.code) if rule_set else ()
    fitting = [each for each in known if SubjectKind(nomination.subject.kind) in each.kinds]
    judged = {each["code"]: each["passed"] for each in nomination.checks.get("branches", ())}
    chosen = [each for each in fitting if each.code == nomination.branch] or fitting
    words = {each.code: each.text for one in chosen for each in one.attestations}
    if nomination.dossier.movement_id is not None and nomination.subject.kind == SubjectKind.COLLECTIVE:
        words |= MOVEMENT_WORDS
    attested = {code: f"{text[:1].upper()}{text[1:]}" for code, text in words.items()}
    return Ground(tuple(choice_of(each, judged) for each in fitting), tuple(attested.items()))


def choice_of(branch: Branch, judged: dict[str, bool | None]) -> Choice:
    return Choice(branch.code, branch.title, judged.get(branch.code), branch.code in judged, branch.discretionary)
