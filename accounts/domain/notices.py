"""Telling people what waits for them."""

from collections.abc import Iterable

from accounts.models import Notice, User


def notify(users: Iterable[User], text: str, *, url: str = "") -> None:
    """Queue one notice per person; a person named twice is told once."""
    unique = {user.pk: user for user in users}
    Notice.objects.bulk_create(Notice(user=user, text=text[:500], url=url) for user in unique.values())
