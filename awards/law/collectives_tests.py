"""Conditions of collectives' branches: members, bloc, movement, existence. Integers only for percentages."""

from collections.abc import Callable, Iterable

from awards.law.branches import Round, said
from awards.law.checks import Check
from awards.law.facts import BlocResult, MovementResult, Nominee, People

ORGANISERS = {
    "province": "tỉnh",
    "central": "Hội đồng Thi đua - Khen thưởng Trung ương",
    "authorised": "cơ quan được tỉnh ủy quyền",
}
TEN_YEARS = 10


# --- members -----------------------------------------------------------------------------------------------------


def advanced_workers(nominee: Nominee, *, percent: int, more_than: bool = False) -> Check:
    """LĐTT among the members: at least ``percent``, or more than it. ``ld * 100`` is compared with whole numbers."""
    need = f"cần {'trên' if more_than else 'ít nhất'} {percent}%"
    people = nominee.people or People()
    total, counted = people.total, people.ld_tien_tien
    if total is None or counted is None:
        return said(None, f"Chưa có tổng số cá nhân và số Lao động tiên tiến của tập thể; {need}, hãy bổ sung.")
    fault = _fault(total, counted, "Lao động tiên tiến")
    if fault:
        return fault
    passed = counted * 100 > percent * total if more_than else counted * 100 >= percent * total
    return said(passed, f"Có {counted}/{total} cá nhân đạt Lao động tiên tiến; {need}.")


def everyone_completed(nominee: Nominee) -> Check:
    """100 % of the members completed their tasks."""
    people = nominee.people or People()
    total, counted = people.total, people.completed
    if total is None or counted is None:
        return said(None, "Chưa có số cá nhân hoàn thành nhiệm vụ và tổng số cá nhân; cần 100%, hãy bổ sung.")
    return _fault(total, counted, "cá nhân hoàn thành nhiệm vụ") or said(
        counted == total, f"Có {counted}/{total} cá nhân hoàn thành nhiệm vụ; cần 100%."
    )


def base_fighter(nominee: Nominee) -> Check:
    """At least one member is Chiến sĩ thi đua cơ sở."""
    counted = nominee.people.cstd_co_so if nominee.people else None
    if counted is None:
        return said(None, "Chưa có số cá nhân đạt Chiến sĩ thi đua cơ sở; cần ít nhất 1, hãy bổ sung.")
    return said(counted >= 1, f"Có {counted} cá nhân đạt Chiến sĩ thi đua cơ sở; cần ít nhất 1.")


def nobody_disciplined(nominee: Nominee) -> Check:
    """No member was disciplined from cảnh cáo upward."""
    counted = nominee.people.disciplined if nominee.people else None
    if counted is None:
        return said(None, "Chưa có số cá nhân bị kỷ luật từ cảnh cáo trở lên; hãy bổ sung.")
    if counted:
        return said(False, f"Có {counted} cá nhân bị kỷ luật từ cảnh cáo trở lên; không được có cá nhân nào.")
    return said(True, "Không có cá nhân bị kỷ luật từ cảnh cáo trở lên.")


def _fault(total: int, counted: int, what: str) -> Check | None:
    if total > 0 and 0 <= counted <= total:
        return None
    return said(None, f"Số {what} ({counted}) không khớp với tổng số cá nhân ({total}); hãy kiểm tra lại.")


# --- bloc --------------------------------------------------------------------------------------------------------


def flag_subject(nominee: Nominee) -> tuple[Check, ...]:
    """Whether the unit may receive flags at all; not asked where the bloc shows it and nobody said otherwise."""
    if nominee.flag_eligible is False:
        return (said(False, "Tập thể không thuộc đối tượng được tặng cờ thi đua (không là thành viên cụm, khối)."),)
    if nominee.flag_eligible is None and nominee.bloc is None:
        return (said(None, "Chưa rõ tập thể có thuộc đối tượng được tặng cờ thi đua không; hãy bổ sung."),)
    return ()


def leads_bloc(nominee: Nominee, organiser: str) -> tuple[Check, ...]:
    """Rank 1 of a bloc that ``organiser`` itself runs: a bloc of an authorised body is not the province's."""
    bloc = nominee.bloc or BlocResult(organiser="")
    return (_organised(bloc.organiser, organiser), _first(bloc.rank))


def _first(rank: int | None) -> Check:
    if rank is None:
        return said(None, "Chưa có kết quả xếp hạng trong cụm, khối thi đua; cần dẫn đầu, hãy bổ sung.")
    if rank == 1:
        return said(True, "Dẫn đầu cụm, khối thi đua (xếp thứ 1).")
    return said(False, f"Xếp thứ {rank} trong cụm, khối thi đua; cần dẫn đầu (xếp thứ 1).")


def _organised(found: str, wanted: str) -> Check:
    need = f"cần cụm, khối thi đua do {ORGANISERS[wanted]} tổ chức"
    if not found:
        return said(None, f"Chưa rõ cụm, khối thi đua do cơ quan nào tổ chức; {need}, hãy bổ sung.")
    by = f"Cụm, khối thi đua do {ORGANISERS.get(found, found)} tổ chức"
    if found == wanted:
        return said(True, f"{by}.")
    return said(False, f"{by}; {need}.")


