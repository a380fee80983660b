"""What is wrong with an eligibility file, and where."""

import re
from dataclasses import dataclass

WHOLE_FILE = "."
NUMBERED = re.compile(r"nominees\[(\d+)\]")


@dataclass(frozen=True)
class Fault:
    """One line of the report: ``nominees[2].award: sentence``."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


class EligibilityFileError(Exception):
    """The file cannot be used; ``faults`` says everything that is wrong, nominee by nominee."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def whole_file(sentence: str) -> EligibilityFileError:
    return EligibilityFileError([Fault(WHOLE_FILE, sentence)])


def in_order(faults: list[Fault]) -> list[Fault]:
    """Each fault once: those of the whole file first, then nominee by nominee as they stand in the file."""
    return sorted(dict.fromkeys(faults), key=place_of)


def place_of(fault: Fault) -> int:
    numbered = NUMBERED.match(fault.path)
    return int(numbered[1]) if numbered else -1
