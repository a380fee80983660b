"""Addresses of appraisal, opinions and postings."""

from django.urls import URLPattern, path

from awards.views import appraisal, appraisal_cases, inbox, opinions, postings, public_postings, supplements, versions

urlpatterns: list[URLPattern] = [
    path("tham-dinh/", inbox.inbox, name="inbox"),
    path("tham-dinh/hang-loat/", inbox.inbox_act, name="inbox-act"),
    path("ho-so/<int:pk>/tham-dinh/", appraisal.appraisal, name="appraisal"),
    path("ho-so/<int:pk>/tham-dinh/buoc/", appraisal.act, name="appraisal-act"),
    path("ho-so/<int:pk>/tham-dinh/hang-loat/", appraisal_cases.batch, name="appraisal-batch"),
    path("ho-so/<int:pk>/tham-dinh/phan-cong/", appraisal.assignment, name="assign"),
    path("ho-so/<int:pk>/tham-dinh/tra-lai/", appraisal.give_back, name="give-back"),
    path("ho-so/<int:pk>/tham-dinh/co-loi-hon/", appraisal.favourable, name="favourable"),
    path("de-nghi/<int:pk>/tham-dinh/", appraisal_cases.case, name="appraise"),
    path("ho-so/<int:pk>/yeu-cau-bo-sung/", supplements.ask, name="supplement-ask"),
    path("ho-so/<int:pk>/yeu-cau-bo-sung/rut/", supplements.withdraw_all, name="supplements-withdraw"),
    path("ho-so/<int:pk>/yeu-cau-bo-sung/<int:number>/chap-nhan/", supplements.accept, name="supplement-accept"),
    path("ho-so/<int:pk>/yeu-cau-bo-sung/<int:number>/lai/", supplements.again, name="supplement-again"),
    path("ho-so/<int:pk>/yeu-cau-bo-sung/<int:number>/rut/", supplements.withdraw, name="supplement-withdraw"),
    path("ho-so/<int:pk>/xin-y-kien/", opinions.ask, name="opinion-ask"),
    path("ho-so/<int:pk>/phien-ban/", versions.versions, name="versions"),
    path("hiep-y/", opinions.index, name="opinions"),
    path("hiep-y/<int:pk>/", opinions.opinion, name="opinion"),
    path("hiep-y/<int:pk>/khong-cho/", opinions.waive, name="opinion-waive"),
    path("hiep-y/<int:pk>/nhac/", opinions.remind, name="opinion-remind"),
    path("hiep-y/<int:pk>/ghi-vi-pham/", opinions.freeze, name="opinion-freeze"),
    path("danh-sach-cong-khai/", postings.index, name="postings"),
    path("danh-sach-cong-khai/moi/", postings.new, name="posting-new"),
    path("danh-sach-cong-khai/<int:pk>/", postings.posting, name="posting"),
    path("danh-sach-cong-khai/<int:pk>/sua/", postings.edit, name="posting-edit"),
    path("danh-sach-cong-khai/<int:pk>/dang/", postings.publish, name="posting-publish"),
    path("danh-sach-cong-khai/<int:pk>/go/", postings.withdraw, name="posting-withdraw"),
    path("danh-sach-cong-khai/<int:pk>/y-kien/", postings.comment, name="posting-comment"),
    path("danh-sach-cong-khai/<int:pk>/y-kien/<int:number>/", postings.outcome, name="comment-outcome"),
    path("cong-khai/", public_postings.index, name="public-postings"),
    path("cong-khai/<str:code>/", public_postings.posting, name="public-posting"),
]
