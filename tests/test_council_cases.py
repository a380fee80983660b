"""Whole cases of the council, through its verbs alone: from appraised dossiers to the register."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.enums import NominationState
from awards.models import AwardRecord, CouncilRule, Dossier, Nomination
from blocs.models import BlocYear
from council.domain.decisions.drafting import draft_from_nominations, draft_from_session, waiting_of_standing
from council.domain.decisions.drafts import edit_draft
from council.domain.decisions.issuing import issue
from council.domain.decisions.lines import add_lines
from council.domain.sessions.agenda import add_items, remove_item
from council.domain.sessions.attending import rest_is_present
from council.domain.sessions.workflow import SESSION
from council.domain.votes.casting import cast_marks
from council.domain.votes.counting import Count
from council.domain.votes.entering import Figures, enter_count
from council.domain.votes.flag_cap import FLAG, flag_warnings, leaders_of
from council.domain.votes.preparing import Plan, prepare_ballots
from council.domain.votes.settling import settle
from council.domain.votes.workflow import BALLOT
from council.models import Ballot, CouncilSession, Decision, DecisionLine, Issuer
from scoring.domain.disqualifying import disqualify
from scoring.domain.standing import lock_standing, reopen_standing
from scoring.models import LockedStanding
from tests.agenda_file_world import row, sheet
from tests.appraisal_world import sent_dossier
from tests.awards_world import SubjectFactory, award, nominate
from tests.council_decisions_world import DAY, chair, closed_session, empty_draft
from tests.council_world import HELD, council_session, full_council, practice, remit, vote_setting
from tests.factories import BlocFactory, BlocYearFactory, MembershipFactory
from tests.scoring_world import build_scores
from tests.standing_world import build_agreed, sheet_of
from tests.world import World

pytestmark = pytest.mark.django_db

NOON = time(9)
FLAGS, GOVERNMENT, CERTIFICATES = "co-tinh", FLAG, "bk-tinh"
PROPOSED = {FLAGS: 69, GOVERNMENT: 5, CERTIFICATES: 74}
APPROVED = {FLAGS: 48, GOVERNMENT: 5, CERTIFICATES: 69}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


# A session from its dossiers to the register


def proposals(world: World) -> list[Dossier]:
    """The 148 cases in three dossiers, each with some of every award."""
    dossiers = [
        sent_dossier(world, state="appraised", cases=0, agency=agency, year=2026)
        for agency in (world.syt, world.sgddt, world.stttt)
    ]
    for code, total in PROPOSED.items():
        for number in range(total):
            dossier = dossiers[number % 3]
            kind = "individual" if code == CERTIFICATES and number % 2 else "collective"
            subject = SubjectFactory(agency=dossier.agency, kind=kind, name=f"Đơn vị {code} số {number + 1}")
            nominate(dossier, subject, code, state=NominationState.ELIGIBLE)
    return dossiers


def called(world: World, dossiers: Iterable[Dossier], held: date = HELD) -> CouncilSession:
    """Called and open with everybody in the room, on all cases of ``dossiers``."""
    secretary = world.person("standing")
    session = council_session(world, held_on=held, starts=NOON, place="Phòng họp số 1")
    add_items(session, Nomination.objects.filter(dossier__in=dossiers), actor=secretary)
    return opened(session, secretary)


def opened(session: CouncilSession, secretary: User) -> CouncilSession:
    SESSION.perform(session, "call", actor=secretary)
    rest_is_present(session, actor=secretary)
    SESSION.perform(session, "open", actor=secretary)
    return session


def yes_of(ballot: Ballot) -> set[int]:
    """Rows of the round that get enough votes: the first ones, as many as APPROVED says."""
    keys = ballot.rows.order_by("position").values_list("pk", flat=True)
    return set(keys[: APPROVED[ballot.award.code]])


def by_hand(ballot: Ballot, secretary: User) -> None:
    """A committee counted: 13 of 13 for those that pass, 10 of 13 for the others."""
    enough = yes_of(ballot)
    counts: dict[int, Count] = {row.pk: (13, 0) if row.pk in enough else (10, 3) for row in ballot.rows.all()}
    figures = Figures(issued=13, cast=13, committee=[{"name": "Nguyễn Thị Kiểm", "title": "Trưởng ban"}])
    enter_count(ballot, figures=figures, counts=counts, actor=secretary)


def by_device(ballot: Ballot, secretary: User) -> None:
    """Thirteen members cast; three of them are against what does not pass."""
    enough = yes_of(ballot)
    for number, voter in enumerate(ballot.voters.select_related("seat__user").order_by("seat__position")):
        against = "no" if number < 3 else "yes"
        marks = {row.pk: "yes" if row.pk in enough else against for row in ballot.rows.all()}
        cast_marks(ballot, voter=voter.pk, marks=marks, actor=User.objects.get(pk=voter.seat.user_id))
    BALLOT.perform(ballot, "close", actor=secretary)


def votes_of(session: CouncilSession, secretary: User) -> None:
    """The provincial flags on paper, the government's in secret and the certificates openly by device."""
    ways: dict[str, tuple[Any, Any]] = {
        FLAGS: (Plan(channel="counted"), by_hand),
        GOVERNMENT: (Plan(), by_device),
        CERTIFICATES: (Plan(mode="open"), by_device),
    }
    for code, (plan, vote) in ways.items():
        items = session.items.filter(nomination__award__code=code)
        (ballot,) = prepare_ballots(session, items=items, plan=plan, actor=secretary)
        BALLOT.perform(ballot, "open", actor=secretary)
        vote(ballot, secretary)


