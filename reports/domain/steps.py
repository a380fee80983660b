"""The two reviews as steps of a bloc-year."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blocs.domain.timeline import Step, is_closed, provides_steps, step_state
from blocs.models import BlocYear
from reports.domain.rounding.dues import due_of, read_rounds
from reports.domain.rounds import follows_all, round_of
from reports.enums import ReviewKind, ReviewState
from reports.models import AgencyReport, BlocReview

STEPS = ((ReviewKind.MID_YEAR, 40, "Sơ kết 6 tháng"), (ReviewKind.ANNUAL, 90, "Báo cáo tổng kết năm"))
WORDS = {
    ReviewState.DRAFT: "Đang soạn báo cáo của khối",
    ReviewState.APPROVED: "Báo cáo đã duyệt, chờ ban hành",
    ReviewState.ISSUED: "Báo cáo đã ban hành",
}


@provides_steps
def review_steps(bloc_year: BlocYear, user: User) -> Iterator[Step]:
    """Two queries, two for rounds at most, and the members where they were not read before. That a review is being
    drafted is no secret in its bloc; of reports only those that the reader sees are told."""
    read_rounds([bloc_year])
    reviews = {row.kind: row for row in bloc_year.reviews.all()}
    reports = list(AgencyReport.objects.visible_to(user).filter(bloc_year=bloc_year))
    members = bloc_year.memberships.count()
    for kind, order, title in STEPS:
        review = reviews.get(kind)
        yield Step(
            order=order,
            title=title,
            url=reverse("reports:year", args=[bloc_year.pk]),
            state=step_state(
                done=review is not None and review.state == ReviewState.ISSUED,
                started=review is not None or any(row.kind == kind for row in reports),
                due=due_of(bloc_year, kind),
                today=timezone.localdate(),
                closed=is_closed(bloc_year),
            ),
            words=step_words(bloc_year, user, kind, review, reports, members),
            due=due_of(bloc_year, kind),
        )


def step_words(
    bloc_year: BlocYear,
    user: User,
    kind: ReviewKind,
    review: BlocReview | None,
    reports: list[AgencyReport],
    members: int,
) -> str:
    if review is not None and review.state != ReviewState.DRAFT:
        return WORDS[ReviewState(review.state)]
    if follows_all(bloc_year, user):
        return f"{round_of(bloc_year, kind, members, reports).sent}/{members} đơn vị đã gửi báo cáo"
    own = next((row for row in reports if row.kind == kind), None)
    return f"Báo cáo của đơn vị: {own.get_state_display().lower()}" if own else "Đơn vị chưa viết báo cáo"
