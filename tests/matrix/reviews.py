"""The bloc's review: its writers compile, consult and keep versions; members read and comment while they are asked."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from reports.domain.versions import keep_version
from reports.models import ReviewComment
from tests.factories import BlocReviewFactory, PassageFactory
from tests.matrix.base import OWN, RUN, SECRETARIAT, YEAR, Row, pk_of


def furnish(scene: Any) -> None:
    """The annual review is consulted on; Sở Y tế has commented; the other one has a version."""
    today = timezone.localdate()
    scene.consulted = BlocReviewFactory(
        bloc_year=scene.year, kind="annual", consulting_since=today, consulting_until=today + timedelta(days=5)
    )
    PassageFactory(review=scene.consulted, text="Dự thảo.")
    officer = scene.world.person("officer")
    scene.review_comment = ReviewComment.objects.create(
        review=scene.consulted, agency=scene.world.syt, text="Bổ sung số liệu.", made_by=officer
    )
    PassageFactory(review=scene.review, section="lessons", text="Bản đầu.")
    keep_version(scene.review, "Tổng hợp lần đầu", actor=None)
    scene.review.passages.update(text="Bản sau.")


def one(scene: Any) -> tuple[Any, ...]:
    return (scene.consulted.pk, scene.review_comment.pk)


def news(scene: Any) -> tuple[Any, ...]:
    return (scene.year.pk, "annual")


def rows() -> Iterator[Row]:
    review, consulted = pk_of("review"), pk_of("consulted")
    yield Row("reports:review-draft", SECRETARIAT, args=review, method="post")
    yield Row("reports:review-draft", SECRETARIAT, YEAR - SECRETARIAT, consulted, "post")
    take = {"section": "achievements", "agency": "syt"}
    yield Row("reports:review-take", SECRETARIAT, YEAR - SECRETARIAT, consulted, "post", take)
    yield Row("reports:review-consult", SECRETARIAT, args=review)
    yield Row("reports:review-consult-close", SECRETARIAT, YEAR - SECRETARIAT, consulted)
    yield Row("reports:review-consult-close", SECRETARIAT, YEAR - SECRETARIAT, consulted, "post")
    yield Row("reports:review", YEAR, args=consulted)
    yield Row("reports:review-comments", YEAR, args=consulted)
    yield Row("reports:review-comments", SECRETARIAT, args=review)
    yield Row("reports:review-comment", OWN, YEAR - OWN, one)
    yield Row("reports:review-comment-remove", OWN, YEAR - OWN, one)
    yield Row("reports:review-comment-remove", OWN, YEAR - OWN, one, "post")
    yield Row("reports:review-comment-answer", SECRETARIAT, YEAR - SECRETARIAT, one)
    yield Row("reports:review-versions", SECRETARIAT, args=review)
    yield Row("reports:review-versions", SECRETARIAT, YEAR - SECRETARIAT, consulted)
    yield Row("reports:review-version-keep", SECRETARIAT, args=review, method="post")
    yield Row("reports:review-version-restore", SECRETARIAT, args=lambda s: (s.review.pk, 1), method="post")
    yield Row("reports:news", RUN, YEAR - RUN, news)
    yield Row("reports:news", SECRETARIAT, YEAR - SECRETARIAT, news, "post", {"text": "Tin.", "version": "0"})
    yield Row("reports:news-text", RUN, YEAR - RUN, news)
