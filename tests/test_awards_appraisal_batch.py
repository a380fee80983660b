"""One result for many nominations: the preview and the act agree, and what changed meanwhile is left."""

from dataclasses import replace

import pytest
from django.db import connection
from django.urls import reverse

from accounts.domain.audit import entries_of, faults
from accounts.models import Notice
from awards.domain.appraising import Ruling, judge_nomination, return_dossier, seen_of
from awards.domain.batching import (
    ASSIGN,
    NOT_ALLOWED,
    STALE,
    InboxAct,
    perform_inbox,
    perform_rulings,
    preview_inbox,
    preview_rulings,
)
from awards.domain.checking import recheck_dossier
from awards.models import Dossier, Nomination
from blocs.models import Council
from tests.appraisal_world import answered_by_rules, asked, case_of, colleague, sent_dossier
from tests.awards_world import DossierFactory
from tests.factories import AgencyFactory, AppointmentFactory, CouncilFactory

GOOD = Ruling("find_eligible")
# SQLite takes 76 entries of the trail in one statement; PostgreSQL takes all 200.
ON_POSTGRES = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="takes fewer a statement"),
]
CASES = [1, 70, pytest.param(200, marks=ON_POSTGRES)]
BAD = Ruling("find_ineligible", reason="Thiếu thời gian.", article="Điều 23")


def mixed(world):
    """Fine; refused by the rules; waiting for a supplement; judged already."""
    dossier = sent_dossier(world, cases=0)
    fine, refused, waiting, judged = (case_of(dossier, f"Người {letter}") for letter in "ABCD")
    answered_by_rules("ineligible", refused)
    asked(dossier, "field:post", nomination=waiting)
    judge_nomination(judged, GOOD, actor=world.person("standing"))
    return dossier, (fine, refused, waiting, judged)


def rows_of(dossier):
    return dossier.nominations.select_related("award").order_by("position")


@pytest.mark.parametrize("ruling", [GOOD, BAD, Ruling("find_ineligible", reason="Thiếu"), Ruling("khong-co")])
def test_what_the_preview_says_is_what_happens(world, ruling):
    dossier, _ = mixed(world)
    lines = preview_rulings(dossier, rows_of(dossier), ruling)

    outcome = perform_rulings(
        dossier, ruling, seen={line.row.pk: line.seen for line in lines}, actor=world.person("standing")
    )

    assert [row.pk for row in outcome.done] == [line.row.pk for line in lines if not line.obstacle]
    assert [(row.pk, why) for row, why in outcome.left] == [
        (line.row.pk, line.obstacle) for line in lines if line.obstacle
    ]


def test_a_batch_leaves_what_has_to_be_looked_at_singly(world):
    dossier, (fine, refused, waiting, judged) = mixed(world)

    lines = {line.row.pk: line.obstacle for line in preview_rulings(dossier, rows_of(dossier), GOOD)}

    assert lines[fine.pk] == ""
    assert lines[refused.pk].startswith("Hệ thống kiểm tra thấy chưa đủ điều kiện")
    assert lines[waiting.pk].startswith("Đang chờ bổ sung")
    assert lines[judged.pk] == "Đã có kết quả này, không thay đổi."


def test_a_nomination_judged_meanwhile_is_left_as_it_is(world):
    dossier = sent_dossier(world, cases=2)
    first, second = rows_of(dossier)
    seen = {line.row.pk: line.seen for line in preview_rulings(dossier, rows_of(dossier), GOOD)}
    judge_nomination(first, BAD, actor=world.person("standing"))

    outcome = perform_rulings(dossier, GOOD, seen=seen, actor=world.person("standing"))

    assert [row.pk for row in outcome.done] == [second.pk]
    assert [(row.pk, why) for row, why in outcome.left] == [(first.pk, STALE)]
    assert [row.state for row in rows_of(dossier)] == ["ineligible", "eligible"]


def test_a_nomination_of_another_dossier_is_not_touched(world):
    dossier, other = sent_dossier(world), sent_dossier(world)
    strange = other.nominations.get()

    outcome = perform_rulings(dossier, GOOD, seen={strange.pk: "0|pending|"}, actor=world.person("standing"))

    assert (outcome.done, outcome.left) == ([], [])
    assert Nomination.objects.get(pk=strange.pk).state == "pending"


