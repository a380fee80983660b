"""Việc cần làm: every app tells what waits for a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User


@dataclass(frozen=True)
class Todo:
    """One thing to do: a sentence, one click to it, until when."""

    text: str
    url: str
    about: str = ""
    due: date | None = None

    def is_late(self, today: date) -> bool:
        return self.due is not None and self.due < today


Provider = Callable[[User], Iterable[Todo]]
PROVIDERS: list[Provider] = []


def provides_todos(provider: Provider) -> Provider:
    """Decorator: ``provider`` answers the to-dos of a person with a constant number of queries."""
    PROVIDERS.append(provider)
    return provider


def todos_for(user: User) -> list[Todo]:
    """All to-dos of ``user``: the earliest deadline first, those without one last."""
    found = [todo for provider in PROVIDERS for todo in provider(user)]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due or date.max, todo.about, todo.text))
