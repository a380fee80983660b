"""The product's addresses plus the two yardsticks."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from khoithidua.urls import urlpatterns as product
from scoring.models import Criterion


def floor(request: HttpRequest) -> HttpResponse:
    """A bare page that requires sign-in and prints the user's name from a 1 KB template."""
    return render(request, "bench_floor.html")


class CriterionAdmin(ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "criteria_set", "parent", "appraiser")
    list_select_related = ("criteria_set__bloc_year__bloc", "parent", "appraiser")
    list_per_page = 100
    show_full_result_count = False


site = AdminSite(name="bench_admin")
site.register(Criterion, CriterionAdmin)

urlpatterns = [path("bench/san/", floor), path("bench/admin/", site.urls), *product]
