"""Phiếu bầu for a secret ballot on paper: choices and how to mark them, no name. The law gives no form
(domain-2.md part 4). A5, so that two are printed on a sheet of A4.
"""

from dataclasses import dataclass, replace

from blocs.models import BlocYear
from reports.documents.bloc import IssueFacts, own_letterhead
from reports.documents.blocks import Align, Block, Column, PageSize, Paper, Paragraph, Row, Table, Width
from reports.documents.meeting import PEN
from reports.documents.subjects import by_pk, chosen, paper_polls_of
from reports.documents.words import counted, lower_first
from reports.documents.written import WrittenFacts, collect_written
from scoring.enums import PollState
from scoring.models import Poll

KIND = "ballot-form"


@dataclass(frozen=True)
class BallotFacts:
    written: WrittenFacts
    about: str  # empty: no such poll
    question: str
    round: int
    most: int | None
    options: tuple[str, ...]

    @property
    def values(self) -> dict[str, str]:
        return self.written.values | {
            "noi_dung_bo_phieu": (self.question or lower_first(self.about)).rstrip(" ."),
            "so_lua_chon": counted(self.most) if self.most else "",
            "so_phuong_an": counted(len(self.options)) if self.options else "",
        }


def collect(bloc_year: BlocYear, subject: str = "") -> BallotFacts:
    """``subject`` is the key of a secret poll on paper; without one the first not yet counted. Raises NoSubject."""
    polls = paper_polls_of(bloc_year)
    waiting = [poll for poll in polls if poll.state != PollState.CLOSED]
    poll = chosen(polls, subject, key_of=by_pk, default=next(iter(waiting or polls), None))
    written = collect_written(KIND, bloc_year)
    return BallotFacts(
        written=written,
        about=poll.about if poll else "",
        question=poll.question if poll else "",
        round=poll.round if poll else 1,
        most=most_of(poll) if poll else None,
        options=tuple(str(option) for option in poll.options.all()) if poll else (),
    )


def most_of(poll: Poll) -> int | None:
    """How many one ballot may name: as it is set, else all that stand on it."""
    return poll.max_choices or len(poll.options.all()) or None


def compose(facts: BallotFacts, issue: IssueFacts | None) -> Paper:
    bloc = facts.written.bloc
    head = own_letterhead(bloc, None, draft=False)
    about = f"{facts.about}, vòng {facts.round}" if facts.about else "bỏ phiếu kín"
    return Paper(
        name=f"Phiếu bầu {about} năm {bloc.year} của {bloc.name}",
        letterhead=replace(head, place_date=""),
        kind="PHIẾU BẦU",
        summary=f"{about[:1].upper()}{about[1:]}, năm {bloc.year}",
        blocks=tuple(body(facts)),
        page=PageSize.A5,
    )


def body(facts: BallotFacts) -> list[Block]:
    bloc = facts.written.bloc
    if not facts.about:
        return [Paragraph(f"Chưa có cuộc bỏ phiếu kín trên giấy nào của {bloc.name} trong năm {bloc.year}.")]
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Tên đơn vị, phương án", Width.WIDE, heads=True),
        Column("Lựa chọn", Width.MIDDLE, Align.CENTER),
    )
    names = facts.options or (PEN, PEN, PEN)
    rows = tuple(Row((str(place), name, "")) for place, name in enumerate(names, 1))
    return [
        *facts.written.blocks("question", facts.values),
        Table("", columns, rows),
        *facts.written.blocks("instructions", facts.values),
    ]
