"""Đăng ký – đề nghị – được tặng: what was registered, proposed and awarded in a year, per subject and per award."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.models import User
from awards.models import AwardForm, AwardRecord, Nomination, RegistrationLine, Subject
from awards.tables.dossiers import WITH_STANDING
from awards.tables.registrations import Registration

Pair = tuple[int, int]  # subject, award


@dataclass(frozen=True)
class Line:
    """One subject and one award: which of the three happened."""

    subject: Subject
    award: AwardForm
    registered: bool
    proposed: bool
    awarded: bool

    @property
    def words(self) -> str:
        """How the three fit together, in words."""
        if self.awarded:
            return "được tặng" if self.registered else "được tặng, không đăng ký"
        if self.proposed:
            return "đã đề nghị" if self.registered else "đã đề nghị, không đăng ký"
        return "đăng ký, chưa đề nghị"


@dataclass(frozen=True)
class Total:
    award: AwardForm
    registered: int
    proposed: int
    awarded: int


@dataclass(frozen=True)
class Comparison:
    """The three sets of one year, for the subjects that the reader sees."""

    registered: frozenset[Pair]
    proposed: frozenset[Pair]
    awarded: frozenset[Pair]

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        return self.registered | self.proposed | self.awarded

    @cached_property
    def awards(self) -> dict[int, AwardForm]:
        return {row.pk: row for row in AwardForm.objects.filter(pk__in={award for _, award in self.pairs})}

    def totals(self) -> list[Total]:
        """One line for each award, the higher first."""
        counts = [Counter(award for _, award in part) for part in (self.registered, self.proposed, self.awarded)]
        return [Total(award, *(count[award.pk] for count in counts)) for award in self.in_order()]

    def in_order(self) -> list[AwardForm]:
        return sorted(self.awards.values(), key=lambda award: (award.position, award.pk))

    def lines(self, *, kept: frozenset[Pair] | None = None) -> list[Line]:
        """All pairs (or those ``kept``), by award and by name."""
        pairs = self.pairs if kept is None else kept
        by_pk = Subject.objects.select_related("agency").in_bulk({subject for subject, _ in pairs})
        found = [
            Line(
                by_pk[pair[0]],
                self.awards[pair[1]],
                pair in self.registered,
                pair in self.proposed,
                pair in self.awarded,
            )
            for pair in pairs
        ]
        return sorted(found, key=lambda line: (line.award.position, line.subject.person_sort_key, line.subject.pk))

    def narrowed(self, show: str) -> frozenset[Pair]:
        """Pairs by what is missing: registered and not proposed, or proposed or awarded without registration."""
        if show == "chua-de-nghi":
            return self.registered - self.proposed - self.awarded
        if show == "khong-dang-ky":
            return (self.proposed | self.awarded) - self.registered
        if show == "duoc-tang":
            return self.awarded
        return self.pairs


def compare(user: User, year: int, *, agency_id: int | None = None) -> Comparison:
    """What the reader's subjects registered (visible registrations), were proposed for (dossiers sent to the standing
    body) and were awarded (records of that year, not revoked). Three queries whatever the number of subjects.
    """
    seen = Subject.objects.visible_to(user).current()
    if agency_id is not None:
        seen = seen.filter(agency=agency_id)
    subjects = seen.order_by().values("pk")
    registrations = Registration.objects.visible_to(user).filter(year=year)
    lines = RegistrationLine.objects.filter(registration__in=registrations.order_by().values("pk"))
    nominations = Nomination.objects.filter(dossier__year=year, dossier__state__in=WITH_STANDING)
    records = AwardRecord.objects.filter(year=year, revoked_on__isnull=True)
    return Comparison(*(pairs(rows.filter(subject__in=subjects)) for rows in (lines, nominations, records)))


def pairs(rows: Any) -> frozenset[Pair]:
    return frozenset(rows.order_by().values_list("subject_id", "award_id").distinct())
