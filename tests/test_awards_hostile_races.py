"""Two people at once on dossiers and subjects (PostgreSQL): one act, a sentence for the other, never a broken page."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from awards.domain.dossiers import create_dossier
from awards.domain.nominations import add_nominations, edit_nomination, remove_nomination
from awards.domain.subject_merging import merge
from awards.domain.supplements import withdraw
from awards.domain.workflow import DOSSIER
from awards.models import Dossier, DossierVersion, Nomination, Subject, SubjectMerge, Supplement
from tests.appraisal_world import asked, sent_dossier
from tests.awards_world import DossierFactory, SubjectFactory, award, nominate
from tests.test_awards_appraisal_races import at_once
from tests.world import World, build_world

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="row locks need PostgreSQL"),
]
REFUSED = "TransitionRefused"


@pytest.fixture
def place() -> World:
    return build_world()


def person(place: World, **rest: Any) -> Subject:
    return SubjectFactory(agency=place.syt, council=place.council, **rest)


def test_a_double_click_on_send_makes_one_sending(place: World) -> None:
    dossier = sent_dossier(place, state="signed_off", to=None, simplified=True, year=2026)
    dossier.nominations.all().update(award=award("ky-niem-chuong"))
    officer = place.person("officer")

    def send() -> None:
        DOSSIER.perform(Dossier.objects.get(pk=dossier.pk), "submit", actor=officer)

    found = at_once(send, send, send)

    sent = DossierVersion.objects.filter(dossier=dossier).count()
    assert (sorted(found), sent) in (([REFUSED, REFUSED, "done"], 1), ([REFUSED] * 3, 0))


def test_one_subject_added_twice_at_once_is_nominated_once(place: World) -> None:
    dossier, subject = DossierFactory(agency=place.syt, year=2025), person(place)

    def add() -> None:
        add_nominations(Dossier.objects.get(pk=dossier.pk), subjects=[subject], award=award("cstd-co-so"), actor=None)

    assert at_once(add, add, add) == ["done"] * 3
    assert Nomination.objects.filter(dossier=dossier).count() == 1


def test_dossiers_made_at_once_have_codes_of_their_own(place: World) -> None:
    def make() -> None:
        create_dossier(agency=place.syt, actor=None, year=2025, title="Hồ sơ")

    assert at_once(make, make, make) == ["done"] * 3
    assert Dossier.objects.values("code").distinct().count() == 3


def test_of_two_merges_the_other_way_round_one_holds(place: World) -> None:
    one, other = person(place), person(place)
    officer = place.person("officer")

    def join(kept: Subject, gone: Subject) -> None:
        merge(Subject.objects.get(pk=kept.pk), Subject.objects.get(pk=gone.pk), reason="Trùng", actor=officer)

    found = at_once(lambda: join(one, other), lambda: join(other, one))

    assert sorted(found) == [REFUSED, "done"]
    assert SubjectMerge.objects.count() == 1


def test_a_nomination_taken_out_while_it_is_edited_is_told(place: World) -> None:
    row = nominate(DossierFactory(agency=place.syt, year=2025), person(place))

    def take() -> None:
        remove_nomination(row, actor=None)

    def edit() -> None:
        edit_nomination(row, fields={"post": "Trưởng phòng"}, base=None, actor=None)

    found = at_once(take, take, edit)

    assert set(found) <= {"done", REFUSED}
    assert not Nomination.objects.exists()


def test_one_subject_in_two_dossiers_is_edited_in_both_at_once(place: World) -> None:
    subject = person(place)
    rows = [nominate(DossierFactory(agency=place.syt, year=2025), subject, code) for code in ("cstd-co-so", "bk-tinh")]

    for number in range(12):

        def edit(row: Nomination, number: int = number) -> None:
            edit_nomination(row, fields={"post": f"Chức vụ {number}"}, base=None, actor=None)

        assert at_once(lambda: edit(rows[0]), lambda: edit(rows[1])) == ["done", "done"]


def test_a_request_withdrawn_twice_at_once_is_withdrawn_once(place: World) -> None:
    dossier = sent_dossier(place, state="supplement", received_on=date(2026, 3, 2))
    request = asked(dossier)

    def take_back() -> None:
        rows = [Supplement.objects.select_related("dossier").get(pk=request.pk)]
        withdraw(rows, reason="Không cần", actor=place.person("standing"))

    found = at_once(take_back, take_back)

    assert sorted(found) in ([REFUSED, "done"], ["PermissionDenied", "done"])
    dossier.refresh_from_db()
    assert dossier.state == "received"
