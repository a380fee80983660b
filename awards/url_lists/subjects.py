"""Addresses of subjects, their history and the check of conditions."""

from django.urls import URLPattern, path

from awards.views import eligibility, subject_history, subjects

urlpatterns: list[URLPattern] = [
    path("doi-tuong/", subjects.index, name="subjects"),
    path("doi-tuong/them/", subjects.new, name="subject-new"),
    path("doi-tuong/<int:pk>/", subjects.page, name="subject"),
    path("doi-tuong/<int:pk>/sua/", subjects.edit, name="subject-edit"),
    path("doi-tuong/<int:pk>/gop/", subject_history.merging, name="subject-merge"),
    path("doi-tuong/<int:pk>/gop/<int:merge_id>/hoan-tac/", subject_history.merge_undo, name="subject-merge-undo"),
    path("doi-tuong/<int:pk>/<slug:slug>/them/", subject_history.line_new, name="subject-line-new"),
    path("doi-tuong/<int:pk>/<slug:slug>/<int:line>/sua/", subject_history.line_edit, name="subject-line-edit"),
    path("doi-tuong/<int:pk>/<slug:slug>/<int:line>/xoa/", subject_history.line_remove, name="subject-line-remove"),
    path("kiem-tra-dieu-kien/", eligibility.index, name="eligibility"),
    path("kiem-tra-dieu-kien/<int:pk>/", eligibility.page, name="eligibility-of"),
]
