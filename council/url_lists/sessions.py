"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import sessions

urlpatterns: list[URLPattern] = [
    path("hoi-dong/", sessions.index, name="index"),
]
