"""Appraisal of a dossier: who decides, in which states, what finishing needs, how it goes back."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from awards.domain.appraising import Ruling, judge_nomination, return_dossier, seen_of
from awards.domain.checking import recheck_dossier
from awards.domain.favourable import apply_favourable
from awards.domain.workflow import DOSSIER
from awards.models import CouncilRule, Dossier, Nomination, Posting, PostingComment
from blocs.domain.editing import Stale
from tests.appraisal_world import answered_by_rules, asked, case_of, colleague, question, sent_dossier
from tests.world import PERSONAS

ALLOWED = Ruling("find_eligible", reason="Đã đối chiếu giấy tờ.")
REFUSED = Ruling("find_ineligible", reason="Chưa đủ thời gian.", article="Luật TĐKT 2022, Điều 23")


def address(name: str, *args: int) -> str:
    return reverse(f"awards:{name}", args=args)


def finished(dossier: Dossier, actor) -> str:
    """What stands in the way of finishing, or nothing."""
    try:
        DOSSIER.perform(dossier, "appraise", actor=actor)
    except TransitionRefused as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("state", Dossier.State.values)
def test_a_result_is_written_while_the_dossier_is_received_or_supplied(world, state):
    dossier = sent_dossier(world, state=state)
    case = dossier.nominations.get()

    if state in ("received", "supplement"):
        judge_nomination(case, ALLOWED, actor=world.person("standing"))
        assert case.state == "eligible"
    else:
        with pytest.raises(PermissionDenied):
            judge_nomination(case, ALLOWED, actor=world.person("standing"))
        assert Nomination.objects.get().state == "pending"


@pytest.mark.parametrize("name", PERSONAS)
def test_only_the_assigned_specialist_decides(world, name):
    dossier = sent_dossier(world)
    case = dossier.nominations.get()

    if name == "standing":
        judge_nomination(case, ALLOWED, actor=world.person(name))
        return
    with pytest.raises(PermissionDenied):
        judge_nomination(case, ALLOWED, actor=world.person(name))


def test_another_of_the_standing_body_reads_but_does_not_decide(client, world):
    dossier = sent_dossier(world)
    case = dossier.nominations.get()
    client.force_login(colleague(world))

    assert client.get(address("appraisal", dossier.pk)).status_code == 200
    assert client.get(address("appraise", case.pk)).status_code == 200
    data = {"result": "find_eligible", "reason": "Tự quyết", "seen": seen_of(case)}
    assert client.post(address("appraise", case.pk), data).status_code == 403
    assert client.post(address("appraisal-batch", dossier.pk), data | {"chon": case.pk}).status_code == 403
    for name in ("give-back", "favourable", "supplement-ask", "opinion-ask"):
        assert client.get(address(name, dossier.pk)).status_code == 403, name
    assert client.post(address("appraisal-act", dossier.pk), {"transition": "appraise"}).status_code == 403
    assert Nomination.objects.get().state == "pending"


def test_a_result_keeps_reason_article_author_and_history(client, world):
    dossier = sent_dossier(world)
    case = dossier.nominations.get()
    client.force_login(world.person("standing"))
    data = {"result": "find_ineligible", "reason": "Chưa đủ thời gian.", "seen": seen_of(case)}

    page = client.post(address("appraise", case.pk), data)
    assert "Hãy ghi điều, khoản làm căn cứ kết luận không đủ điều kiện." in page.content.decode()
    assert "Chưa đủ thời gian." in page.content.decode()
    assert Nomination.objects.get().state == "pending"
    client.post(address("appraise", case.pk), data | {"article": "Luật TĐKT 2022, Điều 23"})

    case.refresh_from_db()
    assert (case.state, case.appraisal_reason, case.appraised_by) == (
        "ineligible", "Chưa đủ thời gian. Căn cứ: Luật TĐKT 2022, Điều 23.", world.person("standing"),
    )  # fmt: skip
    entry = entries_of(case).first()
    assert (entry.action, entry.after, entry.reason) == (
        "Không đủ điều kiện", {"state": "ineligible"}, case.appraisal_reason,
    )  # fmt: skip


def test_finding_eligible_against_the_check_needs_a_reason(world):
    case = sent_dossier(world).nominations.get()
    answered_by_rules("ineligible", case)

    with pytest.raises(TransitionRefused, match="Hệ thống kiểm tra thấy chưa đủ điều kiện"):
        judge_nomination(case, Ruling("find_eligible"), actor=world.person("standing"))
    judge_nomination(case, ALLOWED, actor=world.person("standing"))

    assert Nomination.objects.get().state == "eligible"


def test_the_second_of_two_is_told_who_decided_what_and_loses_nothing(client, world):
    case = sent_dossier(world).nominations.get()
    seen = seen_of(case)
    judge_nomination(case, REFUSED, actor=world.person("standing"))
    client.force_login(world.person("standing"))
    data = {"result": "find_eligible", "reason": "Nội dung của tôi", "seen": seen}

    page = client.post(address("appraise", case.pk), data)

    words = page.content.decode()
    assert page.status_code == 409
    assert "Người standing đã thay đổi trường hợp này" in words
    assert "«Không đủ điều kiện» (Chưa đủ thời gian." in words
    assert "Nội dung của tôi" in words
    assert Nomination.objects.get().state == "ineligible"
    data["seen"] = page.context["form"]["seen"].value()
    client.post(address("appraise", case.pk), data)
    assert Nomination.objects.get().state == "eligible"


def test_an_edit_of_the_makers_meanwhile_makes_a_result_stale(world):
    case = sent_dossier(world).nominations.get()
    seen = seen_of(case)
    Nomination.objects.filter(pk=case.pk).update(version=1)

    with pytest.raises(Stale):
        judge_nomination(case, ALLOWED, actor=world.person("standing"), seen=seen)


def test_another_branch_is_noted(world):
    case = sent_dossier(world).nominations.get()

    judge_nomination(case, Ruling("find_eligible", "Theo nhánh khác.", "", "23.1"), actor=world.person("standing"))

    assert Nomination.objects.get().branch == "23.1"
    assert [entry.action for entry in entries_of(case)] == ["Đủ điều kiện", "Đổi căn cứ xét"]


def test_finishing_waits_for_every_result(world):
    dossier = sent_dossier(world, cases=2)
    first, second = dossier.nominations.all()
    standing = world.person("standing")
    judge_nomination(first, ALLOWED, actor=standing)

    assert "Còn 1 trường hợp chưa thẩm định." in finished(dossier, standing)
    judge_nomination(second, REFUSED, actor=standing)
    assert finished(dossier, standing) == ""

    assert (dossier.state, dossier.appraised_at is not None) == ("appraised", True)
    assert Notice.objects.filter(user=world.person("officer")).exists()


@pytest.mark.parametrize("state", ["asked", "answered"])
def test_finishing_waits_for_supplements(world, state):
    dossier = sent_dossier(world)
    judge_nomination(dossier.nominations.get(), ALLOWED, actor=world.person("standing"))
    asked(dossier, state=state)

    assert "Còn 1 yêu cầu bổ sung" in finished(dossier, world.person("standing"))
    dossier.supplements.update(state="accepted")
    assert finished(dossier, world.person("standing")) == ""


def test_finishing_waits_for_opinions(world):
    dossier = sent_dossier(world)
    judge_nomination(dossier.nominations.get(), ALLOWED, actor=world.person("standing"))
    question(dossier, world.sgddt)

    assert "Còn 1 cơ quan chưa trả lời ý kiến." in finished(dossier, world.person("standing"))


@time_machine.travel("2026-04-20 09:00+07:00")
@pytest.mark.parametrize(
    ("outcome", "waits"), [("", True), ("verifying", True), ("noted", False), ("dismissed", False)]
)
def test_a_public_comment_being_verified_is_an_open_question(world, outcome, waits):
    dossier = sent_dossier(world)
    case = dossier.nominations.get()
    judge_nomination(case, ALLOWED, actor=world.person("standing"))
    posting = posted(world, case, until=date(2026, 4, 10))
    PostingComment.objects.create(
        posting=posting, nomination=case, received_on=date(2026, 4, 1), text="Ý kiến", outcome=outcome
    )

    assert ("Còn 1 ý kiến của Nhân dân" in finished(dossier, world.person("standing"))) is waits


def posted(world, case, *, until: date, **rest) -> Posting:
    made = Posting.objects.create(
        council=world.council,
        code=f"ma-{Posting.objects.count()}",
        title="Danh sách",
        from_on=date(2026, 3, 2),
        until_on=until,
        published_at="2026-03-02T08:00:00+07:00",
        **rest,
    )
    made.nominations.set([case])
    return made


@time_machine.travel("2026-04-20 09:00+07:00")
def test_finishing_waits_for_the_posting_that_the_law_wants(world):
    dossier = sent_dossier(world, cases=0)
    case = case_of(dossier, code="cstd-toan-quoc")
    standing = world.person("standing")
    judge_nomination(case, ALLOWED, actor=standing)

    assert "Nghị định 152/2025/NĐ-CP, Điều 44 khoản 2" in finished(dossier, standing)
    withdrawn = posted(world, case, until=date(2026, 4, 10), withdrawn_at="2026-03-03T08:00:00+07:00")
    assert "Chưa công khai đủ thời gian" in finished(dossier, standing)
    running = posted(world, case, until=date(2026, 4, 20))
    assert "Chưa công khai đủ thời gian" in finished(dossier, standing)
    Posting.objects.filter(pk=running.pk).update(until_on=date(2026, 4, 17))

    assert finished(dossier, standing) == ""
    assert withdrawn.withdrawn_at is not None


@pytest.mark.parametrize("case_rest", [{"simplified": True}, {}])
def test_no_posting_is_wanted_by_the_simplified_procedure_or_for_who_is_refused(world, case_rest):
    dossier = sent_dossier(world, cases=0, **case_rest)
    case = case_of(dossier, code="cstd-toan-quoc")
    judge_nomination(case, ALLOWED if case_rest else REFUSED, actor=world.person("standing"))

    assert finished(dossier, world.person("standing")) == ""


def test_reopening_needs_a_reason(client, world):
    dossier = sent_dossier(world, state="appraised")
    client.force_login(world.person("standing"))
    url = address("appraisal-act", dossier.pk)

    client.post(url, {"transition": "reopen"})
    assert Dossier.objects.get().state == "appraised"
    client.post(url, {"transition": "reopen", "reason": "Có tài liệu mới."})

    assert Dossier.objects.get().state == "received"


@pytest.mark.parametrize("name", ["give_back", "recall", "submit", "khong-co"])
def test_steps_of_others_do_not_go_through_the_appraisal_page(client, world, name):
    dossier = sent_dossier(world)
    client.force_login(world.person("standing"))

    client.post(address("appraisal-act", dossier.pk), {"transition": name, "reason": "Thử"})

    assert Dossier.objects.get().state == "received"


def test_a_dossier_goes_back_with_its_legal_ground(client, world):
    dossier = sent_dossier(world)
    case = dossier.nominations.get()
    judge_nomination(case, REFUSED, actor=world.person("standing"))
    asked(dossier, state="answered")
    client.force_login(world.person("standing"))
    url = address("give-back", dossier.pk)

    page = client.post(url, {"ground": "", "reason": "Thiếu biên bản."})
    assert set(page.context["form"].errors) == {"ground"}
    assert Dossier.objects.get().state == "received"
    client.post(url, {"ground": "Luật TĐKT 2022, Điều 84 khoản 1", "reason": "Thiếu biên bản."})

    found = Dossier.objects.get()
    case.refresh_from_db()
    assert (found.state, case.state, case.appraisal_reason) == ("draft", "pending", "")
    assert found.supplements.get().state == "withdrawn"
    reason = "Căn cứ: Luật TĐKT 2022, Điều 84 khoản 1. Lý do: Thiếu biên bản."
    assert reason in [entry.reason for entry in entries_of(dossier)]


def test_an_unassigned_dossier_goes_back_by_anyone_of_the_standing_body(world):
    dossier = sent_dossier(world, state="submitted", to=None)

    with pytest.raises(PermissionDenied):
        return_dossier(dossier, ground="Điều 84", reason="Thiếu", actor=world.person("officer"))
    return_dossier(dossier, ground="Điều 84", reason="Thiếu", actor=world.person("standing"))

    assert dossier.state == "draft"


@time_machine.travel("2026-03-02 09:00+07:00")
@pytest.mark.parametrize(
    ("code", "own", "due"),
    [
        ("cstd-co-so", None, date(2026, 4, 13)),
        ("cstd-co-so", 15, date(2026, 3, 23)),
        ("hc-lao-dong-ba", 15, date(2026, 4, 13)),
        ("hc-doc-lap-ba", 15, date(2026, 4, 28)),
    ],
)
def test_receipt_counts_the_term_in_working_days(world, code, own, due):
    dossier = sent_dossier(world, state="submitted", cases=0)
    case = case_of(dossier, code=code)
    level = "province" if code.startswith("cstd") else "state"
    type(case.award).objects.filter(pk=case.award_id).update(level=level)
    if own:
        CouncilRule.objects.create(council=world.council, key="appraisal-days", value=own, legal_basis="QĐ 86/2025")

    DOSSIER.perform(dossier, "receive", actor=world.person("standing"))

    assert (dossier.received_on, dossier.complete_on, dossier.appraisal_due) == (
        date(2026, 3, 2), date(2026, 3, 2), due,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("received", "goes"),
    [(date(2026, 9, 30), True), (date(2025, 7, 1), True), (date(2026, 10, 1), False), (date(2026, 11, 2), False)],
)
def test_the_new_law_is_chosen_only_for_dossiers_received_before_it(world, received, goes):
    dossier = sent_dossier(world, received_on=received)
    given = {"use_new_law": True, "reason": "Điều kiện mới có lợi hơn.", "actor": world.person("standing")}

    if goes:
        apply_favourable(dossier, **given)
        assert (dossier.favourable_rule_set, dossier.favourable_by) == ("R2026", world.person("standing"))
        assert dossier.nominations.get().rule_set == "R2026"
        apply_favourable(dossier, use_new_law=False, reason="Ghi nhầm.", actor=world.person("standing"))
        assert (dossier.favourable_rule_set, dossier.favourable_reason, dossier.favourable_by) == ("", "", None)
    else:
        with pytest.raises(TransitionRefused, match="Điều 4 khoản 4"):
            apply_favourable(dossier, **given)


def test_the_favourable_law_is_shown_with_its_reason(client, world):
    dossier = sent_dossier(world)
    client.force_login(world.person("standing"))

    client.post(address("favourable", dossier.pk), {"use_new_law": "moi", "reason": "Có lợi cho cá nhân nữ."})

    page = client.get(address("appraisal", dossier.pk)).content.decode()
    assert "Áp dụng quy định có lợi hơn (Luật số 06/2026/QH16, Điều 4 khoản 4): bộ quy định R2026." in page
    assert "Có lợi cho cá nhân nữ." in page


def test_a_page_of_a_nomination_shows_the_past_of_its_subject(client, world):
    from tests.awards_world import grade, initiative, record

    case = sent_dossier(world).nominations.get()
    grade(case.subject, y2019="HTXS")
    record(case.subject, "ld-tien-tien", 2019)
    initiative(case.subject)
    client.force_login(world.person("standing"))

    page = client.get(address("appraise", case.pk)).content.decode()

    for words in ("2019: Hoàn thành xuất sắc nhiệm vụ", "Lao động tiên tiến năm 2019", "Sáng kiến năm 2020"):
        assert words in page


@pytest.mark.parametrize("cases", [1, 3])
def test_the_page_of_a_dossier_takes_constant_queries(client, world, django_assert_num_queries, cases):
    dossier = sent_dossier(world, cases=cases)
    for nomination in dossier.nominations.all():
        asked(dossier, "field:post", nomination=nomination)
    for agency in (world.sgddt, world.stttt, world.sldtbxh)[:cases]:
        question(dossier, agency)
    recheck_dossier(dossier)
    client.force_login(world.person("standing"))

    with django_assert_num_queries(23):
        client.get(address("appraisal", dossier.pk))


@pytest.mark.parametrize("name", ["standing", "colleague"])
def test_a_dossier_never_goes_back_without_a_legal_ground(client, world, name):
    colleague(world)
    dossier = sent_dossier(world)
    client.force_login(world.person(name))

    client.post(address("dossier-act", dossier.pk), {"transition": "give_back", "reason": "Không nêu căn cứ."})

    assert Dossier.objects.get().state == "received"
