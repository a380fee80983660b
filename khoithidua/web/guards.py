"""Who may pass: the login wall and the permission check that views call."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

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
        response = self.handle_no_permission(request, view_func)
        if getattr(request, "htmx", False):
            return htmx_redirect(response["Location"])
        return response


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


def path_of(name: str, *args: Any) -> str:
    """``reverse`` that answers an empty string for a page that does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
