"""The catalogue: everyone reads; administrators and standing bodies write; a province's settings are its own."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from awards.models import AwardForm, AwardPeriod, CouncilRule, Holiday, RuleEntry
from tests.matrix.base import EVERYONE, STANDING, Row, pk_of

WRITE = STANDING | {"administrator"}
READ_ONLY = EVERYONE - WRITE


def furnish(scene: Any) -> None:
    scene.award_form = AwardForm.objects.get(code="cstd-co-so")
    scene.award_period = AwardPeriod.objects.filter(award=scene.award_form).first()
    scene.rule_entry = RuleEntry.objects.first()
    scene.holiday = Holiday.objects.get(day=date(2025, 1, 1))
    scene.council_rule = CouncilRule.objects.create(
        council=scene.world.council, key="dossier-sets", value=2, legal_basis="Quyết định của tỉnh"
    )


def code(scene: Any) -> tuple[Any, ...]:
    return ("cstd-co-so",)


def period(scene: Any) -> tuple[Any, ...]:
    return ("thoi-ky", scene.award_period.pk)


def council(scene: Any) -> tuple[Any, ...]:
    return (scene.world.council.pk,)


def rows() -> Iterator[Row]:
    for name in ("catalogue", "catalogue-common", "rule-entries", "holidays", "settings"):
        yield Row(f"awards:{name}", EVERYONE)
    yield Row("awards:award-form", EVERYONE, args=code)
    for name in ("award-form-edit", "award-form-remove"):
        yield Row(f"awards:{name}", WRITE, READ_ONLY, code)
    yield Row("awards:part-new", WRITE, READ_ONLY, lambda s: ("cstd-co-so", "thoi-ky"))
    yield Row("awards:part-new-common", WRITE, READ_ONLY, lambda s: ("luong-co-so",))
    for name in ("part-edit", "part-remove"):
        yield Row(f"awards:{name}", WRITE, READ_ONLY, period)
    yield Row("awards:rule-entry-verify", WRITE, READ_ONLY, pk_of("rule_entry"), "post", {"verified": "1"})
    yield Row("awards:holiday-remove", WRITE, READ_ONLY, pk_of("holiday"))
    for name in ("council-settings", "council-settings-history"):
        yield Row(f"awards:{name}", EVERYONE, args=council)
    others = EVERYONE - STANDING
    yield Row("awards:council-rule-new", STANDING, others, lambda s: (s.world.council.pk, "cstdcs-cap"))
    for name in ("council-rule-edit", "council-rule-remove"):
        yield Row(f"awards:{name}", STANDING, others, pk_of("council_rule"))
