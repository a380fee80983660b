"""Addresses of bloc-years, their members and handover, of agencies and of search."""

from django.urls import URLPattern, path

from blocs.views import agencies, members, search, succession, years

urlpatterns: list[URLPattern] = [
    path("khoi/", years.years, name="years"),
    path("khoi/them/", years.year_new, name="year-new"),
    path("khoi/<int:pk>/", years.year, name="year"),
    path("khoi/<int:pk>/thong-tin/", years.year_edit, name="year-edit"),
    path("khoi/<int:pk>/thuc-hien/", years.year_act, name="year-act"),
    path("khoi/<int:pk>/thanh-vien/", members.members, name="members"),
    path("khoi/<int:pk>/thanh-vien/them/", members.member_add, name="member-add"),
    path("khoi/<int:pk>/thanh-vien/<int:member_pk>/", members.member_edit, name="member-edit"),
    path("khoi/<int:pk>/thanh-vien/<int:member_pk>/xoa/", members.member_remove, name="member-remove"),
    path("khoi/<int:pk>/uy-quyen/", members.delegations, name="delegations"),
    path("khoi/<int:pk>/theo-doi/them/", members.observer_add, name="observer-add"),
    path("khoi/<int:pk>/theo-doi/<int:observer_pk>/xoa/", members.observer_remove, name="observer-remove"),
    path("khoi/<int:pk>/chi-tieu-khen-thuong/", years.quotas, name="quotas"),
    path("khoi/<int:pk>/ban-giao/", succession.succession, name="succession"),
    path("khoi/<int:pk>/lap-nam-sau/", succession.copy_forward, name="copy-forward"),
    path("danh-muc/don-vi/", agencies.agencies, name="agencies"),
    path("danh-muc/don-vi/them/", agencies.agency_new, name="agency-new"),
    path("danh-muc/don-vi/<int:pk>/", agencies.agency, name="agency"),
    path("danh-muc/don-vi/<int:pk>/sua/", agencies.agency_edit, name="agency-edit"),
    path("tra-cuu/", search.search, name="search"),
]
