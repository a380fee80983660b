"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import certificate_book, layouts

urlpatterns: list[URLPattern] = [
    path("hoi-dong/mau-bang/", layouts.index, name="layouts"),
    path("hoi-dong/mau-bang/moi/", layouts.new, name="layout-new"),
    path("hoi-dong/mau-bang/vi-du/", layouts.start, name="layout-start"),
    path("hoi-dong/mau-bang/<int:pk>/", layouts.page, name="layout"),
    path("hoi-dong/mau-bang/<int:pk>/sao/", layouts.copy, name="layout-copy"),
    path("hoi-dong/mau-bang/<int:pk>/dung/", layouts.use, name="layout-use"),
    path("hoi-dong/mau-bang/<int:pk>/xoa/", layouts.remove, name="layout-remove"),
    path("hoi-dong/mau-bang/<int:pk>/phoi/", layouts.scan, name="layout-scan"),
    path("hoi-dong/mau-bang/<int:pk>/phoi/tep/", layouts.scan_file, name="layout-scan-file"),
    path("hoi-dong/so-bang/", certificate_book.book, name="certificate-book"),
    path("hoi-dong/so-bang/bat-dau/", certificate_book.begin, name="certificate-book-begin"),
]
