"""What a subject may be proposed for, what is missing for the rest, and the earliest year that could be met.

The earliest year is found by judging again at the end of each coming year, as if the years went on well. What is
supposed of them is told in words (``supposed``): it is no promise of the law, and nothing else is supposed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from awards.domain.attendance import attendance_rules
from awards.domain.facts import Known, known_of
from awards.domain.said_once import Said, said_once
from awards.law.checks import Check, Judgement, Verdict
from awards.law.engine import judge
from awards.law.facts import Freeze, Given, Grade, Nominee, SubjectKind
from awards.law.registry import branches_of
from awards.law.rule_sets import RuleSet, rule_set_on
from awards.models import AwardForm, Subject

HORIZON = 12
# A source that names no form: nothing can be proposed under these.
VAGUE = ("bang-khen", "khen-thuong")
YEARLY = {
    SubjectKind.INDIVIDUAL: ("ld-tien-tien", "cstd-co-so"),
    SubjectKind.COLLECTIVE: ("tt-ld-tien-tien", "tt-ld-xuat-sac"),
}
SUPPOSED = {
    SubjectKind.INDIVIDUAL: "mỗi năm hoàn thành xuất sắc nhiệm vụ và được tặng Chiến sĩ thi đua cơ sở",
    SubjectKind.COLLECTIVE: (
        "mỗi năm hoàn thành xuất sắc nhiệm vụ, được tặng Tập thể lao động xuất sắc, số cá nhân như năm gần nhất"
    ),
    SubjectKind.HOUSEHOLD: "mỗi năm hoàn thành xuất sắc nhiệm vụ",
}
Judging = Callable[[AwardForm, Nominee], Judgement]
RANK = {Verdict.ELIGIBLE: 0, Verdict.NEEDS_DECISION: 1, Verdict.INELIGIBLE: 2}


@dataclass(frozen=True)
class Prospect:
    """One award of the catalogue for one subject."""

    award: AwardForm
    judgement: Judgement
    held: bool  # given for the year considered already
    earliest: int | None = None  # the first coming year in which nothing countable stands against it
    earliest_open: bool = False  # even then something is for people to decide or not known
    remaining: tuple[Check, ...] = ()  # what would still be missing after ``HORIZON`` years

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def missing(self) -> tuple[Check, ...]:
        """Conditions not met, then those not known: with their numbers and articles."""
        found = [check for check in self.judgement.checks if check.passed is not True]
        return tuple(sorted(found, key=lambda check: check.passed is None))

    @property
    def said(self) -> list[Said]:
        """Every condition as people read it."""
        return said_once(self.judgement.checks)

    @property
    def has_text(self) -> bool:
        """Whether the law gives it by conditions that can be counted; otherwise people read the statute."""
        known = branches_of(self.award.code, self.judgement.rule_set)
        judged = {each.code for each in self.judgement.branches}
        return any(branch.code in judged and not branch.discretionary for branch in known)

    @property
    def branch(self) -> str:
        """The branch that the answer tells of, as its article."""
        return next((check.branch for check in self.judgement.checks if check.branch), "")


@dataclass(frozen=True)
class Outlook:
    """Everything the page «Kiểm tra điều kiện» tells of one subject on one day."""

    subject: Subject
    on: date
    year: int
    rule_set: RuleSet
    base: Nominee  # what is held, as the rules read it
    prospects: tuple[Prospect, ...]
    supposed: str

    def of_verdict(self, verdict: Verdict) -> list[Prospect]:
        return [each for each in self.prospects if each.has_text and each.verdict is verdict]

    @property
    def without_text(self) -> list[Prospect]:
        return [each for each in self.prospects if not each.has_text]


def outlook_for(subject: Subject, on: date) -> Outlook:
    """Judge ``subject`` for every award of the catalogue that such a subject may get, on the day ``on``.

    Thirteen queries, eighteen for an agency itself, and up to two for each generation before it.
    Raises NoRuleSet with a sentence for a day before every rule set.
    """
    rule_set = rule_set_on(on)
    known = known_of([subject], [on.year - 1, on.year])
    year = known.year_considered(subject, on)
    awards = [
        each for each in AwardForm.objects.filter(active=True).exclude(code__in=VAGUE) if each.takes(subject.kind)
    ]
    base = known.nominee(subject, "", on, year=year)
    future = futures(base, known, subject)
    council = subject.council_id
    attendance = attendance_rules([council]).on(council, on)

    def judged(award: AwardForm, nominee: Nominee) -> Judgement:
        return judge(known.proposed_for(nominee, subject, award.code), attendance)

    found = [prospect(award, base, future, judged) for award in awards]
    ordered = sorted(found, key=lambda each: (RANK[each.verdict], each.earliest or 9999, each.award.position))
    return Outlook(subject, on, year, rule_set, base, tuple(ordered), supposed(base))


def prospect(award: AwardForm, base: Nominee, future: Sequence[Nominee], judged: Judging) -> Prospect:
    judgement = judged(award, base)
    held = any(each.award == award.code and each.year == base.year for each in base.awards or ())
    now = Prospect(award, judgement, held)
    if not now.has_text or judgement.verdict is Verdict.ELIGIBLE:
        return now
    return with_earliest(now, [judged(award, each) for each in future], future)


def with_earliest(now: Prospect, later: Sequence[Judgement], future: Sequence[Nominee]) -> Prospect:
    """The first year that holds; else, of one that fails now, the first in which nothing fails."""
    years = [each.year for each in future]
    verdicts = [each.verdict for each in later]
    if Verdict.ELIGIBLE in verdicts:
        return replace(now, earliest=years[verdicts.index(Verdict.ELIGIBLE)])
    if now.verdict is Verdict.NEEDS_DECISION:
        return now
    if Verdict.NEEDS_DECISION in verdicts:
        return replace(now, earliest=years[verdicts.index(Verdict.NEEDS_DECISION)], earliest_open=True)
    return replace(now, remaining=still_missing(now.judgement, later[-1]))


def still_missing(today: Judgement, last: Judgement) -> tuple[Check, ...]:
    """What stands against it even after all coming years; what only names a later year is told as of today."""
    failing = [check for check in last.checks if check.passed is False]
    texts = {check.text for check in failing}
    changed = [check for check in today.checks if check.passed is False and check.text not in texts]
    now = {check.text for check in today.checks}
    return tuple(check if check.text in now else as_of_today(check, changed) for check in failing)


def as_of_today(check: Check, changed: Sequence[Check]) -> Check:
    """The same condition in today's words; itself where today does not fail it."""
    alike = (each for each in changed if (each.rule, each.branch) == (check.rule, check.branch))
    return next(alike, check)


