"""Judgements as the JSON of ``manage.py eligibility``: the same input gives the same bytes."""

import json
from collections.abc import Iterable
from typing import Any

from awards.law.checks import Check, Judgement


def answer(judgement: Judgement) -> dict[str, Any]:
    """One object: the promised keys first, then what the format added later."""
    return {
        "id": judgement.id,
        "award": judgement.award,
        "rule_set": judgement.rule_set,
        "verdict": judgement.verdict.value,
        "checks": [check_answer(check) for check in judgement.checks],
        "branch": next((check.branch for check in judgement.checks if check.branch), ""),
        "notes": [check_answer(check) for check in judgement.notes],
        "banner": judgement.banner,
        "open_branches": [{"branch": code, "title": title} for code, title in judgement.open_branches],
    }


def check_answer(check: Check) -> dict[str, Any]:
    """``passed`` is null where a fact is missing or the text leaves the point to people."""
    return {"rule": check.rule, "passed": check.passed, "text": check.text, "citation": check.citation}


def as_json(judgements: Iterable[Judgement]) -> str:
    """The whole answer: one object per nominee in the file's order."""
    return json.dumps([answer(each) for each in judgements], ensure_ascii=False, indent=2) + "\n"
