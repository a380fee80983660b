"""Which awards are made public before the council meets, and for how long: the law's awards, and the province's."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from awards.domain.council_rules import rule_values
from awards.enums import AwardGroup, AwardLevel
from awards.law.working_days import POSTING
from awards.models import CouncilRule, Nomination
from awards.tables.catalogue import in_period

# Luật TĐKT 2022, Điều 84 khoản 5; NĐ 152/2025, Điều 44 khoản 2.
POSTED_GROUPS = (AwardGroup.ORDER, AwardGroup.HONOUR, AwardGroup.PRIZE)
POSTED_CODES = ("cstd-toan-quoc",)
DAYS, PROVINCIAL = "posting-days", "posting-provincial"


@dataclass(frozen=True)
class PostingRule:
    """At least ``days`` working days, never fewer than the law's ten; ``provincial``: provincial awards as well."""

    days: int = POSTING.days
    citation: str = POSTING.citation
    provincial: bool = False

    def wants(self, nomination: Nomination) -> bool:
        """Orders, state honours, state prizes, CSTĐ toàn quốc, and what the province added; not by the simplified
        procedure (NĐ 152/2025, Điều 44 khoản 2)."""
        award = nomination.award
        named = award.group in POSTED_GROUPS or award.code in POSTED_CODES
        added = self.provincial and award.level == AwardLevel.PROVINCE
        return not nomination.dossier.simplified and (named or added)

    @property
    def posted_words(self) -> str:
        """The awards that are posted, as a sentence names them."""
        words = "huân chương, danh hiệu vinh dự nhà nước, giải thưởng và Chiến sĩ thi đua toàn quốc"
        return f"{words}, cùng danh hiệu, hình thức cấp tỉnh theo quy định của tỉnh," if self.provincial else words


def posting_rule(council_id: int, on: date) -> PostingRule:
    """The law's term, or the province's longer one, on the day ``on``; one query."""
    found = rule_values(council_id, on, DAYS, PROVINCIAL)
    own, provincial = found.get(DAYS), found.get(PROVINCIAL)
    adds = provincial is not None and bool(provincial.value)
    if own is None or int(own.value) <= POSTING.days:
        return PostingRule(provincial=adds)
    return PostingRule(int(own.value), own.legal_basis or "quy định của tỉnh", adds)


def is_posted(on: date) -> Q:
    """Nominations whose list is made public first, by the law or by their council's rule on the day ``on``."""
    rules = CouncilRule.objects.filter(in_period(on), council=OuterRef("dossier__council"), key=PROVINCIAL, value=True)
    named = Q(award__group__in=POSTED_GROUPS) | Q(award__code__in=POSTED_CODES)
    return Q(dossier__simplified=False) & (named | (Q(award__level=AwardLevel.PROVINCE) & Q(Exists(rules))))
