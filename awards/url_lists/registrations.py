"""Addresses of registrations."""

from django.urls import URLPattern, path

from awards.views import registration_lines, registrations

ROOT = "dang-ky-thi-dua/"
ONE = f"{ROOT}<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(ROOT, registrations.index, name="registrations"),
    path(f"{ROOT}lap/", registrations.open_one, name="registration-open"),
    path(f"{ROOT}so-sanh/", registration_lines.comparison, name="registrations-compared"),
    path(ONE, registrations.page, name="registration"),
    path(f"{ONE}thao-tac/", registrations.act, name="registration-act"),
    path(f"{ONE}chep/", registrations.copy, name="registration-copy"),
    path(f"{ONE}them/", registration_lines.add, name="registration-add"),
    path(f"{ONE}dong/<int:line_pk>/bo/", registrations.remove_line, name="registration-line-remove"),
]