def test_the_pages_preview_perform_and_report(client, world):
    dossier, (fine, refused, _, _) = mixed(world)
    client.force_login(world.person("standing"))
    url = reverse("awards:appraisal-batch", args=[dossier.pk])
    data = {"chon": [fine.pk, refused.pk], "result": "find_eligible"}

    preview = client.post(url, data)
    assert Nomination.objects.get(pk=fine.pk).state == "pending"
    seen = {f"seen-{line.row.pk}": line.seen for line in preview.context["lines"]}
    report = client.post(url, data | seen | {"lam": "1"}).content.decode()

    assert "Đã thực hiện với 1 trường hợp; còn 1 trường hợp không thực hiện được." in report
    assert "Hệ thống kiểm tra thấy chưa đủ điều kiện; hãy thẩm định riêng trường hợp này." in report
    assert Nomination.objects.get(pk=fine.pk).state == "eligible"


def test_all_of_a_filter_can_be_chosen(client, world):
    dossier, (_, refused, _, _) = mixed(world)
    client.force_login(world.person("standing"))
    url = reverse("awards:appraisal-batch", args=[dossier.pk])
    data = {"tat-ca": "1", "result": "find_ineligible", "reason": "Thiếu", "article": "Điều 23"}

    page = client.post(f"{url}?kiem_tra=ineligible", data)

    assert [line.row.pk for line in page.context["lines"]] == [refused.pk]


@pytest.mark.parametrize("data", [{}, {"result": "find_eligible"}, {"chon": ["1"], "result": "khac"}, {"chon": ["x"]}])
def test_a_batch_without_choice_goes_back_with_a_sentence(client, world, data):
    dossier = sent_dossier(world)
    client.force_login(world.person("standing"))

    page = client.post(reverse("awards:appraisal-batch", args=[dossier.pk]), data, follow=True)

    assert "Hãy chọn ít nhất một trường hợp và một kết quả thẩm định." in page.content.decode()


@pytest.mark.parametrize("cases", CASES)
def test_a_preview_takes_constant_queries(world, django_assert_num_queries, cases):
    dossier = sent_dossier(world, cases=cases)
    recheck_dossier(dossier)

    with django_assert_num_queries(8):
        preview_rulings(dossier, rows_of(dossier), GOOD)


@pytest.mark.parametrize("cases", CASES)
def test_a_batch_takes_constant_queries(world, django_assert_num_queries, cases):
    dossier = sent_dossier(world, cases=cases)
    recheck_dossier(dossier)
    seen = {line.row.pk: line.seen for line in preview_rulings(dossier, rows_of(dossier), BAD)}
    actor = world.person("standing")

    with django_assert_num_queries(QUERIES):
        outcome = perform_rulings(dossier, BAD, seen=seen, actor=actor)

    assert (len(outcome.done), outcome.left) == (cases, [])
    assert set(dossier.nominations.values_list("state", "appraisal_reason", "appraised_by")) == {
        ("ineligible", BAD.words, actor.pk)
    }


QUERIES = 21


@pytest.mark.parametrize("cases", CASES)
def test_giving_a_dossier_back_takes_constant_queries(world, django_assert_num_queries, cases):
    dossier = sent_dossier(world, cases=cases)
    recheck_dossier(dossier)
    actor = world.person("standing")
    seen = {row.pk: seen_of(row) for row in rows_of(dossier)}
    perform_rulings(dossier, BAD, seen=seen, actor=actor)

    with django_assert_num_queries(GIVING_BACK):
        return_dossier(dossier, ground="Điều 35", reason="Thiếu", actor=actor)

    assert set(dossier.nominations.values_list("state", "appraisal_reason")) == {("pending", "")}


GIVING_BACK = 50


