"""How a council works where the decrees leave it to the province: nothing here has a default."""

from typing import Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from awards.models import AwardForm
from awards.tables.catalogue import Sourced
from blocs.models import Council
from blocs.tables.access import access_of
from council.enums import AbsentMode, Body, VoteBase, VoteMode

M = TypeVar("M", bound=models.Model)


class OfCouncilQuerySet(models.QuerySet[M]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The standing body and the members of the council; administrators read all."""
        if user.is_staff and user.is_active:
            return self
        access = access_of(user)
        return self.filter(council__in=access.standing_ids | access.seat_ids)


class PracticeQuerySet(OfCouncilQuerySet["Practice"]):
    pass


class Practice(Sourced):
    """The council's working rules of a period: quorum, absentees, rounds (quy chế hoạt động của Hội đồng)."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="practices")
    # An ordinary meeting: at least so many of so many members (2 of 3).
    quorum_part = models.PositiveSmallIntegerField("họp được khi có mặt ít nhất (tử số)")
    quorum_whole = models.PositiveSmallIntegerField("trên (mẫu số)")
    award_quorum = models.PositiveSmallIntegerField(
        "phiên xét khen thưởng: có mặt ít nhất (%)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    absent = models.CharField("thành viên vắng mặt", max_length=10, choices=AbsentMode)
    recused_in_base = models.BooleanField("người không tham gia biểu quyết vẫn tính vào mẫu số")
    substitutes_vote = models.BooleanField("người được ủy quyền bằng văn bản được biểu quyết")
    chair_breaks_ties = models.BooleanField("bằng phiếu ở vị trí cuối: theo ý kiến của Chủ tịch Hội đồng")
    max_rounds = models.PositiveSmallIntegerField(
        "số vòng bỏ phiếu tối đa", validators=[MinValueValidator(1), MaxValueValidator(2)]
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "quy chế làm việc của Hội đồng"
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_part__gte=1) & Q(quorum_part__lte=F("quorum_whole")), name="practice_quorum_fraction"
            )
        ]

    def __str__(self) -> str:
        return f"Quy chế của {self.council}"


class VoteSettingQuerySet(OfCouncilQuerySet["VoteSetting"]):
    pass


class VoteSetting(Sourced):
    """The province's share of votes for an award, or (without an award) for all others. No row: not set."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="vote_settings")
    award = models.ForeignKey(
        AwardForm,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="danh hiệu, hình thức",
    )
    percent = models.PositiveSmallIntegerField(
        "tỷ lệ phiếu (%)", validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    more_than = models.BooleanField("phải nhiều hơn tỷ lệ này (quá bán: trên 50%)", default=False)
    base = models.CharField("tính trên", max_length=10, choices=VoteBase, default=VoteBase.MEMBERS)
    mode = models.CharField("cách biểu quyết", max_length=10, choices=VoteMode, default=VoteMode.SECRET)

    objects = VoteSettingQuerySet.as_manager()

    class Meta:
        verbose_name = "tỷ lệ phiếu"
        ordering = ["award__position", "valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.award or 'Các hình thức khác'}: {self.percent}%"


class RemitQuerySet(OfCouncilQuerySet["Remit"]):
    pass


class Remit(Sourced):
    """Who looks at an award before it is decided, and whether the Party committee's opinion comes first."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="remits")
    award = models.ForeignKey(
        AwardForm, on_delete=models.PROTECT, related_name="+", verbose_name="danh hiệu, hình thức"
    )
    body = models.CharField("cấp xét", max_length=10, choices=Body)
    party_opinion = models.BooleanField("xin ý kiến cấp ủy trước khi trình", default=False)

    objects = RemitQuerySet.as_manager()

    class Meta:
        verbose_name = "phân cấp xét"
        ordering = ["award__position", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "award", "valid_from"], name="remit_once"),
            models.UniqueConstraint(
                fields=["council", "award"], condition=Q(valid_from__isnull=True), name="remit_once_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award}: {self.get_body_display()}"
