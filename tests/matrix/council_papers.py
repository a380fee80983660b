"""Papers of the council: the standing body's; those with a seat read what they are called to, and the minutes once it
is over; a decision's are read by who sees the decision, what is paid by the standing body."""

from collections.abc import Iterator
from typing import Any

from tests.council_decisions_world import empty_draft, issued
from tests.council_world import council_session
from tests.matrix.base import EVERYONE, STANDING, Row

SEATED = frozenset({"council_member", "observer"})
KNOWN = EVERYONE - {"administrator"}


def furnish(scene: Any) -> None:
    """A called session, one that is over, a draft and an issued decision."""
    scene.papers_called = council_session(scene.world, state="called")
    scene.papers_over = council_session(scene.world, state="closed")
    scene.papers_draft = empty_draft(scene.world, "Người trong dự thảo")
    scene.papers_issued = issued(scene.world, empty_draft(scene.world, "Người được khen"))


def of(name: str, kind: str) -> Any:
    return lambda scene: (getattr(scene, name).pk, kind)


def rows() -> Iterator[Row]:
    for name in ("session-paper", "session-docx", "session-xlsx"):
        for kind in ("giay-moi", "tai-lieu"):
            yield Row(f"reports:{name}", STANDING | SEATED, args=of("papers_called", kind))
        for kind in ("bien-ban", "bien-ban-kiem-phieu", "to-trinh"):
            yield Row(f"reports:{name}", STANDING, SEATED, of("papers_called", kind))
        yield Row(f"reports:{name}", STANDING | SEATED, args=of("papers_over", "bien-ban"))
        yield Row(f"reports:{name}", STANDING, SEATED, of("papers_over", "to-trinh"))
    yield Row("reports:session-paper-job", STANDING | SEATED, args=of("papers_called", "tai-lieu"))
    yield Row("reports:session-paper-job", STANDING, SEATED, of("papers_called", "bien-ban"))
    yield Row("reports:session-paper-job-file", frozenset(), SEATED, of("papers_called", "bien-ban"))
    yield Row("reports:decision-paper", STANDING, args=of("papers_draft", "quyet-dinh"))
    yield Row("reports:decision-docx", STANDING, args=of("papers_draft", "quyet-dinh"))
    yield Row("reports:decision-table", STANDING, args=of("papers_draft", "quyet-dinh"))
    for name in ("decision-paper", "decision-docx", "decision-table", "decision-paper-job"):
        yield Row(f"reports:{name}", KNOWN, args=of("papers_issued", "quyet-dinh"))
        yield Row(f"reports:{name}", STANDING, KNOWN - STANDING, of("papers_issued", "chi-tien"))
    yield Row("reports:decision-paper-job-file", frozenset(), KNOWN - STANDING, of("papers_issued", "chi-tien"))
