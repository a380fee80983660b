"""Addresses of score sheets, their evidence and extensions."""

from django.urls import URLPattern, path

from scoring.views import evidence, plans, sheet_deadlines, sheet_saving, sheets

urlpatterns: list[URLPattern] = [
    path("cham-diem/", sheets.sheets, name="sheets"),
    path("phieu-cham/<int:pk>/", sheets.sheet, name="sheet"),
    path("phieu-cham/<int:pk>/thuc-hien/", sheets.act, name="sheet-act"),
    path("phieu-cham/<int:pk>/dong/<int:criterion_pk>/", sheet_saving.line, name="sheet-line"),
    path("phieu-cham/<int:pk>/minh-chung/<int:criterion_pk>/", evidence.evidence, name="evidence"),
    path("minh-chung/<int:pk>/tep/", evidence.evidence_file, name="evidence-file"),
    path("minh-chung/<int:pk>/bo/", evidence.evidence_remove, name="evidence-remove"),
    path("khoi/<int:pk>/han-tu-cham/", sheet_deadlines.deadlines, name="deadlines"),
    path("khoi/<int:pk>/ke-hoach-cham-diem/", plans.plans, name="plans"),
    path("khoi/<int:pk>/ke-hoach-cham-diem/khoa/", plans.lock, name="plans-lock"),
    path("khoi/<int:pk>/ke-hoach-cham-diem/mo-khoa/", plans.unlock, name="plans-unlock"),
    path("khoi/<int:pk>/ke-hoach-cham-diem/<int:criterion_pk>/", plans.plan, name="plan"),
]
