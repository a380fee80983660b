"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import register

urlpatterns: list[URLPattern] = [
    path("hoi-dong/so-khen-thuong/", register.index, name="register"),
    path("hoi-dong/so-khen-thuong/<int:pk>/", register.recipient, name="recipient"),
]
