"""Addresses of the frozen ranking, of ties, of disqualification and of grading."""

from django.urls import URLPattern, path

from scoring.views import disqualifying, grading, standing

urlpatterns: list[URLPattern] = [
    path("khoi/<int:pk>/xep-hang/", standing.standing, name="standing"),
    path("khoi/<int:pk>/xep-hang/khoa/", standing.lock, name="standing-lock"),
    path("khoi/<int:pk>/xep-hang/thu-tu/", standing.decide, name="tie-decide"),
    path("xep-hang/<int:pk>/", standing.version, name="standing-version"),
    path("xep-hang/<int:pk>/mo-lai/", standing.reopen, name="standing-reopen"),
    path("phieu-cham/<int:pk>/khong-xet/", disqualifying.disqualification, name="disqualify"),
    path("phieu-cham/<int:pk>/ty-le-nu/", disqualifying.women, name="women"),
    path("khoi/<int:pk>/khong-xet/", disqualifying.grounds, name="grounds"),
    path("khoi/<int:pk>/khong-xet/xac-nhan/", disqualifying.confirm, name="ground-confirm"),
    path("bo-tieu-chi/<int:pk>/xep-loai/", grading.edit, name="criteria-grading"),
]
