"""What the standing body asks while it appraises: supplements, opinions, public postings."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from awards.enums import CommentOutcome, OpinionAnswer, OpinionKind, SupplementState
from awards.tables.dossiers import Dossier, Nomination, dossier_scope
from blocs.models import Agency, Council
from blocs.tables.access import access_of


class Supplement(models.Model):
    """One thing to be supplied or corrected: a field of a nomination, a section, a paper, or the dossier's.

    ``target`` names it ("field:post", "text:ii-thanh-tich", "paper:bao-cao", "dossier:paper_number"):
    only what is asked opens again.
    """

    State = SupplementState

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="supplements")
    nomination = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, related_name="supplements", null=True, blank=True
    )
    target = models.CharField("nội dung cần bổ sung", max_length=60)
    request = models.TextField("yêu cầu")
    due = models.DateField("hạn bổ sung", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=SupplementState, default=SupplementState.ASKED)
    answer = models.TextField("trả lời", blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField("bổ sung lúc", null=True, blank=True)

    class Meta:
        verbose_name = "yêu cầu bổ sung"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "nomination", "target"],
                condition=Q(state=SupplementState.ASKED, nomination__isnull=False),
                name="supplement_asked_once",
            ),
            models.UniqueConstraint(
                fields=["dossier", "target"],
                condition=Q(state=SupplementState.ASKED, nomination__isnull=True),
                name="supplement_asked_once_dossier",
            ),
        ]

    def __str__(self) -> str:
        return self.request[:80]


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The agency that is asked, and the standing body that asks."""
        access = access_of(user)
        return self.filter(Q(asked__in=access.agency_ids) | Q(dossier__council__in=access.standing_ids))


class Opinion(models.Model):
    """A question to another agency about the nominations named (hiệp y; xác nhận vi phạm)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="opinions")
    asked = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="opinions", verbose_name="cơ quan")
    kind = models.CharField("loại ý kiến", max_length=12, choices=OpinionKind)
    nominations = models.ManyToManyField(Nomination, related_name="opinions", blank=True)
    question = models.TextField("nội dung xin ý kiến")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_on = models.DateField("ngày gửi")
    due = models.DateField("hạn trả lời")
    answer = models.CharField("ý kiến", max_length=12, choices=OpinionAnswer, blank=True)
    text = models.TextField("nội dung trả lời", blank=True)
    document = models.CharField("văn bản trả lời", max_length=300, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến cơ quan liên quan"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(due__gte=F("asked_on")), name="opinion_due_after_asked")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.asked.label}"

    def get_absolute_url(self) -> str:
        return reverse("awards:opinion", args=[self.pk])

    @property
    def council_id(self) -> int:
        return self.dossier.council_id


class PostingQuerySet(models.QuerySet["Posting"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The standing body's; a dossier's makers see the posting of their own."""
        access = access_of(user)
        own = Dossier.objects.filter(dossier_scope(user)).values("pk")
        return self.filter(Q(council__in=access.standing_ids) | Q(nominations__dossier__in=own)).distinct()

    def public(self) -> Self:
        """What anyone may read: posted and not withdrawn."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)


class Posting(models.Model):
    """A public list of nominees (công khai lấy ý kiến; NĐ 152/2025, Điều 44 khoản 2)."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="postings")
    code = models.CharField(max_length=40, unique=True)  # the public address; not guessable
    title = models.CharField("tiêu đề", max_length=300)
    text = models.TextField("nội dung, nơi nhận ý kiến", blank=True)
    nominations = models.ManyToManyField(Nomination, related_name="postings", blank=True)
    from_on = models.DateField("công khai từ ngày")
    until_on = models.DateField("đến ngày")
    published_at = models.DateTimeField("đăng lúc", null=True, blank=True)
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "công khai lấy ý kiến"
        ordering = ["-from_on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="posting_period")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("awards:posting", args=[self.pk])


class PostingComment(models.Model):
    """An opinion of the public on a posting, as it was received, and what became of it."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="comments")
    nomination = models.ForeignKey(
        Nomination, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    sender = models.CharField("người gửi", max_length=200, blank=True)
    received_on = models.DateField("nhận ngày")
    text = models.TextField("nội dung")
    outcome = models.CharField("xử lý", max_length=10, choices=CommentOutcome, blank=True)
    outcome_text = models.TextField("kết quả xử lý", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = "ý kiến công khai"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