def prime_minister(world: World) -> Issuer:
    words = {"symbol": "QĐ-TTg", "signer_name": "Lê Văn Tướng", "signer_title": "THỦ TƯỚNG"}
    return chair(world, kind="state", name="Thủ tướng Chính phủ", **words)


def issued_all(world: World, session: CouncilSession) -> dict[str, Decision]:
    """Every draft of the session issued: the government's flags on the Prime Minister's paper."""
    secretary, issuers = world.person("standing"), (chair(world), prime_minister(world))
    made = {}
    for draft in [each for one in issuers for each in draft_from_session(session, issuer=one, actor=secretary)]:
        code = draft.lines.order_by("position")[0].award.code
        issue(draft, actor=secretary, issued_on=DAY, number=2345 if code == GOVERNMENT else None)
        made[code] = draft
    return made


def settings_of(world: World) -> None:
    full_council(world)
    practice(world)
    vote_setting(world, FLAGS)
    vote_setting(world, CERTIFICATES, mode="open")
    known_leaders(world, 34, year=2026)


def known_leaders(world: World, count: int, year: int) -> None:
    CouncilRule.objects.create(
        council=world.council,
        key="flag-leaders-of-year",
        value=count,
        valid_from=date(year, 1, 1),
        valid_to=date(year, 12, 31),
        legal_basis="Báo cáo 45/BC-SNV",
    )


@pytest.fixture
def concluded(world: World) -> CouncilSession:
    settings_of(world)
    session = called(world, proposals(world))
    votes_of(session, world.person("standing"))
    settle(session, actor=world.person("standing"))
    SESSION.perform(session, "close", actor=world.person("standing"))
    return session


def test_a_session_on_148_cases_approves_48_5_and_69(concluded: CouncilSession) -> None:
    items = concluded.items.select_related("nomination__award")

    asked = Counter(each.nomination.award.code for each in items)
    passed = Counter(each.nomination.award.code for each in items if each.outcome == "passed")
    assert (dict(asked), dict(passed)) == (PROPOSED, APPROVED)
    failed = [each for each in items if each.outcome == "failed"]
    assert [each.reason for each in failed] == ["Không đạt: 10/13 phiếu đồng ý (cần 11 phiếu, 80%)."] * 26
    assert all(each.outcome == each.nomination.state for each in items)


