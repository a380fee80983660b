"""Addresses of this app, room by room."""

from django.urls import URLPattern

from awards.url_lists import appraisal, catalogue, dossiers, imports, papers, registrations, subjects

app_name = "awards"
urlpatterns: list[URLPattern] = [
    *catalogue.urlpatterns,
    *registrations.urlpatterns,
    *subjects.urlpatterns,
    *imports.urlpatterns,
    *dossiers.urlpatterns,
    *appraisal.urlpatterns,
    *papers.urlpatterns,
]
