"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import funds, money

urlpatterns: list[URLPattern] = [
    path("hoi-dong/chi-tien/", money.index, name="money"),
    path("hoi-dong/chi-tien/ghi-chi/", money.mark_paid, name="money-pay"),
    path("hoi-dong/chi-tien/bo-ghi-chi/", money.mark_unpaid, name="money-undo"),
    path("hoi-dong/quy/", funds.index, name="funds"),
    path("hoi-dong/quy/<int:year>/", funds.page, name="fund"),
    path("hoi-dong/quy/<int:year>/bang/", funds.table, name="fund-table"),
    path("hoi-dong/quy/<int:year>/du-toan/", funds.plan, name="fund-plan"),
    path("hoi-dong/quy/<int:year>/khoan-chi/moi/", funds.spending_new, name="spending-new"),
    path("hoi-dong/quy/khoan-chi/<int:pk>/sua/", funds.spending_edit, name="spending-edit"),
    path("hoi-dong/quy/khoan-chi/<int:pk>/xoa/", funds.spending_remove, name="spending-remove"),
]