def sheet_of_cases(dossiers: Iterable[Dossier]) -> SimpleUploadedFile:
    """The list of all cases as an agency sends it."""
    cases = Nomination.objects.filter(dossier__in=dossiers).select_related("award").order_by("award", "pk")
    return sheet(*(row(each.name, each.unit, each.award.name, post=each.post) for each in cases))


def test_the_148_cases_from_an_imported_list_end_the_same(world: World, client: Client) -> None:
    settings_of(world)
    secretary, dossiers = world.person("standing"), proposals(world)
    session = council_session(world, held_on=HELD, starts=NOON, place="Phòng họp số 1")
    client.force_login(secretary)
    url = f"/hoi-dong/phien/{session.pk}/noi-dung/nhap/"

    page = client.post(url, {"file": sheet_of_cases(dossiers)})
    client.post(f"{url}xac-nhan/", {"held": page.context["held"]})
    opened(session, secretary)
    votes_of(session, secretary)
    settle(session, actor=secretary)
    SESSION.perform(session, "close", actor=secretary)
    issued_all(world, session)

    items = session.items.select_related("nomination__award")
    passed = Counter(each.nomination.award.code for each in items if each.outcome == "passed")
    assert (page.context["faults"], page.context["asked"], len(items), dict(passed)) == ([], [], 148, APPROVED)
    assert DecisionLine.objects.filter(decision__issuer=chair(world)).count() == 117
    assert len([each for each in items if each.outcome == "failed" and each.reason]) == 26
    assert AwardRecord.objects.count() == 122


def test_its_decisions_register_and_annexes_agree_to_the_name(world: World, concluded: CouncilSession) -> None:
    wanted = {
        code: set(concluded.items.filter(outcome="passed", nomination__award__code=code).values_list(
            "nomination", "nomination__subject", "nomination__name"))
        for code in PROPOSED
    }  # fmt: skip

    made = issued_all(world, concluded)

    assert {code: each.full_number for code, each in made.items()} == {
        GOVERNMENT: "2345/QĐ-TTg", FLAGS: "01/QĐ-UBND", CERTIFICATES: "02/QĐ-UBND",
    }  # fmt: skip
    for code, decision in made.items():
        lines = set(decision.lines.values_list("nomination", "subject", "name"))
        kept = set(AwardRecord.objects.filter(decision_number=decision.full_number, award__code=code).values_list(
            "nomination", "subject", "nomination__name"))  # fmt: skip
        assert lines == kept == wanted[code]
    provincial = DecisionLine.objects.filter(decision__issuer=chair(world))
    assert (provincial.count(), AwardRecord.objects.count(), DecisionLine.objects.count()) == (117, 122, 122)


def test_every_dossier_is_concluded_and_26_are_refused_with_the_reason(world: World, concluded: CouncilSession) -> None:
    dossiers = Dossier.objects.filter(nominations__agenda_items__session=concluded).distinct()
    before = set(dossiers.values_list("state", flat=True))

    issued_all(world, concluded)

    refused = Nomination.objects.filter(state=NominationState.REFUSED)
    assert before == {"in_session"}
    assert list(dossiers.values_list("state", flat=True)) == ["concluded"] * 3
    assert Counter(refused.values_list("award__code", flat=True)) == {FLAGS: 21, CERTIFICATES: 5}
    assert Nomination.objects.filter(state=NominationState.AWARDED).count() == 122
    assert not AwardRecord.objects.filter(nomination__in=refused).exists()
    assert all(each.agenda_items.get().reason for each in refused)


def test_a_draft_of_the_provinces_chair_holds_nothing_that_the_government_gives(
    world: World, concluded: CouncilSession
) -> None:
    secretary = world.person("standing")

    drafts = draft_from_session(concluded, issuer=chair(world), actor=secretary)

    assert sum(draft.lines.count() for draft in drafts) == 117
    assert not DecisionLine.objects.filter(award__code=GOVERNMENT).exists()
    with pytest.raises(TransitionRefused, match=r"cấp Nhà nước, .* không có thẩm quyền tặng: .* và 2 trường hợp khác"):
        draft_from_session(concluded, issuer=chair(world), actor=secretary)
    (flags,) = draft_from_session(concluded, issuer=prime_minister(world), actor=secretary)
    assert flags.lines.count() == 5


