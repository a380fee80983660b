"""Council sessions: the standing body prepares; members read what they are called to."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile

from accounts.domain import audit
from awards.models import Attachment
from council.domain.sessions.agenda_importing import CASES as IMPORTED_CASES
from council.domain.sessions.agenda_importing import FILE as IMPORT_FILE
from council.domain.sessions.agenda_importing import IMPORTED
from council.models import Recusal
from tests.council_world import appraised_dossier, council_session, remit, seat_everyone
from tests.matrix.base import EVERYONE, STANDING, Row, pk_of

CALLED = frozenset({"council_member", "observer"})


def furnish(scene: Any) -> None:
    """A session in preparation and a called one with an item, a paper, and a declared recusal of the member."""
    scene.session_draft = council_session(scene.world)
    dossier = appraised_dossier(scene.world)
    scene.session_called = council_session(scene.world, dossier, state="called")
    if not scene.session_called.seats.exists():
        seat_everyone(scene.session_called)
    scene.session_item = scene.session_called.items.get()
    scene.session_seat = scene.session_called.seats.get(user=scene.world.person("council_member"))
    scene.session_recusal = Recusal.objects.create(
        session=scene.session_called, seat=scene.session_seat, item=scene.session_item, reason="Người thân"
    )
    scene.council_member_row = scene.session_seat.user.council_seats.get()
    given = {IMPORT_FILE: "danh-sach.xlsx", IMPORTED_CASES: {str(scene.session_item.nomination_id): "A"}}
    scene.agenda_import = audit.record(scene.session_called, IMPORTED, actor=None, after=given).sequence
    scene.council_remit = remit(scene.world)
    scene.session_paper = Attachment(dossier=dossier, kind="to-trinh", title="Tờ trình", file_name="to-trinh.pdf")
    scene.session_paper.content_type = "application/pdf"
    scene.session_paper.file.save("to-trinh", ContentFile(b"%PDF-1.7"), save=True)


def rows() -> Iterator[Row]:
    member = frozenset({"council_member"})
    yield Row("council:index", EVERYONE)
    yield Row("council:session-new", STANDING, EVERYONE - STANDING)
    yield Row("council:session", STANDING, args=pk_of("session_draft"))
    for name in ("agenda", "roll", "recusals"):
        yield Row(f"council:{name}", STANDING | CALLED, args=pk_of("session_called"))
    yield Row("council:session-edit", STANDING, CALLED, pk_of("session_called"))
    act = {"transition": "cancel", "reason": "x"}
    yield Row("council:session-act", STANDING, CALLED, pk_of("session_called"), "post", act)
    yield Row("council:agenda-add", STANDING, CALLED, pk_of("session_called"))
    yield Row("council:agenda-import", STANDING, CALLED, pk_of("session_called"))
    yield Row("council:agenda-import-confirm", STANDING, CALLED, pk_of("session_called"), "post")
    undo = lambda s: (s.session_called.pk, s.agenda_import)  # noqa: E731
    yield Row("council:agenda-import-undo", STANDING, CALLED, undo)
    for name in ("roll-rest", "seats-update"):
        yield Row(f"council:{name}", STANDING, CALLED, pk_of("session_called"), "post")
    yield Row("council:seat", STANDING, CALLED, pk_of("session_seat"))
    yield Row("council:seat-here", STANDING, CALLED, pk_of("session_seat"), "post")
    yield Row("council:item", STANDING | CALLED, args=pk_of("session_item"))
    for name in ("item-edit", "item-remove"):
        yield Row(f"council:{name}", STANDING, CALLED, pk_of("session_item"))
    yield Row("council:item-paper", STANDING | CALLED, args=lambda s: (s.session_item.pk, s.session_paper.pk))
    yield Row("council:recusal-new", STANDING | member, CALLED - member, pk_of("session_seat"))
    yield Row("council:recusal-withdraw", STANDING | member, CALLED - member, pk_of("session_recusal"), "post")
    yield from practice_rows()


def practice_rows() -> Iterator[Row]:
    """The council's rules: members and administrators read, the standing body writes."""
    reads = CALLED | {"administrator"}
    council = lambda s: (s.world.council.pk,)  # noqa: E731
    yield Row("council:practice", STANDING | reads, EVERYONE - STANDING - reads)
    for name in ("practice-of", "practice-history"):
        yield Row(f"council:{name}", STANDING | reads, args=council)
    for name in ("council-edit", "practice-example", "member-new"):
        yield Row(f"council:{name}", STANDING, reads, council)
    yield Row("council:rule-new", STANDING, reads, lambda s: (s.world.council.pk, "phan-cap"))
    for name in ("member-edit", "member-end"):
        yield Row(f"council:{name}", STANDING, reads, pk_of("council_member_row"))
    for name in ("rule-edit", "rule-remove"):
        yield Row(f"council:{name}", STANDING, reads, lambda s: ("phan-cap", s.council_remit.pk))
