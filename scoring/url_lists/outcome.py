"""Addresses of proposals."""

from django.urls import URLPattern, path

from scoring.views import outcome

urlpatterns: list[URLPattern] = [
    path("khoi/<int:pk>/de-nghi/", outcome.proposals, name="proposals"),
    path("khoi/<int:pk>/de-nghi/them/", outcome.proposal_new, name="proposal-new"),
    path("de-nghi/<int:pk>/rut/", outcome.proposal_remove, name="proposal-remove"),
]
