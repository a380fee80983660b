"""Supplements: asked field by field, only those open again, accepted, asked anew or withdrawn."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.domain.todo import todos_for
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from awards.domain.answering import answer_in_words
from awards.domain.nominations import edit_nomination
from awards.domain.opened import opened_targets
from awards.domain.supplement_targets import targets_of
from awards.domain.supplements import Wanted, accept, ask_again, ask_supplements, withdraw
from awards.domain.workflow import DOSSIER
from awards.models import Dossier, Supplement
from tests.appraisal_world import asked, colleague, sent_dossier


@pytest.fixture
def dossier(world) -> Dossier:
    return sent_dossier(world, cases=2)


def ask_for_post(world, dossier, **rest) -> Supplement:
    case = dossier.nominations.first()
    wanted = [Wanted("field:post", "Ghi rõ chức vụ hiện nay.", case)]
    return ask_supplements(dossier, wanted, due=rest.get("due"), actor=world.person("standing"))[0]


def test_only_what_was_asked_opens_again(world, dossier):
    first, second = dossier.nominations.all()
    officer = world.person("officer")
    ask_for_post(world, dossier)

    assert dossier.state == "supplement"
    opened = opened_targets(dossier)
    assert opened.nominations == {first.pk: frozenset({"field:post"})}
    assert opened.dossier == frozenset()
    edit_nomination(first, fields={"post": "Trưởng phòng"}, base={"post": "Chuyên viên"}, actor=officer)
    for case, fields in ((first, {"unit": "Khác"}), (second, {"post": "Khác"})):
        with pytest.raises(TransitionRefused, match="không yêu cầu bổ sung mục này"):
            edit_nomination(case, fields=fields, base={name: getattr(case, name) for name in fields}, actor=officer)

    assert [(row.post, row.unit) for row in dossier.nominations.all()] == [
        ("Trưởng phòng", "Phòng Nghiệp vụ Y"), ("Chuyên viên", "Phòng Nghiệp vụ Y"),
    ]  # fmt: skip
    assert Supplement.objects.get().state == "answered"


def test_answered_supplements_come_back_and_are_accepted(world, dossier):
    row = ask_for_post(world, dossier)
    standing, officer = world.person("standing"), world.person("officer")
    with pytest.raises(TransitionRefused, match="chưa được bổ sung"):
        accept(row, actor=standing)
    answer_in_words(row, "Chức vụ ghi trong hồ sơ là đúng.", actor=officer)
    row.refresh_from_db()
    with pytest.raises(TransitionRefused, match="chưa gửi lại hồ sơ"):
        accept(row, actor=standing)
    DOSSIER.perform(dossier, "answer_supplement", actor=officer)

    row = Supplement.objects.get()
    accept(row, actor=standing)

    assert (dossier.state, row.state, row.answer) == ("received", "accepted", "Chức vụ ghi trong hồ sơ là đúng.")


@time_machine.travel("2026-03-16 09:00+07:00")
def test_the_term_counts_anew_from_the_day_the_dossier_is_complete(world, dossier):
    row = ask_for_post(world, dossier)
    answer_in_words(row, "Đúng như hồ sơ.", actor=world.person("officer"))

    DOSSIER.perform(dossier, "answer_supplement", actor=world.person("officer"))

    assert (dossier.received_on, dossier.complete_on, dossier.appraisal_due) == (
        date(2026, 3, 2), date(2026, 3, 16), date(2026, 4, 28),
    )  # fmt: skip


def test_asking_again_opens_the_same_thing_anew(world, dossier):
    row = ask_for_post(world, dossier)
    standing, officer = world.person("standing"), world.person("officer")
    answer_in_words(row, "Đã ghi.", actor=officer)
    DOSSIER.perform(dossier, "answer_supplement", actor=officer)
    row = Supplement.objects.get()

    with pytest.raises(TransitionRefused, match="Hãy ghi rõ nội dung cần bổ sung lại"):
        ask_again(row, request=" ", due=None, actor=standing)
    ask_again(row, request="Vẫn thiếu ngày bổ nhiệm.", due=None, actor=standing)

    row, dossier = Supplement.objects.get(), Dossier.objects.get()
    assert (row.state, row.request, row.answer, dossier.state) == (
        "asked", "Vẫn thiếu ngày bổ nhiệm.", "", "supplement",
    )  # fmt: skip
    assert opened_targets(dossier).holds("field:post", row.nomination_id)


def test_withdrawing_the_last_request_brings_the_dossier_back(world, dossier):
    first = ask_for_post(world, dossier)
    second = asked(dossier)
    standing = world.person("standing")

    withdraw([first], reason="Đã có trong biên bản.", actor=standing)
    assert Dossier.objects.get().state == "supplement"
    withdraw([second], reason="Không cần nữa.", actor=standing)

    assert Dossier.objects.get().state == "received"
    assert set(Supplement.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not opened_targets(Dossier.objects.get()).nominations


def test_the_makers_are_told_and_find_it_on_their_home_page(world, dossier):
    ask_for_post(world, dossier, due=date(2099, 1, 5))

    assert set(Notice.objects.values_list("user__email", flat=True)) == {"officer@example.vn", "leader@example.vn"}
    todo = next(each for each in todos_for(world.person("officer")) if "Bổ sung hồ sơ" in each.text)
    assert (todo.text, todo.due) == (f"Bổ sung hồ sơ {dossier.code} theo yêu cầu thẩm định", date(2099, 1, 5))
    assert not [each for each in todos_for(world.person("stranger")) if "Bổ sung" in each.text]
    assert not [each for each in todos_for(world.person("standing")) if "Bổ sung" in each.text]


def test_asking_is_recorded_with_what_was_asked(world, dossier):
    ask_for_post(world, dossier)

    entry = entries_of(dossier).get(action="Yêu cầu bổ sung", before={})
    assert entry.after == {"Lê Thị A: Chức vụ": "Ghi rõ chức vụ hiện nay."}


@pytest.mark.parametrize("target", ["field:version", "field:state", "text:khong-co", "paper:exe", "dossier:state", "x"])
def test_what_the_dossier_does_not_have_cannot_be_asked_for(world, dossier, target):
    for nomination in (None, dossier.nominations.first()):
        with pytest.raises(TransitionRefused, match="không có trong hồ sơ này"):
            ask_supplements(dossier, [Wanted(target, "Bổ sung", nomination)], due=None, actor=world.person("standing"))
    assert not Supplement.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "due", "sentence"),
    [
        ([], None, "Hãy chọn ít nhất một nội dung"),
        ([("dossier:title", " ")], None, "Hãy ghi rõ yêu cầu"),
        ([("dossier:title", "Ghi lại")], date(2020, 1, 1), "không được trước hôm nay"),
        ([("dossier:paper_number", "Ghi lại")], None, "đã được yêu cầu bổ sung"),
    ],
)
def test_a_request_that_says_too_little_is_refused(world, dossier, wanted, due, sentence):
    asked(dossier)

    with pytest.raises(TransitionRefused, match=sentence):
        ask_supplements(
            dossier, [Wanted(target, text) for target, text in wanted], due=due, actor=world.person("standing")
        )
    assert Supplement.objects.count() == 1


@pytest.mark.parametrize("state", Dossier.State.values)
def test_asking_in_each_state(world, state):
    dossier = sent_dossier(world, state=state)
    given = {"due": None, "actor": world.person("standing")}

    if state in ("received", "supplement"):
        ask_supplements(dossier, [Wanted("dossier:title", "Ghi lại")], **given)
        assert dossier.state == "supplement"
    else:
        with pytest.raises(PermissionDenied):
            ask_supplements(dossier, [Wanted("dossier:title", "Ghi lại")], **given)
        assert not Supplement.objects.exists()


def test_a_colleague_neither_asks_nor_accepts(world, dossier):
    row = asked(dossier, state="answered")

    with pytest.raises(PermissionDenied):
        ask_supplements(dossier, [Wanted("dossier:title", "Ghi")], due=None, actor=colleague(world))
    with pytest.raises(PermissionDenied):
        accept(row, actor=world.person("officer"))
    assert Supplement.objects.get().state == "answered"


def test_the_page_keeps_what_was_typed(client, world, dossier):
    case = dossier.nominations.first()
    client.force_login(world.person("standing"))
    url = reverse("awards:supplement-ask", args=[dossier.pk]) + f"?truong-hop={case.pk}"
    data = {"chon": ["field:post", "paper:bao-cao"], "yc-field:post": "Ghi chức vụ.", "due": ""}

    page = client.post(url, data)
    assert "Hãy ghi rõ yêu cầu cho từng nội dung cần bổ sung." in page.content.decode()
    assert 'value="Ghi chức vụ."' in page.content.decode()
    assert not Supplement.objects.exists()
    client.post(url, data | {"yc-paper:bao-cao": "Nộp bản có chữ ký."})

    assert sorted(Supplement.objects.values_list("target", "request", "nomination")) == [
        ("field:post", "Ghi chức vụ.", case.pk), ("paper:bao-cao", "Nộp bản có chữ ký.", case.pk),
    ]  # fmt: skip


def test_a_nomination_of_another_dossier_cannot_be_asked_about(client, world, dossier):
    strange = sent_dossier(world).nominations.get()
    client.force_login(world.person("standing"))
    url = reverse("awards:supplement-ask", args=[dossier.pk])

    assert client.get(f"{url}?truong-hop={strange.pk}").status_code == 404
    assert client.get(f"{url}?truong-hop=abc").status_code == 404
    with pytest.raises(TransitionRefused):
        ask_supplements(dossier, [Wanted("field:post", "Ghi", strange)], due=None, actor=world.person("standing"))


def test_sections_of_the_nominations_own_report_can_be_asked_for(dossier):
    targets = dict(targets_of(dossier, dossier.nominations.select_related("award", "subject", "dossier").first()))

    assert targets["text:ii-sang-kien"] == "Báo cáo thành tích: II.5. Sáng kiến, đề tài và hiệu quả áp dụng"
    assert targets["paper:bien-ban"] == "Giấy tờ: Biên bản bình xét, xét khen thưởng"
    assert "dossier:paper_number" not in targets


def test_a_second_round_opens_only_what_it_asks(client, world, dossier):
    first, second = ask_for_post(world, dossier), asked(dossier)
    standing, officer = world.person("standing"), world.person("officer")
    for row in (first, second):
        answer_in_words(row, "Đúng như hồ sơ.", actor=officer)
    DOSSIER.perform(dossier, "answer_supplement", actor=officer)

    ask_again(Supplement.objects.get(pk=second.pk), request="Ghi số.", due=None, actor=standing)

    dossier = Dossier.objects.get()
    opened = opened_targets(dossier)
    assert (opened.dossier, opened.nominations) == (frozenset({"dossier:paper_number"}), {})
    case = dossier.nominations.first()
    with pytest.raises(TransitionRefused, match="không yêu cầu bổ sung mục này"):
        edit_nomination(case, fields={"post": "Khác"}, base={"post": case.post}, actor=officer)
    with pytest.raises(TransitionRefused, match="không còn chờ trả lời"):
        answer_in_words(Supplement.objects.get(pk=first.pk), "Khác", actor=officer)
    client.force_login(officer)
    closed, still = (reverse("awards:supplement-answer", args=[row.pk]) for row in (first, second))
    for page in (dossier.get_absolute_url(), case.get_absolute_url()):
        assert closed not in client.get(page).content.decode()
    assert still in client.get(dossier.get_absolute_url()).content.decode()


def test_what_was_answered_in_this_round_may_be_changed_until_it_is_sent(world, dossier):
    row = ask_for_post(world, dossier)
    officer = world.person("officer")
    answer_in_words(row, "Đúng.", actor=officer)
    ask_supplements(dossier, [Wanted("dossier:title", "Ghi lại")], due=None, actor=world.person("standing"))

    answer_in_words(Supplement.objects.get(pk=row.pk), "Đúng như quyết định.", actor=officer)

    assert opened_targets(dossier).holds("field:post", row.nomination_id)
    assert Supplement.objects.get(pk=row.pk).answer == "Đúng như quyết định."


def test_every_change_of_an_answer_is_recorded(world, dossier):
    row = ask_for_post(world, dossier)
    officer = world.person("officer")
    for words in ("Đúng.", "Đúng.", "Đúng như quyết định."):
        answer_in_words(Supplement.objects.get(pk=row.pk), words, actor=officer)

    told = [
        (each.before, each.after, each.actor)
        for each in entries_of(dossier).filter(action="Trả lời yêu cầu bổ sung").order_by("sequence")
    ]
    label = "Lê Thị A: Chức vụ"
    assert told == [
        ({label: ""}, {label: "Đúng."}, officer),
        ({label: "Đúng."}, {label: "Đúng như quyết định."}, officer),
    ]
    assert Supplement.objects.get().state == "answered"
