"""Decisions and lines of the register among the results of Tra cứu."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from awards.models import AwardRecord
from blocs.domain.searching import LIMIT, Group, Result, group_of, provides_results
from council.domain.register.reading import entry_of, matching, register_of, with_papers
from council.models import Decision


@provides_results
def decisions(user: User, words: Sequence[str]) -> Group:
    rows = Decision.objects.visible_to(user).select_related("issuer")
    for word in words:
        rows = rows.filter(decision_has(word))
    rows = rows.order_by("-issued_on", "-pk")[: LIMIT + 1]
    return group_of("Quyết định khen thưởng", (decision_result(row) for row in rows))


def decision_has(word: str) -> Q:
    """Title, number or symbol; as a number also the year."""
    found = Q(search_key__contains=word)
    if word.isdecimal() and len(word) == 4:
        found |= Q(year=int(word)) | Q(issued_year=int(word))
    return found


def decision_result(row: Decision) -> Result:
    day = f"ngày {row.issued_on:%d/%m/%Y}" if row.issued_on else "dự thảo"
    state = row.get_state_display().lower()
    return Result(row.title, row.get_absolute_url(), f"Số {row.full_number}, {day}, {row.issuer.name} ({state})")


@provides_results
def award_records(user: User, words: Sequence[str]) -> Group:
    rows = matching(with_papers(register_of(user)), user, " ".join(words))
    rows = rows.order_by("-year", "-decided_on", "-pk")[: LIMIT + 1]
    return group_of("Sổ khen thưởng", (record_result(row) for row in rows))


def record_result(row: AwardRecord) -> Result:
    entry = entry_of(row)
    parts = [entry.unit, f"Quyết định {row.decision_number}" if row.decision_number else ""]
    if row.revoked_on is not None:
        parts.append(f"đã hủy bỏ, thu hồi ngày {row.revoked_on:%d/%m/%Y}")
    title = f"{entry.name}: {row.award.name} năm {row.year}"
    return Result(title, reverse("council:recipient", args=[row.subject_id]), "; ".join(filter(None, parts)))
