"""A lost second factor: taken away by an administrator, recorded, and told to its owner."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from accounts.domain.audit import record
from accounts.domain.notices import notify
from accounts.models import User

TOLD = "Xác thực hai lớp của tài khoản bạn đã được gỡ. Hãy bật lại; nếu không phải bạn yêu cầu, báo ngay quản trị viên."


@transaction.atomic
def reset_second_factor(user: User, *, actor: User | None) -> bool:
    """Remove the person's authenticators and recovery codes; False when there were none."""
    held = Authenticator.objects.select_for_update().filter(user=user)
    if not held:
        return False
    held.delete()
    record(
        user, "Gỡ xác thực hai lớp", actor=actor, before={"xác thực hai lớp": True}, after={"xác thực hai lớp": False}
    )
    notify([user], TOLD, url=reverse("mfa_index"))
    return True
