"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import (
    decision_acts,
    decision_drafts,
    decision_later,
    decision_lines,
    decision_scans,
    decisions,
    issuers,
)

AT = "hoi-dong/quyet-dinh"
urlpatterns: list[URLPattern] = [
    path(f"{AT}/", decisions.index, name="decisions"),
    path(f"{AT}/cho-lap/", decision_drafts.waiting, name="decisions-waiting"),
    path(f"{AT}/cho-lap/lap/", decision_drafts.from_nominations, name="decision-from-nominations"),
    path(f"{AT}/moi/", decision_drafts.new, name="decision-new"),
    path(f"{AT}/tu-phien-hop/<int:pk>/", decision_drafts.from_session, name="decision-from-session"),
    path(f"{AT}/<int:pk>/", decisions.page, name="decision"),
    path(f"{AT}/<int:pk>/sua/", decision_drafts.edit, name="decision-edit"),
    path(f"{AT}/<int:pk>/xoa/", decision_drafts.remove, name="decision-remove"),
    path(f"{AT}/<int:pk>/them/", decision_lines.add, name="decision-lines-add"),
    path(f"{AT}/<int:pk>/sap-xep/", decision_lines.order, name="decision-order"),
    path(f"{AT}/dong/<int:pk>/sua/", decision_lines.edit, name="decision-line-edit"),
    path(f"{AT}/dong/<int:pk>/bo/", decision_lines.remove, name="decision-line-remove"),
    path(f"{AT}/dong/<int:pk>/vi-tri/", decision_lines.move, name="decision-line-move"),
    path(f"{AT}/<int:pk>/cap-uy/", decision_acts.opinion, name="decision-opinion"),
    path(f"{AT}/<int:pk>/ban-hanh/", decision_acts.issue_page, name="decision-issue"),
    path(f"{AT}/<int:pk>/dinh-chinh/", decision_later.correct, name="decision-correct"),
    path(f"{AT}/<int:pk>/huy-bo/", decision_later.revoke, name="decision-revoke"),
    path(f"{AT}/<int:pk>/ban-ky/", decision_scans.add, name="decision-scan-add"),
    path(f"{AT}/ban-ky/<int:pk>/", decision_scans.file, name="decision-scan"),
    path(f"{AT}/ban-ky/<int:pk>/bo/", decision_scans.remove, name="decision-scan-remove"),
    path("hoi-dong/co-quan-ban-hanh/", issuers.index, name="issuers"),
    path("hoi-dong/co-quan-ban-hanh/moi/", issuers.new, name="issuer-new"),
    path("hoi-dong/co-quan-ban-hanh/<int:pk>/sua/", issuers.edit, name="issuer-edit"),
]
