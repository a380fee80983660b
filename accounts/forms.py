"""The sign-in forms of allauth with Vietnamese words; allauth has no Vietnamese of its own."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.forms.utils import ErrorList

from khoithidua.web.forms import normalised

EMAIL = "Thư điện tử"
PASSWORD = "Mật khẩu"  # noqa: S105 - a label
NEW = {"password1": "Mật khẩu mới", "password2": "Nhập lại mật khẩu mới"}
PASSWORD_ADVICE = "Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống họ tên hay thư điện tử của bạn."  # noqa: S105
MISMATCH = "Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại."
CODE_ADVICE = "Nhập 6 chữ số mà ứng dụng xác thực đang hiển thị."


class WordedForm:
    """Labels and hints of this product; text in one normal form, as when the password was set."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "data" in kwargs:
            kwargs["data"] = normalised(kwargs["data"])
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels[name]
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class TwoPasswordsForm(WordedForm):
    """Asks for the new password twice."""

    labels: ClassVar[dict[str, str]] = NEW
    hints: ClassVar[dict[str, str]] = {"password1": PASSWORD_ADVICE}
    _errors: dict[str, ErrorList]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        first, second = cleaned.get("password1"), self.data.get("password2")  # type: ignore[attr-defined]
        if first and second and first != second:
            self._errors["password2"] = ErrorList([MISMATCH])
        return cleaned


class SignInForm(WordedForm, account.LoginForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = {"login": EMAIL, "password": PASSWORD}


class ChangePasswordForm(TwoPasswordsForm, account.ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = NEW | {"oldpassword": "Mật khẩu hiện tại"}


class SetPasswordForm(TwoPasswordsForm, account.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(WordedForm, account.ResetPasswordForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = {"email": EMAIL}


class ResetPasswordKeyForm(TwoPasswordsForm, account.ResetPasswordKeyForm):  # type: ignore[misc]
    def save(self) -> None:
        """Whoever proved the mailbox need not wait for the wrong guesses before to be forgotten."""
        super().save()
        get_adapter().forget_wrong_passwords(context.request, self.user)


class ReauthenticateForm(WordedForm, account.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = {"password": PASSWORD}


class CodeForm(WordedForm):
    labels: ClassVar[dict[str, str]] = {"code": "Mã xác thực"}
    hints: ClassVar[dict[str, str]] = {"code": "Nhập mã của ứng dụng xác thực, hoặc một mã khôi phục chưa dùng."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        )


class AuthenticateForm(CodeForm, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateCodeForm(CodeForm, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTotpForm(CodeForm, totp.ActivateTOTPForm):  # type: ignore[misc]
    hints: ClassVar[dict[str, str]] = {"code": CODE_ADVICE}
