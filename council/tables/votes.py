"""Votes of the council: one ballot holds a round on one or many items. No single secret vote is ever kept."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse

from accounts.models import User
from awards.models import AwardForm
from council.enums import Fate, VoteBase, VoteChannel, VoteMode
from council.tables.sessions import AgendaItem, CouncilSession, Seat, session_scope
from scoring.enums import PollState


class BallotQuerySet(models.QuerySet["Ballot"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who sees the session; drafts are seen by those who run it through its page."""
        return self.filter(session_scope(user, "session__"))


class Ballot(models.Model):
    """One round of votes on items of one award, by one rule. The rule is copied: later settings do not change it."""

    State = PollState

    session = models.ForeignKey(CouncilSession, on_delete=models.CASCADE, related_name="ballots")
    award = models.ForeignKey(AwardForm, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField("vòng", default=1)
    state = models.CharField("trạng thái", max_length=10, choices=PollState, default=PollState.DRAFT)
    mode = models.CharField("cách biểu quyết", max_length=10, choices=VoteMode)
    channel = models.CharField("cách thu phiếu", max_length=10, choices=VoteChannel, default=VoteChannel.ELECTRONIC)
    percent = models.PositiveSmallIntegerField("tỷ lệ phiếu (%)")
    more_than = models.BooleanField("phải nhiều hơn tỷ lệ", default=False)
    base = models.CharField("tính trên", max_length=10, choices=VoteBase, default=VoteBase.MEMBERS)
    recused_in_base = models.BooleanField("người không tham gia vẫn tính vào mẫu số", default=True)
    written_counts = models.BooleanField("tính ý kiến bằng văn bản của người vắng", default=False)
    legal_basis = models.CharField("căn cứ", max_length=300)
    places = models.PositiveSmallIntegerField("số lượng tối đa", null=True, blank=True)
    places_basis = models.CharField("căn cứ số lượng", max_length=300, blank=True)
    eligible = models.PositiveSmallIntegerField("tổng số thành viên", null=True, blank=True)
    present = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    written = models.PositiveSmallIntegerField("gửi ý kiến bằng văn bản", null=True, blank=True)
    issued = models.PositiveSmallIntegerField("số phiếu phát ra", null=True, blank=True)
    cast = models.PositiveSmallIntegerField("số phiếu thu về", null=True, blank=True)
    invalid = models.PositiveSmallIntegerField("phiếu không hợp lệ", null=True, blank=True)
    committee = models.JSONField("ban kiểm phiếu", default=list, blank=True)  # [{name, title}], its head first
    opened_on = models.DateField("ngày mở", null=True, blank=True)
    closed_on = models.DateField("ngày kiểm phiếu", null=True, blank=True)
    receipts = models.JSONField("mã biên nhận", default=list, blank=True, editable=False)
    note = models.TextField("ghi chú", blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt biểu quyết"
        ordering = ["award__position", "round", "pk"]

    def __str__(self) -> str:
        return f"{self.award}, vòng {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("council:ballot", args=[self.pk])

    @property
    def is_secret(self) -> bool:
        return self.mode == VoteMode.SECRET

    @property
    def is_electronic(self) -> bool:
        return self.channel == VoteChannel.ELECTRONIC


class BallotItem(models.Model):
    """What a round says of one item. Counts are None until the ballot is closed.

    ``paper_yes`` and ``paper_no``: what came on paper beside the electronic votes (written opinions), as counted.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="rows")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="rounds")
    position = models.PositiveIntegerField(default=0)
    paper_yes = models.PositiveSmallIntegerField("đồng ý trên giấy", null=True, blank=True)
    paper_no = models.PositiveSmallIntegerField("không đồng ý trên giấy", null=True, blank=True)
    yes = models.PositiveSmallIntegerField("đồng ý", null=True, blank=True)
    no = models.PositiveSmallIntegerField("không đồng ý", null=True, blank=True)
    blank = models.PositiveSmallIntegerField("không có ý kiến", null=True, blank=True)
    recused = models.PositiveSmallIntegerField("không tham gia", null=True, blank=True)
    base_count = models.PositiveSmallIntegerField("mẫu số", null=True, blank=True)
    needed = models.PositiveSmallIntegerField("cần đạt", null=True, blank=True)
    fate = models.CharField("kết quả", max_length=10, choices=Fate, blank=True)

    class Meta:
        verbose_name = "kết quả biểu quyết"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["ballot", "item"], name="ballot_item_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_fate_display()}"


class VoterQuerySet(models.QuerySet["BallotVoter"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who sees the session."""
        return self.filter(session_scope(user, "ballot__session__"))


class BallotVoter(models.Model):
    """Who may vote in a round and whether they have: never when, and in a secret one never what."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="voters")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    on_paper = models.BooleanField("gửi ý kiến trên giấy", default=False)
    has_voted = models.BooleanField("đã biểu quyết", default=False)

    objects = VoterQuerySet.as_manager()

    class Meta:
        verbose_name = "người biểu quyết"
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="ballot_voter_once")]

    def __str__(self) -> str:
        return str(self.seat)


class OpenVote(models.Model):
    """The marks of one member in an open vote: {item: "yes" | "no" | ""}. Secret rounds have none."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="open_votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField(default=dict)

    class Meta:
        verbose_name = "biểu quyết công khai"
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="open_vote_once")]

    def __str__(self) -> str:
        return str(self.seat)


class BallotUrn(models.Model):
    """All marks of one secret electronic round in one sealed text (docs/decisions/0009-secret-ballots.md)."""

    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, primary_key=True, related_name="urn")
    sealed = models.TextField(blank=True)

    class Meta:
        verbose_name = "hòm phiếu của Hội đồng"

    def __str__(self) -> str:
        return f"Hòm phiếu: {self.ballot}"
