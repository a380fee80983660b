"""Lịch sử khen thưởng of one recipient: every award in order of time, merged subjects told as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from accounts.models import User
from awards.enums import AwardLevel
from awards.models import Subject
from council.domain.register.reading import Entry, entry_of, register_of, with_papers

STRETCH = 5  # years: 2021-2025, 2026-2030, as plans of the State run


@dataclass(frozen=True)
class Stretch:
    """Five years of awards, the oldest first."""

    first: int
    entries: Sequence[Entry]

    @property
    def words(self) -> str:
        return f"{self.first}-{self.first + STRETCH - 1}"

    @property
    def counts(self) -> tuple[int, ...]:
        """Awards in force by level, in the order of ``AwardLevel``."""
        return counts_of(self.entries)


@dataclass(frozen=True)
class Recipient:
    subject: Subject
    is_seen: bool  # the reader sees the subject itself: its name and unit of today, its card
    stretches: Sequence[Stretch]

    @property
    def entries(self) -> list[Entry]:
        return [entry for stretch in self.stretches for entry in stretch.entries]

    @property
    def name(self) -> str:
        """Today's name for who sees the subject, otherwise the name printed last."""
        return self.subject.name if self.is_seen else self.entries[-1].name

    @property
    def unit(self) -> str:
        return self.subject.unit if self.is_seen else self.entries[-1].unit

    @property
    def counts(self) -> tuple[int, ...]:
        return counts_of(self.entries)


def counts_of(entries: Sequence[Entry]) -> tuple[int, ...]:
    held = [entry.record.award.level for entry in entries if not entry.is_revoked]
    return tuple(held.count(level) for level in AwardLevel.values)


def recipient_of(user: User, pk: int) -> Recipient | None:
    """The history that ``user`` may read: lines of ``register_of``, for the subject and all that merged into it.

    None when there is no such subject, or ``user`` neither sees it nor reads a line of it. Opened by a merged one,
    the answer is that of the one kept. Five queries, and two for each step of merging.
    """
    root = kept_of(pk)
    if root is None:
        return None
    family = family_of(root)
    rows = with_papers(register_of(user)).filter(subject__in=family)
    entries = [entry_of(row) for row in rows.order_by("year", "decided_on", "pk")]
    is_seen = Subject.objects.visible_to(user).filter(pk__in=family).exists()
    if not entries and not is_seen:
        return None
    return Recipient(root, is_seen, stretches_of(entries))


def kept_of(pk: int) -> Subject | None:
    """The subject itself, or the one that it was merged into, however often."""
    found = Subject.objects.select_related("agency", "council__standing_agency").filter(pk=pk).first()
    if found is not None and found.merged_into_id is not None:
        return kept_of(found.merged_into_id)
    return found


def family_of(root: Subject) -> list[int]:
    """Keys of the subject and of all that were merged into it."""
    found, fresh = [root.pk], [root.pk]
    while fresh:
        fresh = list(Subject.objects.filter(merged_into__in=fresh).values_list("pk", flat=True))
        found += fresh
    return found


def stretches_of(entries: Sequence[Entry]) -> list[Stretch]:
    """``entries`` in order of years, cut where five years end."""
    return [Stretch(first, list(rows)) for first, rows in groupby(entries, key=first_year)]


def first_year(entry: Entry) -> int:
    return (entry.record.year - 1) // STRETCH * STRETCH + 1
