"""Who has a report or review open for writing, told to everybody else who has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from reports.domain.places import places_of
from reports.models import AgencyReport, BlocReview, Presence

Owner = AgencyReport | BlocReview


@dataclass(frozen=True)
class Other:
    """Another person at work, and in which section ("" : nowhere in particular)."""

    name: str
    section: str
    words: str


def key_of(owner: Owner) -> dict[str, Any]:
    return {"report" if isinstance(owner, AgencyReport) else "review": owner}


def sign_of_life(owner: Owner, user: User, section: str, *, now: datetime) -> None:
    """``user`` has ``owner`` open now; ``section`` is where the cursor stands, "" nowhere. Not audited."""
    known = section if any(place.key == section for place in places_of(owner)) else ""
    Presence.objects.update_or_create(**key_of(owner), user=user, defaults={"section": known, "seen_at": now})


def others_at_work(owner: Owner, user: User, *, now: datetime) -> list[Other]:
    """Everybody else with a sign of life in the last minute, by name; one query, two with an outline."""
    since = now - timedelta(seconds=Presence.SILENCE)
    rows = list(Presence.objects.filter(**key_of(owner), seen_at__gt=since).exclude(user=user).select_related("user"))
    if not rows:
        return []
    titles = {place.key: place.title for place in places_of(owner)}
    found = [Other(str(row.user), row.section, words_of(str(row.user), titles.get(row.section, ""))) for row in rows]
    return sorted(found, key=lambda each: each.name)


def words_of(name: str, title: str) -> str:
    return f"{name} đang soạn mục «{title}»." if title else f"{name} đang mở báo cáo này để soạn."
