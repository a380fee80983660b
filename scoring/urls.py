"""Addresses of this app, room by room."""

from django.urls import URLPattern

from scoring.url_lists import board, checking, criteria, exchange, outcome, polls, sheets, standing

app_name = "scoring"
urlpatterns: list[URLPattern] = [
    *criteria.urlpatterns,
    *exchange.urlpatterns,
    *sheets.urlpatterns,
    *checking.urlpatterns,
    *board.urlpatterns,
    *standing.urlpatterns,
    *polls.urlpatterns,
    *outcome.urlpatterns,
]
