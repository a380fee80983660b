"""Conditions that the individuals' branches are built from: each answers signed-later checks with their sentences."""

from collections.abc import Iterable

from awards.law.branches import said
from awards.law.checks import Check, all_of
from awards.law.facts import Given, Grade, Nominee
from awards.law.names import name_of
from awards.law.runs import Count, Prior, Run, award_run, counted_awards, decided_later, left_out, maternity_years

NO_BASIS_CITATION = "Nghị định 152/2025/NĐ-CP, Điều 4 khoản 3"
LEAVE = "Nghị định 152/2025/NĐ-CP, Điều 4 khoản 5"


def listed(years: Iterable[int]) -> str:
    return ", ".join(str(year) for year in years)


# --- one year ----------------------------------------------------------------------------------------------------


def graded(nominee: Nominee, year: int, at_least: Grade) -> Check:
    """The grade of one year reaches ``at_least``; a missing grade is unknown, on maternity leave too."""
    grade = (nominee.grades or {}).get(year)
    if grade is None:
        return said(None, f"{_leave_told(nominee, year)}Chưa có mức hoàn thành nhiệm vụ năm {year}; hãy bổ sung.")
    if grade >= at_least:
        return said(True, f"Năm {year} được xếp loại {grade.words}.")
    return said(False, f"Năm {year} được xếp loại {grade.words}; cần từ mức {at_least.words} trở lên.")


def _leave_told(nominee: Nominee, year: int) -> str:
    if year not in maternity_years(nominee):
        return ""
    return f"Năm {year} nghỉ thai sản, thời gian nghỉ được tính để xét ({LEAVE}). "


# --- runs --------------------------------------------------------------------------------------------------------


def awarded_in_a_row(nominee: Nominee, code: str, end: int, wanted: int) -> Check:
    """The award held ``wanted`` times in a row, the last time in ``end``."""
    found = award_run(nominee, code, end, wanted)
    name = name_of(code)
    if found.value:
        held = found.years[-wanted:]
        return said(True, f"Có {wanted} năm liên tục đạt {name} ({listed(held)}).{_passed_over(found, held[0])}")
    if nominee.awards is None:
        return said(None, f"Chưa có lịch sử khen thưởng; cần {wanted} lần liên tục đạt {name}, hãy bổ sung.")
    if found.value is None:
        return said(
            None, f"Cần {wanted} lần liên tục đạt {name}; hãy bổ sung năm của quyết định ({listed(found.unknown)})."
        )
    return said(False, _short_run(found, f"đạt {name}", end) + _excluded(nominee, (code,)))


def graded_in_a_row(at_least: Grade, a_run: Run, end: int) -> Check:
    """The check of a run of grades that was already looked up."""
    words = f"{at_least.words}{'' if at_least is Grade.HTXS else ' trở lên'}"
    if a_run.value:
        text = f"Có {len(a_run.years)} năm liên tục {words} ({listed(a_run.years)})."
        return said(True, text + _leave_counted(a_run) + _passed_over(a_run, a_run.years[0]))
    if a_run.value is None:
        missing = listed(a_run.unknown)
        return said(
            None, f"Chưa có mức hoàn thành nhiệm vụ năm {missing}; hãy bổ sung (cần {a_run.wanted} năm liên tục)."
        )
    return said(False, _short_run(a_run, words, end))


def _short_run(a_run: Run, what: str, end: int) -> str:
    if not a_run.possible:
        return f"Năm {end} chưa {what}; cần {a_run.wanted} năm liên tục."
    missing = f"; thiếu năm {a_run.broken}" if a_run.broken is not None else ""
    have = f"Chỉ có {len(a_run.possible)} năm liên tục {what} ({listed(a_run.possible)})"
    return f"{have}, cần {a_run.wanted} năm{missing}."


def _passed_over(a_run: Run, since: int) -> str:
    leave = [year for year in a_run.leave if year >= since and year not in a_run.years]
    return f" Năm {listed(leave)} nghỉ thai sản, không làm gián đoạn ({LEAVE})." if leave else ""


def _leave_counted(a_run: Run) -> str:
    leave = [year for year in a_run.leave if year in a_run.years]
    return f" Năm {listed(leave)} nghỉ thai sản, được tính vào thời gian xét ({LEAVE})." if leave else ""


