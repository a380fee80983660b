"""Addresses of the rooms of a bloc-year: pledge, movements, conferences, petitions, commendations."""

from django.urls import path

from blocs.views import commendations, conferences, movements, petitions, pledge

urlpatterns = [
    path("khoi/<int:pk>/giao-uoc/", pledge.show, name="pledge"),
    path("khoi/<int:pk>/giao-uoc/noi-dung/", pledge.edit_theme, name="pledge-edit"),
    path("khoi/<int:pk>/giao-uoc/thuc-hien/", pledge.act, name="pledge-act"),
    path("khoi/<int:pk>/giao-uoc/ky/", pledge.sign, name="pledge-sign"),
    path("khoi/<int:pk>/giao-uoc/<int:agency_pk>/chi-tieu/", pledge.edit_targets, name="targets-edit"),
    path("khoi/<int:pk>/phong-trao/", movements.index, name="movements"),
    path("khoi/<int:pk>/phong-trao/them/", movements.new, name="movement-new"),
    path("khoi/<int:pk>/phong-trao/chon/", movements.adopt, name="movement-adopt"),
    path("phong-trao/<int:pk>/sua/", movements.edit, name="movement-edit"),
    path("phong-trao/<int:pk>/bo/", movements.remove, name="movement-remove"),
    path("phong-trao/<int:pk>/tham-gia/", movements.participants, name="participants"),
    path("khoi/<int:pk>/hoi-nghi/", conferences.index, name="conferences"),
    path("khoi/<int:pk>/hoi-nghi/them/", conferences.new, name="conference-new"),
    path("hoi-nghi/<int:pk>/", conferences.show, name="conference"),
    path("hoi-nghi/<int:pk>/sua/", conferences.edit, name="conference-edit"),
    path("hoi-nghi/<int:pk>/xoa/", conferences.remove, name="conference-remove"),
    path("khoi/<int:pk>/don-thu/", petitions.index, name="petitions"),
    path("khoi/<int:pk>/don-thu/them/", petitions.new, name="petition-new"),
    path("khoi/<int:pk>/don-thu/khong-co/", petitions.declare_none, name="petitions-none"),
    path("don-thu/<int:pk>/sua/", petitions.edit, name="petition-edit"),
    path("khoi/<int:pk>/khen-thuong/", commendations.index, name="commendations"),
    path("khoi/<int:pk>/khen-thuong/them/", commendations.new, name="commendation-new"),
    path("khen-thuong/<int:pk>/sua/", commendations.edit, name="commendation-edit"),
    path("khen-thuong/<int:pk>/xoa/", commendations.remove, name="commendation-remove"),
]
