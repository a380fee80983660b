"""Sessions of the council: who sits, what is on the agenda, who keeps out of what."""

from typing import Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from awards.models import Nomination
from blocs.enums import SeatRole
from blocs.models import Agency, Council, CouncilMember
from blocs.tables.access import access_of
from council.enums import Attendance, ItemOutcome, SessionKind, SessionState
from khoithidua.web.fields import SearchKeyField

M = TypeVar("M", bound=models.Model)
# Before this a session is the standing body's own.
KNOWN_TO_MEMBERS = (SessionState.CALLED, SessionState.OPEN, SessionState.CLOSED)


def session_scope(user: User | AnonymousUser, prefix: str = "") -> Q:
    """Whose sessions ``user`` sees; ``prefix`` is the way from another row to its session ("session__")."""
    access = access_of(user)
    run = Q(**{f"{prefix}council__in": access.standing_ids})
    if not user.is_authenticated:
        return run
    mine = Seat.objects.filter(Q(user=user.pk) | Q(substitute=user.pk)).values("session")
    return run | Q(**{f"{prefix}state__in": KNOWN_TO_MEMBERS, f"{prefix}pk__in": mine})


class SessionQuerySet(models.QuerySet["CouncilSession"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The standing body; once called, those who have a seat in it or stand in for one."""
        return self.filter(session_scope(user))


class CouncilSession(models.Model):
    """Phiên họp xét khen thưởng, or a round of written opinions in its place."""

    State = SessionState

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sessions")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("phiên thứ")
    title = models.CharField("nội dung phiên họp", max_length=300)
    kind = models.CharField("hình thức", max_length=10, choices=SessionKind, default=SessionKind.MEETING)
    state = models.CharField("trạng thái", max_length=10, choices=SessionState, default=SessionState.PREPARING)
    held_on = models.DateField("ngày họp", null=True, blank=True)
    starts = models.TimeField("giờ bắt đầu", null=True, blank=True)
    ends = models.TimeField("giờ kết thúc", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=300, blank=True)
    answers_due = models.DateField("hạn gửi ý kiến bằng văn bản", null=True, blank=True)
    clerk = models.CharField("thư ký phiên họp", max_length=150, blank=True)
    guests = models.TextField("khách mời", blank=True)
    opening = models.TextField("diễn biến, ý kiến thảo luận", blank=True)
    conclusion = models.TextField("kết luận của Chủ tịch Hội đồng", blank=True)
    invitation_number = models.CharField("số giấy mời", max_length=100, blank=True)
    called_at = models.DateTimeField("triệu tập lúc", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    search_key = SearchKeyField(source="title")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên họp Hội đồng"
        verbose_name_plural = "phiên họp Hội đồng"
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["council", "year", "number"], name="session_number_once")]

    def __str__(self) -> str:
        return f"Phiên {self.number} năm {self.year}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("council:session", args=[self.pk])


class OfSessionQuerySet(models.QuerySet[M]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who sees the session."""
        return self.filter(session_scope(user, "session__"))


class SeatQuerySet(OfSessionQuerySet["Seat"]):
    pass


class Seat(models.Model):
    """A member as called to one session: names as they were then, and how the member took part.

    ``votes`` False: sits in without a vote (the secretary who is not a member; guests have no seat).
    """

    session = models.ForeignKey(CouncilSession, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(CouncilMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("họ tên", max_length=150)
    post = models.CharField("chức danh trong Hội đồng", max_length=200, blank=True)
    role = models.CharField("vai trò", max_length=10, choices=SeatRole, default=SeatRole.MEMBER)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    votes = models.BooleanField("có quyền biểu quyết", default=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    attendance = models.CharField("tham dự", max_length=10, choices=Attendance, blank=True)
    # Dự thay: only with a written authorisation (TT 25/2025/TT-BKHCN, Điều 23).
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    substitute_name = models.CharField("người dự thay", max_length=200, blank=True)
    authorisation = models.CharField("văn bản ủy quyền", max_length=300, blank=True)
    absence_reason = models.CharField("lý do vắng mặt", max_length=300, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên dự phiên họp"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="seat_once"),
            models.CheckConstraint(
                condition=~Q(attendance=Attendance.SUBSTITUTE) | (~Q(authorisation="") & ~Q(substitute_name="")),
                name="seat_substitute_authorised",
                violation_error_message="Dự thay phải ghi tên người dự và văn bản ủy quyền.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_part(self) -> bool:
        """In the room, in person or by a substitute."""
        return self.attendance in (Attendance.PRESENT, Attendance.SUBSTITUTE)


class AgendaItemQuerySet(OfSessionQuerySet["AgendaItem"]):
    pass


class AgendaItem(models.Model):
    """A nomination before the council. Its award groups the agenda; the outcome is the council's, not the vote's."""

    session = models.ForeignKey(CouncilSession, on_delete=models.CASCADE, related_name="items")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveIntegerField("thứ tự", default=0)
    note = models.CharField("ý kiến của cơ quan thường trực", max_length=500, blank=True)
    outcome = models.CharField("kết luận", max_length=10, choices=ItemOutcome, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    # Who settled it where the count alone did not: the chair on a tie, the competent person after two rounds.
    settled_by = models.CharField("người quyết định", max_length=200, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung xét"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "nomination"], name="agenda_item_once"),
            # One nomination waits in one session at a time.
            models.UniqueConstraint(fields=["nomination"], condition=Q(outcome=""), name="agenda_item_waits_once"),
        ]

    def __str__(self) -> str:
        return str(self.nomination)

    def get_absolute_url(self) -> str:
        return reverse("council:item", args=[self.pk])


class RecusalQuerySet(OfSessionQuerySet["Recusal"]):
    pass


class Recusal(models.Model):
    """A member keeps out of an item: by itself for the own agency, or declared with a reason."""

    session = models.ForeignKey(CouncilSession, on_delete=models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="recusals")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="recusals")
    automatic = models.BooleanField("do hệ thống xác định", default=False)
    reason = models.CharField("lý do", max_length=300)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = "không tham gia biểu quyết"
        ordering = ["seat__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["seat", "item"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.reason}"
