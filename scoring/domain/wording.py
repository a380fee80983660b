"""Numbers and refusals as the people of a bloc read them."""

from collections.abc import Iterable, Mapping

from accounts.domain.workflow import TransitionRefused

TIE_BREAKS = {
    "ballot": "số phiếu bầu",
    "bonus": "điểm thưởng",
    "fewest_deductions": "ít điểm trừ hơn",
    "women_70": "tập thể có từ 70% là nữ",
    "decision": "trưởng khối, phó khối quyết định",
}


def tie_break_word(entry: str) -> str:
    """A tie-break of a criteria set in words."""
    if entry.startswith("group:"):
        return f"điểm nhóm {entry.removeprefix('group:')}"
    return TIE_BREAKS.get(entry, entry)


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
    """Somebody else saved the sheet meanwhile; the message says who and when, ``codes`` the lines meant."""

    def __init__(self, message: str, codes: Iterable[str] = ()) -> None:
        self.codes = tuple(codes)
        super().__init__(message)
