from django.urls import path

from scoring.views import board, criteria, outcome, sheets

app_name = "scoring"
urlpatterns = [
    path("cham-diem/", sheets.sheets, name="sheets"),
    path("khoi/<int:pk>/tieu-chi/", criteria.criteria, name="criteria"),
    path("khoi/<int:pk>/tieu-chi/lap/", criteria.start, name="criteria-start"),
    path("khoi/<int:pk>/tieu-chi/thuc-hien/", criteria.act, name="criteria-act"),
    path("bo-tieu-chi/<int:pk>/thiet-lap/", criteria.settings, name="criteria-settings"),
    path("bo-tieu-chi/<int:pk>/them/", criteria.add, name="criterion-new"),
    path("bo-tieu-chi/<int:pk>/<int:criterion_pk>/", criteria.edit, name="criterion-edit"),
    path("bo-tieu-chi/<int:pk>/<int:criterion_pk>/xoa/", criteria.remove, name="criterion-remove"),
    path("khoi/<int:pk>/bang-diem/", board.board, name="board"),
    path("khoi/<int:pk>/bang-diem/lap-phieu/", board.open_all, name="sheets-open"),
    path("khoi/<int:pk>/bang-diem/cong-bo/", board.publish, name="publish"),
    path("phieu-cham/<int:pk>/", sheets.sheet, name="sheet"),
    path("phieu-cham/<int:pk>/thuc-hien/", sheets.act, name="sheet-act"),
    path("phieu-cham/<int:pk>/khong-xet/", sheets.disqualification, name="disqualify"),
    path("khoi/<int:pk>/de-nghi/", outcome.proposals, name="proposals"),
    path("khoi/<int:pk>/de-nghi/them/", outcome.proposal_new, name="proposal-new"),
    path("de-nghi/<int:pk>/rut/", outcome.proposal_remove, name="proposal-remove"),
    path("khoi/<int:pk>/bo-phieu/", outcome.poll_new, name="poll-new"),
    path("bo-phieu/<int:pk>/xoa/", outcome.poll_remove, name="poll-remove"),
]
