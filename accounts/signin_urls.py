"""The part of allauth that this product offers: no sign-up, no third parties."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("tam-khoa/", account.account_inactive, name="account_inactive"),
    path("doi-mat-khau/", account.password_change, name="account_change_password"),
    path("dat-mat-khau/", account.password_set, name="account_set_password"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "quen-mat-khau/khoa/<uidb36>-<key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("quen-mat-khau/xong/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("xac-thuc-hai-lop/", include("allauth.mfa.urls")),
]