def test_the_provinces_chair_cannot_issue_what_the_government_gives(world: World, concluded: CouncilSession) -> None:
    secretary = world.person("standing")
    (flags,) = draft_from_session(concluded, issuer=prime_minister(world), actor=secretary)
    flags = edit_draft(flags, fields={"issuer": chair(world)}, base=None, actor=secretary)

    with pytest.raises(TransitionRefused, match="không có thẩm quyền tặng Cờ thi đua của Chính phủ"):
        issue(flags, actor=secretary, issued_on=DAY)

    assert not AwardRecord.objects.exists()


def test_the_pages_name_what_goes_to_the_higher_level(client: Client, world: World, concluded: CouncilSession) -> None:
    client.force_login(world.person("standing"))
    url = reverse("council:decision-from-session", args=[concluded.pk])

    asked = client.get(url).content.decode()
    answer = client.post(url, {"issuer": chair(world).pk}, follow=True).content.decode()

    assert "Trong đó 5 trường hợp là danh hiệu, hình thức cấp Nhà nước" in asked
    assert "Không đưa vào dự thảo 5 trường hợp cấp Nhà nước" in answer
    assert "5 trường hợp đã thông qua, chưa có trong quyết định nào" in client.get(url).content.decode()
    client.post(url, {"issuer": prime_minister(world).pk})
    assert "đã có trong dự thảo hoặc quyết định" in client.get(url).content.decode()


# The cap on the government's flags (NĐ 152/2025, Điều 7 khoản 1)


def flags_proposed(world: World, count: int, year: int = 2020, **rest: Any) -> Dossier:
    dossier = sent_dossier(world, state="appraised", cases=0, year=year, **rest)
    for number in range(count):
        subject = SubjectFactory(agency=world.syt, kind="collective", name=f"Tập thể số {number + 1}")
        nominate(dossier, subject, GOVERNMENT, state=NominationState.ELIGIBLE)
    return dossier


def prepared(world: World, session: CouncilSession, *, first: int | None = None) -> Ballot:
    items = list(session.items.filter(outcome="").order_by("position"))[:first]
    (ballot,) = prepare_ballots(session, items=items, plan=Plan(), actor=world.person("standing"))
    return ballot


def counted(world: World, session: CouncilSession) -> Ballot:
    """All flags of the session got 13 of 13."""
    secretary = world.person("standing")
    (ballot,) = prepare_ballots(
        session, items=session.items.filter(outcome=""), plan=Plan(channel="counted"), actor=secretary
    )
    BALLOT.perform(ballot, "open", actor=secretary)
    counts: dict[int, Count] = {row.pk: (13, 0) for row in ballot.rows.all()}
    figures = Figures(issued=13, cast=13, committee=[{"name": "Nguyễn Thị Kiểm", "title": "Trưởng ban"}])
    return enter_count(ballot, figures=figures, counts=counts, actor=secretary)


@pytest.fixture
def province(world: World) -> World:
    full_council(world)
    practice(world)
    return world


def test_34_leaders_allow_six_flags_and_the_seventh_is_refused(province: World) -> None:
    known_leaders(province, 34, year=2020)
    session = called(province, [flags_proposed(province, 7)])

    with pytest.raises(TransitionRefused) as refused:
        prepared(province, session)

    assert str(refused.value) == (
        "7 Cờ thi đua của Chính phủ trên 34 tập thể dẫn đầu cụm, khối đạt tiêu chuẩn cờ của tỉnh, nhiều nhất 6 (20%): "
        "vượt 1, hãy bớt 1. Căn cứ: Nghị định 152/2025/NĐ-CP, Điều 7 khoản 1."
    )
    assert not Ballot.objects.exists()


