"""Long work of the background worker: papers and archives, with progress."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blocs.models import BlocYear
from council.models import CouncilSession, Decision
from reports.enums import JobState


class PaperJobQuerySet(models.QuerySet["PaperJob"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, of bloc-years, sessions and decisions that one sees."""
        seen = (
            Q(bloc_year__in=BlocYear.objects.visible_to(user).values("pk"))
            | Q(session__in=CouncilSession.objects.visible_to(user).values("pk"))
            | Q(decision__in=Decision.objects.visible_to(user).values("pk"))
        )
        return self.filter(seen, requested_by=user.pk)


class PaperJob(models.Model):
    """A long paper that the worker makes for one person, its progress, and the file for a day.

    It is of exactly one owner: a bloc-year, a session of the council or a decision.
    """

    State = JobState
    SILENCE = timedelta(minutes=10)  # without a sign of life the work is taken for lost

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_jobs")
    session = models.ForeignKey(
        CouncilSession, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_jobs"
    )
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_jobs")
    kind = models.CharField("loại văn bản", max_length=40)
    requested_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    requested_at = models.DateTimeField("yêu cầu lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    seen_at = models.DateTimeField("có tiến triển lúc")
    finished_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    step = models.CharField("việc đang làm", max_length=200, blank=True)
    done = models.PositiveIntegerField("đã xong", default=0)
    total = models.PositiveIntegerField("tổng số bước", default=1)
    file = models.FileField("tệp", blank=True)
    error = models.CharField("lỗi", max_length=500, blank=True)

    objects = PaperJobQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản lập ở chế độ nền"
        constraints = [
            # NULL differs from NULL: each kind of owner has a constraint of its own.
            models.UniqueConstraint(fields=["bloc_year", "kind", "requested_by"], name="paper_job_once_per_person"),
            models.UniqueConstraint(fields=["session", "kind", "requested_by"], name="paper_job_once_of_session"),
            models.UniqueConstraint(fields=["decision", "kind", "requested_by"], name="paper_job_once_of_decision"),
            models.CheckConstraint(
                condition=Q(bloc_year__isnull=False, session__isnull=True, decision__isnull=True)
                | Q(bloc_year__isnull=True, session__isnull=False, decision__isnull=True)
                | Q(bloc_year__isnull=True, session__isnull=True, decision__isnull=False),
                name="paper_job_one_owner",
            ),
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="paper_job_done_within_total"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner}"

    @property
    def owner(self) -> BlocYear | CouncilSession | Decision:
        """Whose paper it is."""
        found = self.bloc_year or self.session or self.decision
        assert found is not None  # noqa: S101 (the database holds that there is one)
        return found

    def get_absolute_url(self) -> str:
        if self.bloc_year_id is not None:
            page = "archive" if self.kind in ("archive", "bloc-archive") else "paper-job"
            return reverse(f"reports:{page}", args=[self.bloc_year_id, self.kind])
        if self.session_id is not None:
            return reverse("reports:session-paper-job", args=[self.session_id, self.kind])
        return reverse("reports:decision-paper-job", args=[self.decision_id, self.kind])

    def state_at(self, now: datetime) -> JobState:
        """What to tell at ``now``: work that was not heard of for ``SILENCE`` counts as failed."""
        if self.finished_at is not None:
            return JobState.FAILED if self.error else JobState.DONE
        if now - self.seen_at > self.SILENCE:
            return JobState.FAILED
        return JobState.WORKING if self.started_at else JobState.QUEUED
