"""The same page with and without htmx."""

from django.http import HttpRequest


def partial(template: str, name: str, request: HttpRequest) -> str:
    """The named part of ``template`` for an htmx request, the whole page otherwise."""
    return f"{template}#{name}" if getattr(request, "htmx", False) else template
