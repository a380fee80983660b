"""Which initiatives a proposal may rest on: kind, scope, years, and that one initiative is used once.

Công văn 5007/BNV-TĐKT (2023), mục III.5c: an initiative used for a title is not used for a form, nor for several
forms. Title after title is read both ways, so it is a warning and not a bar (domain.md A4-7).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from awards.law.branches import said
from awards.law.checks import Check
from awards.law.facts import Initiative, Nominee, Scope, Use
from awards.law.names import TITLES, name_of

ONCE = "Công văn 5007/BNV-TĐKT năm 2023, mục III.5c"
KIND_WORDS = {"initiative": "Sáng kiến", "research": "Đề tài, đề án", "ingenuity": "Mưu trí, sáng tạo"}


class Reuse(StrEnum):
    """What an earlier use means for a new proposal."""

    FREE = "free"
    WARNED = "warned"
    BARRED = "barred"


@dataclass(frozen=True)
class Usable:
    """The initiatives a proposal may cite. ``certain`` meet every condition, ``possible`` lack a fact,
    ``barred`` would do but were used before."""

    known: bool
    certain: tuple[Initiative, ...]
    possible: tuple[Initiative, ...]
    barred: tuple[tuple[Initiative, Use], ...]

    def at_least(self, wanted: int) -> bool | None:
        if len(self.certain) >= wanted:
            return True
        unknown = not self.known or len(self.certain) + len(self.possible) >= wanted
        return None if unknown else False


def reuse(use: Use, award: str) -> Reuse:
    """Whether an initiative that was used once may be cited for ``award``: title after title with a warning only."""
    both_titles = use.award in TITLES and award in TITLES
    return Reuse.WARNED if both_titles else Reuse.BARRED


def usable(
    nominee: Nominee, *, kinds: Iterable[str], scope: Scope | None = None, years: tuple[int, int] | None = None
) -> Usable:
    """The nominee's initiatives of these kinds, at least of ``scope``, of the years from first to last included.

    A missing scope or year makes an initiative possible, never certain. ``scope`` None asks for no scope.
    """
    wanted = frozenset(kinds)
    marked = [(each, _fits(each, scope, years)) for each in nominee.initiatives or () if each.kind in wanted]
    free = [(each, fits) for each, fits in marked if bar_of(each, nominee.award) is None]
    bars = ((each, bar_of(each, nominee.award)) for each, fits in marked if fits)
    return Usable(
        known=nominee.initiatives is not None,
        certain=tuple(each for each, fits in free if fits),
        possible=tuple(each for each, fits in free if fits is None),
        barred=tuple((each, use) for each, use in bars if use is not None),
    )


def joined(first: Usable, second: Usable) -> Usable:
    """Two kinds of initiatives that serve the same condition."""
    return Usable(
        known=first.known,
        certain=first.certain + second.certain,
        possible=first.possible + second.possible,
        barred=first.barred + second.barred,
    )


def bar_of(initiative: Initiative, award: str) -> Use | None:
    """The earlier use that bars the initiative from ``award``, if there is one."""
    return next((use for use in initiative.used_for if reuse(use, award) is Reuse.BARRED), None)


def warning_of(initiative: Initiative, award: str) -> Use | None:
    """The earlier use for another title that the council should weigh."""
    return next((use for use in initiative.used_for if reuse(use, award) is Reuse.WARNED), None)


def named(initiative: Initiative) -> str:
    """ "Sáng kiến “Sổ tay số” năm 2023"."""
    year = "" if initiative.year is None else f" năm {initiative.year}"
    return f"{KIND_WORDS[initiative.kind]} “{initiative.name or initiative.id}”{year}"


def condition(found: Usable, wanted: int, what: str, award: str, citation: str = "") -> Check:
    """The check of "``wanted`` initiatives"; it is A4-7's where only an earlier use stands against it."""
    value = found.at_least(wanted)
    text = told(found, wanted, what, award)
    if value is False and len(found.certain) + len(found.barred) >= wanted:
        return Check("A4-7", value, text, ONCE)
    return said(value, text, citation)


def told(found: Usable, wanted: int, what: str, award: str) -> str:
    """The sentence of a condition "``wanted`` initiatives", with ``what`` in words ("sáng kiến cấp cơ sở")."""
    value = found.at_least(wanted)
    if value:
        listed = "; ".join(named(each) for each in found.certain)
        return f"Có {len(found.certain)} {what}: {listed}.{_warned(found.certain, award)}"
    if not found.known:
        return f"Chưa có thông tin về {what}; hãy bổ sung (cần {wanted})."
    if value is None:
        listed = "; ".join(named(each) for each in found.possible)
        return f"Cần {wanted} {what}; hãy bổ sung năm, phạm vi công nhận của: {listed}."
    have = f"Chỉ có {len(found.certain)}/{wanted} {what}" if found.certain else f"Chưa có {what} (cần {wanted})"
    return f"{have}.{_barred(found)}"


def _warned(initiatives: tuple[Initiative, ...], award: str) -> str:
    uses = [(each, warning_of(each, award)) for each in initiatives]
    return "".join(
        f" {named(each)} đã dùng để xét {_used(use)}: Hội đồng cần cân nhắc việc dùng lại cho danh hiệu khác."
        for each, use in uses
        if use is not None
    )


def _barred(found: Usable) -> str:
    return "".join(
        f" {named(each)} đã dùng để xét {_used(use)}; một sáng kiến chỉ được dùng một lần ({ONCE})."
        for each, use in found.barred
    )


def _used(use: Use) -> str:
    return name_of(use.award) + ("" if use.year is None else f" năm {use.year}")


def _fits(initiative: Initiative, scope: Scope | None, years: tuple[int, int] | None) -> bool | None:
    wide = True if scope is None else None if initiative.scope is None else initiative.scope >= scope
    timely = True if years is None else None if initiative.year is None else years[0] <= initiative.year <= years[1]
    if wide is False or timely is False:
        return False
    return None if wide is None or timely is None else True
