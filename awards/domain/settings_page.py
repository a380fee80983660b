"""The page of a council's settings: every key with its value in force, those to come and those gone."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from awards.domain.catalogue_checks import spell
from awards.domain.council_rule_keys import KEYS, RuleKey
from awards.domain.rule_writing import words_of
from awards.models import CouncilRule
from blocs.models import Council


@dataclass(frozen=True)
class Line:
    """One value of a key: in words, since when, and whether it holds today."""

    row: CouncilRule
    words: str
    period: str
    is_current: bool


@dataclass(frozen=True)
class Setting:
    rule: RuleKey
    lines: tuple[Line, ...]

    @property
    def is_set(self) -> bool:
        return any(line.is_current for line in self.lines)


def settings_of(council: Council, today: date) -> list[tuple[str, list[Setting]]]:
    """Groups of settings in the registry's order; one query."""
    lines: dict[str, list[Line]] = {}
    for row in CouncilRule.objects.filter(council=council):
        held = (row.valid_from is None or row.valid_from <= today) and (row.valid_to is None or today <= row.valid_to)
        lines.setdefault(row.key, []).append(Line(row, words_of(row), spell(row.valid_from, row.valid_to), held))
    found = [Setting(rule, tuple(lines.get(rule.key, ()))) for rule in KEYS]
    return [(name, list(each)) for name, each in groupby(found, key=lambda setting: setting.rule.group)]
