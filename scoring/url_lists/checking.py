"""Addresses of cross-checking, appraisal and explanation."""

from django.urls import URLPattern, path

from scoring.views import appraisal, cross_checks, explanation

urlpatterns: list[URLPattern] = [
    path("khoi/<int:pk>/cham-cheo/", cross_checks.cross_checks, name="cross-checks"),
    path("khoi/<int:pk>/cham-cheo/boc-tham/", cross_checks.draw, name="cross-draw"),
    path("khoi/<int:pk>/cham-cheo/phan-cong/", cross_checks.hand_deal, name="cross-deal"),
    path("cham-cheo/<int:pk>/", cross_checks.cross_check, name="cross-check"),
    path("khoi/<int:pk>/tham-dinh/", appraisal.appraisal, name="appraisal"),
    path("khoi/<int:pk>/tham-dinh/tieu-chi/<int:criterion_pk>/", appraisal.by_criterion, name="appraise-criterion"),
    path("khoi/<int:pk>/tham-dinh/phieu/<int:sheet_pk>/", appraisal.by_sheet, name="appraise-sheet"),
    path("phieu-cham/<int:pk>/giai-trinh/", explanation.explanation, name="explanation"),
]
