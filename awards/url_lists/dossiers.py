"""Addresses of dossiers, their makers' side."""

from django.urls import URLPattern, path

from awards.views import attachments, bloc_papers, dossier_page, dossier_removal, dossiers, nominations, texts

urlpatterns: list[URLPattern] = [
    path("ho-so/", dossiers.index, name="dossiers"),
    path("ho-so/lap-moi/", dossiers.new, name="dossier-new"),
    path("ho-so/tu-khoi/<int:pk>/", dossiers.from_bloc, name="dossier-from-bloc"),
    path("ho-so/<int:pk>/", dossier_page.page, name="dossier"),
    path("ho-so/<int:pk>/giay-to-hoi-nghi/", bloc_papers.take, name="dossier-bloc-papers"),
    path("ho-so/<int:pk>/sua/", dossiers.edit, name="dossier-edit"),
    path("ho-so/<int:pk>/xoa/", dossier_removal.remove, name="dossier-remove"),
    path("ho-so/<int:pk>/thao-tac/", dossiers.act, name="dossier-act"),
    path("ho-so/<int:pk>/kiem-tra/", dossiers.check, name="dossier-check"),
    path("ho-so/<int:pk>/them/", nominations.add, name="nominations-add"),
    path("ho-so/<int:pk>/tien-thuong/", dossier_page.money, name="dossier-money"),
    path("ho-so/<int:pk>/giay-to/<slug:kind>/", attachments.of_dossier, name="dossier-papers"),
    path("ho-so/tra-loi/<int:pk>/", dossiers.answer, name="supplement-answer"),
    path("de-nghi/<int:pk>/", nominations.page, name="nomination"),
    path("de-nghi/<int:pk>/sua/", nominations.edit, name="nomination-edit"),
    path("de-nghi/<int:pk>/bo/", nominations.remove, name="nomination-remove"),
    path("de-nghi/<int:pk>/muc/<slug:section>/", texts.text, name="nomination-text"),
    path("de-nghi/<int:pk>/giay-to/<slug:kind>/", attachments.of_nomination, name="nomination-papers"),
    path("giay-to/<int:pk>/", attachments.file, name="attachment"),
    path("giay-to/<int:pk>/bo/", attachments.remove, name="attachment-remove"),
]
