"""Addresses of papers of dossiers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
