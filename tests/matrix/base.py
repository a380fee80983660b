"""What a row of the permission matrix is, and who the persons are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.world import PERSONAS

EVERYONE = frozenset(PERSONAS)
OWN = frozenset({"officer", "leader"})
SECRETARIAT = frozenset({"secretary", "head_leader"})
STANDING = frozenset({"standing"})
MEMBERS = OWN | SECRETARIAT | {"deputy_officer"}
YEAR = MEMBERS | STANDING | {"observer"}
RUN = SECRETARIAT | STANDING


@dataclass(frozen=True)
class Row:
    """One address: who gets in and who sees the object but may not (403); all others get 404."""

    name: str
    allowed: frozenset[str]
    forbidden: frozenset[str] = frozenset()
    args: Callable[[Any], tuple[Any, ...]] = field(default=lambda scene: ())
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    fill: Callable[[Any], dict[str, Any]] = field(default=lambda scene: {})

    def expected(self, persona: str) -> str:
        if persona in self.allowed:
            return "in"
        return "403" if persona in self.forbidden else "404"


def year(scene: Any) -> tuple[Any, ...]:
    return (scene.year.pk,)


def pk_of(name: str) -> Callable[[Any], tuple[Any, ...]]:
    return lambda scene: (getattr(scene, name).pk,)
