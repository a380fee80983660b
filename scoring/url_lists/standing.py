"""Addresses of the frozen ranking and of grading."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
