"""What an administrator keeps: agencies, appointments, councils, blocs. Nothing of scores or papers."""

from typing import Any

from django.contrib import admin

from accounts.admin import AccentFreeAdmin, TidyAdminForm
from blocs.models import Agency, AgencyAlias, Appointment, Bloc, Council, CouncilMember


class AliasInline(admin.TabularInline):  # type: ignore[type-arg]
    model = AgencyAlias
    form = TidyAdminForm
    extra = 1

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return bool(request.user.is_staff)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(Agency)
class AgencyAdmin(AccentFreeAdmin):
    list_display = ("name", "short_name", "code", "kind", "valid_from", "valid_to", "successor")
    list_filter = ("kind", "council")
    list_select_related = ("successor",)
    search_fields = ("search_key", "code", "aliases__search_key")
    autocomplete_fields = ("parent", "successor")
    ordering = ("sort_key",)
    inlines = (AliasInline,)


@admin.register(Appointment)
class AppointmentAdmin(AccentFreeAdmin):
    """The source of every business right; it takes effect with the person's next request."""

    deletable = True  # one made by mistake; the history of what was done under it stays
    list_display = ("user", "agency", "duty", "signs", "since", "until")
    list_filter = ("duty",)
    list_select_related = ("user", "agency")
    search_fields = ("user__search_key", "user__email", "agency__search_key")
    autocomplete_fields = ("user", "agency")
    ordering = ("user__sort_key", "pk")


@admin.register(Council)
class CouncilAdmin(AccentFreeAdmin):
    list_display = ("name", "province", "standing_agency")
    list_select_related = ("standing_agency",)
    autocomplete_fields = ("standing_agency",)


@admin.register(CouncilMember)
class CouncilMemberAdmin(AccentFreeAdmin):
    list_display = ("user", "council", "post", "since", "until")
    list_select_related = ("user", "council")
    search_fields = ("user__search_key", "user__email")
    autocomplete_fields = ("user", "agency")
    ordering = ("user__sort_key", "pk")


@admin.register(Bloc)
class BlocAdmin(AccentFreeAdmin):
    list_display = ("name", "code", "kind", "tier", "council")
    list_filter = ("kind", "tier")
    list_select_related = ("council",)
    search_fields = ("search_key", "code")
    ordering = ("sort_key",)
