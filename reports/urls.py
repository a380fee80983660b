from django.urls import URLPattern, path

from reports.views import (
    agency_reports,
    documents,
    dossier_papers,
    index,
    paper_jobs,
    papers,
    reviews,
    rooms,
    verification,
)

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("bao-cao/", index.index, name="index"),
    path("bao-cao/khoi/", index.index_reviews, name="index-reviews"),
    path("bao-cao/toan-hoi-dong/", index.index_board, name="index-board"),
    path("khoi/<int:pk>/bao-cao/", rooms.year, name="year"),
    path("khoi/<int:pk>/bao-cao/mo/", rooms.report_open, name="report-open"),
    path("khoi/<int:pk>/bao-cao/nhac/", rooms.remind, name="remind"),
    path("khoi/<int:pk>/bao-cao-khoi/mo/", rooms.review_open, name="review-open"),
    path("bao-cao-don-vi/<int:pk>/", agency_reports.agency_report, name="agency-report"),
    path("bao-cao-don-vi/<int:pk>/muc/<str:section>/", agency_reports.report_passage, name="report-passage"),
    path("bao-cao-don-vi/<int:pk>/thao-tac/", agency_reports.report_act, name="report-act"),
    path("bao-cao-khoi/<int:pk>/", reviews.review, name="review"),
    path("bao-cao-khoi/<int:pk>/muc/<str:section>/", reviews.review_passage, name="review-passage"),
    path("bao-cao-khoi/<int:pk>/tong-hop/", reviews.review_compile, name="review-compile"),
    path("bao-cao-khoi/<int:pk>/thao-tac/", reviews.review_act, name="review-act"),
    path("bao-cao-khoi/<int:pk>/ban-hanh/", papers.review_issue, name="review-issue"),
    path("khoi/<int:pk>/van-ban/<str:kind>/ban-thao.pdf", papers.paper_draft, name="paper-draft"),
    path("khoi/<int:pk>/van-ban/<str:kind>/ban-hanh/", papers.paper_issue, name="paper-issue"),
    path("khoi/<int:pk>/van-ban/<str:kind>/lap/", paper_jobs.paper_job, name="paper-job"),
    path("khoi/<int:pk>/van-ban/<str:kind>/lap/tep/", paper_jobs.paper_job_file, name="paper-job-file"),
    path("ho-so/<int:pk>/van-ban/<slug:kind>.pdf", dossier_papers.dossier_paper, name="dossier-paper"),
    path("ho-so/<int:pk>/van-ban/<slug:kind>.xlsx", dossier_papers.dossier_table, name="dossier-table"),
    path("de-nghi/<int:pk>/bao-cao-thanh-tich.pdf", dossier_papers.nomination_report, name="nomination-report"),
    path("van-ban/", documents.documents, name="documents"),
    path("van-ban/<int:pk>/", documents.document, name="document"),
    path("van-ban/<int:pk>/tep/", documents.document_file, name="document-file"),
    path("xac-minh/", verification.verify_search, name="verify-search"),
    path("xac-minh/<str:code>/", verification.verify_page, name="verify"),
]
