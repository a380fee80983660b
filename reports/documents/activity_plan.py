"""Kế hoạch hoạt động of a bloc in a year (domain.md C4, step 1): prose by wording, the rest by records."""

from dataclasses import dataclass
from datetime import date

from blocs.enums import ConferenceKind
from blocs.models import BlocYear, Conference
from reports.documents import review_text
from reports.documents.bloc import IssueFacts
from reports.documents.blocks import Align, Column, Paper, Row, Table, Width
from reports.documents.meeting import PEN
from reports.documents.outline import Outline
from reports.documents.review import MovementFacts, movement_facts
from reports.documents.words import counted, listed_apart, long_date, lower_first
from reports.documents.written import WrittenFacts, all_grounds, collect_written, head_and_foot

KIND = "activity-plan"
ABBREVIATION = "KH"
# What a bloc does every year, in its order; the conferences by their kinds.
USUAL = (ConferenceKind.PLEDGE_SIGNING, ConferenceKind.MID_YEAR_REVIEW, ConferenceKind.ANNUAL_REVIEW)


@dataclass(frozen=True)
class Meeting:
    kind: str
    title: str
    held_on: date | None
    place: str
    chair: str


@dataclass(frozen=True)
class PlanFacts:
    written: WrittenFacts
    movements: tuple[MovementFacts, ...]
    meetings: tuple[Meeting, ...]
    quotas: tuple[str, ...]
    handed_over_on: date | None


def collect(bloc_year: BlocYear) -> PlanFacts:
    succession = getattr(bloc_year, "succession", None)
    quotas = bloc_year.quotas.order_by("pk")
    return PlanFacts(
        written=collect_written(KIND, bloc_year),
        movements=tuple(movement_facts(row) for row in bloc_year.movements.select_related("movement")),
        meetings=tuple(
            Meeting(
                row.kind,
                row.get_kind_display(),
                row.held_on,
                row.place,
                row.chair_agency.name if row.chair_agency else "",
            )
            for row in bloc_year.conferences.select_related("chair_agency").order_by("held_on", "pk")
        ),
        quotas=tuple(f"{counted(row.limit)} {row.get_award_display()}" for row in quotas),
        handed_over_on=succession.handed_over_on if succession else None,
    )


def meeting(row: Conference) -> Meeting:
    chair = row.chair_agency.name if row.chair_agency else ""
    return Meeting(row.kind, row.get_kind_display(), row.held_on, row.place, chair)


def compose(facts: PlanFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.written.bloc
    head, sign, to = head_and_foot(facts.written, ABBREVIATION, issue)
    subject = f"Hoạt động năm {bloc.year} của {bloc.name}"
    return Paper(
        name=f"Kế hoạch {lower_first(subject)}",
        letterhead=head,
        kind="KẾ HOẠCH",
        summary=subject,
        grounds=all_grounds(facts.written, None, issue),
        blocks=(*facts.written.blocks("opening"), *body(facts).blocks(), *facts.written.blocks("closing")),
        signature=sign,
        recipients=to,
    )


def body(facts: PlanFacts) -> Outline:
    bloc, text = facts.written.bloc, Outline()
    facts.written.say(text.section("Mục đích, yêu cầu"), "purpose")
    review_text.composition(text.section(f"Tổ chức của {bloc.unit_name}"), bloc)
    text.section("Nội dung, thời gian thực hiện").part("Nội dung hoạt động")
    facts.written.say(text, "tasks")
    text.part("Các mốc công việc trong năm").table(calendar(facts))
    text.part("Phong trào thi đua")
    if facts.movements:
        text.items(review_text.movement_line(each) for each in facts.movements)
    else:
        text.say(f"Chưa có phong trào thi đua nào của {bloc.unit_name} được ghi nhận cho năm {bloc.year}.")
    if facts.quotas:
        text.part("Đề nghị khen thưởng")
        text.say(f"Số lượng {bloc.unit_name} được đề nghị: {listed_apart(facts.quotas)}.")
    facts.written.say(text.section("Tổ chức thực hiện"), "duties")
    return text


def calendar(facts: PlanFacts) -> Table:
    """Deadlines and conferences in the order of a bloc's year; what has no day yet is left to the pen."""
    bloc, due = facts.written.bloc, facts.written.due
    everyone, head = "Các đơn vị thành viên", f"Trưởng {bloc.unit_name}"
    lines = [
        ("Đăng ký thi đua, chuẩn bị giao ước", until(due.pledge), everyone),
        *meetings_of(facts, ConferenceKind.PLEDGE_SIGNING),
        ("Gửi báo cáo 6 tháng đầu năm", until(due.mid_year), everyone),
        *meetings_of(facts, ConferenceKind.MID_YEAR_REVIEW),
        *[line(each, head) for each in facts.meetings if each.kind == ConferenceKind.OTHER],
        ("Tự chấm điểm, gửi minh chứng", until(due.scores), everyone),
        ("Gửi báo cáo năm", until(due.annual), everyone),
        *meetings_of(facts, ConferenceKind.ANNUAL_REVIEW),
        (f"Bàn giao nhiệm vụ trưởng {bloc.unit_name}", long_date(d) if (d := facts.handed_over_on) else PEN, head),
    ]
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Nội dung công việc", Width.WIDE, heads=True),
        Column("Thời gian", Width.WIDE),
        Column("Thực hiện", Width.WIDE),
    )
    return Table("", columns, tuple(Row((str(place), *each)) for place, each in enumerate(lines, 1)))


def meetings_of(facts: PlanFacts, kind: ConferenceKind) -> list[tuple[str, str, str]]:
    head = f"Trưởng {facts.written.bloc.unit_name}"
    found = [line(each, head) for each in facts.meetings if each.kind == kind]
    return found or [(kind.label, PEN, head)]


def line(meeting: Meeting, head: str) -> tuple[str, str, str]:
    when = long_date(meeting.held_on) if meeting.held_on else PEN
    return meeting.title, f"{when}{f', {meeting.place}' if meeting.place else ''}", meeting.chair or head


def until(day: date | None) -> str:
    return f"Chậm nhất {long_date(day)}" if day else PEN
