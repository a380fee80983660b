"""Words of a criteria table for templates: ``{% load criteria %}``."""

from collections.abc import Mapping
from typing import Any

from django import template

from khoithidua.web.numbers import plain_number
from scoring.domain.computing import levels_of, number
from scoring.domain.tree import Node
from scoring.enums import AppraisedBy
from scoring.templatetags.scoring import kind_words

register = template.Library()


@register.filter
def node_facts(node: Node, appraisers: Mapping[int, str]) -> list[str]:
    """How a criterion is scored, measured and appraised, each fact in a few words."""
    if node.is_group:
        return []
    facts = [kind_words(node), levels_fact(node), per_fact(node), measure_fact(node)]
    if node.floor_percent is not None:
        facts.append(f"mức sàn {plain_number(node.floor_percent)} %")
    if node.options.get("condition"):
        facts.append(f"điều kiện: {node.options['condition']} {node.options.get('threshold') or ''}".strip())
    facts.append(appraiser_fact(node, appraisers))
    return [fact for fact in facts if fact]


def levels_fact(node: Node) -> str:
    """Each level with its points: "A: 10; C: mất toàn tiêu chí"."""
    return "; ".join(
        f"{level.get('name', '')}: {'mất toàn tiêu chí' if level.get('voids') else plain_number(points)}"
        for level in levels_of(node.options)
        if (points := number(level, "points")) is not None
    )


def per_fact(node: Node) -> str:
    per = number(node.options, "per")
    return f"mỗi lần {plain_number(per)} điểm" if per is not None else ""


def measure_fact(node: Node) -> str:
    """Unit and range: "%, từ 0 đến 100"."""
    least = f"từ {plain_number(node.least)}" if node.least is not None else ""
    most = f"đến {plain_number(node.most)}" if node.most is not None else ""
    unit = f"đơn vị tính {node.unit}" if node.unit else ""
    return ", ".join(part for part in (unit, f"{least} {most}".strip()) if part)


def appraiser_fact(node: Node, appraisers: Mapping[int, str]) -> str:
    if node.appraised_by == AppraisedBy.SECRETARIAT:
        return ""
    agency = appraisers.get(node.appraiser_id or 0, "")
    who = agency or str(AppraisedBy(node.appraised_by).label)
    return f"{who} thẩm định"


@register.simple_tag
def is_open(node: Any, opened: frozenset[int]) -> bool:
    return node.id in opened
