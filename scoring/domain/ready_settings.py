"""Hưng Yên's guide as a ready setting: the criteria, and the dates and quotas where the person may set them.

Source: Hội đồng TĐKT tỉnh Hưng Yên, Hướng dẫn tổ chức và hoạt động cụm, khối thi đua (draft of 2021), A.I, A.III,
A.VI, B.1. The annex with parts I to III is missing from the source.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from blocs.domain.composition import edit_year, set_quotas
from blocs.enums import Award, Role, Tier
from blocs.models import BlocYear
from scoring.domain.starting import start_set
from scoring.models import CriteriaSet

HUNG_YEN = "hung-yen"
LAST, USUAL = "last", "usual"
# A.III.1c, 2c, 3c: month, day and years ahead; the last days of all, and the usual ones (in January, in July,
# before 10/01).
TERMS: Mapping[str, Mapping[str, tuple[int, int, int]]] = {
    LAST: {"pledge_due": (2, 15, 0), "mid_year_due": (8, 15, 0), "annual_due": (1, 31, 1)},
    USUAL: {"pledge_due": (1, 31, 0), "mid_year_due": (7, 31, 0), "annual_due": (1, 9, 1)},
}
DATE_WORDS = {
    "pledge_due": "Hạn ký giao ước",
    "mid_year_due": "Hạn sơ kết",
    "annual_due": "Hạn tổng kết",
}
MOST_DEPUTIES, LEAST_MEMBERS = 2, 5
FLAGS, CERTIFICATES = Award.PROVINCIAL_FLAG.value, Award.PROVINCIAL_CERTIFICATE.value


@dataclass(frozen=True)
class Quotas:
    """How many flags and certificates a bloc may propose (A.VI)."""

    words: str
    flags: int
    certificates: int

    @property
    def limits(self) -> dict[str, int]:
        return {FLAGS: self.flags, CERTIFICATES: self.certificates}


QUOTAS = {
    "bloc": Quotas("Khối thi đua", 2, 1),
    "enterprises": Quotas("Khối thi đua doanh nghiệp", 8, 5),
    "state-enterprises": Quotas("Cụm doanh nghiệp có vốn Nhà nước", 2, 1),
    "other-enterprises": Quotas("Cụm doanh nghiệp khác", 3, 2),
}


@dataclass
class Applied:
    """What was set and what was left as it was, each a sentence."""

    criteria_set: CriteriaSet
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def dates_of(year: int, *, terms: str = LAST) -> dict[str, date]:
    """The days by which pledge, mid-year and annual review of a year are done (A.III.1c, 2c, 3c); a key of TERMS."""
    return {name: date(year + ahead, month, day) for name, (month, day, ahead) in TERMS[terms].items()}


@transaction.atomic
def apply_hung_yen(bloc_year: BlocYear, *, quotas: str, terms: str = LAST, actor: User) -> Applied:
    """A draft set of the guide, and dates and quotas where none stand and ``actor`` may set them.

    ``quotas`` is a key of QUOTAS, ``terms`` of TERMS. What already stands is never overwritten. KeyError on
    another key.
    """
    limits = QUOTAS[quotas].limits
    result = Applied(start_set(bloc_year, source=HUNG_YEN, actor=actor))
    result.done.append("Đã lập bộ tiêu chí dự thảo theo hướng dẫn.")
    apply_dates(bloc_year, dates_of(bloc_year.year, terms=terms), result, actor)
    apply_quotas(bloc_year, limits, result, actor)
    result.left += [
        "Hạn tự chấm điểm và quy định bỏ phiếu: hướng dẫn không nêu, giữ như hiện có.",
        *odd_composition(bloc_year),
    ]
    return result


def apply_dates(bloc_year: BlocYear, wanted: Mapping[str, date], result: Applied, actor: User) -> None:
    standing = {name: getattr(bloc_year, name) for name in wanted}
    fresh = {name: day for name, day in wanted.items() if standing[name] is None}
    if fresh and not actor.has_perm("blocs.run_year", bloc_year):
        result.left.append("Các hạn trong năm: bạn không có quyền đặt. Hãy nhờ thư ký khối hoặc cơ quan thường trực.")
        return
    if fresh:
        edit_year(bloc_year=bloc_year, values=fresh, actor=actor)
        result.done += [f"{DATE_WORDS[name]}: {day:%d/%m/%Y}." for name, day in fresh.items()]
    result.left += [
        f"{DATE_WORDS[name]}: giữ {day:%d/%m/%Y} đã đặt (hướng dẫn: {wanted[name]:%d/%m/%Y})."
        for name, day in standing.items()
        if day is not None
    ]


def apply_quotas(bloc_year: BlocYear, limits: Mapping[str, int], result: Applied, actor: User) -> None:
    """Quotas are the standing body's to give."""
    standing: dict[str, Any] = dict(bloc_year.quotas.values_list("award", "limit"))
    fresh = {award: limit for award, limit in limits.items() if award not in standing}
    if fresh and not actor.has_perm("blocs.compose_year", bloc_year):
        result.left.append("Chỉ tiêu khen thưởng: do cơ quan thường trực Hội đồng giao, bạn không có quyền đặt.")
        return
    if fresh:
        set_quotas(bloc_year=bloc_year, limits=fresh, actor=actor)
        result.done += [f"Chỉ tiêu {Award(award).label}: {limit:02d}." for award, limit in fresh.items()]
    result.left += [
        f"Chỉ tiêu {Award(award).label}: giữ {standing[award]:02d} đã giao (hướng dẫn: {limit:02d})."
        for award, limit in limits.items()
        if award in standing
    ]


def odd_composition(bloc_year: BlocYear) -> Iterator[str]:
    """Where the bloc itself departs from the guide: more than 2 deputies (A.I.1), under 5 units (B.1)."""
    roles = list(bloc_year.memberships.values_list("role", flat=True))
    if roles.count(Role.DEPUTY) > MOST_DEPUTIES:
        yield f"Khối có {roles.count(Role.DEPUTY)} phó khối; hướng dẫn cho không quá {MOST_DEPUTIES:02d} phó khối."
    if bloc_year.bloc.tier == Tier.AUTHORISED and len(roles) < LEAST_MEMBERS:
        yield f"Cụm có {len(roles)} đơn vị; hướng dẫn yêu cầu tối thiểu {LEAST_MEMBERS:02d} đơn vị."
