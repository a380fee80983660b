"""Quotas on lists of nominations (domain.md B5, domain-2.md 2.2): integers only, never a rounded percentage."""

from dataclasses import dataclass
from enum import StrEnum

from awards.law.rule_sets import RuleSet

BASE_FIGHTER_PERCENT = 15
GOVERNMENT_FLAG_PERCENT = 20
BASE_FIGHTER_CITATION = "Nghị định 91/2017/NĐ-CP, Điều 9 khoản 3"
LEADERS_CITATION = "Nghị định 152/2025/NĐ-CP, Điều 7 khoản 1"
BLOC_CITATION = "quy định của tỉnh về cụm, khối thi đua"


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True)
class Quota:
    """A quota looked at. ``limit`` None: the texts set none, or what it is counted from is not known."""

    level: Level
    sentence: str
    citation: str
    limit: int | None
    used: int


def at_most_percent(whole: int, percent: int) -> int:
    """The greatest whole number not above ``percent`` of ``whole``: 15 % of 20 is 3, of 7 is 1."""
    return percent * whole // 100


def base_fighters(rule_set: RuleSet, fighters: int, advanced_workers: int | None) -> Quota:
    """Q1: Chiến sĩ thi đua cơ sở at most 15 % of the agency's Lao động tiên tiến; only in R2017.

    From 01/01/2024 neither law nor decree sets a cap. Blocks above it; warns when the base is not known.
    """
    if rule_set.code != "R2017":
        text = f"Có {fighters} Chiến sĩ thi đua cơ sở; luật và nghị định của thời kỳ này không giới hạn tỷ lệ."
        return Quota(Level.OK, text, rule_set.law, None, fighters)
    if advanced_workers is None:
        text = f"Chưa có số Lao động tiên tiến để tính 15% cho {fighters} Chiến sĩ thi đua cơ sở; hãy bổ sung."
        return Quota(Level.WARN, text, BASE_FIGHTER_CITATION, None, fighters)
    limit = at_most_percent(advanced_workers, BASE_FIGHTER_PERCENT)
    held = f"{fighters} Chiến sĩ thi đua cơ sở trên {advanced_workers} Lao động tiên tiến, nhiều nhất {limit} (15%)"
    return _against(limit, fighters, held, BASE_FIGHTER_CITATION, Level.BLOCK)


def government_flags(rule_set: RuleSet, nominees: int, leaders_qualified: int | None) -> Quota:
    """Q2: nominees for Cờ thi đua của Chính phủ at most 20 % of qualified bloc leaders, province-wide in a year.

    NĐ 152/2025, Điều 7 khoản 1: the base is the leaders of blocs that meet the provincial flag's standard. Blocks
    above it; warns when the base is not known. Before it the text is not held: above 20 % only warns.
    Never ask it for one bloc.
    """
    exact = rule_set.code in ("R2025", "R2026")
    citation = _flag_citation(rule_set)
    if leaders_qualified is None:
        text = (
            f"Đề nghị {nominees} Cờ thi đua của Chính phủ nhưng chưa có số tập thể dẫn đầu đạt tiêu chuẩn cờ của tỉnh"
            " để tính 20%; hãy bổ sung."
        )
        return Quota(Level.WARN, text, citation, None, nominees)
    limit = at_most_percent(leaders_qualified, GOVERNMENT_FLAG_PERCENT)
    held = (
        f"{nominees} Cờ thi đua của Chính phủ trên {leaders_qualified} tập thể dẫn đầu cụm, khối đạt tiêu chuẩn"
        f" cờ của tỉnh, nhiều nhất {limit} (20%)"
    )
    return _against(limit, nominees, held, citation, Level.BLOCK if exact else Level.WARN)


def government_flags_by_flags(rule_set: RuleSet, government: int, provincial: int) -> Quota:
    """The old proxy of Q2 (G.9): government flags at most 20 % of all flags of the province-year. Only warns.

    For R2017 and R2024, whose text is not held, and where the number of leaders is not known. Never for one bloc:
    one Cờ CP and two Cờ tỉnh of seven units (Quảng Nam 2020) were lawful.
    """
    whole = government + provincial
    limit = at_most_percent(whole, GOVERNMENT_FLAG_PERCENT)
    held = f"{government} Cờ thi đua của Chính phủ trên tổng số {whole} cờ của tỉnh trong năm, nhiều nhất {limit} (20%)"
    return _against(limit, government, held, _flag_citation(rule_set), Level.WARN)


@dataclass(frozen=True)
class BlocLimits:
    """What one bloc may propose in a year. None: no limit set. ``basis``: the paper that sets it."""

    government_flags: int | None = None
    provincial_flags: int | None = None
    # Certificates: percent of the members that receive no flag, rounded down (Q5).
    certificate_percent: int | None = None
    basis: str = ""


def bloc_quotas(
    limits: BlocLimits, *, members: int, government: int, provincial: int, certificates: int
) -> tuple[Quota, ...]:
    """Q3 and Q5 for one bloc: flags against their numbers, certificates against the ratio of the other members.

    A limit with a basis blocks, one without only warns.
    """
    ratio = limits.certificate_percent
    others = max(members - government - provincial, 0)
    room = None if ratio is None else at_most_percent(others, ratio)
    return (
        capped("Cờ thi đua của Chính phủ", government, limits.government_flags, limits.basis),
        capped("Cờ thi đua của tỉnh", provincial, limits.provincial_flags, limits.basis),
        capped(f"Bằng khen trong {others} đơn vị không nhận cờ", certificates, room, limits.basis),
    )


def capped(what: str, used: int, limit: int | None, basis: str) -> Quota:
    """A cap of the province: blocks when its paper (``basis``) is named, only warns when it is not."""
    citation = basis or BLOC_CITATION
    if limit is None:
        return Quota(Level.OK, f"{what}: {used}; chưa đặt giới hạn.", citation, None, used)
    held = f"{what}: {used}, nhiều nhất {limit}"
    return _against(limit, used, held, citation, Level.BLOCK if basis else Level.WARN)


def _against(limit: int, used: int, held: str, citation: str, above: Level) -> Quota:
    if used <= limit:
        return Quota(Level.OK, f"{held}: trong giới hạn.", citation, limit, used)
    advice = "hãy bớt" if above is Level.BLOCK else "hãy xem lại, có thể phải bớt"
    return Quota(above, f"{held}: vượt {used - limit}, {advice} {used - limit}.", citation, limit, used)


def _flag_citation(rule_set: RuleSet) -> str:
    if rule_set.code == "R2017":
        return "Nghị định 91/2017/NĐ-CP, Điều 11 (cần đối chiếu)"
    if rule_set.code == "R2024":
        return "Nghị định 98/2023/NĐ-CP (cần đối chiếu)"
    return LEADERS_CITATION
