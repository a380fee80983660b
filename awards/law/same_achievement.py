"""One achievement, one award (domain.md A4-1): what was commended before, by the name of the achievement."""

import unicodedata

from awards.law.branches import Round
from awards.law.checks import Check
from awards.law.facts import Category, Given, Nominee
from awards.law.names import TITLES, name_of
from awards.law.rule_sets import RuleSet

# Commended for one achievement apart, not for the years' work: here the achievement has to have a name.
NAMED_CATEGORIES = frozenset({Category.SURPRISE, Category.MOVEMENT})
CATEGORY_WORDS = {Category.SURPRISE: "đột xuất", Category.MOVEMENT: "phong trào thi đua, chuyên đề"}


def plain(achievement: str) -> str:
    """The name of an achievement as it is compared: one normal form, no case, single spaces; accents count."""
    return " ".join(unicodedata.normalize("NFC", achievement).casefold().split())


def one_award_citation(rule_set: RuleSet) -> str:
    if rule_set.code == "R2017":
        return "Luật TĐKT 2003 (sửa đổi, bổ sung 2013), Điều 6 khoản 2 điểm b"
    return "Luật TĐKT 2022, Điều 5 khoản 2 điểm c"


def commended_before(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A4-1: an achievement that was commended is not commended again, nor with another form.

    Failed where both name the same achievement, whatever the years. Open where one of the two is not named and both
    are surprise awards, or both of a movement, for the same year. Titles are of years, not of achievements: they meet
    only the same title.
    """
    citation = one_award_citation(a_round.rule_set)
    held = [each for each in nominee.awards or () if _held(each, nominee) and _excludes(each, nominee)]
    told = ((each, _meets(each, nominee, a_round.end_year)) for each in held)
    return tuple(Check("A4-1", *_told(each, nominee, same), citation) for each, same in told if same is not False)


def _held(given: Given, nominee: Nominee) -> bool:
    return not given.revoked and (given.decided_on is None or given.decided_on <= nominee.on)


def _excludes(given: Given, nominee: Nominee) -> bool:
    return given.award == nominee.award or not (given.award in TITLES or nominee.award in TITLES)


def _meets(given: Given, nominee: Nominee, year: int) -> bool | None:
    """Whether the award was for the achievement proposed now; None where only a name would tell."""
    before, now = plain(given.achievement), plain(nominee.achievement)
    if before and now:
        return before == now
    apart = nominee.category in NAMED_CATEGORIES and given.category is nominee.category
    return None if apart and given.year in (None, year) else False


def _told(given: Given, nominee: Nominee, same: bool | None) -> tuple[bool | None, str]:
    what = name_of(given.award) + (f" năm {given.year}" if given.year is not None else "")
    if given.decided_on is not None:
        what += f" (quyết định ngày {given.decided_on:%d/%m/%Y})"
    if same:
        text = f"Thành tích «{given.achievement.strip()}» đã được tặng {what}; một thành tích chỉ khen một lần."
        return False, f"{text} Nếu là thành tích khác, hãy ghi lại tên thành tích cho rõ."
    text = f"Đã được tặng {what} do thành tích {CATEGORY_WORDS[nominee.category]}"
    return None, f"{text}; hãy ghi tên thành tích để biết có phải cùng một thành tích."
