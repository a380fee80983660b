"""Cases written from the statutes' text, judged the way ``manage.py eligibility`` does, without a database.

Each case in ``cases/*.yaml`` names its article and says why; ``expect.verdict`` is a list only where the text
leaves two readings open. Nothing here was taken from what the rules answered.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from awards.eligibility.answering import answer
from awards.eligibility.schema import FORMAT, read_text
from awards.eligibility.tree import read_path
from awards.law.engine import judge

CASES = Path(__file__).parent / "cases"
KEYS = {"rule_set", "verdict", "branch", "text_contains", "rules_failed", "banner"}
AT_LEAST = 150


def load() -> list[dict[str, Any]]:
    return [
        {**case, "file": path.stem}
        for path in sorted(CASES.glob("*.yaml"))
        # Not yaml.safe_load: it would read the key ``on`` as true.
        for case in read_path(path)[0]["cases"]
    ]


ALL = load()
BY_ID = {case["id"]: case for case in ALL}


@cache
def answered(id_: str) -> dict[str, Any]:
    """The case through the strict reader and the rules."""
    document = {"format": FORMAT, "nominees": [{"id": id_, **BY_ID[id_]["nominee"]}]}
    (nominee,) = read_text(json.dumps(document, ensure_ascii=False, default=str))
    return answer(judge(nominee))


def said(found: dict[str, Any]) -> str:
    """The answer in words, for a failing assertion."""
    lines = [f"  {check['passed']} {check['rule']}: {check['text']}" for check in found["checks"]]
    return "\n".join([f"{found['id']}: {found['verdict']} ({found['rule_set']}, {found['branch']})", *lines])


def test_there_are_enough_cases_and_each_names_its_article_and_its_reason() -> None:
    assert len(ALL) == len(BY_ID) >= AT_LEAST
    for case in ALL:
        assert any(word in case["cites"] for word in ("Điều", "mục", "Thông tư", "nguyên tắc")), case["id"]
        assert len(case["why"]) >= 10, case["id"]
        assert set(case["expect"]) <= KEYS, case["id"]


@pytest.mark.parametrize("id_", BY_ID)
def test_the_verdict_is_that_of_the_text(id_: str) -> None:
    expect, found = BY_ID[id_]["expect"], answered(id_)
    wanted = expect["verdict"] if isinstance(expect["verdict"], list) else [expect["verdict"]]

    assert found["rule_set"] == expect["rule_set"]
    assert found["verdict"] in wanted, said(found)


@pytest.mark.parametrize("id_", [each for each, case in BY_ID.items() if "rules_failed" in case["expect"]])
def test_the_rule_that_fails_is_named(id_: str) -> None:
    failed = {check["rule"] for check in answered(id_)["checks"] if check["passed"] is False}

    assert set(BY_ID[id_]["expect"]["rules_failed"]) <= failed, said(answered(id_))


@pytest.mark.parametrize("id_", [each for each, case in BY_ID.items() if "text_contains" in case["expect"]])
def test_the_sentences_tell_the_years_and_numbers_they_used(id_: str) -> None:
    found = answered(id_)
    words = " ".join(check["text"] for check in found["checks"])

    for part in BY_ID[id_]["expect"]["text_contains"]:
        assert part in words, said(found)


@pytest.mark.parametrize("id_", [each for each, case in BY_ID.items() if "branch" in case["expect"]])
def test_the_branch_that_holds_is_named(id_: str) -> None:
    assert answered(id_)["branch"] == BY_ID[id_]["expect"]["branch"], said(answered(id_))


@pytest.mark.parametrize("id_", [each for each, case in BY_ID.items() if "banner" in case["expect"]])
def test_the_banner_stands_over_the_amended_law_alone(id_: str) -> None:
    assert ("06/2026/QH16" in answered(id_)["banner"]) is BY_ID[id_]["expect"]["banner"]


@pytest.mark.parametrize("id_", BY_ID)
def test_the_verdict_follows_from_the_checks(id_: str) -> None:
    """Eligible never stands beside a failed check; a failed one makes ineligible; an open one, a decision."""
    found = answered(id_)
    values = [check["passed"] for check in found["checks"]]

    assert values, said(found)
    if found["verdict"] == "eligible":
        assert set(values) == {True}, said(found)
    elif found["verdict"] == "ineligible":
        assert False in values, said(found)
    else:
        assert None in values, said(found)
        assert False not in values, said(found)


@pytest.mark.parametrize("id_", BY_ID)
def test_every_check_is_a_sentence_with_its_source(id_: str) -> None:
    found = answered(id_)

    for check in found["checks"] + found["notes"]:
        assert list(check) == ["rule", "passed", "text", "citation"]
        assert check["text"][:1].isupper(), check
        assert check["text"].endswith((".", "!", "?")), check
        assert check["rule"], check
        assert check["citation"], check
