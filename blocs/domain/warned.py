"""Steps of no return, with what is still open beside their buttons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from accounts.domain.workflow import Option, Transition
from blocs.domain.timeline import Step
from blocs.domain.workflow import BLOC_YEAR
from blocs.models import BlocYear, Pledge

CONFERENCE, REVIEW, HANDOVER = 70, 90, 95
STILL_OPEN = "Việc chưa xong trước khi kết thúc:"


@dataclass(frozen=True)
class WarnedOption:
    """An option as the page draws it: ``warning`` opens the list of ``items``."""

    transition: Transition
    blocked_by: str
    warning: str = ""
    items: tuple[str, ...] = ()


def open_things(steps: Iterable[Step]) -> tuple[str, ...]:
    """What the year's line of steps has not finished, the handover itself apart."""
    return tuple(
        f"{step.title}: {'không có số liệu' if step.state == 'absent' else step.words.rstrip('.')}"
        for step in steps
        if step.state != "done" and step.order != HANDOVER
    )


def year_options(bloc_year: BlocYear, user: Any, steps: Sequence[Step]) -> list[WarnedOption]:
    """The year's buttons; concluding leads only once the conference is held and the review issued."""
    found = []
    for option in BLOC_YEAR.options(bloc_year, user):
        if option.transition.name == "conclude":
            done = {step.order for step in steps if step.state == "done"}
            transition = replace(option.transition, primary={CONFERENCE, REVIEW} <= done)
            items = open_things(steps)
            found.append(WarnedOption(transition, option.blocked_by, STILL_OPEN if items else "", items))
        elif option.transition.name != "hand_over":
            found.append(WarnedOption(option.transition, option.blocked_by))
    return found


def pledge_options(pledge: Pledge, options: Iterable[Option]) -> list[WarnedOption]:
    """The pledge's buttons; opening it names the members whose plan would be locked while empty."""
    return [
        WarnedOption(each.transition, each.blocked_by, without_targets(pledge))
        if each.transition.name == "open"
        else WarnedOption(each.transition, each.blocked_by)
        for each in options
    ]


def without_targets(pledge: Pledge) -> str:
    promised = pledge.targets.values("agency")
    rows = pledge.bloc_year.memberships.exclude(agency__in=promised).select_related("agency").in_order()
    names = ", ".join(row.agency.label for row in rows)
    if not names:
        return ""
    return f"Chưa có chỉ tiêu: {names}. Khi đưa ra ký kết, kế hoạch khóa lại và các đơn vị này không đăng ký được nữa."
