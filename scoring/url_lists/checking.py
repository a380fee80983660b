"""Addresses of cross-checking, appraisal and explanation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
