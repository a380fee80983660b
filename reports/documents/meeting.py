"""The annual conference as its minutes tell it: when, where, who came, who led and who wrote."""

from dataclasses import dataclass
from datetime import date, time

from blocs.enums import AttendanceLevel, ConferenceKind
from blocs.models import BlocYear, Conference
from reports.documents.bloc import BlocFacts, comrade
from reports.documents.words import clock, counted, dashes, listed_apart, long_date

LEVEL_WORDS = {
    AttendanceLevel.LEADER.value: "lãnh đạo đơn vị",
    AttendanceLevel.OFFICER.value: "cán bộ thi đua, khen thưởng",
}
PEN = "……"


@dataclass(frozen=True)
class MeetingFacts:
    """``present`` is None where the record does not list who came."""

    title: str
    held_on: date | None
    starts: time | None
    ends: time | None
    place: str
    chair: str
    chair_name: str
    secretary: str
    secretary_name: str
    agenda: tuple[str, ...]
    guests: tuple[str, ...]
    conclusions: tuple[str, ...]
    present: tuple[tuple[str, str], ...] | None  # names with the level that came
    absent: tuple[str, ...]


def collect_meeting(bloc_year: BlocYear, bloc: BlocFacts) -> MeetingFacts | None:
    """The annual review's conference, the latest where there are several; two queries."""
    rows = bloc_year.conferences.filter(kind=ConferenceKind.ANNUAL_REVIEW).select_related("chair_agency")
    row = rows.prefetch_related("attendances__agency").last()
    return meeting_facts(row, bloc) if row else None


def meeting_facts(row: Conference, bloc: BlocFacts) -> MeetingFacts:
    levels = {each.agency.code: each.level for each in row.attendances.all()}
    came = {code: level for code, level in levels.items() if level != AttendanceLevel.ABSENT}
    chair_title = " ".join(filter(None, [row.chair_title, row.chair_agency.name if row.chair_agency else ""]))
    return MeetingFacts(
        title=row.get_kind_display(),
        held_on=row.held_on,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        chair=comrade(row.chair_name, chair_title),
        chair_name=row.chair_name,
        secretary=comrade(row.secretary_name, row.secretary_title),
        secretary_name=row.secretary_name,
        agenda=tuple(line.strip() for line in row.agenda.splitlines() if line.strip()),
        guests=tuple(row.guests),
        conclusions=tuple(row.conclusions),
        present=tuple((each.name, LEVEL_WORDS.get(came[each.code], "")) for each in bloc.members if each.code in came)
        if row.attendance_listed
        else None,
        absent=tuple(each.name for each in bloc.members if each.code not in came) if row.attendance_listed else (),
    )


def moment_words(at: time | None, on: date | None) -> str:
    """ "08 giờ 00 phút, ngày 02 tháng 3 năm 2021"; what is not known is left to the pen."""
    hour = clock(at) if at else f"{PEN} giờ {PEN} phút"
    return f"{hour}, {long_date(on) if on else f'ngày {PEN} tháng {PEN} năm {PEN}'}"


def attendance_lines(found: MeetingFacts, bloc: BlocFacts) -> list[str]:
    """Who came, member by member, then "Có mặt: 07/07; Vắng: 0."."""
    if found.present is None:
        lines = [f"Đại diện các đơn vị thành viên {bloc.name} (chưa có danh sách dự họp)"]
    else:
        lines = [f"{name}{f' ({level})' if level else ''}" for name, level in found.present]
    lines += [f"Khách mời: {guest}" for guest in found.guests]
    return [*dashes(lines), *([presence(found)] if found.present is not None else [])]


def presence(found: MeetingFacts) -> str:
    came, absent = len(found.present or ()), len(found.absent)
    names = f" ({listed_apart(found.absent)})" if found.absent else ""
    return f"Có mặt: {counted(came)}/{counted(came + absent)}; Vắng: {counted(absent) if absent else 0}{names}."
