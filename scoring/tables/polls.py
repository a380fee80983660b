"""Votes of a bloc: what was asked, who may vote, the sealed urn, and the count."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from blocs.enums import Area, Award
from blocs.models import Agency, BlocYear
from blocs.tables.access import access_of
from scoring.enums import PollBase, PollChannel, PollMode, PollPurpose, PollState
from scoring.tables.outcome import outcome_scope


class PollQuerySet(models.QuerySet["Poll"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them: those who run the bloc. Opened ones: who watches it, voters; members once it is public."""
        access = access_of(user)
        runs = Q(bloc_year__in=access.runs(Area.SCORES)) | Q(bloc_year__bloc__council__in=access.standing_ids)
        mine = Q(agency__in=access.agency_ids)
        if user.is_authenticated:
            mine |= Q(person=user)
        own = PollVoter.objects.filter(mine).values("poll")
        return self.filter(runs | (~Q(state=PollState.DRAFT) & (outcome_scope(user) | Q(pk__in=own))))

    def counted(self) -> Self:
        """Those with a result that stands: neither prepared, nor open, nor cancelled."""
        return self.filter(state=PollState.CLOSED)


class Poll(models.Model):
    """A vote of the bloc: on an award, or on who leads next year. A single ballot is never kept here."""

    State = PollState

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="polls")
    purpose = models.CharField("bỏ phiếu về", max_length=10, choices=PollPurpose, default=PollPurpose.AWARD)
    award = models.CharField("hình thức", max_length=40, choices=Award, blank=True)
    question = models.CharField("nội dung bỏ phiếu", max_length=500, blank=True)
    channel = models.CharField("cách thu phiếu", max_length=10, choices=PollChannel, default=PollChannel.COUNTED)
    state = models.CharField("trạng thái", max_length=10, choices=PollState, default=PollState.CLOSED)
    round = models.PositiveSmallIntegerField("vòng", default=1)
    mode = models.CharField("cách biểu quyết", max_length=14, choices=PollMode)
    base = models.CharField("cơ sở tính tỷ lệ", max_length=8, choices=PollBase)
    threshold = models.PositiveSmallIntegerField("tỷ lệ tối thiểu (%)", null=True, blank=True)
    quorum = models.PositiveSmallIntegerField("tỷ lệ có mặt tối thiểu (%)", null=True, blank=True)
    # How many options one ballot may name.
    max_choices = models.PositiveSmallIntegerField("số lựa chọn tối đa trên một phiếu", null=True, blank=True)
    recused_in_base = models.BooleanField("người không tham gia bỏ phiếu vẫn tính vào mẫu số", default=True)
    eligible = models.PositiveSmallIntegerField("tổng số thành viên", null=True, blank=True)
    present = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    # Present, but out of the vote by a declared reason; ``recused_in_base`` says whether they count in the base.
    recused = models.PositiveSmallIntegerField("số người không tham gia bỏ phiếu", default=0)
    issued = models.PositiveSmallIntegerField("số phiếu phát ra", null=True, blank=True)
    cast = models.PositiveSmallIntegerField("số phiếu thu về", null=True, blank=True)
    invalid = models.PositiveSmallIntegerField("phiếu không hợp lệ", null=True, blank=True)

    # The committee that counted: [{name, title}], its chair first.
    committee = models.JSONField("ban kiểm phiếu", default=list, blank=True)
    opened_on = models.DateField("ngày mở", null=True, blank=True)
    closed_on = models.DateField("ngày kiểm phiếu", null=True, blank=True)
    # Receipt codes of an electronic ballot in alphabetical order, published after closing.
    receipts = models.JSONField("mã biên nhận", default=list, blank=True, editable=False)
    note = models.TextField("ghi chú", blank=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc bỏ phiếu"
        verbose_name_plural = "cuộc bỏ phiếu"
        ordering = ["purpose", "award", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "purpose", "award", "round"],
                condition=~Q(state=PollState.CANCELLED),
                name="poll_round_once",
            ),
            models.CheckConstraint(
                condition=(Q(purpose=PollPurpose.AWARD) & ~Q(award="")) | (~Q(purpose=PollPurpose.AWARD) & Q(award="")),
                name="poll_award_where_due",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(eligible__isnull=True) | Q(present__lte=F("eligible")),
                name="poll_present_within_eligible",
            ),
        ]

    def __str__(self) -> str:
        return f"Bỏ phiếu {self.about}, vòng {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:poll", args=[self.pk])

    @property
    def about(self) -> str:
        """What is voted on, as it follows «bỏ phiếu»."""
        if self.purpose == PollPurpose.AWARD:
            return f"đề nghị tặng {self.get_award_display()}"
        return self.get_purpose_display().lower()

    @property
    def is_electronic(self) -> bool:
        return self.channel == PollChannel.ELECTRONIC

    @property
    def base_count(self) -> int | None:
        """Of how many the percentage is taken; None while that is unknown."""
        whole = self.eligible if self.base == PollBase.MEMBERS else self.present
        return whole if whole is None or self.recused_in_base else max(whole - self.recused, 0)


class PollTally(models.Model):
    """Votes that one agency got in a poll."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="tallies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    votes = models.PositiveSmallIntegerField("số phiếu")

    class Meta:
        verbose_name = "số phiếu"
        ordering = ["-votes", "agency__sort_key"]
        constraints = [models.UniqueConstraint(fields=["poll", "agency"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.agency.label}: {self.votes}"


class PollOption(models.Model):
    """What a ballot may name: a unit, or words."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    label = models.CharField("nội dung", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "phương án"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "agency"], name="poll_option_once")]

    def __str__(self) -> str:
        return self.label or (self.agency.name if self.agency else "")


class PollVoter(models.Model):
    """Who may vote, and whether they have: never when, and never what.

    A unit votes through those who sign for it; a council's member as a person.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="voters")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_present = models.BooleanField("có mặt", default=True)
    recused = models.BooleanField("không tham gia bỏ phiếu", default=False)
    recusal_reason = models.CharField("lý do không tham gia", max_length=300, blank=True)
    has_voted = models.BooleanField("đã bỏ phiếu", default=False)

    class Meta:
        verbose_name = "người bỏ phiếu"
        constraints = [
            models.UniqueConstraint(fields=["poll", "agency"], name="poll_voter_agency_once"),
            models.UniqueConstraint(fields=["poll", "person"], name="poll_voter_person_once"),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) ^ Q(person__isnull=False), name="poll_voter_unit_or_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency or self.person)


class Urn(models.Model):
    """All ballots of one electronic poll in one sealed text, shuffled and sealed anew with every ballot.

    One row: no order of rows, no numbers, no times. See docs/decisions on what this promises.
    """

    poll = models.OneToOneField(Poll, on_delete=models.CASCADE, primary_key=True, related_name="urn")
    sealed = models.TextField(blank=True)

    class Meta:
        verbose_name = "hòm phiếu"

    def __str__(self) -> str:
        return f"Hòm phiếu: {self.poll}"
