"""Addresses of imports."""

from django.urls import URLPattern, path

from awards.views import import_new, imports

urlpatterns: list[URLPattern] = [
    path("nhap-du-lieu/", imports.index, name="imports"),
    path("nhap-du-lieu/moi/", import_new.new, name="import-new"),
    path("nhap-du-lieu/mau/<slug:kind>/", imports.template, name="import-template"),
    path("nhap-du-lieu/<int:pk>/", imports.detail, name="import"),
    path("nhap-du-lieu/<int:pk>/lua-chon/", imports.answers, name="import-answers"),
    path("nhap-du-lieu/<int:pk>/nhap/", imports.confirm, name="import-confirm"),
    path("nhap-du-lieu/<int:pk>/doc-lai/", imports.reopen, name="import-reopen"),
    path("nhap-du-lieu/<int:pk>/loi/", imports.rejects, name="import-rejects"),
    path("nhap-du-lieu/<int:pk>/hoan-tac/", imports.take_back, name="import-undo"),
]
