"""What lists of voted items are narrowed by."""

from typing import Any

import django_filters as filters

from council.domain.votes.viewing import DIFFERING
from council.enums import Fate, ItemOutcome
from council.filters import choice, outcomes


def fates() -> list[tuple[str, str]]:
    return [(fate.value, str(fate.label)) for fate in Fate if fate.value]


class RoundFilter(filters.FilterSet):  # type: ignore[misc]
    ket_qua = choice("Kết quả", field_name="fate", choices=fates)
    khac = choice("Ý kiến khác", method="by_differing", choices=[("co", "Không được tất cả đồng ý")])

    def by_differing(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(DIFFERING) if value else rows


class ResultFilter(RoundFilter):
    ket_luan = choice("Kết luận", method="by_outcome", choices=outcomes)

    def by_outcome(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(item__outcome=ItemOutcome.OPEN if value == "cho" else value)
