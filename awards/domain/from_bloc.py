"""A dossier from what a bloc proposed at its concluded conference: nothing is typed twice."""

from collections import defaultdict

from django.db import transaction

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.bloc_papers import take_papers
from awards.domain.dossiers import create_dossier
from awards.domain.nominations import add_nominations
from awards.domain.subjects import agency_subject
from awards.enums import Category
from awards.models import AwardForm, Dossier, Subject
from blocs.enums import Role, YearState
from blocs.models import BlocYear, Membership
from scoring.models import Proposal

CONCLUDED = (YearState.CONCLUDED, YearState.HANDED_OVER)


def obstacle_of(year: BlocYear) -> str:
    """Why no dossier comes of this bloc-year yet, as a sentence; empty when it may."""
    if year.state not in CONCLUDED:
        return (
            f"{year} đang ở trạng thái «{year.get_state_display()}». Hãy tổng kết khối trước: "
            "hồ sơ lấy đề nghị khen thưởng đã chốt tại hội nghị."
        )
    if not Proposal.objects.filter(bloc_year=year).exists():
        return f"{year} chưa có đề nghị khen thưởng nào. Hãy ghi đề nghị ở trang Đề nghị khen thưởng của khối."
    return ""


def dossier_of_bloc(year: BlocYear) -> Dossier | None:
    """The dossier that was made of this bloc-year's proposals and is still under way, or done."""
    return Dossier.objects.filter(bloc_year=year, category=Category.MERIT).order_by("pk").first()


@transaction.atomic
def dossier_from_bloc(year: BlocYear, *, actor: User | None) -> Dossier:
    """One dossier of the bloc, sent by its head: a nomination for each proposal, the reason of the bloc as summary,
    and what was issued of its conference (minutes, count).

    Pressed twice it makes one: the second gets the first's. TransitionRefused before the year is concluded, without
    proposals, without a head, or for an award that is not in the catalogue.
    """
    row = BlocYear.objects.select_for_update(of=("self",)).select_related("bloc").get(pk=year.pk)
    if (made := dossier_of_bloc(row)) is not None:
        return made
    if sentence := obstacle_of(row):
        raise TransitionRefused(sentence)
    head = Membership.objects.filter(bloc_year=row, role=Role.HEAD).select_related("agency__council").first()
    if head is None:
        raise TransitionRefused(f"{row} chưa có trưởng khối nên chưa biết đơn vị gửi hồ sơ. Hãy ghi trưởng khối trước.")
    made = create_dossier(
        agency=head.agency,
        bloc_year=row,
        year=row.year,
        category=Category.MERIT,
        title=f"Đề nghị khen thưởng tổng kết năm {row.year} của {row.bloc.name}",
        actor=actor,
    )
    nominate_members(made, row, actor)
    take_papers(made, actor=actor)
    made.refresh_from_db()
    return made


def nominate_members(dossier: Dossier, year: BlocYear, actor: User | None) -> None:
    forms = {each.code: each for each in AwardForm.objects.all()}
    grouped: dict[str, list[tuple[Subject, str]]] = defaultdict(list)
    for each in Proposal.objects.filter(bloc_year=year).select_related("agency__council"):
        if each.award not in forms:
            raise TransitionRefused(
                f"Danh mục khen thưởng chưa có «{each.get_award_display()}». Hãy báo quản trị viên."
            )
        grouped[each.award].append((agency_subject(each.agency, actor=actor), each.reason))
    for code, rows in grouped.items():
        fields = {subject.pk: {"summary": reason} for subject, reason in rows}
        subjects = [subject for subject, _ in rows]
        add_nominations(dossier, subjects=subjects, award=forms[code], actor=actor, fields=fields)


def years_to_send(bloc_year_ids: frozenset[int]) -> list[BlocYear]:
    """Concluded bloc-years of these that have proposals and no dossier yet. One query."""
    taken = Dossier.objects.filter(bloc_year__isnull=False, category=Category.MERIT).values("bloc_year")
    rows = BlocYear.objects.filter(pk__in=bloc_year_ids, state__in=CONCLUDED, proposals__isnull=False)
    return list(rows.exclude(pk__in=taken).select_related("bloc").distinct().order_by("-year", "pk"))
