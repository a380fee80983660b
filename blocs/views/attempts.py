"""Trying a verb from a page: a refusal is told where the person acted."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from accounts.domain.workflow import TransitionRefused

T = TypeVar("T")


def attempt(form: forms.BaseForm, verb: Callable[[], T]) -> T | None:
    """What ``verb`` answers once the form is posted and valid, else None.

    On refusal the form, which keeps what was typed, says why.
    """
    if not form.is_valid():
        return None
    try:
        return verb()
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def attempt_told(request: HttpRequest, verb: Callable[[], object], *, done: str) -> None:
    """Run ``verb`` and say ``done``, or say why not."""
    try:
        verb()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
