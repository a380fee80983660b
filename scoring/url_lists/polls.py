"""Addresses of votes."""

from django.urls import URLPattern, path

from scoring.views import outcome

urlpatterns: list[URLPattern] = [
    path("khoi/<int:pk>/bo-phieu/", outcome.poll_new, name="poll-new"),
    path("bo-phieu/<int:pk>/xoa/", outcome.poll_remove, name="poll-remove"),
]
