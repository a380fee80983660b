"""Addresses of this app, room by room."""

from django.urls import URLPattern

from council.url_lists import certificates, dashboard, decisions, money, practice, register, sessions, statistics, votes

app_name = "council"
urlpatterns: list[URLPattern] = [
    *practice.urlpatterns,
    *sessions.urlpatterns,
    *votes.urlpatterns,
    *decisions.urlpatterns,
    *register.urlpatterns,
    *certificates.urlpatterns,
    *money.urlpatterns,
    *dashboard.urlpatterns,
    *statistics.urlpatterns,
]
