"""Giấy mời and chương trình of one conference of a bloc: time, place and guests by records, the rest by wording."""

import re
from dataclasses import dataclass, replace

from blocs.enums import ConferenceKind
from blocs.models import BlocYear
from reports.documents.bloc import IssueFacts, letterhead, recipients, signature
from reports.documents.blocks import Align, Block, Column, Note, Paper, Paragraph, Row, Table, Width
from reports.documents.meeting import PEN, MeetingFacts, meeting_facts
from reports.documents.subjects import by_pk, chosen, conferences_of, next_conference
from reports.documents.words import clock, dashes, long_date, lower_first, sentence_end, unnumbered
from reports.documents.written import WrittenFacts, collect_written

INVITATION = "conference-invitation"
PROGRAMME = "conference-programme"
ABBREVIATION = "GM"
# "08:00", "8 giờ 30 -", "7h30:" before a line of an agenda.
CLOCK = re.compile(r"^(\d{1,2})(?:\s*(?:giờ|h|g|:)\s*)(\d{2})?(?:\s*phút)?\s*[-–:.,]?\s+(?=\S)")


@dataclass(frozen=True)
class CallFacts:
    written: WrittenFacts
    kind: str  # a value of ConferenceKind; empty without a conference
    meeting: MeetingFacts | None

    @property
    def title(self) -> str:
        """ "Hội nghị sơ kết 6 tháng đầu năm 2020"."""
        if self.meeting is None:
            return f"Hội nghị năm {self.written.bloc.year}"
        name, year = self.meeting.title, self.written.bloc.year
        return f"{name} {year}" if name.endswith("năm") else f"{name} năm {year}"

    @property
    def values(self) -> dict[str, str]:
        found = self.meeting
        return self.written.values | {
            "ten_hoi_nghi": self.title,
            "ngay_hoi_nghi": when(found) if found and found.held_on else "",
            "dia_diem": found.place if found else "",
            "chu_tri": found.chair if found else "",
        }


def collect_invitation(bloc_year: BlocYear, subject: str = "") -> CallFacts:
    return collect(INVITATION, bloc_year, subject)


def collect_programme(bloc_year: BlocYear, subject: str = "") -> CallFacts:
    return collect(PROGRAMME, bloc_year, subject)


def collect(kind: str, bloc_year: BlocYear, subject: str) -> CallFacts:
    """``subject`` is the key of a conference; without one the next to come, else the latest. Raises NoSubject."""
    rows = conferences_of(bloc_year)
    row = chosen(rows, subject, key_of=by_pk, default=next_conference(rows))
    written = collect_written(kind, bloc_year)
    return CallFacts(written, row.kind if row else "", meeting_facts(row, written.bloc) if row else None)


def when(found: MeetingFacts) -> str:
    starts = f"{clock(found.starts)}, " if found.starts else ""
    return f"{starts}{long_date(found.held_on)}" if found.held_on else PEN


def compose_invitation(facts: CallFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.written.bloc
    subject = f"Dự {facts.title} của {bloc.name}"
    return Paper(
        name=f"Giấy mời {lower_first(subject)}",
        letterhead=letterhead(bloc, ABBREVIATION, issue, draft_year=draft_year(facts)),
        kind="GIẤY MỜI",
        summary=subject,
        blocks=tuple(invitation(facts)),
        signature=signature(bloc, issue),
        recipients=("- Như trên;", *recipients(bloc)[-1:]),
    )


def draft_year(facts: CallFacts) -> int:
    on = facts.meeting.held_on if facts.meeting else None
    return on.year if on else facts.written.bloc.year


def invitation(facts: CallFacts) -> list[Block]:
    found = facts.meeting
    if found is None:
        return [no_conference(facts)]
    return [
        *facts.written.blocks("opening", facts.values),
        *facts.written.blocks("guests", facts.values),
        *[Paragraph(line) for line in dashes(found.guests)],
        Paragraph(f"Tới dự: {facts.title} của {sentence_end(facts.written.bloc.name)}"),
        *([Paragraph(f"Chủ trì: {sentence_end(found.chair)}")] if found.chair else []),
        Paragraph(f"Thời gian: {sentence_end(when(found))}"),
        Paragraph(f"Địa điểm: {sentence_end(found.place or PEN)}"),
        *facts.written.blocks("request", facts.values),
    ]


def no_conference(facts: CallFacts) -> Block:
    bloc = facts.written.bloc
    return Paragraph(f"Chưa có hội nghị nào của {bloc.name} được ghi nhận cho năm {bloc.year}.")


def compose_programme(facts: CallFacts, issue: IssueFacts | None) -> Paper:
    """It goes with the invitation and takes no number of its own."""
    bloc = facts.written.bloc
    head = letterhead(bloc, ABBREVIATION, None, draft_year=draft_year(facts))
    return Paper(
        name=f"Chương trình {facts.title} của {bloc.name}",
        letterhead=replace(head, number="", place_date="", draft=False),
        kind="CHƯƠNG TRÌNH",
        summary=f"{facts.title} của {bloc.name}",
        blocks=tuple(programme(facts)),
    )


def programme(facts: CallFacts) -> list[Block]:
    found = facts.meeting
    if found is None:
        return [no_conference(facts)]
    return [
        Note(f"(Kèm theo Giấy mời số {PEN})"),
        Paragraph(f"Thời gian: {sentence_end(when(found))}"),
        Paragraph(f"Địa điểm: {sentence_end(found.place or PEN)}"),
        Paragraph(f"Chủ trì: {sentence_end(found.chair or PEN)}"),
        programme_table(agenda_lines(facts, found)),
        *facts.written.blocks("closing", facts.values),
    ]


def agenda_lines(facts: CallFacts, found: MeetingFacts) -> list[str]:
    """What was typed for this conference, else the wording's usual course of its kind."""
    part = facts.kind if facts.kind in facts.written.words.chosen else ConferenceKind.OTHER.value
    return list(found.agenda) or facts.written.words.lines(part, facts.values)


def programme_table(lines: list[str]) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Thời gian", Width.MIDDLE, Align.CENTER),
        Column("Nội dung", Width.WIDE, heads=True),
        Column("Người thực hiện", Width.WIDE),
    )
    rows = [Row((str(place), *timed(line), PEN)) for place, line in enumerate(lines, 1)]
    return Table("", columns, tuple(rows))


def timed(line: str) -> tuple[str, str]:
    """A time that begins the line, apart from the rest; else the time is left to the pen."""
    found = CLOCK.match(line.strip())
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return f"{int(found[1]):02d} giờ {found[2] or '00'}", line.strip()[found.end() :]
    return PEN, unnumbered(line)
