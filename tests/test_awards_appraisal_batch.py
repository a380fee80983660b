"""One result for many nominations: the preview and the act agree, and what changed meanwhile is left."""

import pytest
from django.urls import reverse

from awards.domain.appraising import Ruling, judge_nomination
from awards.domain.batching import STALE, perform_rulings, preview_rulings
from awards.models import Nomination
from tests.appraisal_world import asked, case_of, sent_dossier

GOOD = Ruling("find_eligible")
BAD = Ruling("find_ineligible", reason="Thiếu thời gian.", article="Điều 23")


def mixed(world):
    """Fine; refused by the rules; waiting for a supplement; judged already."""
    dossier = sent_dossier(world, cases=0)
    fine, refused, waiting, judged = (case_of(dossier, f"Người {letter}") for letter in "ABCD")
    Nomination.objects.filter(pk=refused.pk).update(verdict="ineligible")
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


@pytest.mark.parametrize("cases", [1, 3])
def test_a_preview_takes_constant_queries(world, django_assert_num_queries, cases):
    dossier = sent_dossier(world, cases=cases)

    with django_assert_num_queries(3):
        preview_rulings(dossier, rows_of(dossier), GOOD)
