"""Every address of the product."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from accounts import views


class Favicon(RedirectView):
    """Browsers ask for /favicon.ico whatever the page says."""

    def get_redirect_url(self, *args: object, **kwargs: object) -> str:
        return static("img/favicon.svg")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("", include("accounts.urls")),
    path("", include("blocs.urls")),
    path("", include("scoring.urls")),
    path("", include("awards.urls")),
    path("", include("council.urls")),
    path("", include("reports.urls")),
    path("tai-khoan/", include("accounts.signin_urls")),
    path("quan-tri/", admin.site.urls),
    path("suc-khoe/", views.health, name="health"),
    path("favicon.ico", Favicon.as_view(), name="favicon"),
]
handler400 = "khoithidua.web.errors.bad_request"
handler403 = "khoithidua.web.errors.forbidden"
handler404 = "khoithidua.web.errors.not_found"
handler500 = "khoithidua.web.errors.server_error"
