"""Addresses of the consolidated table and of the frozen ranking."""

from django.urls import URLPattern, path

from scoring.views import board

urlpatterns: list[URLPattern] = [
    path("khoi/<int:pk>/bang-diem/", board.board, name="board"),
    path("khoi/<int:pk>/bang-diem/lap-phieu/", board.open_all, name="sheets-open"),
    path("khoi/<int:pk>/bang-diem/cong-bo/", board.publish, name="publish"),
]
