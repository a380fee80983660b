"""People, what they did, and what they are told."""

from typing import Any, ClassVar, Self

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from khoithidua.web.fields import PersonSortKeyField, SearchKeyField
from khoithidua.web.text import nfc


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=nfc(email).strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What the person may do comes from appointments, not from here."""

    email = models.EmailField("thư điện tử", unique=True)
    full_name = models.CharField("họ và tên", max_length=150)
    post_title = models.CharField("chức vụ", max_length=150, blank=True)
    is_active = models.BooleanField("đang hoạt động", default=True)
    is_staff = models.BooleanField("quản trị viên", default=False)
    date_joined = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    search_key = SearchKeyField(source="full_name", db_index=True)
    sort_key = PersonSortKeyField(source="full_name", db_index=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Business permissions come from ``rules`` alone: an administrator holds none of them."""
        if rules.perm_exists(perm):
            return self.is_active and bool(rules.has_perm(perm, self, obj))
        return super().has_perm(perm, obj)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class AuditChain(models.Model):
    """The head of one object's chain: how many entries it has and the last one's hash."""

    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    length = models.PositiveIntegerField(default=0)
    tip = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object_type", "object_id"], name="audit_chain_per_object")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class AuditEntry(models.Model):
    """One act on one object. Never updated, never deleted: the database refuses both."""

    object_type = models.CharField("loại", max_length=60)
    object_id = models.CharField("mã", max_length=60)
    object_label = models.CharField("đối tượng", max_length=400)
    sequence = models.PositiveIntegerField("thứ tự")
    at = models.DateTimeField("lúc")
    actor = models.ForeignKey(
        User, verbose_name="người làm", null=True, on_delete=models.PROTECT, related_name="audit_entries"
    )
    actor_name = models.CharField("người làm", max_length=150)
    action = models.CharField("việc", max_length=200)
    before = models.JSONField("trước", encoder=DjangoJSONEncoder, default=dict)
    after = models.JSONField("sau", encoder=DjangoJSONEncoder, default=dict)
    reason = models.TextField("lý do", blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "mục nhật ký"
        ordering = ["object_type", "object_id", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "sequence"], name="audit_entry_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.object_label}: {self.action}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own notices only."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """A sentence for one person, with the page it is about."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField("nội dung", max_length=500)
    url = models.CharField("trang", max_length=300, blank=True)
    created_at = models.DateTimeField("lúc", default=timezone.now)
    read_at = models.DateTimeField("đã đọc lúc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"])]

    def __str__(self) -> str:
        return self.text
