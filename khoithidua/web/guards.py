"""Who may pass: the login wall and the permission check that views call."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

# The only addresses that answer without signing in; a test keeps this list honest.
PUBLIC_URL_NAMES = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_inactive",
        "mfa_authenticate",
        "reports:verify",
        "reports:verify-search",
        "awards:public-postings",
        "awards:public-posting",
        "favicon",
        "health",
    }
)


class LoginWall(LoginRequiredMiddleware):
    """Every view demands a signed-in user except the public list above."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in PUBLIC_URL_NAMES:
            return None
        response = redirect_to_login(page_behind(request))
        if getattr(request, "htmx", False):
            return htmx_redirect(response["Location"])
        return response


def page_behind(request: HttpRequest) -> str:
    """Where to go on after signing in: the page itself, or the one whose button was pressed."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host() or not referer.path.startswith("/"):
        return "/"
    return f"{referer.path}?{referer.query}" if referer.query else referer.path


ONLY_BUTTONS = "Trang này chỉ nhận thao tác từ nút bấm. Hãy bấm lại nút trên trang đang mở."


class ButtonsOnly:
    """Opening an address that takes a pressed button alone leads to the page that the button is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or not request.user.is_authenticated:
            return response
        messages.warning(request, ONLY_BUTTONS)
        return redirect(parent_page(request.path))


def parent_page(path: str) -> str:
    """The nearest address above ``path`` that exists."""
    parts = path.strip("/").split("/")[:-1]
    while parts:
        above = f"/{'/'.join(parts)}/"
        try:
            resolve(above)
        except Resolver404:
            parts.pop()
        else:
            return above
    return "/"


def htmx_redirect(location: str) -> HttpResponse:
    """htmx would follow a redirect inside the fragment; this moves the whole page."""
    response = HttpResponse(status=204)
    response["HX-Redirect"] = location
    return response


def require(user: Any, permission: str, obj: Any = None) -> None:
    """Raise PermissionDenied (403) unless ``user`` holds ``permission`` on ``obj``.

    The object has been fetched with ``visible_to``: what is invisible was 404 already.
    """
    if not user.has_perm(permission, obj):
        raise PermissionDenied(permission)
