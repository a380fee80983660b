"""A bloc-year whose dossiers a council voted on and decided: something in every table that its file carries."""

from datetime import date, time
from typing import Any

from accounts.models import User
from council.domain.decisions.drafting import draft_from_session
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.domain.decisions.lines import edit_line
from council.domain.decisions.opinions import answer_party, ask_party
from council.domain.sessions.agenda import remove_item
from council.domain.sessions.workflow import SESSION
from council.domain.votes.entering import Figures, enter_count
from council.domain.votes.settling import settle
from council.models import AgendaItem, CertificateBook, CouncilSession, Decision, DecisionLine, DecisionScan
from tests.council_decisions_world import DAY, chair, empty_draft
from tests.council_votes_world import Room, build_room, rows_of
from tests.council_world import appraised_dossier, put_on_agenda, vote_setting
from tests.world import World

CERTIFICATES = "bk-tinh"


def build_decided() -> World:
    """Thirteen members: an open vote with dissent, a paper count, a secret one by device; decided, corrected, revoked.

    Three of nine items are of Sở Xây dựng, which is in another bloc.
    """
    room = build_room(items=4, code=CERTIFICATES)
    world = room.world
    vote_setting(world, CERTIFICATES, mode="open")
    put_on_agenda(room.session, *appraised_dossier(world, 2, CERTIFICATES, agency=world.other).nominations.all())
    put_on_agenda(room.session, *appraised_dossier(world, 2, "cstd-tinh").nominations.all())
    put_on_agenda(room.session, *appraised_dossier(world, 1, "cstd-tinh", agency=world.other).nominations.all())
    words_of(room)
    remove_item(room.items()[7], actor=room.secretary, reason="Hồ sơ phải bổ sung")
    voted(room)
    settle(room.session, actor=room.secretary)
    stood_in(room)
    SESSION.perform(room.session, "close", actor=room.secretary)
    decided(world, room.session)
    return world


def words_of(room: Room) -> None:
    """What people type about a session, line ends of browsers and all."""
    session = room.session
    session.starts, session.ends, session.place = time(8, 0), time(11, 30), "Phòng họp  số 1"
    session.clerk, session.guests = "Lê Thị Ghi", "Đại diện Mặt trận\r\nĐại diện Công đoàn"
    session.opening, session.conclusion = "Diễn biến.\r\n\r\nThảo luận.", "Nhất trí."
    session.invitation_number = "12/GM-HĐTĐKT"
    session.save()
    room.recuse(3, room.items()[0])


def stood_in(room: Room) -> None:
    stand_in = room.seat(4)
    stand_in.attendance, stand_in.substitute_name = "substitute", "Phó Giám đốc Trần Văn Thay"
    stand_in.authorisation = "Giấy ủy quyền số 5"
    stand_in.save()


def voted(room: Room) -> None:
    items = room.items()
    first = room.opened(items[0], items[1], items[4], mode="open")
    for number in range(13):
        kept_out, silent = number == 3, number == 12
        room.cast(first, number, ("-" if kept_out else "y") + ("-" if silent else "n" if number < 4 else "y") + "y")
    room.close(first)
    on_paper = room.opened(items[2], items[3], items[5], channel="counted")
    figures = Figures(issued=13, cast=12, invalid=1, committee=[{"name": "Nguyễn Kiểm", "title": "Trưởng ban"}])
    yes = dict(zip((row.pk for row in rows_of(on_paper)), ((11, 0), (11, 0), (11, 0)), strict=True))
    enter_count(on_paper, figures=figures, counts=yes, actor=room.secretary)
    secret = room.opened(items[6], items[8])
    room.cast_all(secret, *["yy"] * 12, "n-")
    room.close(secret)


def decided(world: World, session: CouncilSession) -> list[Decision]:
    """Each award's decision; of the certificates one name is corrected and one taken back."""
    actor = world.person("standing")
    made = draft_from_session(session, issuer=chair(world, superior="ỦY BAN NHÂN DÂN", agency=world.snv), actor=actor)
    for draft in made:
        ask_party(draft, body="Ban Thường vụ", asked_on=date(2026, 11, 18), question="Tờ trình 3", actor=actor)
        answer_party(draft, answered_on=DAY, document="TB 7", agreed=True, note="Đồng ý", actor=actor)
        issue(draft, actor=actor, issued_on=DAY)
    issue(empty_draft(world, "Ngô Văn Đột Xuất", year=2020), actor=actor, issued_on=DAY)
    certificates = next(each for each in made if each.lines.filter(award__code=CERTIFICATES).exists())
    wrong, taken = certificates.lines.filter(nomination__dossier__agency=world.syt).order_by("position")[:2]
    corrected = followed(certificates, "correction", wrong, actor)
    edit_line(corrected.lines.get(), fields={"name": "Lê Thị Đúng"}, base=None, actor=None)
    issue(corrected, actor=actor, issued_on=DAY)
    issue(followed(certificates, "revocation", taken, actor), actor=actor, issued_on=DAY)
    after_issue(certificates, wrong)
    return made


def followed(earlier: Decision, kind: str, line: DecisionLine, actor: User) -> Decision:
    return draft_later(earlier, kind=kind, lines=[line], issuer=earlier.issuer, reason="Ghi sai.", actor=actor)


def after_issue(decision: Decision, line: DecisionLine) -> None:
    """Paid, in the book of certificates, the signed paper attached."""
    DecisionLine.objects.filter(pk=line.pk).update(
        paid_on=date(2026, 11, 21), paid_note="PC 15", book_number=7, book_year=2026
    )
    CertificateBook.objects.create(issuer=decision.issuer, award=line.award, year=2026, last=7)
    scan: dict[str, Any] = {"file": "quyet-dinh/2026/x.pdf", "file_name": "qd.pdf", "size": 9, "sha256": "a" * 64}
    DecisionScan.objects.create(decision=decision, **scan)


def items_here(session: CouncilSession) -> list[AgendaItem]:
    return list(session.items.order_by("position", "pk"))
