from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/da-doc/", views.notices_read, name="notices-read"),
    path("lich-su/<str:label>/<int:pk>/", views.history, name="history"),
]
