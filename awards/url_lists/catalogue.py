"""Addresses of the catalogue, provincial settings and holidays."""

from django.urls import URLPattern, path

from awards.views import catalogue, catalogue_parts, holidays, settings

ROOT = "danh-muc-khen-thuong/"
AWARD = f"{ROOT}hinh-thuc/<slug:code>/"
PROVINCE = f"{ROOT}quy-dinh-tinh/"

urlpatterns: list[URLPattern] = [
    path(ROOT, catalogue.index, name="catalogue"),
    path(f"{ROOT}dung-chung/", catalogue.common, name="catalogue-common"),
    path(f"{ROOT}luat-2026/", catalogue.entries, name="rule-entries"),
    path(f"{ROOT}luat-2026/<int:pk>/doi-chieu/", catalogue.verify, name="rule-entry-verify"),
    path(AWARD, catalogue.award, name="award-form"),
    path(f"{AWARD}sua/", catalogue.edit, name="award-form-edit"),
    path(f"{AWARD}xoa/", catalogue.remove, name="award-form-remove"),
    path(f"{AWARD}them/<slug:part>/", catalogue_parts.new, name="part-new"),
    path(f"{ROOT}dung-chung/them/<slug:part>/", catalogue_parts.new_common, name="part-new-common"),
    path(f"{ROOT}muc/<slug:part>/<int:pk>/sua/", catalogue_parts.edit, name="part-edit"),
    path(f"{ROOT}muc/<slug:part>/<int:pk>/xoa/", catalogue_parts.remove, name="part-remove"),
    path(f"{ROOT}ngay-nghi/", holidays.index, name="holidays"),
    path(f"{ROOT}ngay-nghi/<int:pk>/xoa/", holidays.remove, name="holiday-remove"),
    path(PROVINCE, settings.index, name="settings"),
    path(f"{PROVINCE}<int:pk>/", settings.page, name="council-settings"),
    path(f"{PROVINCE}<int:pk>/lich-su/", settings.history, name="council-settings-history"),
    path(f"{PROVINCE}<int:pk>/them/<slug:key>/", settings.new, name="council-rule-new"),
    path(f"{PROVINCE}gia-tri/<int:pk>/sua/", settings.edit, name="council-rule-edit"),
    path(f"{PROVINCE}gia-tri/<int:pk>/xoa/", settings.remove, name="council-rule-remove"),
]
