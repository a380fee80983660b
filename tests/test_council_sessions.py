"""Sessions of the council: who sees them, what may be called and opened, what calling does."""

from datetime import date, time

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.domain.audit import entries_of
from accounts.domain.todo import todos_for
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from awards.domain.conflicts import Conflict, base_of
from awards.models import Dossier, Nomination, Posting
from council.domain.sessions.attending import quorum_of
from council.domain.sessions.editing import FIELDS, create_session, edit_session, next_number
from council.domain.sessions.workflow import SESSION
from council.models import CouncilSession
from tests.awards_world import award
from tests.council_world import (
    HELD,
    appraised_dossier,
    council_session,
    full_council,
    member_of,
    practice,
    put_on_agenda,
    roll,
)
from tests.factories import AgencyFactory, AppointmentFactory, CouncilFactory, UserFactory
from tests.world import PERSONAS

READY = {"starts": time(8), "place": "Phòng họp số 1"}


def ready_session(world, dossier=None, **rest):
    practice(world)
    full_council(world)
    return council_session(world, dossier, **READY | rest)


def refusal(session, name, actor, reason="") -> str:
    with pytest.raises(TransitionRefused) as caught:
        SESSION.perform(session, name, actor=actor, reason=reason)
    return str(caught.value)


@pytest.mark.parametrize("name", PERSONAS)
@pytest.mark.parametrize(
    ("state", "others"),
    [
        ("preparing", set()),
        ("called", {"council_member", "observer"}),
        ("open", {"council_member", "observer"}),
        ("closed", {"council_member", "observer"}),
        ("cancelled", set()),
    ],
)
def test_members_see_a_session_from_the_day_it_is_called(client, world, name, state, others):
    full_council(world)
    session = council_session(world, appraised_dossier(world), state=state)
    item = session.items.get()
    client.force_login(world.person(name))
    expected = 200 if name == "standing" or name in others else 404

    found = [client.get(url).status_code for url in (session.get_absolute_url(), item.get_absolute_url())]

    assert found == [expected, expected]


def test_a_member_without_a_seat_and_another_council_see_nothing(client, world):
    session = council_session(world, state="called")
    late = member_of(world, 99).user
    elsewhere = CouncilFactory(province="Tỉnh Khác", name="Hội đồng tỉnh Khác")
    office = AgencyFactory(council=elsewhere, code="snv-khac")
    elsewhere.standing_agency = office
    elsewhere.save()
    other = AppointmentFactory(user=UserFactory(), agency=office, duty="standing").user

    for user in (late, other):
        client.force_login(user)
        assert client.get(session.get_absolute_url()).status_code == 404
        assert list(CouncilSession.objects.visible_to(user)) == []


def test_a_substitute_sees_the_session(world):
    full_council(world)
    session = council_session(world, state="called")
    seat = session.seats.first()
    seat.substitute = world.person("stranger")
    seat.save()

    assert list(CouncilSession.objects.visible_to(world.person("stranger"))) == [session]


@pytest.mark.parametrize(
    ("present", "awards", "holds"), [(8, False, False), (9, False, True), (10, True, False), (11, True, True)]
)
def test_quorum_is_counted_in_integers(world, present, awards, holds):
    """Two thirds of 13 are 9; 80 % of 13 are 11 (QĐ 86/2025/QĐ-UBND of Bắc Ninh, Điều 8 khoản 4b)."""
    session = ready_session(world, appraised_dossier(world) if awards else None, state="called")
    roll(session, present)

    quorum = quorum_of(session)

    assert (quorum.present, quorum.total, quorum.needed, quorum.award_needed) == (present, 13, 9, 11)
    assert (quorum.reached, quorum.award_reached) == (present >= 9, present >= 11)
    assert quorum.holds is holds
    if holds:
        SESSION.perform(session, "open", actor=world.person("standing"))
        assert session.state == "open"
    else:
        assert f"Có mặt {present}/13" in refusal(session, "open", world.person("standing"))


def test_written_opinions_make_nobody_present(world):
    session = ready_session(world, state="called")
    roll(session, 8, others="written")

    assert (quorum_of(session).present, quorum_of(session).reached) == (8, False)


def test_substitutes_count_where_the_rules_let_them_vote(world):
    session = ready_session(world, state="called")
    session.seats.update(substitute_name="Người dự thay", authorisation="Giấy ủy quyền số 1")
    roll(session, 13, attendance="substitute")

    assert quorum_of(session).present == 13
    world.council.practices.update(substitutes_vote=False)
    assert quorum_of(session).present == 0


def test_members_without_a_vote_are_not_counted(world):
    session = ready_session(world, state="called")
    session.seats.filter(role="member").update(votes=False)
    roll(session, 13)

    assert (quorum_of(session).present, quorum_of(session).total) == (2, 2)


def test_without_rules_nothing_is_known_and_nothing_opens(world):
    full_council(world)
    session = council_session(world, state="called")
    roll(session, 13)

    assert (quorum_of(session).needed, quorum_of(session).reached, quorum_of(session).holds) == (None, None, False)
    assert "Quy chế" in refusal(session, "open", world.person("standing"))


