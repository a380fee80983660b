"""Addresses of criteria tables as Excel files."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