def _excluded(nominee: Nominee, codes: tuple[str, ...]) -> str:
    thematic, later = left_out(nominee, codes), decided_later(nominee, codes)
    told = ""
    if thematic:
        told += f" Không tính {len(thematic)} lần tặng do thành tích đột xuất, chuyên đề ({NO_BASIS_CITATION})."
    if later:
        told += f" Không tính {len(later)} quyết định ký sau ngày {nominee.on:%d/%m/%Y}."
    return told


# --- counts inside a run -----------------------------------------------------------------------------------------


def excellent_years(nominee: Nominee, a_run: Run, wanted: int) -> Check:
    """At least ``wanted`` years HTXS among the years of the run."""
    grades = nominee.grades or {}
    years = [year for year in a_run.years if grades.get(year) == Grade.HTXS]
    hoped = [year for year in a_run.possible if grades.get(year, Grade.HTXS) == Grade.HTXS]
    found = Count(len(years), len(hoped)).at_least(wanted)
    need = f"cần từ {wanted} năm trở lên"
    if found:
        return said(True, f"Trong thời gian đó có {len(years)} năm hoàn thành xuất sắc nhiệm vụ ({listed(years)}).")
    if found is None:
        return said(None, f"Chưa đủ dữ liệu để đếm số năm hoàn thành xuất sắc nhiệm vụ; {need}, hãy bổ sung.")
    have = f"chỉ có {len(hoped)} năm ({listed(hoped)})" if hoped else "không có năm nào"
    return said(False, f"Trong thời gian đó {have} hoàn thành xuất sắc nhiệm vụ; {need}.")


def titles_inside(nominee: Nominee, code: str, a_run: Run, end: int, wanted: int) -> Check:
    """At least ``wanted`` times the title inside the run."""
    certain = counted_awards(nominee, code, a_run.years[0], end) if a_run.years else Count(0, 0)
    hoped = counted_awards(nominee, code, a_run.possible[0], end) if a_run.possible else Count(0, 0)
    found = Count(certain.certain, hoped.possible).at_least(wanted)
    name = name_of(code)
    if found:
        return said(True, f"Trong thời gian đó có {certain.certain} lần đạt {name} ({listed(certain.years)}).")
    if nominee.awards is None:
        return said(None, f"Chưa có lịch sử khen thưởng; cần {wanted} lần đạt {name} trong thời gian đó, hãy bổ sung.")
    if found is None:
        return said(
            None, f"Chưa đủ dữ liệu để đếm số lần đạt {name}; cần {wanted} lần trong thời gian đó, hãy bổ sung."
        )
    have = (
        f"chỉ có {hoped.certain} lần đạt {name} ({listed(hoped.years)})"
        if hoped.certain
        else f"chưa lần nào đạt {name}"
    )
    return said(False, f"Trong thời gian đó {have}; cần {wanted} lần.{_excluded(nominee, (code,))}")


# --- what was given before ---------------------------------------------------------------------------------------


def held_before(nominee: Nominee, codes: tuple[str, ...], prior: Prior, chosen: Given | None) -> Check:
    """The award that the branch builds on was given."""
    words = " hoặc ".join(name_of(code) for code in codes)
    if chosen is not None:
        return said(True, f"Đã được tặng {name_of(chosen.award)} ({when(chosen)}).")
    if prior.value is None:
        return said(None, f"Chưa rõ đã được tặng {words} hay chưa; hãy bổ sung lịch sử khen thưởng.")
    return said(False, f"Chưa được tặng {words}.{_excluded(nominee, codes)}")


def when(given: Given) -> str:
    """How a decision is dated in a sentence."""
    if given.decided_on is not None:
        return f"quyết định ngày {given.decided_on:%d/%m/%Y}"
    return "chưa rõ ngày quyết định" if given.year is None else f"năm {given.year}"


def best_of(*options: tuple[Check, ...]) -> tuple[Check, ...]:
    """The option that holds; else the first that is open; else, of the failed ones, that with the fewest failures."""
    return min(options, key=_distance)


def either(*options: tuple[Check, ...]) -> tuple[Check, ...]:
    """As ``best_of``, but where every option fails all of them are told, so that the reader sees each way."""
    best = best_of(*options)
    failed = any(check.passed is False for check in best)
    return tuple(check for option in options for check in option) if failed else best


def _distance(checks: tuple[Check, ...]) -> tuple[int, int]:
    value = all_of(check.passed for check in checks)
    rank = {True: 0, None: 1, False: 2}[value]
    return (rank, sum(check.passed is False for check in checks))
