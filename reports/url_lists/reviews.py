"""Addresses of the bloc's review: compiling, consultation, versions and the news item."""

from django.urls import URLPattern, path

from reports.views import consulting, news, review_compiling, review_versions, reviews

REVIEW = "bao-cao-khoi/<int:pk>/"
COMMENT = f"{REVIEW}gop-y/<int:comment>/"

urlpatterns: list[URLPattern] = [
    path(REVIEW, reviews.review, name="review"),
    path(f"{REVIEW}muc/<str:section>/", reviews.review_passage, name="review-passage"),
    path(f"{REVIEW}lap-du-thao/", review_compiling.draft, name="review-draft"),
    path(f"{REVIEW}tong-hop/", review_compiling.section, name="review-compile"),
    path(f"{REVIEW}lay-noi-dung-moi/", review_compiling.take, name="review-take"),
    path(f"{REVIEW}thao-tac/", reviews.review_act, name="review-act"),
    path(f"{REVIEW}lay-y-kien/", consulting.consult, name="review-consult"),
    path(f"{REVIEW}lay-y-kien/ket-thuc/", consulting.close, name="review-consult-close"),
    path(f"{REVIEW}gop-y/", consulting.comments, name="review-comments"),
    path(COMMENT, consulting.comment, name="review-comment"),
    path(f"{COMMENT}rut/", consulting.remove, name="review-comment-remove"),
    path(f"{COMMENT}tra-loi/", consulting.answer, name="review-comment-answer"),
    path(f"{REVIEW}phien-ban/", review_versions.versions, name="review-versions"),
    path(f"{REVIEW}phien-ban/luu/", review_versions.keep, name="review-version-keep"),
    path(f"{REVIEW}phien-ban/<int:number>/khoi-phuc/", review_versions.restore, name="review-version-restore"),
    path("khoi/<int:pk>/tin-hoi-nghi/<slug:kind>/", news.news, name="news"),
    path("khoi/<int:pk>/tin-hoi-nghi/<slug:kind>/tin.txt", news.news_text, name="news-text"),
]
