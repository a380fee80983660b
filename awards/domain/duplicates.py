"""Proposals that meet: the same award twice, several awards for one achievement, several titles at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Q

from awards.domain.law_days import law_day
from awards.enums import Category, NominationState, Proposer
from awards.law.checks import Check
from awards.law.facts import Category as LawCategory
from awards.law.gates_on_lists import Nomination as Proposed
from awards.law.gates_on_lists import one_achievement_one_award
from awards.law.names import TITLES
from awards.law.rule_sets import BY_CODE, NoRuleSet, RuleSet, rule_set_on
from awards.models import Dossier, Nomination
from awards.tables.dossiers import WITH_STANDING

OVER = (NominationState.FAILED, NominationState.REFUSED)
PAID_ONCE = "Nghị định 152/2025/NĐ-CP, Điều 49 khoản 5"


@dataclass
class Met:
    """What one nomination meets elsewhere. ``rivals`` tells the standing body which; makers read the sentences."""

    sentences: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    notes: list[Check] = field(default_factory=list)
    rivals: list[Nomination] = field(default_factory=list)


def meetings(nominations: Sequence[Nomination]) -> dict[int, Met]:
    """What each of ``nominations`` meets, by its id. One query however many they are.

    A draft of somebody else is nobody's business: only what was sent counts, and what the same makers prepare.
    A4-1: Luật TĐKT 2022, Điều 5 khoản 2 điểm c.
    """
    everyone = {each.pk: each for each in [*rivals_of(nominations), *nominations]}
    of_subject: dict[int, list[Nomination]] = defaultdict(list)
    for each in everyone.values():
        of_subject[each.subject_id].append(each)
    return {each.pk: met_by(each, of_subject[each.subject_id]) for each in nominations}


def rivals_of(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Every live proposal of the same subjects in the same years, or of any year that names its achievement."""
    near = Q(dossier__year__in={each.dossier.year for each in nominations}) | ~Q(achievement="")
    rows = Nomination.objects.filter(near, subject__in={each.subject_id for each in nominations})
    return list(rows.exclude(state__in=OVER).select_related("dossier__agency", "award").defer("checks", "summary"))


def met_by(one: Nomination, of_subject: Iterable[Nomination]) -> Met:
    met = Met()
    everyone = [each for each in of_subject if each.pk != one.pk and stands_against(one, each)]
    others = [each for each in everyone if each.dossier.year == one.dossier.year]
    met.rivals = [each for each in others if each.award_id == one.award_id and each.dossier_id != one.dossier_id]
    met.sentences = sorted({told(one, each) for each in met.rivals})
    rule_set = rule_set_of(one.dossier)
    if rule_set is not None:
        pairs = (one_achievement_one_award((proposed(one), proposed(each)), rule_set) for each in everyone)
        met.checks = unique(clash.check for found in pairs for clash in found)
    met.notes = several_titles(one, others)
    return met


def stands_against(one: Nomination, other: Nomination) -> bool:
    """Live, and sent or prepared by the same makers."""
    if other.state in OVER:
        return False
    return other.dossier.state in WITH_STANDING or same_makers(one.dossier, other.dossier)


def same_makers(one: Dossier, other: Dossier) -> bool:
    return maker_of(one) == maker_of(other)


def maker_of(dossier: Dossier) -> tuple[str, int | None]:
    if dossier.proposer == Proposer.BLOC:
        return (dossier.proposer, dossier.bloc_year_id)
    return (dossier.proposer, dossier.agency_id)


def told(one: Nomination, other: Nomination) -> str:
    """The sentence for the makers: nothing of another unit's dossier."""
    year = one.dossier.year
    if same_makers(one.dossier, other.dossier):
        return f"Đã có trong hồ sơ {other.dossier.code} với cùng hình thức {other.award} năm {year}; hãy bỏ một nơi."
    return (
        f"Đang được một đơn vị khác đề nghị {other.award} năm {year}; "
        "hãy trao đổi với cơ quan thường trực Hội đồng trước khi gửi."
    )


def rule_set_of(dossier: Dossier) -> RuleSet | None:
    """The law that judges this dossier; None before every law that is held."""
    if dossier.favourable_rule_set in BY_CODE:
        return BY_CODE[dossier.favourable_rule_set]
    try:
        return rule_set_on(law_day(dossier))
    except NoRuleSet:
        return None


def proposed(row: Nomination) -> Proposed:
    return Proposed(
        id=str(row.pk),
        subject=str(row.subject_id),
        award=row.award.code,
        is_title=row.award.code in TITLES,
        category=LawCategory(row.dossier.category),
        period=period_of(row.dossier),
        achievement=row.achievement,
    )


def period_of(dossier: Dossier) -> str:
    """The time counted: the year, or the days of the achievement outside yearly merit."""
    start, end = dossier.achievement_from, dossier.achievement_until
    if dossier.category == Category.MERIT or start is None or end is None:
        return str(dossier.year)
    return f"{start:%d/%m/%Y} – {end:%d/%m/%Y}"


def several_titles(one: Nomination, others: Iterable[Nomination]) -> list[Check]:
    names = sorted({str(each.award) for each in others if each.award.code in TITLES and each.award_id != one.award_id})
    if one.award.code not in TITLES or not names:
        return []
    text = (
        f"Cùng năm {one.dossier.year} còn được đề nghị {', '.join(names)}; "
        "nếu cùng được tặng, tiền thưởng chỉ chi danh hiệu cao nhất."
    )
    return [Check("B6", None, text, PAID_ONCE)]


def unique(checks: Iterable[Check]) -> list[Check]:
    return [next(iter(group)) for _, group in groupby(sorted(checks, key=lambda each: each.text))]


def known_rivals(dossier: Dossier, shown: Sequence[Nomination]) -> Mapping[int, list[Nomination]]:
    """For the standing body: which other sent dossiers propose the same. One query."""
    found = meetings(shown)
    return {pk: met.rivals for pk, met in found.items() if met.rivals}
