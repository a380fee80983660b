"""Every legal branch by rule set, joined from the modules that write them.

R2025 has the branches of R2024 but where NĐ 152/2025 changes a title; how windows are counted ``Round`` tells the
tests. R2026 evaluates R2025's branches until the text of Luật 06/2026/QH16 is checked.
"""

from awards.law import (
    collectives_forms,
    collectives_title_lists,
    households,
    individuals_certificates,
    individuals_orders,
    individuals_others,
    individuals_titles,
)
from awards.law.branches import Branch

INDIVIDUALS = (individuals_titles, individuals_certificates, individuals_orders, individuals_others)
OTHERS = (collectives_title_lists, collectives_forms, households)

_R2017 = tuple(branch for module in (*INDIVIDUALS, *OTHERS) for branch in module.R2017)
_R2024 = tuple(branch for module in (*INDIVIDUALS, *OTHERS) for branch in module.R2024)
_R2025 = (
    *(branch for module in INDIVIDUALS for branch in module.R2024),
    *(branch for module in OTHERS for branch in module.R2025),
)

BRANCHES: dict[str, tuple[Branch, ...]] = {"R2017": _R2017, "R2024": _R2024, "R2025": _R2025, "R2026": _R2025}


def branches_of(award: str, rule_set: str) -> tuple[Branch, ...]:
    """All branches of one award in one rule set, countable and discretionary, of every kind of subject."""
    return tuple(branch for branch in BRANCHES[rule_set] if branch.award == award)
