"""What is wrong with a year file, and where."""

from dataclasses import dataclass

WHOLE_FILE = "."


@dataclass(frozen=True)
class Fault:
    """One line of the report: ``members[2].role: sentence``."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


class YearFileError(Exception):
    """The file cannot be used; ``faults`` says everything that is wrong, in the file's order."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def whole_file(sentence: str) -> YearFileError:
    return YearFileError([Fault(WHOLE_FILE, sentence)])


def in_file_order(faults: list[Fault], order: dict[str, tuple[int, int]]) -> list[Fault]:
    """``faults`` without repetition, by the place where their paths stand in the file."""
    return sorted(dict.fromkeys(faults), key=lambda fault: place_of(fault.path, order))


def place_of(path: str, order: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """The place of ``path`` or, for a key that is missing, just after what its owner holds."""
    if path in order:
        return order[path][0], 0
    owner = path
    while owner and owner not in order:
        owner = owner[: max(owner.rfind("."), owner.rfind("["), 0)]
    return (order[owner][1], 1) if owner else (len(order), 1)
