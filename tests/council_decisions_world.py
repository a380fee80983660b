"""Issuers, drafts, issued decisions and signed papers for tests."""

from datetime import date
from typing import Any

from awards.enums import NominationState
from council.domain.decisions.drafting import draft_empty, draft_from_session
from council.domain.decisions.issuing import issue
from council.domain.decisions.lines import add_lines
from council.models import CouncilSession, Decision, Issuer
from tests.awards_world import SubjectFactory, award
from tests.council_world import appraised_dossier, council_session
from tests.world import World

DAY = date(2026, 11, 20)
DRAFT: dict[str, Any] = {"title": "Về việc tặng Bằng khen", "category": "cong-trang", "year": 2026}


def chair(world: World, **rest: Any) -> Issuer:
    values = {
        "kind": "chair",
        "name": "Chủ tịch Ủy ban nhân dân tỉnh Mẫu",
        "symbol": "QĐ-UBND",
        "place": "Tỉnh Mẫu",
        "signer_name": "Nguyễn Văn Chủ",
        "signer_title": "CHỦ TỊCH",
    }
    found, _ = Issuer.objects.get_or_create(council=world.council, **values | rest)
    return found


def closed_session(
    world: World, passed: int = 2, failed: int = 1, code: str = "bk-tinh", **rest: Any
) -> CouncilSession:
    """A closed session on one dossier of Sở Y tế: the first ``passed`` items went through, the others did not."""
    dossier = appraised_dossier(world, cases=passed + failed, code=code, year=2026, **rest)
    session = council_session(world, dossier, state="closed")
    for number, item in enumerate(session.items.order_by("position")):
        item.outcome = "passed" if number < passed else "failed"
        item.save(update_fields=["outcome"])
        state = NominationState.PASSED if number < passed else NominationState.FAILED
        type(item.nomination).objects.filter(pk=item.nomination_id).update(state=state)
    return session


def drafted(world: World, **rest: Any) -> Decision:
    """The draft of ``closed_session``."""
    (made,) = draft_from_session(closed_session(world, **rest), issuer=chair(world), actor=world.person("standing"))
    return made


def empty_draft(world: World, *names: str, code: str = "bk-tinh", **rest: Any) -> Decision:
    """A draft with people of Sở Y tế from the register."""
    made = draft_empty(issuer=chair(world), actor=world.person("standing"), **DRAFT | rest)
    subjects = [SubjectFactory(agency=world.syt, council=world.council, name=name) for name in names]
    if subjects:
        add_lines(made, subjects=subjects, award=award(code), actor=world.person("standing"))
    return made


def issued(world: World, decision: Decision | None = None, on: date = DAY, number: int | None = None) -> Decision:
    made = decision or drafted(world)
    issue(made, actor=world.person("standing"), issued_on=on, number=number)
    return made