def test_rules_of_another_period_do_not_hold(world):
    full_council(world)
    practice(world, valid_to=date(2025, 12, 31))
    session = council_session(world, **READY)

    assert "Chưa có quy chế" in refusal(session, "call", world.person("standing"))


def test_calling_seats_the_members_in_force_and_tells_them(world):
    session = ready_session(world, appraised_dossier(world))
    member_of(world, 70, until=date(2026, 11, 19))
    member_of(world, 71, since=date(2026, 11, 21))

    SESSION.perform(session, "call", actor=world.person("standing"))

    assert session.seats.count() == 13
    seat = session.seats.first()
    assert (seat.name, seat.role, seat.votes, seat.attendance) == ("Ủy viên số 1", "chair", True, "")
    assert session.called_at is not None
    told = Notice.objects.filter(url=session.get_absolute_url())
    assert told.count() == 13
    assert "đã triệu tập" in told.first().text


def test_names_stay_as_they_were_when_called(world):
    session = ready_session(world)
    SESSION.perform(session, "call", actor=world.person("standing"))
    seat = session.seats.first()
    seat.user.full_name = "Tên đã đổi"
    seat.user.save()

    seat.refresh_from_db()
    assert seat.name == "Ủy viên số 1"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"held_on": None}, "ngày họp"),
        ({"place": ""}, "địa điểm"),
        ({"kind": "written", "held_on": None}, "hạn gửi ý kiến"),
        ({"kind": "written", "held_on": None, "answers_due": HELD}, "phải có nội dung"),
    ],
)
def test_calling_says_what_is_missing(world, values, sentence):
    session = ready_session(world, **values)

    assert sentence in refusal(session, "call", world.person("standing"))


def test_a_session_of_written_opinions_opens_without_a_roll_call(world):
    session = ready_session(world, appraised_dossier(world), kind="written", held_on=None, answers_due=HELD)
    actor = world.person("standing")

    SESSION.perform(session, "call", actor=actor)
    SESSION.perform(session, "open", actor=actor)

    assert session.state == "open"


@time_machine.travel("2026-11-10 09:00+07:00")
@pytest.mark.parametrize(
    ("until", "simplified", "refused"),
    [(None, False, True), (date(2026, 11, 20), False, True), (date(2026, 11, 19), False, False), (None, True, False)],
)
def test_what_the_law_wants_public_blocks_calling(world, until, simplified, refused):
    """CSTĐ toàn quốc is public for ten working days before the council meets (NĐ 152/2025, Điều 44 khoản 2)."""
    dossier = appraised_dossier(world, code="cstd-toan-quoc", simplified=simplified, simplified_reason="Điều 85")
    if until is not None:
        posting = Posting.objects.create(
            council=world.council, code="cong-khai", title="Công khai", from_on=date(2026, 11, 2), until_on=until
        )
        posting.published_at = "2026-11-02T08:00:00+07:00"
        posting.save()
        posting.nominations.set(dossier.nominations.all())
    session = ready_session(world, dossier)

    if refused:
        assert "Điều 44 khoản 2" in refusal(session, "call", world.person("standing"))
    else:
        SESSION.perform(session, "call", actor=world.person("standing"))
        assert session.state == "called"


def test_a_session_is_not_closed_while_items_are_unsettled(world):
    session = ready_session(world, appraised_dossier(world, cases=2), state="open")

    assert "Còn 2 nội dung chưa kết luận" in refusal(session, "close", world.person("standing"))

    session.items.update(outcome="passed")
    SESSION.perform(session, "close", actor=world.person("standing"))
    assert session.state == "closed"


@pytest.mark.parametrize("state", ["draft", "open"])
def test_a_session_is_not_closed_while_a_ballot_is_open(world, state):
    session = ready_session(world, state="open")
    session.ballots.create(award=award("cstd-tinh"), mode="open", percent=80, legal_basis="x", state=state)

    assert "Còn 1 lượt biểu quyết" in refusal(session, "close", world.person("standing"))


def test_cancelling_gives_the_dossiers_back(world):
    dossier = appraised_dossier(world, cases=2)
    session = ready_session(world, dossier)
    actor = world.person("standing")
    SESSION.perform(session, "call", actor=actor)

    assert "lý do" in refusal(session, "cancel", actor)
    SESSION.perform(session, "cancel", actor=actor, reason="Hoãn do bão")

    assert set(session.items.values_list("outcome", flat=True)) == {"withdrawn"}
    assert Dossier.objects.get(pk=dossier.pk).state == "appraised"
    assert Notice.objects.filter(text__contains="đã hủy", url=session.get_absolute_url()).count() == 13


def test_a_session_that_voted_is_not_cancelled(world):
    session = ready_session(world, appraised_dossier(world), state="open")
    session.items.update(outcome="passed")

    assert "không hủy được" in refusal(session, "cancel", world.person("standing"), "Lý do")


