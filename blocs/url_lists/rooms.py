"""Addresses of the pledge, movements, conferences, petitions and commendations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
