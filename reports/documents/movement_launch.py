"""Phát động phong trào thi đua: the bloc's plan for one movement (law of 2022, Điều 17; domain.md A2).

A bloc launches what is its own; a movement that another authority launched (Điều 18) it carries out.
"""

from dataclasses import dataclass

from blocs.enums import Scope
from blocs.models import BlocMovement, BlocYear
from reports.documents import review_text
from reports.documents.bloc import IssueFacts
from reports.documents.blocks import Paper, Paragraph
from reports.documents.meeting import PEN
from reports.documents.outline import Outline
from reports.documents.review import MovementFacts, movement_facts
from reports.documents.subjects import by_pk, chosen, movements_of
from reports.documents.words import counted, listed_apart, long_date, lower_first
from reports.documents.written import WrittenFacts, all_grounds, collect_written, head_and_foot

KIND = "movement-launch"
ABBREVIATION = "KH"


@dataclass(frozen=True)
class LaunchFacts:
    written: WrittenFacts
    movement: MovementFacts | None
    own: bool  # launched by the bloc itself
    regular: str
    participants: tuple[str, ...] | None  # None: not recorded

    @property
    def values(self) -> dict[str, str]:
        found = self.movement
        return self.written.values | {
            "ten_phong_trao": title(found) if found else "",
            "thoi_gian_phong_trao": years(found) if found else "",
            "co_quan_phat_dong": found.launched_by if found else "",
        }


def collect(bloc_year: BlocYear, subject: str = "") -> LaunchFacts:
    """``subject`` is the key of a movement of the year; without one the bloc's own first. Raises NoSubject."""
    rows = movements_of(bloc_year)
    own = [row for row in rows if row.movement.scope in (Scope.BLOC, Scope.AGENCY)]
    row = chosen(rows, subject, key_of=by_pk, default=next(iter(own or rows), None))
    return LaunchFacts(
        written=collect_written(KIND, bloc_year),
        movement=movement_facts(row) if row else None,
        own=row is not None and row.movement.scope in (Scope.BLOC, Scope.AGENCY),
        regular=row.movement.get_kind_display().lower() if row else "",
        participants=participants_of(row) if row else None,
    )


def participants_of(row: BlocMovement) -> tuple[str, ...] | None:
    names = tuple(each.agency.name for each in row.participations.select_related("agency"))
    return names or None


def years(found: MovementFacts) -> str:
    if found.starts and found.ends and found.starts != found.ends:
        return f"{found.starts} - {found.ends}"
    return str(found.starts or found.ends or "")


def compose(facts: LaunchFacts, issue: IssueFacts | None) -> Paper:
    bloc, found = facts.written.bloc, facts.movement
    head, sign, to = head_and_foot(facts.written, ABBREVIATION, issue)
    subject = f"{'Phát động' if facts.own else 'Triển khai'} {title(found)} của {bloc.name}"
    return Paper(
        name=f"Kế hoạch {lower_first(subject)}",
        letterhead=head,
        kind="KẾ HOẠCH",
        summary=subject,
        grounds=all_grounds(facts.written, found.launched_on if found else None, issue),
        blocks=(
            *facts.written.blocks("opening", facts.values),
            *body(facts).blocks(),
            *facts.written.blocks("closing", facts.values),
        )
        if found
        else (Paragraph(f"Chưa có phong trào thi đua nào của {bloc.name} được ghi nhận cho năm {bloc.year}."),),
        signature=sign,
        recipients=to,
    )


def title(found: MovementFacts | None) -> str:
    if found is None:
        return "phong trào thi đua"
    name = found.name
    return lower_first(name) if "đợt thi đua" in name.lower() else f"phong trào thi đua “{name.strip('“”')}”"


def body(facts: LaunchFacts) -> Outline:
    text, values = Outline(), facts.values
    facts.written.say(text.section("Mục đích, yêu cầu"), "purpose", values)
    facts.written.say(text.section("Nội dung, tiêu chí thi đua"), "content", values)
    text.section("Đối tượng, thời gian, hình thức").items(scope_lines(facts))
    facts.written.say(text.section("Tổ chức thực hiện"), "duties", values)
    return text


def scope_lines(facts: LaunchFacts) -> list[str]:
    found, bloc = facts.movement, facts.written.bloc
    launched = found.launched_by if found else ""
    day = f", {long_date(found.launched_on)}" if found and found.launched_on else ""
    taking = facts.participants
    everyone = f"{counted(len(bloc.members))} đơn vị thành viên {bloc.name}" if bloc.members else PEN
    return [
        review_text.movement_line(found) if found else PEN,
        f"Đối tượng: {listed_apart(taking) if taking else everyone}",
        f"Thời gian thực hiện: {years(found) if found and years(found) else PEN}",
        f"Hình thức thi đua: {facts.regular or PEN}",
        f"Cơ quan, người phát động: {launched or (bloc.name if facts.own else PEN)}{day}",
    ]
