"""Addresses of this room."""

from django.urls import URLPattern, path

from council.views import agenda, agenda_files, items, recusals, roll, sessions

urlpatterns: list[URLPattern] = [
    path("hoi-dong/", sessions.index, name="index"),
    path("hoi-dong/phien/moi/", sessions.new, name="session-new"),
    path("hoi-dong/phien/<int:pk>/", sessions.page, name="session"),
    path("hoi-dong/phien/<int:pk>/sua/", sessions.edit, name="session-edit"),
    path("hoi-dong/phien/<int:pk>/thao-tac/", sessions.act, name="session-act"),
    path("hoi-dong/phien/<int:pk>/noi-dung/", agenda.page, name="agenda"),
    path("hoi-dong/phien/<int:pk>/noi-dung/them/", agenda.add, name="agenda-add"),
    path("hoi-dong/phien/<int:pk>/noi-dung/nhap/", agenda_files.new, name="agenda-import"),
    path("hoi-dong/phien/<int:pk>/noi-dung/nhap/xac-nhan/", agenda_files.confirm, name="agenda-import-confirm"),
    path(
        "hoi-dong/phien/<int:pk>/noi-dung/nhap/<int:key>/hoan-tac/", agenda_files.take_back, name="agenda-import-undo"
    ),
    path("hoi-dong/phien/<int:pk>/diem-danh/", roll.page, name="roll"),
    path("hoi-dong/phien/<int:pk>/diem-danh/con-lai/", roll.rest, name="roll-rest"),
    path("hoi-dong/phien/<int:pk>/thanh-vien/cap-nhat/", roll.update, name="seats-update"),
    path("hoi-dong/thanh-vien-phien/<int:pk>/", roll.seat, name="seat"),
    path("hoi-dong/thanh-vien-phien/<int:pk>/co-mat/", roll.here, name="seat-here"),
    path("hoi-dong/thanh-vien-phien/<int:pk>/khong-tham-gia/", recusals.declare_for, name="recusal-new"),
    path("hoi-dong/khong-tham-gia/<int:pk>/bo/", recusals.withdraw_one, name="recusal-withdraw"),
    path("hoi-dong/phien/<int:pk>/khong-tham-gia/", recusals.page, name="recusals"),
    path("hoi-dong/noi-dung/<int:pk>/", items.page, name="item"),
    path("hoi-dong/noi-dung/<int:pk>/sua/", items.edit, name="item-edit"),
    path("hoi-dong/noi-dung/<int:pk>/rut/", items.remove, name="item-remove"),
    path("hoi-dong/noi-dung/<int:pk>/giay-to/<int:paper>/", items.paper, name="item-paper"),
]
