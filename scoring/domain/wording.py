"""Numbers and refusals as the people of a bloc read them."""

from collections.abc import Mapping
from decimal import Decimal

from accounts.domain.workflow import TransitionRefused


def comma(value: Decimal | int) -> str:
    """A number the Vietnamese way, without idle zeros: 6.50 is "6,5", 1000.00 is "1000"."""
    text = format(Decimal(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


class FieldFaults(TransitionRefused):
    """Nothing was saved; ``faults`` maps a code or a field to a sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(f"{key}: {sentence}" for key, sentence in self.faults.items()))


class ScoreFaults(FieldFaults):
    """Faults of a score sheet's cells, by criterion code."""


class PollFaults(FieldFaults):
    """Faults of a poll's counts, by field; votes by agency code."""


class StaleSheet(TransitionRefused):
    """Somebody else saved the sheet meanwhile; the message says who and when."""
