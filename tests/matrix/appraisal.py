"""Appraisal: the standing body reads, its specialist decides; makers see their own postings and versions."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from awards.models import Posting, PostingComment
from tests.appraisal_world import asked, question, sent_dossier
from tests.matrix.base import EVERYONE, OWN, STANDING, Row, pk_of


def furnish(scene: Any) -> None:
    """A received dossier of Sở Y tế, assigned to ``standing``; Sở Giáo dục is asked; a posting not yet public."""
    scene.sent = sent_dossier(scene.world)
    scene.sent_case = scene.sent.nominations.get()
    scene.supplement = asked(scene.sent)
    scene.supplement_answered = asked(scene.sent, "dossier:title", state="answered")
    scene.opinion = question(scene.sent, scene.world.sgddt)
    scene.draft_posting = Posting.objects.create(
        council=scene.world.council, code="ma-thu", title="Thử", from_on=date(2026, 3, 2), until_on=date(2026, 4, 2)
    )
    scene.draft_posting.nominations.set([scene.sent_case])
    scene.comment = PostingComment.objects.create(
        posting=scene.draft_posting, received_on=date(2026, 3, 3), text="Ý kiến"
    )


def numbered(name: str) -> Any:
    return lambda scene: (scene.sent.pk, getattr(scene, name).pk)


def rows() -> Iterator[Row]:
    seen = OWN | STANDING
    yield Row("awards:inbox", STANDING, EVERYONE - STANDING)
    yield Row("awards:inbox-act", STANDING, EVERYONE - STANDING, method="post", data={"viec": "receive"})
    for name in ("appraisal", "assign", "give-back", "favourable", "supplement-ask", "supplements-withdraw"):
        yield Row(f"awards:{name}", STANDING, OWN, pk_of("sent"))
    yield Row("awards:opinion-ask", STANDING, OWN, pk_of("sent"))
    yield Row("awards:appraise", STANDING, OWN, pk_of("sent_case"))
    act = {"transition": "appraise"}
    yield Row("awards:appraisal-act", STANDING, OWN, pk_of("sent"), "post", act)
    yield Row("awards:appraisal-batch", STANDING, OWN, pk_of("sent"), "post", {"result": "find_eligible"})
    yield Row("awards:supplement-accept", STANDING, OWN, numbered("supplement_answered"), "post")
    for name in ("supplement-again", "supplement-withdraw"):
        yield Row(f"awards:{name}", STANDING, OWN, numbered("supplement"))
    yield Row("awards:versions", seen, args=pk_of("sent"))
    asked_agency = frozenset({"deputy_officer"})
    yield Row("awards:opinions", EVERYONE)
    yield Row("awards:opinion", STANDING | asked_agency, args=pk_of("opinion"))
    yield Row("awards:opinion-waive", STANDING, asked_agency, pk_of("opinion"))
    for name in ("opinion-remind", "opinion-freeze"):
        yield Row(f"awards:{name}", STANDING, asked_agency, pk_of("opinion"), "post")
    yield Row("awards:postings", EVERYONE)
    yield Row("awards:posting-new", STANDING, EVERYONE - STANDING)
    yield Row("awards:posting", seen, args=pk_of("draft_posting"))
    for name in ("posting-edit", "posting-withdraw", "posting-comment"):
        yield Row(f"awards:{name}", STANDING, OWN, pk_of("draft_posting"))
    yield Row("awards:posting-publish", STANDING, OWN, pk_of("draft_posting"), "post")
    comment = lambda scene: (scene.draft_posting.pk, scene.comment.pk)  # noqa: E731
    yield Row("awards:comment-outcome", STANDING, OWN, comment)
