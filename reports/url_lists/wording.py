"""Addresses of words of papers and of number books."""

from django.urls import URLPattern, path

from reports.views import number_books, paper_words, wording

PART = "mau-cau-chu/<int:pk>/<slug:kind>/<slug:part>/"

urlpatterns: list[URLPattern] = [
    path("mau-cau-chu/", wording.index, name="wording"),
    path("mau-cau-chu/<int:pk>/", wording.council, name="wording-of"),
    path(PART, wording.part, name="wording-part"),
    path(f"{PART}ban/<int:number>/", wording.version, name="wording-version"),
    path("khoi/<int:pk>/van-ban/<slug:kind>/loi-van/", paper_words.words, name="paper-words"),
    path("khoi/<int:pk>/van-ban/<slug:kind>/loi-van/<slug:part>/", paper_words.save, name="paper-words-part"),
    path(
        "khoi/<int:pk>/van-ban/<slug:kind>/loi-van/<slug:part>/theo-mau/",
        paper_words.take_template,
        name="paper-words-template",
    ),
    path("so-van-ban/", number_books.index, name="number-books"),
    path("so-van-ban/<int:pk>/<int:year>/", number_books.book, name="number-book"),
]