def test_a_batch_leaves_the_trail_that_single_results_leave(world):
    dossier = sent_dossier(world, cases=3)
    alone, *many = rows_of(dossier)
    judge_nomination(alone, BAD, actor=world.person("standing"))
    seen = {row.pk: seen_of(row) for row in many}

    perform_rulings(dossier, BAD, seen=seen, actor=world.person("standing"))
    perform_rulings(dossier, GOOD, seen={many[0].pk: seen_of(rows_of(dossier)[1])}, actor=world.person("standing"))

    def trail(row):
        names = ("action", "before", "after", "reason", "actor", "object_label", "sequence")
        return [tuple(getattr(entry, name) for name in names) for entry in entries_of(row)]

    told = {"before": {"state": "pending"}, "after": {"state": "ineligible"}}
    actor = world.person("standing")
    for row in rows_of(dossier):
        first = ("Không đủ điều kiện", told["before"], told["after"], BAD.words, actor, str(row), 1)
        assert trail(row)[-1] == first
    assert [len(trail(row)) for row in rows_of(dossier)] == [1, 2, 1]
    assert list(faults()) == []


def test_a_batch_notes_another_branch_as_a_single_result_does(world):
    dossier = sent_dossier(world, cases=2)
    seen = {row.pk: seen_of(row) for row in rows_of(dossier)}

    perform_rulings(dossier, replace(BAD, branch="23.1"), seen=seen, actor=world.person("standing"))

    for row in rows_of(dossier):
        assert row.branch == "23.1"
        assert [entry.action for entry in entries_of(row)] == ["Không đủ điều kiện", "Đổi căn cứ xét"]


def test_who_is_not_the_specialist_has_every_row_left(world):
    dossier = sent_dossier(world, cases=2)
    seen = {row.pk: seen_of(row) for row in rows_of(dossier)}

    outcome = perform_rulings(dossier, GOOD, seen=seen, actor=colleague(world))

    assert outcome.done == []
    assert [why for _, why in outcome.left] == [NOT_ALLOWED] * 2
    assert set(dossier.nominations.values_list("state", flat=True)) == {"pending"}


def test_a_case_before_the_council_is_left_and_the_rest_goes(world):
    dossier = sent_dossier(world, cases=2)
    passed, other = rows_of(dossier)
    Nomination.objects.filter(pk=passed.pk).update(state="passed")
    seen = {row.pk: seen_of(row) for row in rows_of(dossier)}

    outcome = perform_rulings(dossier, GOOD, seen=seen, actor=world.person("standing"))

    ((left, why),) = outcome.left
    assert (outcome.done, left) == ([other], passed)
    assert why.startswith("Không thể «Đủ điều kiện» khi đang ở trạng thái «Hội đồng thông qua».")


@pytest.mark.parametrize("number", [1, 20])
def test_assigning_many_takes_constant_queries_and_one_notice(world, django_assert_num_queries, number):
    former, person = colleague(world, "former"), colleague(world)
    rows = [sent_dossier(world, cases=0, assigned_to=former) for _ in range(number)]
    act = InboxAct(ASSIGN, person, "Nghỉ phép")
    seen = {line.row.pk: line.seen for line in preview_inbox(rows, act)}
    actor = world.person("standing")

    with django_assert_num_queries(ASSIGNING):
        outcome = perform_inbox(rows, act, seen=seen, actor=actor)

    assert (len(outcome.done), outcome.left) == (number, [])
    assert set(Dossier.objects.values_list("assigned_to", flat=True)) == {person.pk}
    told = {notice.user: notice.text for notice in Notice.objects.select_related("user")}
    assert Notice.objects.count() == len(told) == 2
    assert all(("20 hồ sơ: " in text) is (number == 20) for text in told.values())
    assert {entry.action for row in rows for entry in entries_of(row)} == {"Chuyển người thẩm định"}


ASSIGNING = 14


def test_a_dossier_of_another_council_is_left_when_many_are_assigned(world):
    elsewhere = CouncilFactory(province="Tỉnh Khác", name="Hội đồng tỉnh Khác")
    far = DossierFactory(agency=AgencyFactory(council=elsewhere, code="xa"), state="received")
    AppointmentFactory(user=(person := colleague(world)), agency=far.agency, duty="standing")
    Council.objects.filter(pk=elsewhere.pk).update(standing_agency=far.agency)
    act = InboxAct(ASSIGN, person)
    near = sent_dossier(world, to=None)

    seen = {line.row.pk: line.seen for line in preview_inbox([near, far], act)}
    outcome = perform_inbox([near, far], act, seen=seen, actor=world.person("standing"))

    assert (outcome.done, outcome.left) == ([near], [(far, NOT_ALLOWED)])
