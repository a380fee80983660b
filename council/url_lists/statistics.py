"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import statistics

AT = "hoi-dong/thong-ke"
urlpatterns: list[URLPattern] = [
    path(f"{AT}/", statistics.index, name="statistics"),
    path(f"{AT}/<int:pk>/bieu/<slug:code>/", statistics.page, name="statistics-form"),
    path(f"{AT}/<int:pk>/bieu/<slug:code>/nhap/", statistics.edit, name="statistics-edit"),
    path(
        f"{AT}/<int:pk>/bieu/<slug:code>/<int:year>/<slug:key>/<slug:row>/<slug:column>/",
        statistics.rows,
        name="statistics-rows",
    ),
]
