"""What the rules read. ``None`` is "not known", an empty tuple or mapping is "none": the two never mix."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum


class Grade(IntEnum):
    """How a year's task was done (mức độ hoàn thành nhiệm vụ), in rising order."""

    KHT = 1
    HT = 2
    HTT = 3
    HTXS = 4

    @property
    def words(self) -> str:
        return {
            Grade.KHT: "không hoàn thành nhiệm vụ",
            Grade.HT: "hoàn thành nhiệm vụ",
            Grade.HTT: "hoàn thành tốt nhiệm vụ",
            Grade.HTXS: "hoàn thành xuất sắc nhiệm vụ",
        }[self]


class Scope(IntEnum):
    """How far an initiative's effect was recognised, in rising order."""

    BASE = 1
    PROVINCE = 2
    NATION = 3


class SubjectKind(StrEnum):
    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"


class Category(StrEnum):
    """Loại hình khen thưởng (Luật TĐKT 2022, Điều 8)."""

    MERIT = "cong-trang"
    SURPRISE = "dot-xuat"
    MOVEMENT = "phong-trao"
    CONTRIBUTION = "cong-hien"
    SERVICE = "nien-han"
    EXTERNAL = "doi-ngoai"


class FreezeKind(StrEnum):
    DISCIPLINE = "discipline"
    INSPECTION = "inspection"
    PETITION = "petition"
    PRESS = "press"


class Sanction(IntEnum):
    """Forms of discipline in rising order."""

    REPRIMAND = 1  # khiển trách
    WARNING = 2  # cảnh cáo
    DEMOTION = 3  # hạ bậc lương, giáng chức, cách chức
    DISMISSAL = 4  # buộc thôi việc


class Absence(StrEnum):
    MATERNITY = "maternity"
    SICK = "sick"
    NEWLY_RECRUITED = "newly-recruited"
    OTHER = "other"


@dataclass(frozen=True)
class Given:
    """An award that was decided (never a proposal): one line of the register."""

    award: str
    year: int | None = None  # the year of the achievement
    decided_on: date | None = None
    # Where the decision states the time of the achievement: its last day (NĐ 152/2025, Điều 33.7).
    achieved_until: date | None = None
    category: Category = Category.MERIT
    revoked: bool = False  # taken back: never counts (Luật TĐKT 2022, Điều 93)
    achievement: str = ""  # which achievement the decision names; empty: none is named apart


@dataclass(frozen=True)
class Use:
    """An earlier use of an initiative: for which award, and in which year."""

    award: str
    year: int | None = None


@dataclass(frozen=True)
class Initiative:
    id: str
    scope: Scope | None
    year: int | None
    kind: str = "initiative"  # initiative | research | ingenuity
    used_for: tuple[Use, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Freeze:
    """A matter that is or was being considered or verified; cleared_on None is still open."""

    kind: FreezeKind
    since: date
    cleared_on: date | None = None
    upheld: bool = False  # the conclusion found the fault


@dataclass(frozen=True)
class Discipline:
    sanction: Sanction
    decided_on: date
    served_until: date | None = None


@dataclass(frozen=True)
class Away:
    kind: Absence
    year: int
    working_days: int | None = None  # sick leave and others
    months_worked: int | None = None  # of a person recruited in the year


@dataclass(frozen=True)
class Move:
    """A change of unit within the year considered."""

    months_at_old_unit: int | None = None
    old_unit_comments: bool | None = None  # the old unit's written comment is in the dossier
    proposed_by_new_unit: bool | None = None  # None: nobody stated who proposes


@dataclass(frozen=True)
class Predecessor:
    """A collective whose task the nominee took over, with what was recognised of it."""

    name: str
    until: date | None = None
    grades: Mapping[int, Grade] = field(default_factory=dict)
    awards: tuple[Given, ...] = ()
    founded: int | None = None


@dataclass(frozen=True)
class People:
    """The members of a collective in the year considered; None is not known."""

    total: int | None = None
    completed: int | None = None
    ld_tien_tien: int | None = None
    cstd_co_so: int | None = None
    disciplined: int | None = None  # from cảnh cáo upward
    women: int | None = None


@dataclass(frozen=True)
class BlocResult:
    """How the collective came out of its bloc in the year considered."""

    rank: int | None = None
    targets_exceeded: bool | None = None
    disqualified: tuple[str, ...] = ()
    organiser: str = "province"  # province | central | authorised


@dataclass(frozen=True)
class MovementResult:
    """The thematic movement that the dossier cites."""

    launched_by: str = ""  # nation | province | agency
    years: int | None = None
    leads: bool | None = None
    concluded: bool | None = None  # sơ kết, tổng kết held


@dataclass(frozen=True)
class Nominee:
    """One subject proposed for one award on one day."""

    id: str
    award: str
    on: date  # the day that picks the rule set
    kind: SubjectKind
    name: str = ""
    branch: str = ""  # "74.1.d"; empty: any branch that holds
    category: Category = Category.MERIT
    year: int | None = None  # the year considered; None: taken from ``on`` and the facts
    sex: str = ""  # female | male | ""
    worker: bool | None = None  # công nhân, nông dân, người lao động trực tiếp
    manager: bool | None = None
    founded: int | None = None
    flag_eligible: bool | None = None  # thuộc đối tượng được tặng cờ thi đua
    grades: Mapping[int, Grade] | None = None
    awards: tuple[Given, ...] | None = None
    initiatives: tuple[Initiative, ...] | None = None
    freezes: tuple[Freeze, ...] = ()
    disciplines: tuple[Discipline, ...] = ()
    aways: tuple[Away, ...] = ()
    people: People | None = None
    bloc: BlocResult | None = None
    movement: MovementResult | None = None
    # Attested in the dossier by code (unity, thrift, democracy …); missing is not attested.
    attested: Mapping[str, bool] = field(default_factory=dict)
    # "more favourable rule" (Luật 06/2026/QH16, Điều 4.4): a rule set named by a recorded decision.
    rule_set: str = ""
    received_on: date | None = None  # the day the competent body received the dossier, where it is not ``on``
    moves: tuple[Move, ...] = ()  # within the year, in their order
    achieved_until: date | None = None  # the last day of the achievement in the report (NĐ 152/2025, Điều 33.9)
    considered_on: date | None = None  # the day on which open matters are looked at; None: ``on``
    dissolved_on: date | None = None  # the unit was dissolved or merged
    proposed_by_successor: bool | None = None  # by the unit that took over its task (NĐ 152/2025, Điều 33.4)
    predecessors: tuple[Predecessor, ...] = ()  # of a collective
    achievement: str = ""  # the achievement that the dossier names for this award
