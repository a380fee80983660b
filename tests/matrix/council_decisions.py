"""Decisions: the standing body drafts and issues; everyone of the council and its agencies reads what is issued."""

from collections.abc import Iterator
from typing import Any

import time_machine
from django.core.files.base import ContentFile

from council.models import DecisionScan
from tests.council_decisions_world import chair, closed_session, empty_draft, issued
from tests.matrix.base import EVERYONE, STANDING, Row, pk_of

# Administrators have neither a seat nor an agency.
READERS = EVERYONE - {"administrator"}
COUNCIL = frozenset({"council_member", "observer", "administrator"})


@time_machine.travel("2026-11-22 09:00+07:00", tick=False)
def furnish(scene: Any) -> None:
    """A draft, an issued decision with its scan, and a closed session that waits for its decision."""
    scene.draft_decision = empty_draft(scene.world, "Trần Văn Bảy")
    scene.draft_line = scene.draft_decision.lines.get()
    scene.issued_decision = issued(scene.world, empty_draft(scene.world, "Đỗ Thị An"))
    scene.decision_session = closed_session(scene.world)
    scene.issuer = chair(scene.world)
    scene.decision_scan = DecisionScan(decision=scene.issued_decision, file_name="qd.pdf", size=8, sha256="0" * 64)
    scene.decision_scan.file.save("qd", ContentFile(b"%PDF-1.7"))


def rows() -> Iterator[Row]:
    yield Row("council:decisions", EVERYONE)
    for name in ("decisions-waiting", "decision-new", "issuers", "issuer-new"):
        yield Row(f"council:{name}", STANDING, EVERYONE - STANDING)
    yield Row("council:decision-from-nominations", STANDING, EVERYONE - STANDING, method="post")
    yield Row("council:decision-from-session", STANDING, COUNCIL - {"administrator"}, pk_of("decision_session"))
    yield Row("council:issuer-edit", STANDING, COUNCIL, pk_of("issuer"))
    yield Row("council:decision", READERS, args=pk_of("issued_decision"))
    for name in ("decision-edit", "decision-remove", "decision-lines-add", "decision-opinion", "decision-issue"):
        yield Row(f"council:{name}", STANDING, args=pk_of("draft_decision"))
    yield Row("council:decision-order", STANDING, args=pk_of("draft_decision"), method="post", data={"thu-tu": "ten"})
    for name in ("decision-line-edit", "decision-line-remove"):
        yield Row(f"council:{name}", STANDING, args=pk_of("draft_line"))
    yield Row("council:decision-line-move", STANDING, args=pk_of("draft_line"), method="post", data={"vi-tri": "1"})
    for name in ("decision-correct", "decision-revoke", "decision-scan-add"):
        yield Row(f"council:{name}", STANDING, READERS - STANDING, pk_of("issued_decision"))
    yield Row("council:decision-scan", READERS, args=pk_of("decision_scan"))
    yield Row("council:decision-scan-remove", STANDING, READERS - STANDING, pk_of("decision_scan"))