def targets_exceeded(nominee: Nominee) -> Check:
    """Every target of the year was exceeded, not just met."""
    exceeded = nominee.bloc.targets_exceeded if nominee.bloc else None
    if exceeded is None:
        return said(
            None, "Chưa rõ có hoàn thành vượt các chỉ tiêu thi đua và nhiệm vụ được giao trong năm; hãy bổ sung."
        )
    if exceeded:
        return said(True, "Hoàn thành vượt các chỉ tiêu thi đua và nhiệm vụ được giao trong năm.")
    return said(False, "Chưa hoàn thành vượt các chỉ tiêu thi đua và nhiệm vụ được giao trong năm.")


def not_disqualified(nominee: Nominee) -> tuple[Check, ...]:
    """The bloc's own bars, each a reason in words; no check where there are none."""
    reasons = nominee.bloc.disqualified if nominee.bloc else ()
    return tuple(said(False, f"Không được xét dẫn đầu, suy tôn trong cụm, khối: {_bare(each)}.") for each in reasons)


def _bare(sentence: str) -> str:
    return sentence.strip().rstrip(".")


# --- movement ----------------------------------------------------------------------------------------------------


def leads_movement(nominee: Nominee, launchers: Iterable[str], launched_words: str, years: int) -> tuple[Check, ...]:
    """The leader of a movement launched at one of the levels that ran ``years`` or longer and was concluded."""
    movement = nominee.movement
    if movement is None:
        text = f"Chưa có thông tin về phong trào thi đua do {launched_words} phát động, từ {years} năm trở lên."
        return (said(None, f"{text} Hãy bổ sung."),)
    launched = None if not movement.launched_by else movement.launched_by in frozenset(launchers)
    return (
        _three(launched, f"Phong trào thi đua {{}} {launched_words} phát động", ("do", "không do", "chưa rõ có do")),
        _lasted(movement.years, years),
        _three(movement.leads, "Tập thể {} phong trào thi đua", ("dẫn đầu", "không dẫn đầu", "chưa rõ có dẫn đầu")),
        _three(movement.concluded, "Phong trào {} sơ kết, tổng kết", ("đã", "chưa được", "chưa rõ đã")),
    )


def _three(value: bool | None, sentence: str, words: tuple[str, str, str]) -> Check:
    word = words[2] if value is None else words[0] if value else words[1]
    return said(value, f"{sentence.format(word)}{'; hãy bổ sung' if value is None else ''}.")


def _lasted(found: int | None, wanted: int) -> Check:
    if found is None:
        return said(None, f"Chưa rõ thời gian thực hiện phong trào; cần từ {wanted} năm trở lên, hãy bổ sung.")
    return said(found >= wanted, f"Phong trào đã thực hiện {found} năm; cần từ {wanted} năm trở lên.")


def reviewed_movement(province_years: int | None) -> Callable[[Nominee, Round], tuple[Check, ...]]:
    """A movement of the President or the Prime Minister, or of the province if it ran so many years, at a review."""

    def counted(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
        movement = nominee.movement or MovementResult()
        words = "Chủ tịch nước, Thủ tướng Chính phủ" + ("" if province_years is None else " hoặc bộ, ban, ngành, tỉnh")
        launchers = ("nation",) if province_years is None else ("nation", "province")
        launched = movement.launched_by in launchers if movement.launched_by else None
        checks = [_three(launched, f"Phong trào thi đua {{}} {words} phát động", ("do", "không do", "chưa rõ có do"))]
        if province_years is not None and movement.launched_by == "province":
            checks.append(_lasted(movement.years, province_years))
        if movement.concluded is False:
            checks.append(said(False, "Phong trào chưa được sơ kết, tổng kết."))
        return tuple(checks)

    return counted


def of_central_bloc(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """The bloc, where the dossier tells of one, is run by the Central Council."""
    return () if nominee.bloc is None else (_organised(nominee.bloc.organiser, "central"),)


# --- discipline --------------------------------------------------------------------------------------------------


def first_year_after_discipline(nominee: Nominee, since: int) -> int:
    """The first full year after the last discipline was served, not before ``since`` (NĐ 152/2025, Điều 4.4)."""
    return max([since, *years_after_discipline(nominee)])


def years_after_discipline(nominee: Nominee) -> tuple[int, ...]:
    """For each discipline known on the day, the first full year after it was served."""
    served = [each.served_until for each in nominee.disciplines if each.decided_on <= nominee.on]
    return tuple(day.year + 1 for day in served if day is not None)


# --- existence, attested standards -------------------------------------------------------------------------------


def existed(nominee: Nominee) -> Check:
    """Ten years of building and growing up to the year of the proposal (``nominee.on``)."""
    founded = nominee.founded
    if founded is None:
        return said(
            None, "Chưa có năm thành lập; cần có quá trình xây dựng, phát triển từ 10 năm trở lên, hãy bổ sung."
        )
    age = nominee.on.year - founded
    text = f"Thành lập năm {founded}, đến năm {nominee.on.year} được {age} năm; cần từ {TEN_YEARS} năm trở lên."
    return said(age >= TEN_YEARS, text)


def attested(nominee: Nominee, standards: Iterable[tuple[str, str]]) -> tuple[Check, ...]:
    """Standards of life that nobody counts: each holds as the dossier attests it, and is open until it does."""
    return tuple(_attested(nominee.attested.get(code), words) for code, words in standards)


def _attested(value: bool | None, words: str) -> Check:
    if value is None:
        return said(None, f"Hồ sơ chưa xác nhận {words}; hãy bổ sung.")
    return said(value, f"Hồ sơ {'đã' if value else 'không'} xác nhận {words}.")
