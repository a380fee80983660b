"""Titles of collectives: Luật TĐKT 2022, Điều 25-30; NĐ 152/2025, Điều 7, 8; Luật TĐKT 2003 (2013), Điều 20, 25-30."""

from awards.law.branches import Round, cite, said
from awards.law.checks import Check
from awards.law.collectives_tests import (
    advanced_workers,
    attested,
    base_fighter,
    everyone_completed,
    flag_subject,
    leads_bloc,
    leads_movement,
    nobody_disciplined,
    not_disqualified,
    targets_exceeded,
)
from awards.law.facts import Grade, Nominee
from awards.law.individuals_tests import graded
from awards.law.individuals_titles import LAW_2003

DECREE = "Nghị định 152/2025/NĐ-CP"
PROVINCE_WORDS = "bộ, ban, ngành, tỉnh"


# --- flags: Luật TĐKT 2022, Điều 25, 26 ---------------------------------------------------------------------------


def provincial_flag(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-F2, Điều 26.1: leads a bloc that the province runs and exceeds the targets of the year."""
    return (
        *flag_subject(nominee),
        *leads_bloc(nominee, "province"),
        targets_exceeded(nominee),
        *not_disqualified(nominee),
    )


def provincial_flag_of_movement(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-F2b, Điều 26.2: leads a thematic movement of the province of three years or more, at its final review."""
    return leads_movement(nominee, ("province",), PROVINCE_WORDS, 3)


def government_flag(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-F1, Điều 25.1 (NĐ 152/2025, Điều 7.1): chosen among leaders of the province's blocs, targets exceeded."""
    return provincial_flag(nominee, a_round)


def government_flag_of_central_bloc(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-F1, Điều 25.2: leads a bloc of the Central Council."""
    return (*leads_bloc(nominee, "central"), *not_disqualified(nominee))


def government_flag_of_movement(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-F1, Điều 25.3: leads a movement launched by the Prime Minister of five years or more, at a review."""
    return leads_movement(nominee, ("nation",), "Thủ tướng Chính phủ", 5)


# --- flags: Luật TĐKT 2003, Điều 25, 26 ---------------------------------------------------------------------------


def old_provincial_flag(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 26 of 2003: exceeds the targets. No condition of leading a bloc: one bloc may have two."""
    return (*flag_subject(nominee), *_any_rank(nominee), targets_exceeded(nominee), *not_disqualified(nominee))


def _any_rank(nominee: Nominee) -> tuple[Check, ...]:
    rank = nominee.bloc.rank if nominee.bloc else None
    if rank is None:
        return ()
    return (
        said(True, f"Xếp thứ {rank} trong khối; luật của thời kỳ này không đòi hỏi phải dẫn đầu cụm, khối thi đua."),
    )


def old_government_flag(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 25 of 2003, khoản 2 of 2013: exceeds the targets; the most outstanding in the province's emulation."""
    return (*flag_subject(nominee), _most_outstanding(nominee), targets_exceeded(nominee), *not_disqualified(nominee))


def _most_outstanding(nominee: Nominee) -> Check:
    rank = nominee.bloc.rank if nominee.bloc else None
    need = "cần là tập thể tiêu biểu xuất sắc nhất trong phong trào thi đua của bộ, ngành, tỉnh"
    citation = cite(LAW_2003, "25.2")
    if rank == 1:
        return said(True, f"Dẫn đầu khối thi đua (xếp thứ 1); {need}.", citation)
    if rank is None:
        return said(None, f"Chưa có kết quả bình xét trong cụm, khối thi đua; {need}, hãy bổ sung.", citation)
    return said(None, f"Xếp thứ {rank} trong khối; {need}, hội đồng cần quyết định.", citation)


# --- Tập thể lao động xuất sắc, Tập thể lao động tiên tiến -------------------------------------------------------


def excellent_collective(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-F3, Điều 27.1: HTXS, all members completed, at least 70 % LĐTT, one CSTĐ cơ sở. No discipline clause."""
    return (
        graded(nominee, a_round.end_year, Grade.HTXS),
        everyone_completed(nominee),
        advanced_workers(nominee, percent=70),
        base_fighter(nominee),
    )


def old_excellent_collective(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 27.1 of 2003: the same, and nobody disciplined from cảnh cáo upward (điểm d)."""
    return (*excellent_collective(nominee, a_round), nobody_disciplined(nominee))


def advanced_collective(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-F4, Điều 28.1: HTT or better, at least 70 % LĐTT, nobody disciplined from cảnh cáo upward."""
    return (
        graded(nominee, a_round.end_year, Grade.HTT),
        advanced_workers(nominee, percent=70),
        nobody_disciplined(nominee),
    )


def old_advanced_collective(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 28.1 of 2003: more than 50 % LĐTT."""
    return (
        graded(nominee, a_round.end_year, Grade.HTT),
        advanced_workers(nominee, percent=50, more_than=True),
        nobody_disciplined(nominee),
    )


# --- communes and villages ---------------------------------------------------------------------------------------

COMMUNE = (
    ("commune-tasks", "thực hiện tốt nhiệm vụ kinh tế - xã hội, quốc phòng, an ninh, trật tự, an toàn xã hội"),
    ("economy", "đời sống kinh tế ổn định và từng bước phát triển"),
    ("culture", "đời sống văn hóa, tinh thần lành mạnh, phong phú"),
    ("environment", "môi trường an toàn, thân thiện, cảnh quan sạch đẹp"),
    ("obeys", "chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước"),
)
VILLAGE = (
    ("economy", "đời sống kinh tế ổn định và phát triển"),
    ("culture", "đời sống văn hóa, tinh thần lành mạnh, phong phú"),
    ("environment", "môi trường an toàn, thân thiện, cảnh quan sạch đẹp"),
    ("obeys", "chấp hành tốt pháp luật, giữ vững trật tự, an toàn xã hội, tích cực tham gia phong trào thi đua"),
    ("solidarity", "tinh thần đoàn kết, tương trợ, giúp đỡ lẫn nhau trong cộng đồng"),
)
OLD_VILLAGE = (
    ("economy", "đời sống kinh tế ổn định và từng bước phát triển"),
    ("culture", "đời sống văn hóa, tinh thần lành mạnh, phong phú"),
    ("environment", "môi trường cảnh quan sạch đẹp"),
    ("obeys", "chấp hành tốt chủ trương, chính sách của Đảng, pháp luật của Nhà nước"),
    ("solidarity", "tinh thần đoàn kết, tương trợ, giúp đỡ lẫn nhau trong cộng đồng"),
)


def exemplary_commune(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 29.1 with NĐ 152/2025, Điều 8: leads the emulation of the province; before it, of the district."""
    provincial = a_round.counts_from_achievement
    return (_leads_emulation(nominee, "tỉnh" if provincial else "huyện", provincial), *attested(nominee, COMMUNE))


def _leads_emulation(nominee: Nominee, level: str, provincial: bool) -> Check:
    citation = f"{DECREE}, Điều 8" if provincial else ""
    movement, need = nominee.movement, f"phong trào thi đua cấp {level}"
    if movement is None or movement.leads is None:
        return said(None, f"Chưa rõ có dẫn đầu {need} không; hãy bổ sung.", citation)
    if not movement.leads:
        return said(False, f"Không dẫn đầu {need}.", citation)
    if provincial and not movement.launched_by:
        return said(None, f"Dẫn đầu phong trào thi đua nhưng chưa rõ có phải {need} không; hãy bổ sung.", citation)
    if provincial and movement.launched_by != "province":
        return said(False, f"Dẫn đầu phong trào thi đua không phải cấp tỉnh; cần dẫn đầu {need}.", citation)
    return said(True, f"Dẫn đầu {need}.", citation)


def no_such_title(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 20 of 2003 names no title for communes."""
    return (
        said(False, "Luật TĐKT 2003 không có danh hiệu xã, phường, thị trấn tiêu biểu; danh hiệu có từ 01/01/2024."),
    )


def cultural_village(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 30.1: five standards of life that the village's dossier attests."""
    return attested(nominee, VILLAGE)


def old_cultural_village(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 30 of 2003: the same five, the environment without safety."""
    return attested(nominee, OLD_VILLAGE)
