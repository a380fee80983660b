"""Gates that compare several nominees, and the law's help for women (domain.md A4-1, A4-8, A4-9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from awards.law.checks import Check
from awards.law.facts import Category, Nominee, SubjectKind
from awards.law.rule_sets import RuleSet
from awards.law.same_achievement import one_award_citation, plain

WOMEN_PERCENT = 70


@dataclass(frozen=True)
class Nomination:
    """One proposal as A4-1 compares it. ``achievement`` empty: the dossier does not name it apart."""

    id: str
    subject: str
    award: str
    is_title: bool
    category: Category
    period: str
    achievement: str = ""


@dataclass(frozen=True)
class Clash:
    """Two proposals that meet in one achievement; ``check.passed`` None where nobody named the achievement."""

    first: str
    second: str
    check: Check


def one_achievement_one_award(nominations: Sequence[Nomination], rule_set: RuleSet) -> tuple[Clash, ...]:
    """A4-1: not twice, and not several forms, for one achievement of one subject.

    Luật TĐKT 2022, Điều 5 khoản 2 điểm c (2003 law as amended in 2013: Điều 6 khoản 2 điểm b, several forms only).
    The same subject: a failed check where both name the same achievement; an open one where one of them names none
    and category and period are the same. Titles of different names, or a title and a form, may stand together.
    """
    found = []
    for one, other in combinations(nominations, 2):
        if _same_ground(one, other) and _excludes(one, other):
            found.append(Clash(one.id, other.id, _clash(one, other, rule_set)))
    return tuple(found)


def _same_ground(one: Nomination, other: Nomination) -> bool:
    first, second = plain(one.achievement), plain(other.achievement)
    if first and second:
        return one.subject == other.subject and first == second
    return (one.subject, one.category, one.period) == (other.subject, other.category, other.period)


def _excludes(one: Nomination, other: Nomination) -> bool:
    return one.award == other.award or not (one.is_title or other.is_title)


def _clash(one: Nomination, other: Nomination, rule_set: RuleSet) -> Check:
    named = bool(plain(one.achievement) and plain(other.achievement))
    if named:
        what = f"Hai đề nghị cho cùng một đối tượng và cùng một thành tích «{one.achievement.strip()}»"
        text = f"{what}: chỉ được giữ một đề nghị."
    else:
        what = "Hai đề nghị cho cùng một đối tượng, cùng loại hình, cùng thời gian"
        text = f"{what} ({one.period}): hãy nêu rõ thành tích của từng đề nghị; một thành tích chỉ khen một lần."
    return Check("A4-1", False if named else None, text, one_award_citation(rule_set))


def women_preferred(nominee: Nominee) -> bool | None:
    """A4-8: a woman, or a collective with at least 70 % women; None where that is not known (NĐ 152/2025, Điều 4.6)."""
    if nominee.kind is SubjectKind.INDIVIDUAL:
        return nominee.sex == "female" if nominee.sex else None
    people = nominee.people
    if nominee.kind is SubjectKind.HOUSEHOLD or people is None or people.women is None or not people.total:
        return None
    return people.women * 100 >= WOMEN_PERCENT * people.total


def settle_tie(nominees: Sequence[Nominee]) -> tuple[str, ...]:
    """A4-8: of equally qualified nominees, the ids that are to be chosen first (NĐ 152/2025, Điều 4.6).

    All ids where the rule does not part them: none or all are preferred, or something is not known.
    """
    everyone = tuple(each.id for each in nominees)
    values = [women_preferred(each) for each in nominees]
    if None in values:
        return everyone
    first = tuple(id_ for id_, value in zip(everyone, values, strict=True) if value)
    return first or everyone


def office_months_needed(months: int, *, woman_leader: bool, higher_retirement_age: bool = False) -> int:
    """A4-9: months in office for long contribution, one third less for women leaders, rounded up to a month.

    Not for those whose retirement age was raised above the general one (NĐ 152/2025, Điều 4 khoản 7).
    """
    if not woman_leader or higher_retirement_age:
        return months
    return -(-months * 2 // 3)
