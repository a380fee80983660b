"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import votes, votes_cast, votes_results

urlpatterns: list[URLPattern] = [
    path("phien-hop/<int:pk>/bieu-quyet/chuan-bi/", votes.ballot_prepare, name="ballot-prepare"),
    path("phien-hop/<int:pk>/ket-qua/", votes_results.results, name="results"),
    path("phien-hop/<int:pk>/ket-luan/", votes_results.settle_session, name="settle"),
    path("phien-hop/<int:pk>/trinh-chieu/", votes_results.projector, name="projector"),
    path("noi-dung-xet/<int:pk>/quyet-dinh/", votes_results.item_decide, name="item-decide"),
    path("bieu-quyet/<int:pk>/", votes.ballot, name="ballot"),
    path("bieu-quyet/<int:pk>/thuc-hien/", votes.ballot_act, name="ballot-act"),
    path("bieu-quyet/<int:pk>/kiem-phieu/", votes.ballot_count, name="ballot-count"),
    path("bieu-quyet/<int:pk>/y-kien-giay/", votes.ballot_paper, name="ballot-paper"),
    path("bieu-quyet/<int:pk>/ban-kiem-phieu/", votes.ballot_committee, name="ballot-committee"),
    path("bieu-quyet/<int:pk>/vong-sau/", votes.ballot_next, name="ballot-next"),
    path("bieu-quyet/<int:pk>/nguoi-den-sau/", votes.ballot_voters, name="ballot-voters"),
    path("bieu-quyet/<int:pk>/bang-phieu/", votes.ballot_tie, name="ballot-tie"),
    path("bieu-quyet/<int:pk>/phieu/<int:voter>/", votes_cast.vote, name="vote"),
]