def test_withdrawing_one_of_seven_lets_the_six_be_voted(province: World) -> None:
    known_leaders(province, 34, year=2020)
    session = called(province, [flags_proposed(province, 7)])
    last = session.items.order_by("position").last()
    assert last is not None

    remove_item(last, actor=province.person("standing"), reason="Vượt số lượng tối đa")

    assert prepared(province, session).rows.count() == 6


def test_rounds_prepared_one_after_the_other_share_the_cap(province: World) -> None:
    known_leaders(province, 34, year=2020)
    session = called(province, [flags_proposed(province, 7)])

    with pytest.raises(TransitionRefused, match="nhiều nhất 6"):
        prepared(province, session, first=4)


def test_four_leaders_allow_none(province: World) -> None:
    known_leaders(province, 4, year=2020)
    session = called(province, [flags_proposed(province, 1)])

    with pytest.raises(TransitionRefused, match=r"nhiều nhất 0 \(20%\): vượt 1"):
        prepared(province, session)


def test_the_cap_holds_when_the_council_concludes_too(province: World) -> None:
    """The number of leaders became known after the vote."""
    session = called(province, [flags_proposed(province, 7)])
    counted(province, session)
    known_leaders(province, 34, year=2020)

    with pytest.raises(TransitionRefused, match="vượt 1, hãy bớt 1"):
        settle(session, actor=province.person("standing"))

    assert set(session.items.values_list("outcome", flat=True)) == {""}


def test_flags_of_an_earlier_session_of_the_year_count(province: World) -> None:
    known_leaders(province, 34, year=2020)
    secretary = province.person("standing")
    first = called(province, [flags_proposed(province, 4)])
    counted(province, first)
    settle(first, actor=secretary)
    second = called(province, [flags_proposed(province, 3)])

    with pytest.raises(TransitionRefused, match=r"^7 Cờ thi đua"):
        prepared(province, second)


def test_an_unknown_number_of_leaders_only_warns(province: World) -> None:
    session = called(province, [flags_proposed(province, 7)])

    counted(province, session)
    (warning,) = flag_warnings(session, session.items.all())
    settle(session, actor=province.person("standing"))

    assert "chưa có số tập thể dẫn đầu" in warning
    assert set(session.items.values_list("outcome", flat=True)) == {"passed"}


@pytest.mark.parametrize(
    ("received", "held", "citation"),
    [
        (date(2023, 11, 6), date(2023, 12, 20), "Nghị định 91/2017/NĐ-CP, Điều 11 (cần đối chiếu)"),
        (date(2025, 3, 3), date(2025, 5, 20), "Nghị định 98/2023/NĐ-CP (cần đối chiếu)"),
    ],
)
def test_the_older_texts_only_warn(province: World, received: date, held: date, citation: str) -> None:
    known_leaders(province, 4, year=2020)
    vote_setting(province, GOVERNMENT)
    session = called(province, [flags_proposed(province, 1, received_on=received)], held=held)

    counted(province, session)
    (warning,) = flag_warnings(session, session.items.all())
    settle(session, actor=province.person("standing"))

    assert "vượt 1, hãy xem lại" in warning
    assert warning.endswith(f"({citation})")
    assert set(session.items.values_list("outcome", flat=True)) == {"passed"}


# Leaders by the locked rankings


def locked(world: World, year: BlocYear) -> LockedStanding:
    """A bloc with one unit, agreed and locked."""
    agency = year.memberships.get().agency
    build_scores(replace(world, year=year)).filled(agency, 50)
    return lock_standing(year, actor=None)


def blocs(world: World, count: int) -> list[BlocYear]:
    made = [BlocYearFactory(bloc=BlocFactory(council=world.council)) for _ in range(count)]
    for year in made:
        MembershipFactory(bloc_year=year, agency=world.other, role="head")
    return made


