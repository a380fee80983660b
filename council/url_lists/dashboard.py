"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import dashboard

urlpatterns: list[URLPattern] = [path("hoi-dong/toan-canh/", dashboard.dashboard, name="dashboard")]
