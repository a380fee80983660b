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


def limited(view: View) -> View:
    """``view``, answering 429 with a sentence beyond ``LIMIT`` requests a minute from one address."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if requests_this_minute(request) > LIMIT:
            response = render(request, "reports/too_many.html", status=429)
            response["Retry-After"] = str(WINDOW)
            return response
        return view(request, *args, **kwargs)

    return guarded


def requests_this_minute(request: HttpRequest) -> int:
    """This request and those before it in the current minute, from the same address (IPv6: network)."""
    minute = int(timezone.now().timestamp()) // WINDOW
    address = truncate_ip(get_adapter(request).get_client_ip(request))
    key = f"verify:{sha256(address.encode()).hexdigest()[:32]}:{minute}"
    if cache.add(key, 1, timeout=2 * WINDOW):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # the entry was culled in between
        return 1
