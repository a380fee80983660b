"""Words of a criteria table for templates: ``{% load criteria %}``."""

from collections.abc import Mapping
from typing import Any

from django import template

from scoring.domain.parameters import rules_in_words
from scoring.domain.tree import Node
from scoring.templatetags.scoring import kind_words

register = template.Library()


@register.filter
def node_facts(node: Node, appraisers: Mapping[int | str, str]) -> list[str]:
    """How a criterion is scored, measured and appraised, each fact in a few words.

    ``appraisers`` are agencies' names by id, or by the criterion's code where nothing is stored yet.
    """
    if node.is_group:
        return []
    appraiser = appraisers.get(node.appraiser_id or node.code, "")
    return [kind_words(node), *rules_in_words(node.options, node, appraiser=appraiser)]


@register.simple_tag
def is_open(node: Any, opened: frozenset[int]) -> bool:
    return node.id in opened
