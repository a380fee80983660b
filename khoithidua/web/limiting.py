"""A limit on requests from one address, counted in the cache that all processes share."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

LIMIT = 30  # requests a minute
WINDOW = 60  # seconds

View = Callable[..., HttpResponse]


def limited(room: str, *, per_minute: int = LIMIT) -> Callable[[View], View]:
    """A view that answers 429 with a sentence beyond ``per_minute`` requests a minute from one address.

    Views that name the same ``room`` are counted together.
    """

    def limiting(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if requests_this_minute(request, room) > per_minute:
                response = render(request, "web/too_many.html", status=429)
                response["Retry-After"] = str(WINDOW)
                return response
            return view(request, *args, **kwargs)

        return guarded

    return limiting


def requests_this_minute(request: HttpRequest, room: str) -> int:
    """This request and those before it in the current minute, from the same address (IPv6: network)."""
    minute = int(timezone.now().timestamp()) // WINDOW
    address = truncate_ip(get_adapter(request).get_client_ip(request))
    key = f"{room}:{sha256(address.encode()).hexdigest()[:32]}:{minute}"
    if cache.add(key, 1, timeout=2 * WINDOW):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # the entry was culled in between
        return 1
