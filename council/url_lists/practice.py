"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import members, practice

urlpatterns: list[URLPattern] = [
    path("hoi-dong/quy-che/", practice.index, name="practice"),
    path("hoi-dong/quy-che/<int:pk>/", practice.page, name="practice-of"),
    path("hoi-dong/quy-che/<int:pk>/sua/", practice.edit, name="council-edit"),
    path("hoi-dong/quy-che/<int:pk>/lich-su/", practice.history, name="practice-history"),
    path("hoi-dong/quy-che/<int:pk>/vi-du/", practice.example, name="practice-example"),
    path("hoi-dong/quy-che/<int:pk>/thanh-vien/moi/", members.new, name="member-new"),
    path("hoi-dong/quy-che/<int:pk>/<slug:slug>/moi/", practice.rule_new, name="rule-new"),
    path("hoi-dong/thanh-vien/<int:pk>/sua/", members.edit, name="member-edit"),
    path("hoi-dong/thanh-vien/<int:pk>/ket-thuc/", members.end, name="member-end"),
    path("hoi-dong/quy-dinh/<slug:slug>/<int:pk>/sua/", practice.rule_edit, name="rule-edit"),
    path("hoi-dong/quy-dinh/<slug:slug>/<int:pk>/xoa/", practice.rule_remove, name="rule-remove"),
]
