"""What a pledge asks of people: targets, signatures, figures reached."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from blocs.domain.in_play import memberships_in_play
from blocs.enums import Area, PledgeState, YearState
from blocs.models import Agency, BlocYear, Membership, Pledge, PledgeSignature, Target
from blocs.tables.access import access_of

PREPARING = (YearState.PLANNING, YearState.RUNNING)
UNDER_WAY = (YearState.RUNNING, YearState.SCORING)


@provides_todos
def pledges_to_sign(user: User) -> Iterable[Todo]:
    """Pledges out for signature that an agency of this person has not signed: one query where any is out."""
    signs = access_of(user).signs_for
    waiting = [
        (member, pledge)
        for member in memberships_in_play(user)
        if member.agency_id in signs and (pledge := pledge_of(member.bloc_year)) and pledge.state == PledgeState.OPEN
    ]
    if not waiting:
        return
    rows = PledgeSignature.objects.filter(pledge__in=[pledge for _, pledge in waiting]).values_list("pledge", "agency")
    signed = set(rows)
    for member, pledge in waiting:
        if (pledge.pk, member.agency_id) not in signed:
            year = member.bloc_year
            text = f"Ký giao ước thi đua cho {member.agency.name}"
            yield Todo(text, reverse("blocs:pledge", args=[year.pk]), str(year), year.pledge_due)


@provides_todos
def targets_to_enter(user: User) -> Iterable[Todo]:
    """Own agencies without targets while the pledge is prepared; targets without a six-month figure
    when the year has a day for it: one query for both."""
    members = memberships_in_play(user)
    if not members:
        return
    rows = Target.objects.filter(
        pledge__bloc_year__in={member.bloc_year_id for member in members}, agency__in=access_of(user).agency_ids
    )
    counts = rows.values_list("pledge__bloc_year", "agency").annotate(
        entered=Count("pk"), missing=Count("pk", filter=Q(mid_year__isnull=True))
    )
    known = {(year, agency): (entered, missing) for year, agency, entered, missing in counts.order_by()}
    for member in members:
        entered, missing = known.get((member.bloc_year_id, member.agency_id), (0, 0))
        yield from targets_of(member, entered=entered, missing=missing)


def targets_of(member: Membership, *, entered: int, missing: int) -> Iterable[Todo]:
    year, agency, pledge = member.bloc_year, member.agency, pledge_of(member.bloc_year)
    prepared = pledge.state == PledgeState.DRAFT if pledge else year.pledge_due is not None
    if not entered and prepared and year.state in PREPARING:
        text = f"Đăng ký chỉ tiêu giao ước của {agency.name}"
        yield targets_todo(year, agency, text, due=year.pledge_due)
    due = year.mid_year_due is not None and year.state in UNDER_WAY
    if missing and due and pledge is not None and pledge.state != PledgeState.DRAFT:
        text = f"Ghi số liệu 6 tháng cho {missing} chỉ tiêu của {agency.name}"
        yield targets_todo(year, agency, text, due=year.mid_year_due)


def pledge_of(year: BlocYear) -> Pledge | None:
    """The pledge that was read together with the year."""
    return getattr(year, "pledge", None)


def targets_todo(year: BlocYear, agency: Agency, text: str, *, due: date | None) -> Todo:
    return Todo(text, reverse("blocs:targets-edit", args=[year.pk, agency.pk]), str(year), due)


@provides_todos
def pledges_to_open(user: User) -> Iterable[Todo]:
    """Drafts with content that the secretariat may put out for signature: one query."""
    runs = access_of(user).runs(Area.PLEDGE)
    drafts = {
        pledge.pk: member.bloc_year
        for member in memberships_in_play(user)
        if member.bloc_year_id in runs
        and member.bloc_year.state in PREPARING
        and (pledge := pledge_of(member.bloc_year))
        and pledge.state == PledgeState.DRAFT
    }
    if not drafts:
        return
    written = ~Q(theme="") | Exists(Target.objects.filter(pledge=OuterRef("pk")))
    for pledge in Pledge.objects.filter(written, pk__in=drafts):
        year = drafts[pledge.pk]
        yield Todo("Đưa giao ước ra ký kết", reverse("blocs:pledge", args=[year.pk]), str(year), year.pledge_due)
