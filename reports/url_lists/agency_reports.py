from django.urls import URLPattern, path

from reports.views import agency_reports, presence, report_entries, report_papers, report_returns, report_versions

urlpatterns: list[URLPattern] = [
    path("soan-thao/dan/", presence.pasted, name="pasted"),
    path("bao-cao-don-vi/<int:pk>/", agency_reports.agency_report, name="agency-report"),
    path("bao-cao-don-vi/<int:pk>/muc/<str:section>/", agency_reports.report_passage, name="report-passage"),
    path("bao-cao-don-vi/<int:pk>/thao-tac/", agency_reports.report_act, name="report-act"),
    path("bao-cao-don-vi/<int:pk>/co-mat/", presence.report_presence, name="report-presence"),
    path("bao-cao-khoi/<int:pk>/co-mat/", presence.review_presence, name="review-presence"),
    path("bao-cao-don-vi/<int:pk>/so-lieu/<str:section>/", report_entries.report_figures, name="report-figures"),
    path("bao-cao-don-vi/<int:pk>/bang/<int:table>/", report_entries.report_table, name="report-table"),
    path("bao-cao-don-vi/<int:pk>/tra-lai/", report_returns.report_return, name="report-return"),
    path("bao-cao-don-vi/<int:pk>/yeu-cau/<int:remark>/", report_returns.remark_settle, name="remark-settle"),
    path("bao-cao-don-vi/<int:pk>/phien-ban/", report_versions.report_versions, name="report-versions"),
    path("bao-cao-don-vi/<int:pk>/phien-ban/luu/", report_versions.version_keep, name="version-keep"),
    path(
        "bao-cao-don-vi/<int:pk>/phien-ban/<int:number>/khoi-phuc/",
        report_versions.version_restore,
        name="version-restore",
    ),
    path("bao-cao-don-vi/<int:pk>/bao-cao.pdf", report_papers.report_pdf, name="report-pdf"),
    path("bao-cao-don-vi/<int:pk>/bao-cao.docx", report_papers.report_docx, name="report-docx"),
]
