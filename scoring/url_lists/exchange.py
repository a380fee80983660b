"""Addresses of criteria tables as Excel files, and of ready-made tables."""

from django.urls import URLPattern, path

from scoring.views import exchange

urlpatterns: list[URLPattern] = [
    path("tieu-chi/mau-excel/", exchange.template, name="criteria-template"),
    path("bo-tieu-chi/<int:pk>/xuat-excel/", exchange.export, name="criteria-export"),
    path("bo-tieu-chi/<int:pk>/nhap-excel/", exchange.import_table, name="criteria-import"),
    path("bo-tieu-chi/<int:pk>/nhap-excel/ghi/", exchange.commit, name="criteria-import-commit"),
    path("bo-tieu-chi/<int:pk>/nhap-excel/loi/", exchange.rejects, name="criteria-import-rejects"),
    path("khoi/<int:pk>/tieu-chi/mau/", exchange.samples, name="criteria-samples"),
    path("khoi/<int:pk>/tieu-chi/mau/<slug:key>/", exchange.sample, name="criteria-sample"),
]
