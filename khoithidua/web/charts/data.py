"""What charts are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Value = int | Decimal | None  # None: not known


@dataclass(frozen=True)
class Bar:
    """One bar; ``unsure`` marks what no record tells ("chưa rõ"), drawn apart from the known kinds."""

    label: str
    value: Value
    unsure: bool = False


Part = Bar  # of a share


@dataclass(frozen=True)
class Series:
    """One value for each category of the axis, in its order."""

    label: str
    values: Sequence[Value]
    unsure: bool = False


@dataclass(frozen=True)
class Target:
    """What was planned and what was reached, in the target's own unit."""

    label: str
    plan: Value
    reached: Value
    unit: str = ""

    @property
    def percent(self) -> Decimal | None:
        """Reached of planned; None where one of both is unknown or nothing was planned."""
        if self.plan is None or self.reached is None or not self.plan:
            return None
        return Decimal(self.reached) * 100 / Decimal(self.plan)


def refuse_negative(values: Sequence[Value]) -> None:
    """Lengths cannot be negative. Raises ValueError."""
    if any(value is not None and value < 0 for value in values):
        raise ValueError("a chart of amounts takes no negative value")
