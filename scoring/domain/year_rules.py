"""The rules by which a bloc-year scores and votes: the council's or the bloc's own, else the defaults."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import BlocYear
from scoring.models import YearRules

RULE_FIELDS = (
    "closes_on_due",
    "explanation_days",
    "difference_percent",
    "poll_threshold",
    "poll_quorum",
    "poll_rounds",
    "recused_in_base",
    "basis",
)

PERCENTS = {
    "difference_percent": "Đánh dấu chênh lệch từ (% điểm tối đa)",
    "poll_threshold": "Tỷ lệ phiếu tối thiểu (%)",
    "poll_quorum": "Tỷ lệ có mặt tối thiểu (%)",
}


def rules_of(bloc_year: BlocYear) -> YearRules:
    """The rules of ``bloc_year``: its saved row, else an unsaved one with the defaults. At most one query."""
    return YearRules.objects.filter(bloc_year=bloc_year).first() or YearRules(bloc_year=bloc_year)


@transaction.atomic
def change_rules(bloc_year: BlocYear, *, values: Mapping[str, Any], actor: User | None) -> YearRules:
    """Write ``values`` (names of RULE_FIELDS); audited on the bloc-year with what changed.

    KeyError on another name; TransitionRefused when a percentage passes 100, no round is left, or the
    year departs from the defaults without saying on what ground.
    """
    if unknown := values.keys() - set(RULE_FIELDS):
        raise KeyError(*sorted(unknown))
    year = BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    row = rules_of(year)
    before = {name: getattr(row, name) for name in RULE_FIELDS}
    for name, value in values.items():
        setattr(row, name, value)
    refuse_odd_rules(row)
    row.save()
    after = {name: getattr(row, name) for name in RULE_FIELDS}
    audit.record_change(year, "Sửa quy định chấm điểm, bỏ phiếu", actor=actor, before=before, after=after)
    return row


def refuse_odd_rules(row: YearRules) -> None:
    for name, word in PERCENTS.items():
        value = getattr(row, name)
        if value is not None and not 1 <= value <= 100:
            raise TransitionRefused(f"«{word}» phải nằm trong khoảng từ 1 đến 100.")
    if not 1 <= row.poll_rounds <= 5:
        raise TransitionRefused("Số vòng bỏ phiếu tối đa phải từ 1 đến 5.")
    if row.explanation_days < 1:
        raise TransitionRefused("Đơn vị phải có ít nhất 1 ngày để giải trình.")
    defaults = YearRules(bloc_year=row.bloc_year)
    departs = any(getattr(row, name) != getattr(defaults, name) for name in RULE_FIELDS if name != "basis")
    if departs and not row.basis.strip():
        raise TransitionRefused("Hãy ghi căn cứ (quy chế của khối hoặc văn bản của Hội đồng) của các quy định này.")
