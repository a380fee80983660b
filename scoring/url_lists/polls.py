"""Addresses of votes."""

from django.urls import URLPattern, path

from scoring.views import ballots, polls

urlpatterns: list[URLPattern] = [
    path("khoi/<int:pk>/bo-phieu/", polls.polls, name="polls"),
    path("khoi/<int:pk>/bo-phieu/chuan-bi/", polls.poll_prepare, name="poll-prepare"),
    path("khoi/<int:pk>/bo-phieu/ghi-ket-qua/", polls.poll_new, name="poll-new"),
    path("bo-phieu/<int:pk>/", polls.poll, name="poll"),
    path("bo-phieu/<int:pk>/thuc-hien/", polls.poll_act, name="poll-act"),
    path("bo-phieu/<int:pk>/sua/", polls.poll_edit, name="poll-edit"),
    path("bo-phieu/<int:pk>/co-mat/", polls.poll_attendance, name="poll-attendance"),
    path("bo-phieu/<int:pk>/kiem-phieu/", polls.poll_count, name="poll-count"),
    path("bo-phieu/<int:pk>/ban-kiem-phieu/", polls.poll_committee, name="poll-committee"),
    path("bo-phieu/<int:pk>/vong-sau/", polls.poll_next_round, name="poll-next-round"),
    path("bo-phieu/<int:pk>/ghi-ban-giao/", polls.poll_adopt, name="poll-adopt"),
    path("bo-phieu/<int:pk>/xoa/", polls.poll_remove, name="poll-remove"),
    path("bo-phieu/<int:pk>/phieu/<int:voter>/", ballots.ballot, name="ballot"),
]
