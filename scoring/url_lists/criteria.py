"""Addresses of criteria tables."""

from django.urls import URLPattern, path

from scoring.views import criteria

urlpatterns: list[URLPattern] = [
    path("khoi/<int:pk>/tieu-chi/", criteria.criteria, name="criteria"),
    path("khoi/<int:pk>/tieu-chi/lap/", criteria.start, name="criteria-start"),
    path("khoi/<int:pk>/tieu-chi/thuc-hien/", criteria.act, name="criteria-act"),
    path("bo-tieu-chi/<int:pk>/thiet-lap/", criteria.settings, name="criteria-settings"),
    path("bo-tieu-chi/<int:pk>/them/", criteria.add, name="criterion-new"),
    path("bo-tieu-chi/<int:pk>/<int:criterion_pk>/", criteria.edit, name="criterion-edit"),
    path("bo-tieu-chi/<int:pk>/<int:criterion_pk>/xoa/", criteria.remove, name="criterion-remove"),
]
