"""Addresses of this app; the bloc-year with its members first, then its rooms."""

from django.urls import URLPattern

from blocs.url_lists import rooms, years

app_name = "blocs"
urlpatterns: list[URLPattern] = [*years.urlpatterns, *rooms.urlpatterns]
