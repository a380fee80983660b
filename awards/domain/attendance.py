"""The province's own thresholds of attendance (A4-16; Luật TĐKT 2022, Điều 24 khoản 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from awards.law.gates import PRACTICE, Attendance
from awards.models import CouncilRule

MONTHS, SICK_DAYS = "attendance-months", "attendance-sick-days"
OWN = "quy định của tỉnh"


@dataclass(frozen=True)
class AttendanceRules:
    """What some councils set, for any day."""

    rows: tuple[CouncilRule, ...]

    def on(self, council_id: int, day: date) -> Attendance:
        """The thresholds of one council on ``day``; what it did not set is common practice."""
        months, sick = self.row(council_id, MONTHS, day), self.row(council_id, SICK_DAYS, day)
        common = Attendance()
        return Attendance(
            least_months=number_of(months, common.least_months),
            most_sick_days=number_of(sick, common.most_sick_days),
            months_basis=basis_of(months),
            sick_basis=basis_of(sick),
        )

    def row(self, council_id: int, key: str, day: date) -> CouncilRule | None:
        """The row in force; of several the one that began last."""
        found = [row for row in self.rows if row.council_id == council_id and row.key == key and holds(row, day)]
        return found[-1] if found else None


def holds(row: CouncilRule, day: date) -> bool:
    return (row.valid_from or day) <= day <= (row.valid_to or day)


def number_of(row: CouncilRule | None, common: int) -> int:
    return common if row is None or row.value is None else int(row.value)


def basis_of(row: CouncilRule | None) -> str:
    return PRACTICE if row is None else row.legal_basis or OWN


def attendance_rules(council_ids: Iterable[int]) -> AttendanceRules:
    """The thresholds of these councils; one query for any number of them."""
    rows = CouncilRule.objects.filter(council__in={*council_ids}, key__in=(MONTHS, SICK_DAYS))
    return AttendanceRules(tuple(rows.order_by("valid_from", "pk")))
