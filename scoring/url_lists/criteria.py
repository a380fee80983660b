"""Addresses of criteria tables."""

from django.urls import URLPattern, path

from scoring.views import amending, criteria

urlpatterns: list[URLPattern] = [
    path("khoi/<int:pk>/tieu-chi/", criteria.criteria, name="criteria"),
    path("khoi/<int:pk>/tieu-chi/lap/", criteria.start, name="criteria-start"),
    path("khoi/<int:pk>/tieu-chi/thuc-hien/", criteria.act, name="criteria-act"),
    path("khoi/<int:pk>/quy-dinh-cham-diem/", amending.rules, name="year-rules"),
    path("bo-tieu-chi/<int:pk>/", criteria.version, name="criteria-version"),
    path("bo-tieu-chi/<int:pk>/sua-doi/", amending.amend, name="criteria-amend"),
    path("bo-tieu-chi/<int:pk>/bo/", amending.discard, name="criteria-discard"),
    path("bo-tieu-chi/<int:pk>/so-sanh/", amending.compare, name="criteria-compare"),
    path("bo-tieu-chi/<int:pk>/ap-dung/", amending.share, name="criteria-share"),
    path("bo-tieu-chi/<int:pk>/thiet-lap/", criteria.settings, name="criteria-settings"),
    path("bo-tieu-chi/<int:pk>/them/", criteria.add, name="criterion-new"),
    path("bo-tieu-chi/<int:pk>/<int:criterion_pk>/", criteria.edit, name="criterion-edit"),
    path("bo-tieu-chi/<int:pk>/<int:criterion_pk>/chuyen/", criteria.move, name="criterion-move"),
    path("bo-tieu-chi/<int:pk>/<int:criterion_pk>/xoa/", criteria.remove, name="criterion-remove"),
]
