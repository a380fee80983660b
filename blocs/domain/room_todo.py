"""What a pledge asks of people: targets, signatures, figures reached."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from blocs.enums import Area, PledgeState, YearState
from blocs.models import Agency, BlocYear, Membership, Pledge, PledgeSignature, Target
from blocs.tables.access import access_of

PREPARING = (YearState.PLANNING, YearState.RUNNING)
UNDER_WAY = (YearState.RUNNING, YearState.SCORING)


@provides_todos
def pledges_to_sign(user: User) -> Iterable[Todo]:
    """Pledges out for signature that an agency of this person has not signed: one query."""
    agencies = access_of(user).signs_for
    if not agencies:
        return
    signed = PledgeSignature.objects.filter(pledge=OuterRef("bloc_year__pledge"), agency=OuterRef("agency"))
    rows = Membership.objects.filter(agency__in=agencies, bloc_year__pledge__state=PledgeState.OPEN)
    rows = rows.exclude(bloc_year__state=YearState.HANDED_OVER).exclude(Exists(signed))
    for member in rows.select_related("agency", "bloc_year__bloc"):
        year = member.bloc_year
        text = f"Ký giao ước thi đua cho {member.agency.name}"
        yield Todo(text, reverse("blocs:pledge", args=[year.pk]), str(year), year.pledge_due)


@provides_todos
def targets_to_enter(user: User) -> Iterable[Todo]:
    """Own agencies without targets while the pledge is prepared: one query."""
    agencies = access_of(user).agency_ids
    if not agencies:
        return
    entered = Target.objects.filter(pledge__bloc_year=OuterRef("bloc_year"), agency=OuterRef("agency"))
    draft = Q(bloc_year__pledge__state=PledgeState.DRAFT)
    asked = Q(bloc_year__pledge__isnull=True, bloc_year__pledge_due__isnull=False)
    rows = Membership.objects.filter(draft | asked, agency__in=agencies, bloc_year__state__in=PREPARING)
    for member in rows.exclude(Exists(entered)).select_related("agency", "bloc_year__bloc"):
        year = member.bloc_year
        text = f"Đăng ký chỉ tiêu giao ước của {member.agency.name}"
        yield targets_todo(year, member.agency, text, due=year.pledge_due)


@provides_todos
def figures_to_enter(user: User) -> Iterable[Todo]:
    """Own targets without a six-month figure when the year has a day for it: one query."""
    agencies = access_of(user).agency_ids
    if not agencies:
        return
    rows = Target.objects.filter(
        agency__in=agencies,
        mid_year__isnull=True,
        pledge__state__in=[PledgeState.OPEN, PledgeState.SIGNED],
        pledge__bloc_year__in=access_of(user).year_ids,
        pledge__bloc_year__mid_year_due__isnull=False,
        pledge__bloc_year__state__in=UNDER_WAY,
    )
    rows = rows.select_related("agency", "pledge__bloc_year__bloc").order_by("pledge", "agency")
    for (year, agency), missing in Counter((row.pledge.bloc_year, row.agency) for row in rows).items():
        text = f"Ghi số liệu 6 tháng cho {missing} chỉ tiêu của {agency.name}"
        yield targets_todo(year, agency, text, due=year.mid_year_due)


def targets_todo(year: BlocYear, agency: Agency, text: str, *, due: date | None) -> Todo:
    return Todo(text, reverse("blocs:targets-edit", args=[year.pk, agency.pk]), str(year), due)


@provides_todos
def pledges_to_open(user: User) -> Iterable[Todo]:
    """Drafts with content that the secretariat may put out for signature: one query."""
    years = access_of(user).runs(Area.PLEDGE)
    if not years:
        return
    written = ~Q(theme="") | Exists(Target.objects.filter(pledge=OuterRef("pk")))
    rows = Pledge.objects.filter(written, bloc_year__in=years, state=PledgeState.DRAFT)
    for pledge in rows.filter(bloc_year__state__in=PREPARING).select_related("bloc_year__bloc"):
        year = pledge.bloc_year
        yield Todo("Đưa giao ước ra ký kết", pledge.get_absolute_url(), str(year), year.pledge_due)
