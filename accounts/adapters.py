"""How allauth behaves here: accounts are made by the administrator, never by a visitor."""

import logging
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from accounts.models import User

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, str]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Tài khoản này đang tạm khóa. Hãy liên hệ quản trị viên.",
        "email_password_mismatch": "Thư điện tử hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại.",
        "enter_current_password": "Mật khẩu hiện tại không đúng. Hãy nhập lại.",
        "incorrect_code": "Mã không đúng. Hãy nhập mã đang hiển thị.",
        "incorrect_password": "Mật khẩu không đúng. Hãy nhập lại.",
        "invalid_login": "Không đăng nhập được. Hãy thử lại.",
        "invalid_password_reset": "Liên kết đặt lại mật khẩu không còn hiệu lực. Hãy yêu cầu liên kết mới.",
        "too_many_login_attempts": "Bạn đã nhập sai quá nhiều lần. Hãy đợi 5 phút rồi thử lại.",
        "rate_limited": "Bạn gửi quá nhiều yêu cầu. Hãy đợi một lát rồi thử lại.",
        "same_as_current": "Giá trị mới phải khác giá trị đang dùng.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def forget_wrong_passwords(self, request: HttpRequest, user: User) -> None:
        self._delete_login_attempts_cached_email(request, email=user.email)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tells the owner of a change. What was changed stays changed when the mail server is away."""
        try:
            super().send_notification_mail(template_prefix, user, {"user": user} | (context or {}), email)
        except (OSError, SMTPException):
            logger.exception("The notification %s could not be sent.", template_prefix)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {"reauthenticate": "Xác nhận bằng mật khẩu", "mfa_reauthenticate": "Xác nhận bằng mã xác thực"}
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, str]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Không tắt được xác thực hai lớp của tài khoản này.",
        "cannot_generate_recovery_codes": "Hãy bật xác thực hai lớp trước khi tạo mã khôi phục.",
        "incorrect_code": "Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiển thị trên ứng dụng.",
    }
