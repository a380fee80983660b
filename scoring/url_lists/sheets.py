"""Addresses of score sheets, their evidence and extensions."""

from django.urls import URLPattern, path

from scoring.views import sheets

urlpatterns: list[URLPattern] = [
    path("cham-diem/", sheets.sheets, name="sheets"),
    path("phieu-cham/<int:pk>/", sheets.sheet, name="sheet"),
    path("phieu-cham/<int:pk>/thuc-hien/", sheets.act, name="sheet-act"),
    path("phieu-cham/<int:pk>/khong-xet/", sheets.disqualification, name="disqualify"),
]
