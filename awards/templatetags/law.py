"""Articles and rule sets as people name them: their codes are ours."""

from django import template

from awards.law.branches import article_of
from awards.law.rule_sets import BY_CODE

register = template.Library()


@register.filter
def article_words(code: str) -> str:
    """ "74.1.d" as "Điều 74 khoản 1 điểm d"."""
    return article_of(code or "")


@register.filter
def law_of(code: str) -> str:
    """ "R2025" as "Luật TĐKT 2022, Nghị định 152/2025/NĐ-CP"; unknown as an empty string."""
    found = BY_CODE.get(code or "")
    return f"{found.law}, {found.decree}" if found else ""