@pytest.mark.parametrize("name", ["administrator", "council_member", "officer"])
def test_only_the_standing_body_runs_sessions(world, name):
    session = ready_session(world)

    with pytest.raises(PermissionDenied):
        SESSION.perform(session, "call", actor=world.person(name))
    with pytest.raises(PermissionDenied):
        create_session(world.council, fields={"year": 2026, "number": 9, "title": "x"}, actor=world.person(name))


def test_the_number_offered_is_the_next_of_the_year(world):
    assert next_number(world.council.pk, 2026) == 1
    council_session(world, state="cancelled")
    council_session(world, number=7)

    assert next_number(world.council.pk, 2026) == 8
    with pytest.raises(TransitionRefused, match="ví dụ 8"):
        create_session(world.council, fields={"year": 2026, "number": 7, "title": "x"}, actor=world.person("standing"))


def test_two_people_on_one_session_keep_both_what_they_changed(world):
    session = council_session(world)
    actor = world.person("standing")
    base = base_of(session, FIELDS)
    edit_session(session, fields={"title": "Tên mới"}, base=base, actor=actor)
    edit_session(session, fields={"title": "Xét khen thưởng năm 2026", "place": "Hội trường"}, base=base, actor=actor)

    assert (session.title, session.place, session.version) == ("Tên mới", "Hội trường", 2)
    with pytest.raises(Conflict) as caught:
        edit_session(session, fields={"title": "Tên khác"}, base=base, actor=actor)
    assert [(each.saved, each.typed) for each in caught.value.differences] == [("Tên mới", "Tên khác")]


def test_members_are_told_of_a_new_time_of_a_called_session(world):
    session = ready_session(world)
    actor = world.person("standing")
    SESSION.perform(session, "call", actor=actor)
    Notice.objects.all().delete()

    edit_session(session, fields={"place": "Hội trường lớn"}, base=None, actor=actor)
    edit_session(session, fields={"clerk": "Lê Thị Thư"}, base=None, actor=actor)

    assert Notice.objects.count() == 13


@pytest.mark.parametrize(
    ("state", "name", "value"), [("called", "kind", "written"), ("open", "place", "x"), ("cancelled", "title", "x")]
)
def test_what_is_closed_to_edit_says_so(world, state, name, value):
    session = council_session(world, state=state)

    with pytest.raises(TransitionRefused, match="không sửa được"):
        edit_session(session, fields={name: value}, base=None, actor=world.person("standing"))


@time_machine.travel("2026-11-20 07:00+07:00")
def test_everyone_finds_on_the_home_page_what_is_theirs(world):
    session = ready_session(world, appraised_dossier(world))
    standing, member = world.person("standing"), "council_member"

    assert [todo.text for todo in todos_for(world.person("standing"))] == ["Chuẩn bị, triệu tập phiên họp Hội đồng"]
    assert todos_for(world.person(member)) == []
    SESSION.perform(session, "call", actor=standing)
    assert [todo.text for todo in todos_for(world.person("standing"))] == ["Điểm danh, khai mạc phiên họp Hội đồng"]
    assert [(todo.text, todo.due) for todo in todos_for(world.person(member))] == [
        ("Dự phiên họp Hội đồng; đọc tài liệu trước", HELD)
    ]
    roll(session, 13)
    SESSION.perform(session, "open", actor=standing)
    assert [todo.text for todo in todos_for(world.person("standing"))] == ["Kết luận, kết thúc phiên họp Hội đồng"]


def test_every_step_is_in_the_history(world):
    session = ready_session(world)
    actor = world.person("standing")
    SESSION.perform(session, "call", actor=actor)
    SESSION.perform(session, "cancel", actor=actor, reason="Hoãn")

    assert [(row.action, row.reason) for row in entries_of(session)] == [("Hủy phiên", "Hoãn"), ("Triệu tập", "")]


def test_withdrawn_items_are_no_longer_asked_for(world):
    """An item withdrawn after calling hinders neither opening nor closing."""
    dossier = appraised_dossier(world, code="cstd-toan-quoc", simplified=False)
    session = ready_session(world)
    put_on_agenda(session, *dossier.nominations.all())
    session.items.update(outcome="withdrawn", reason="Chưa công khai")

    SESSION.perform(session, "call", actor=world.person("standing"))

    assert session.state == "called"


@pytest.mark.parametrize(
    ("failed", "dossier_state", "states"), [(2, "concluded", ["refused"] * 2), (1, "in_session", ["failed", "passed"])]
)
def test_a_dossier_of_which_nothing_passed_ends_with_the_session(world, failed, dossier_state, states):
    dossier = appraised_dossier(world, cases=2)
    session = ready_session(world, dossier, state="open")
    Dossier.objects.filter(pk=dossier.pk).update(state="in_session")
    for place, item in enumerate(session.items.order_by("pk")):
        session.items.filter(pk=item.pk).update(outcome="failed" if place < failed else "passed")
        Nomination.objects.filter(pk=item.nomination_id).update(state="failed" if place < failed else "passed")

    SESSION.perform(session, "close", actor=world.person("standing"))

    dossier.refresh_from_db()
    assert dossier.state == dossier_state
    assert sorted(dossier.nominations.values_list("state", flat=True)) == states