def test_leaders_come_from_the_locked_rankings_of_all_blocs(province: World) -> None:
    build_agreed(province)
    for year in (province.other_year, *blocs(province, 3)):
        locked(province, year)
    before = leaders_of(province.council.pk, 2020)
    lock_standing(province.year, actor=None)

    assert (before.count, before.source) == (None, "còn 1 cụm, khối chưa khóa xếp hạng")
    found = leaders_of(province.council.pk, 2020)
    assert (found.count, found.source) == (5, "xếp hạng đã khóa của 5 cụm, khối")
    session = called(province, [flags_proposed(province, 2)])
    with pytest.raises(TransitionRefused, match=r"2 Cờ thi đua của Chính phủ trên 5 .* nhiều nhất 1 \(20%\)"):
        prepared(province, session)


def test_a_bloc_all_of_whose_units_are_barred_has_no_leader(province: World) -> None:
    scores = build_agreed(province)
    for code in ("stttt", "sgddt", "syt", "sldtbxh"):
        disqualify(sheet_of(scores, code), reason="Có vi phạm.", evidence="Kết luận 02", actor=None)
    lock_standing(province.year, actor=None)
    locked(province, province.other_year)

    assert leaders_of(province.council.pk, 2020).count == 1


def test_the_next_unit_leads_where_the_first_is_barred(province: World) -> None:
    scores = build_agreed(province)
    disqualify(sheet_of(scores, "syt"), reason="Có vi phạm.", evidence="Kết luận 02", actor=None)
    lock_standing(province.year, actor=None)
    locked(province, province.other_year)

    assert leaders_of(province.council.pk, 2020).count == 2


def test_reopening_one_ranking_makes_the_number_unknown(province: World) -> None:
    build_agreed(province)
    lock_standing(province.year, actor=None)
    standing = locked(province, province.other_year)

    reopen_standing(standing, reason="Chấm lại", actor=None)

    assert leaders_of(province.council.pk, 2020).count is None


# As many queries for many names as for few


def standing_cases(world: World, count: int) -> list[Nomination]:
    remit(world, CERTIFICATES, body="standing")
    dossier = sent_dossier(world, state="appraised", cases=0, year=2026)
    for number in range(count):
        subject = SubjectFactory(agency=world.syt, kind=("individual", "collective")[number % 2])
        nominate(dossier, subject, CERTIFICATES, state=NominationState.ELIGIBLE)
    return list(waiting_of_standing([world.council.pk]))


QUERIES_OF_DRAFTING = 24
QUERIES_OF_DRAFTING_A_SESSION = 22
QUERIES_OF_ADDING = 14


@pytest.mark.parametrize("count", [3, 30])
def test_drafting_from_nominations_takes_a_constant_number_of_queries(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    cases, issuer, secretary = standing_cases(world, count), chair(world), world.person("standing")

    with django_assert_num_queries(QUERIES_OF_DRAFTING):
        (made,) = draft_from_nominations(cases, issuer=issuer, actor=secretary)

    assert made.lines.count() == count


@pytest.mark.parametrize("count", [3, 30])
def test_drafting_from_a_session_takes_a_constant_number_of_queries(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    session, issuer, secretary = closed_session(world, passed=count), chair(world), world.person("standing")

    with django_assert_num_queries(QUERIES_OF_DRAFTING_A_SESSION):
        (made,) = draft_from_session(session, issuer=issuer, actor=secretary)

    assert made.lines.count() == count


@pytest.mark.parametrize("count", [3, 30])
def test_adding_names_takes_a_constant_number_of_queries(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    draft, secretary, given = empty_draft(world, "Trần Văn Bảy"), world.person("standing"), award(CERTIFICATES)
    kinds = ("individual", "collective")
    subjects = [SubjectFactory(agency=world.syt, kind=kinds[number % 2]) for number in range(count)]

    with django_assert_num_queries(QUERIES_OF_ADDING):
        made, _ = add_lines(draft, subjects=subjects, award=given, actor=secretary)

    assert len(made) == count