def futures(base: Nominee, known: Known, subject: Subject) -> list[Nominee]:
    """The subject at the end of the year considered and of each coming one, as ``supposed`` tells."""
    first = base.year or base.on.year
    people = known.histories[subject.pk].people
    latest = people[max(people)] if people else None
    rows = []
    for year in range(first, first + 1 + HORIZON):
        coming = range(first, year + 1)
        rows.append(
            replace(
                base,
                on=max(base.on, date(year, 12, 31)),
                year=year,
                received_on=None,
                grades=dict.fromkeys(coming, Grade.HTXS) | dict(base.grades or {}),
                awards=(*(base.awards or ()), *titles(base, coming)),
                freezes=tuple(each for each in base.freezes if each.cleared_on is not None),
                people=latest,
                bloc=None,
                moves=base.moves if year == first else (),
            )
        )
    return rows


def titles(base: Nominee, years: range) -> list[Given]:
    """The yearly titles of the coming years, each decided at its end; those that are held already stay as they are."""
    held = {(each.award, each.year) for each in base.awards or ()}
    low = {year for year, grade in (base.grades or {}).items() if grade < Grade.HTXS}
    return [
        Given(code, year, date(year, 12, 31))
        for year in years
        if year not in low
        for code in YEARLY.get(base.kind, ())
        if (code, year) not in held
    ]


def supposed(base: Nominee) -> str:
    """What the coming years are supposed to bring, as a sentence."""
    told = f"Giả định từ năm {base.year} trở đi, ở những năm chưa ghi: {SUPPOSED[base.kind]}; không có vi phạm mới"
    if any(each.cleared_on is None for each in base.freezes):
        told += "; các việc đang xác minh kết thúc mà không có sai phạm"
    return f"{told}. Không giả định thêm sáng kiến, khen thưởng nào khác."


def told(each: Prospect) -> str:
    """From when, as a sentence; empty when it holds already or nothing can be said."""
    if each.earliest is not None:
        end = "; khi đó vẫn có điều kiện cần xem xét" if each.earliest_open else ""
        return f"Sớm nhất xét năm {each.earliest}, theo giả định ở cuối trang{end}."
    if each.remaining:
        rest = " ".join(dict.fromkeys(check.text for check in each.remaining))
        return f"Chỉ thêm năm công tác thì chưa đủ. Điều kiện còn phải đạt: {rest}"
    return ""


def open_freezes(base: Nominee) -> list[Freeze]:
    return [each for each in base.freezes if each.cleared_on is None or each.cleared_on > base.on]
