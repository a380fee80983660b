"""Small words that every page needs. Loaded as a builtin."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_mini

from khoithidua.web.labels import label_of
from khoithidua.web.numbers import plain_number

register = template.Library()

TONES = {
    "planning": "secondary", "draft": "secondary", "running": "primary", "open": "primary",
    "open_for_signature": "warning", "scoring": "warning", "submitted": "primary", "cross_checked": "primary",
    "appraised": "primary", "explanation": "warning", "agreed": "success", "locked": "dark", "signed": "success",
    "signed_off": "primary", "received": "success", "returned": "danger", "approved": "success", "issued": "dark",
    "concluded": "success", "handed_over": "dark", "awarded": "success", "proposed": "warning",
    "verifying": "warning", "upheld": "danger", "dismissed": "success",
}  # fmt: skip


@register.filter
def day(value: date | datetime | None) -> str:
    """5/1/2021 as "05/01/2021"; nothing as an empty string."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value:%d/%m/%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """ "15:44 ngày 17/07/2020" in the time zone of Vietnam."""
    return f"{timezone.localtime(value):%H:%M ngày %d/%m/%Y}" if value else ""


@register.filter
def number(value: Decimal | int | None) -> str:
    """97.50 as "97,5"; unknown as an empty string, never as 0."""
    return "" if value is None or value == "" else plain_number(value)


@register.filter
def or_unknown(value: Any) -> Any:
    """What is not known is said so: "chưa có"."""
    return "chưa có" if value is None or value == "" else value


@register.simple_tag
def state_badge(obj: Any, field: str = "state") -> SafeString:
    """The state in words, with a tone that never stands alone."""
    value = getattr(obj, field)
    label = label_of(obj, field)
    return format_html('<span class="badge text-bg-{}">{}</span>', TONES.get(value, "secondary"), label)


@register.filter
def label(obj: Any, field: str) -> str:
    """The words of a choice field: ``{{ row|label:"award" }}``."""
    return label_of(obj, field)


@register.simple_tag
@cache
def icon(name: str, size: int = 18) -> SafeString:
    """An inline icon; drawn once for the life of the process."""
    return SafeString(heroicon_mini(name, size=size))


@register.simple_tag
@cache
def place(name: str) -> str:
    """The address of a page without arguments, looked up once: menus name a dozen of them."""
    return reverse(name)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """``mapping[key]`` or None."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def sort_link(context: Any, listing: Any, column: Any) -> str:
    """The address of this list sorted by ``column``, or the other way round."""
    query = context["request"].GET.copy()
    query["sap"] = listing.next_sort(column.key)
    query.pop("trang", None)
    query.pop("xuat", None)
    return f"?{query.urlencode()}"
