"""The engine of lifecycles: one winner, one audit entry, a sentence for everyone refused."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from accounts.domain.audit import entries_of
from accounts.domain.workflow import Lifecycle, TransitionRefused
from accounts.models import Notice
from blocs.domain.workflow import BLOC_YEAR, PLEDGE
from blocs.models import BlocYear, Membership
from reports.domain.workflow import AGENCY_REPORT, BLOC_REVIEW
from scoring.domain.workflow import CRITERIA_SET, SCORE_SHEET
from tests.factories import ConferenceFactory, PledgeFactory, TargetFactory
from tests.world import PERSONAS, World, build_world

LIFECYCLES = {
    "bloc year": BLOC_YEAR,
    "pledge": PLEDGE,
    "criteria": CRITERIA_SET,
    "sheet": SCORE_SHEET,
    "report": AGENCY_REPORT,
    "review": BLOC_REVIEW,
}


@pytest.mark.parametrize("lifecycle", LIFECYCLES.values(), ids=LIFECYCLES.keys())
def test_each_name_stands_once_and_each_label_is_words(lifecycle: Lifecycle) -> None:
    names = [transition.name for transition in lifecycle.transitions]

    assert len(names) == len(set(names))
    assert all(transition.label[0].isupper() for transition in lifecycle.transitions)


def test_a_transition_leaves_one_entry_and_notices(world: World) -> None:
    ConferenceFactory(bloc_year=world.year, kind="annual-review")

    BLOC_YEAR.perform(world.year, "conclude", actor=world.person("secretary"))

    (entry,) = entries_of(world.year)
    assert (entry.action, entry.before, entry.after) == (
        "Kết thúc tổng kết",
        {"state": "running"},
        {"state": "concluded"},
    )
    told = {notice.user.email for notice in Notice.objects.select_related("user")}
    assert told == {f"{name}@example.vn" for name in ("officer", "leader", "head_leader", "deputy_officer")}


def test_a_guard_refuses_with_its_sentence_and_changes_nothing(world: World) -> None:
    with pytest.raises(TransitionRefused, match="hội nghị tổng kết"):
        BLOC_YEAR.perform(world.year, "conclude", actor=world.person("secretary"))

    assert BlocYear.objects.get(pk=world.year.pk).state == "running"
    assert not entries_of(world.year).exists()


def test_a_reason_that_is_due_must_be_given(world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="concluded")

    with pytest.raises(TransitionRefused, match="ghi lý do"):
        BLOC_YEAR.perform(world.year, "reopen", actor=world.person("standing"), reason="  ")


def test_a_wrong_state_is_told_in_words(world: World) -> None:
    with pytest.raises(TransitionRefused, match="«Đang thực hiện»"):
        BLOC_YEAR.perform(world.year, "hand_over", actor=world.person("secretary"))


ALLOWED = {
    ("planning", "start"): {"secretary", "head_leader", "standing"},
    ("running", "open_scoring"): {"secretary", "head_leader", "standing"},
    ("running", "conclude"): {"secretary", "head_leader", "standing"},
    ("scoring", "conclude"): {"secretary", "head_leader", "standing"},
    ("scoring", "reopen"): {"standing"},
    ("concluded", "hand_over"): {"secretary", "head_leader", "standing"},
    ("concluded", "reopen"): {"standing"},
    ("handed_over", "reopen"): {"standing"},
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_state_by_action_by_role_of_a_bloc_year(world: World, persona: str) -> None:
    user = world.person(persona)
    offered = set()
    for state in ("planning", "running", "scoring", "concluded", "handed_over"):
        BlocYear.objects.filter(pk=world.year.pk).update(state=state)
        world.year.refresh_from_db()
        offered |= {(state, option.transition.name) for option in BLOC_YEAR.options(world.year, user)}
        for transition in BLOC_YEAR.transitions:
            if persona not in ALLOWED.get((state, transition.name), set()):
                with pytest.raises((PermissionDenied, TransitionRefused)):
                    BLOC_YEAR.perform(world.year, transition.name, actor=user, reason="thử")

    assert offered == {key for key, people in ALLOWED.items() if persona in people}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_actors_one_winner() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("khóa dòng chỉ có trên PostgreSQL")
    world = build_world()
    TargetFactory(pledge=PledgeFactory(bloc_year=world.year), agency=world.syt)
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def act(name: str) -> None:
        year = BlocYear.objects.get(pk=world.year.pk)
        user = world.person(name)
        barrier.wait()
        try:
            PLEDGE.perform(year.pledge, "open", actor=user)
            outcomes.append("won")
        except TransitionRefused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(name,)) for name in ("secretary", "standing")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "won"]
    assert entries_of(world.year.pledge).count() == 1


def test_the_database_refuses_a_second_head(world: World) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(bloc_year=world.year, agency=world.syt).update(role="head")
