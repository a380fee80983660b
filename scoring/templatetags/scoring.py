"""Words of scoring for templates: ``{% load scoring %}``."""

import re
from typing import Any

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString

from blocs.enums import Award
from scoring.domain.grading import words_of_grading
from scoring.domain.wording import tie_break_word
from scoring.enums import CriterionKind, Formula

register = template.Library()

WORKED_ON = re.compile(r"<(?:a|button|input|select|textarea)\b|\bdata-points\b")
NOTHING = ("", "–")


@register.filter
def kind_words(node: Any) -> str:
    """How a criterion is scored: "Định lượng: theo tỷ lệ hoàn thành"."""
    words = str(CriterionKind(node.kind).label)
    return f"{words}: {str(Formula(node.formula).label).lower()}" if node.formula else words


@register.filter
def tie_break_words(value: Any) -> str:
    """One tie-break or a list of them, in words."""
    entries = value if isinstance(value, list) else [value]
    return "; ".join(tie_break_word(entry) for entry in entries if entry)


@register.filter
def grading_words(grading: dict[str, Any]) -> str:
    """The bands of a criteria set in one sentence's words."""
    return words_of_grading(grading)


@register.filter
def award_name(code: str) -> str:
    """An award's name in running text."""
    return str(Award(code).label) if code in Award.values else code


@register.simple_block_tag
def cell(content: SafeString, label: str, kind: str = "") -> SafeString:
    """A cell of a table that stacks on phones, where a cell that says nothing and asks nothing takes no room."""
    is_blank = strip_tags(content).strip() in NOTHING and not WORKED_ON.search(content)
    classes = " ".join(each for each in (kind, "is-blank" if is_blank else "") if each)
    return format_html('<td class="{}" data-label="{}">{}</td>', classes, label, content)
