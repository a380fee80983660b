"""People who sign in. An administrator keeps accounts; rights come from appointments alone."""

from typing import Any

from allauth.account import admin as allauth_admin  # noqa: F401  registers what is taken away below
from allauth.account.models import EmailAddress
from allauth.mfa import admin as mfa_admin  # noqa: F401
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django_tasks_db import admin as tasks_admin  # noqa: F401
from django_tasks_db.models import DBTaskResult

from accounts.domain.second_factor import reset_second_factor
from accounts.models import User
from khoithidua.web.forms import normalised
from khoithidua.web.text import search_key, tidy

# Rights are never granted by hand, second factors are each person's own secret, and tasks
# carry business data in their arguments.
for model in (Group, EmailAddress, Authenticator, DBTaskResult):
    admin.site.unregister(model)


class TidyAdminForm(forms.ModelForm):  # type: ignore[type-arg]
    """Text typed here is kept in the one normal form, as everywhere."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(normalised(data), *args, **kwargs)


class AccentFreeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Open to every administrator (no permission table); search ignores accents.

    What the records of the years name is never deleted here: it is ended or switched off.
    """

    form = TidyAdminForm
    deletable = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, plain_term(search_term))
        return found

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletable and is_administrator(request)


def plain_term(term: str) -> str:
    """Keys hold no accents; a mail address or a code, one plain word, is searched as it is written."""
    return term if term.isascii() and " " not in term else search_key(term)


def is_administrator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)


class TidyPerson:
    """Sign-in looks for the address in lower case; names are kept in one normal form."""

    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        return tidy(self.cleaned_data["email"]).lower()

    def clean_full_name(self) -> str:
        return tidy(self.cleaned_data["full_name"])


class UserNewForm(TidyPerson, BaseUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("email", "full_name", "post_title")


class UserEditForm(TidyPerson, UserChangeForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("email", "full_name", "post_title", "is_active", "is_staff")


@admin.register(User)
class UserAdmin(AccentFreeAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    form = UserEditForm  # type: ignore[assignment]
    add_form = UserNewForm
    list_display = ("full_name", "email", "post_title", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("search_key", "email")
    ordering = ("sort_key", "pk")
    actions = ("reset_second_factors",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("Con người", {"fields": ("full_name", "post_title")}),
        ("Tài khoản", {"fields": ("is_active", "is_staff")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "full_name", "post_title", "password1", "password2")}),)

    @admin.action(description="Gỡ xác thực hai lớp")
    def reset_second_factors(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """For who lost the phone and the recovery codes."""
        actor: Any = request.user
        names = [str(user) for user in people if reset_second_factor(user, actor=actor)]
        if names:
            self.message_user(request, f"Đã gỡ xác thực hai lớp của: {', '.join(names)}.", messages.SUCCESS)
        else:
            self.message_user(request, "Không ai trong số đã chọn đang bật xác thực hai lớp.", messages.WARNING)
