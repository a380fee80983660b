"""Drafts of decisions, what issuing writes, and what nothing changes afterwards."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.domain.workflow import TransitionRefused
from accounts.models import AuditEntry, Notice
from awards.domain.conflicts import Conflict, base_of
from awards.enums import NominationState
from awards.models import AwardRecord, CouncilRule, Dossier, Nomination, Posting, RewardCoefficient
from blocs.models import Council
from council.domain.decisions import lines as lines_verbs
from council.domain.decisions.checking import obstacles
from council.domain.decisions.citing import grounds_on
from council.domain.decisions.drafting import (
    draft_empty,
    draft_from_nominations,
    draft_from_session,
    waiting_of_standing,
)
from council.domain.decisions.drafts import FIELDS, edit_draft, remove_draft
from council.domain.decisions.issuing import issue
from council.domain.decisions.lines import add_lines, edit_line, headings_of, move_line, regroup, remove_lines
from council.domain.decisions.opinions import answer_party, ask_party
from council.domain.decisions.settling import refuse_waiting
from council.models import Decision, DecisionLine, NumberBook
from tests.awards_world import SubjectFactory, award, nominate, record
from tests.council_decisions_world import DAY, DRAFT, chair, closed_session, drafted, empty_draft, issued
from tests.council_world import appraised_dossier, remit
from tests.world import World

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


def names(decision: Decision) -> list[str]:
    return list(decision.lines.values_list("name", flat=True))


def test_a_draft_of_a_session_holds_what_passed_and_nothing_else(world: World) -> None:
    session = closed_session(world, passed=2, failed=1)

    (made,) = draft_from_session(session, issuer=chair(world), actor=world.person("standing"))

    assert names(made) == ["Lê Thị A", "Lê Thị B"]
    assert (made.state, made.session_id, made.symbol, made.year) == ("draft", session.pk, "QĐ-UBND", 2026)
    assert made.title == "Về việc tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2026"
    with pytest.raises(TransitionRefused, match="Không còn trường hợp nào chờ lập quyết định"):
        draft_from_session(session, issuer=chair(world), actor=world.person("standing"))


def test_each_award_and_loai_hinh_has_its_decision(world: World) -> None:
    session = closed_session(world, passed=3, failed=0)
    first = session.items.first()
    Nomination.objects.filter(pk=first.nomination_id).update(award=award("cstd-tinh"))

    made = draft_from_session(session, issuer=chair(world), actor=None)

    assert [(each.lines.first().award.code, each.lines.count()) for each in made] == [("cstd-tinh", 1), ("bk-tinh", 2)]


def test_a_draft_may_be_split_by_kind_of_subject(world: World) -> None:
    session = closed_session(world, passed=2, failed=0)
    last = session.items.last().nomination
    type(last.subject).objects.filter(pk=last.subject_id).update(kind="collective")

    made = draft_from_session(session, issuer=chair(world), actor=None, split=True)

    assert [names(each) for each in made] == [["Lê Thị B"], ["Lê Thị A"]]


def test_a_running_session_and_a_foreign_issuer_are_refused(world: World) -> None:
    session = closed_session(world)
    foreign = chair(world, name="Chủ tịch tỉnh khác")
    foreign.council = Council.objects.create(province="Tỉnh Khác", name="Hội đồng khác")
    foreign.save()

    with pytest.raises(TransitionRefused, match="Hội đồng khác"):
        draft_from_session(session, issuer=foreign, actor=None)
    type(session).objects.filter(pk=session.pk).update(state="open")
    with pytest.raises(TransitionRefused, match="Phiên họp chưa kết thúc"):
        draft_from_session(session, issuer=chair(world), actor=None)
    assert not Decision.objects.exists()


def test_the_standing_body_drafts_what_the_remit_leaves_to_it(world: World) -> None:
    dossier = appraised_dossier(world, cases=2, code="bk-tinh", year=2026)
    other = appraised_dossier(world, cases=1, code="cstd-tinh", year=2026)
    remit(world, "bk-tinh", body="standing")
    remit(world, "cstd-tinh", body="council")

    assert set(waiting_of_standing([world.council.pk])) == set(dossier.nominations.all())
    with pytest.raises(TransitionRefused, match="phân cấp không giao cơ quan thường trực"):
        draft_from_nominations(other.nominations.all(), issuer=chair(world), actor=None)
    (made,) = draft_from_nominations(dossier.nominations.all(), issuer=chair(world), actor=None)
    assert (made.lines.count(), made.session) == (2, None)
    assert not waiting_of_standing([world.council.pk]).exists()


@pytest.mark.parametrize(
    ("on", "laws", "decree"),
    [
        (date(2025, 6, 30), ["15 tháng 6 năm 2022"], "98/2023"),
        (date(2026, 9, 30), ["15 tháng 6 năm 2022"], "152/2025"),
        (date(2026, 10, 1), ["15 tháng 6 năm 2022", "23 tháng 4 năm 2026"], "152/2025"),
    ],
)
def test_the_grounds_follow_the_day(world: World, on: date, laws: list[str], decree: str) -> None:
    lines = grounds_on(chair(world), on)

    cited = [line for line in lines if "Thi đua, khen thưởng ngày" in line]
    assert len(cited) == len(laws)
    assert all(law in line for law, line in zip(laws, cited, strict=True))
    assert decree in lines[-1]


def test_an_empty_draft_takes_subjects_of_the_register_once(world: World) -> None:
    made = empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An")
    held = made.lines.first().subject
    team = SubjectFactory(agency=world.syt, council=world.council, kind="collective", name="Khoa Ngoại")

    fresh, known = add_lines(made, subjects=[held, team], award=award("bk-tinh"), actor=None)

    assert ([line.name for line in fresh], known) == (["Khoa Ngoại"], [held])
    assert names(made) == ["Khoa Ngoại", "Trần Văn Bảy", "Đỗ Thị An"]
    found = list(made.lines.select_related("subject"))
    assert [headings_of(found).get(line.pk) for line in found] == ["Tập thể", "Cá nhân", None]
    with pytest.raises(TransitionRefused, match="không tặng cho đối tượng này: Khoa Ngoại"):
        add_lines(made, subjects=[team], award=award("cstd-co-so"), actor=None)


def test_cases_are_moved_inside_their_kind_sorted_and_taken_out(world: World) -> None:
    made = empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An", "Lê Văn Cường")
    last = made.lines.last()

    move_line(last, place=1, actor=None)
    assert names(made) == ["Lê Văn Cường", "Trần Văn Bảy", "Đỗ Thị An"]
    regroup(made, order="ten", actor=None)
    assert names(made) == ["Đỗ Thị An", "Trần Văn Bảy", "Lê Văn Cường"]
    assert remove_lines(made, lines=[last], reason="Rút", actor=None) == 1
    assert list(made.lines.values_list("position", "name")) == [(1, "Đỗ Thị An"), (2, "Trần Văn Bảy")]


def test_two_clerks_on_one_line_lose_nothing(world: World) -> None:
    made = empty_draft(world, "Trần Văn Bảy")
    line = made.lines.get()
    opened = base_of(line, lines_verbs.FIELDS)

    edit_line(line, fields={"post": "Bác sĩ"}, base=opened, actor=world.person("standing"))
    edit_line(line, fields={"unit": "Khoa Nội"}, base=opened, actor=None)
    with pytest.raises(Conflict, match="Hệ thống đã sửa"):
        edit_line(line, fields={"post": "Điều dưỡng"}, base=opened, actor=None)

    line.refresh_from_db()
    assert (line.post, line.unit) == ("Bác sĩ", "Khoa Nội")


def test_words_of_a_draft_are_edited_and_a_draft_is_thrown_away(world: World) -> None:
    made = drafted(world)
    opened = base_of(made, FIELDS)

    edit_draft(made, fields={"title": "Trích yếu mới"}, base=opened, actor=None)
    with pytest.raises(Conflict):
        edit_draft(made, fields={"title": "Khác"}, base=opened, actor=None)
    remove_draft(made, reason="Lập nhầm", actor=world.person("standing"))

    assert not Decision.objects.exists()
    assert set(Nomination.objects.values_list("state", flat=True)) == {"passed", "failed"}
    assert AuditEntry.objects.filter(action="Xóa dự thảo quyết định", reason="Lập nhầm").count() == 1


def test_issuing_writes_number_records_codes_and_settles_the_dossier(world: World) -> None:
    made = drafted(world, passed=2, failed=1)

    issue(made, actor=world.person("standing"), issued_on=DAY)

    assert (made.state, made.full_number, made.issued_year) == ("issued", "01/QĐ-UBND", 2026)
    assert len(made.code) >= 20
    lines = list(made.lines.all())
    assert len({line.code for line in lines} | {made.code}) == 3
    records = list(AwardRecord.objects.order_by("pk"))
    assert [
        (r.subject_id, r.award.code, r.year, r.decision_number, r.decided_on, r.issuer, r.source, r.nomination_id)
        for r in records
    ] == [
        (
            *(line.subject_id, "bk-tinh", 2026, "01/QĐ-UBND", DAY, "Chủ tịch Ủy ban nhân dân tỉnh Mẫu", "decision"),
            line.nomination_id,
        )
        for line in lines
    ]
    assert [line.record_id for line in lines] == [r.pk for r in records]
    assert list(Nomination.objects.order_by("position").values_list("state", flat=True)) == [
        "awarded",
        "awarded",
        "refused",
    ]
    assert Dossier.objects.get().state == "concluded"
    assert Notice.objects.filter(user=world.person("officer"), text__contains="01/QĐ-UBND").count() == 1
    assert not Notice.objects.filter(user=world.person("stranger")).exists()


def test_a_dossier_with_a_case_that_still_waits_is_not_concluded(world: World) -> None:
    made = drafted(world, passed=2, failed=0)
    remove_lines(made, lines=[made.lines.last()], reason="", actor=None)

    issue(made, actor=None, issued_on=DAY)
    assert Dossier.objects.get().state == "in_session"

    left = Nomination.objects.filter(state=NominationState.PASSED)
    assert refuse_waiting(left, reason="Thủ tướng Chính phủ không tặng", actor=None) == 1
    assert Dossier.objects.get().state == "concluded"


def test_rewards_are_fixed_by_the_day_of_issue_and_unknown_ones_stay_open(world: World) -> None:
    made = empty_draft(world, "Trần Văn Bảy")
    issue(made, actor=None, issued_on=DAY)
    assert made.lines.get().amount == 3_800_000  # 1,5 × 2.530.000 = 3.795.000, rounded up

    RewardCoefficient.objects.filter(award__code="bk-tinh").delete()
    other = empty_draft(world, "Đỗ Thị An")
    issue(other, actor=None, issued_on=DAY)
    line = other.lines.get()
    assert (line.amount, "Chưa có hệ số" in line.formula) == (None, True)


def test_of_two_titles_of_a_year_the_higher_is_paid(world: World) -> None:
    made = empty_draft(world, "Trần Văn Bảy", code="cstd-co-so")
    person = made.lines.get().subject
    record(person, "cstd-tinh", 2026, date(2026, 10, 1))
    record(person, "bk-tinh", 2025)

    issue(made, actor=None, issued_on=DAY)

    line = made.lines.get()
    assert (line.amount, "chỉ chi danh hiệu cao nhất" in line.formula) == (0, True)


def test_a_record_entered_by_hand_from_the_same_paper_is_taken_over(world: World) -> None:
    made = empty_draft(world, "Trần Văn Bảy")
    held = record(made.lines.get().subject, "bk-tinh", 2026, DAY, decision_number="214/QĐ-UBND")

    issue(made, actor=None, issued_on=DAY, number=214)

    assert [(r.pk, r.source) for r in AwardRecord.objects.all()] == [(held.pk, "decision")]
    assert made.lines.get().record == held


def test_numbers_follow_each_other_and_a_typed_one_moves_the_book_on(world: World) -> None:
    found = [issued(world, empty_draft(world, f"Người {n}")).number for n in range(2)]
    found.append(issued(world, empty_draft(world, "Người 2"), number=40).number)
    found.append(issued(world, empty_draft(world, "Người 3")).number)
    found.append(issued(world, empty_draft(world, "Người 4"), number=7).number)
    found.append(issued(world, empty_draft(world, "Người 5")).number)

    assert found == [1, 2, 40, 41, 7, 42]
    last = empty_draft(world, "Người 6")
    with pytest.raises(TransitionRefused, match="Số 40/QĐ-UBND năm 2026 đã dùng"):
        issued(world, last, number=40)
    last.refresh_from_db()
    assert (last.state, last.number) == ("draft", None)
    assert issued(world, last, on=date(2025, 12, 30)).number == 1
    assert sorted(NumberBook.objects.values_list("year", "last")) == [(2025, 1), (2026, 42)]


def test_what_is_refused_leaves_nothing(world: World) -> None:
    made = drafted(world)

    with pytest.raises(TransitionRefused, match="tương lai"):
        issue(made, actor=None, issued_on=date(2026, 11, 23))
    with pytest.raises(PermissionDenied):
        issue(made, actor=world.person("officer"), issued_on=DAY)
    assert not AwardRecord.objects.exists()
    assert Decision.objects.get().number is None
    issue(made, actor=None, issued_on=DAY)
    with pytest.raises(TransitionRefused, match="đã ban hành, số 01/QĐ-UBND"):
        issue(made, actor=None, issued_on=DAY)
    assert AwardRecord.objects.count() == 2


def test_what_keeps_a_draft_from_being_issued_is_said(world: World) -> None:
    made = draft_empty(issuer=chair(world, name="Chưa có người ký", signer_name=""), actor=None, **DRAFT)
    told = obstacles(made)
    assert [sentence[:24] for sentence in told] == ["Danh sách chưa có trường", "Chưa ghi người ký. Hãy b"]

    other = drafted(world)
    Nomination.objects.filter(name="Lê Thị A").update(state="needs_decision")
    assert obstacles(other) == [
        "Không còn ở kết quả được khen thưởng: Lê Thị A. Hãy bỏ các trường hợp này khỏi dự thảo."
    ]
    first = other.lines.first()
    DecisionLine.objects.create(decision=other, subject=first.subject, award=first.award, name="Lê Thị A")
    assert "Có hai dòng cùng đối tượng" in obstacles(other)[1]


def test_the_party_committee_is_heard_where_the_remit_says_so(world: World) -> None:
    remit(world, "bk-tinh", party_opinion=True)
    made = drafted(world)
    assert "Chưa xin ý kiến cấp ủy" in obstacles(made)[0]
    question: dict[str, Any] = {"body": "Ban Thường vụ Tỉnh ủy", "asked_on": date(2026, 11, 10), "question": "12/TTr"}

    ask_party(made, actor=None, **question)
    with pytest.raises(TransitionRefused, match="chưa có trả lời"):
        ask_party(made, actor=None, **question)
    with pytest.raises(TransitionRefused, match="Ban Thường vụ Tỉnh ủy chưa trả lời"):
        issue(made, actor=None, issued_on=DAY)
    answer: dict[str, Any] = {"answered_on": date(2026, 11, 12), "document": "34-TB/TU", "note": ""}
    answer_party(made, agreed=False, actor=None, **answer)
    assert "không nhất trí (34-TB/TU ngày 12/11/2026)" in obstacles(made)[0]
    ask_party(made, actor=None, **question)
    answer_party(made, agreed=True, actor=None, **answer)

    issue(made, actor=None, issued_on=DAY)
    with pytest.raises(TransitionRefused, match="đã ban hành"):
        ask_party(made, actor=None, **question)


def test_a_public_list_runs_to_its_end_first(world: World) -> None:
    basis = {"valid_from": date(2026, 1, 1), "legal_basis": "Quyết định 12/2026/QĐ-UBND"}
    CouncilRule.objects.create(council=world.council, key="posting-provincial", value=True, **basis)
    made = drafted(world, passed=1, failed=0)
    assert "Chưa công khai đủ thời gian đối với 1 trường hợp (Lê Thị A)" in obstacles(made)[0]

    posting = Posting.objects.create(
        council=world.council,
        code="ma-1",
        title="Danh sách",
        from_on=date(2026, 11, 1),
        until_on=date(2026, 11, 20),
        published_at="2026-11-01T00:00Z",
    )
    posting.nominations.set(Nomination.objects.all())
    assert obstacles(made) == []


def refused_by_the_database(act: Any) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def test_the_database_refuses_to_change_what_was_issued(world: World) -> None:
    made, draft = issued(world), empty_draft(world, "Trần Văn Bảy")
    rows, lines = Decision.objects.filter(pk=made.pk), DecisionLine.objects.filter(decision=made)

    assert refused_by_the_database(lambda: rows.update(title="Khác"))
    assert refused_by_the_database(lambda: rows.update(number=9))
    assert refused_by_the_database(lambda: rows.update(state="draft"))
    assert refused_by_the_database(rows.delete)
    assert refused_by_the_database(lambda: lines.update(name="Khác"))
    assert refused_by_the_database(lambda: lines.update(amount=1))
    assert refused_by_the_database(lines.delete)
    assert lines.update(revoked_on=DAY, paid_on=DAY, paid_note="PC 1", book_number=3, book_year=2026) == 2
    assert Decision.objects.filter(pk=draft.pk).update(title="Khác") == 1
    draft.delete()
    assert list(Decision.objects.all()) == [made]


@pytest.mark.parametrize("count", [2, 6])
def test_issuing_asks_as_often_for_six_names_as_for_two(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    made = drafted(world, passed=count, failed=1)
    actor = world.person("standing")
    actor.has_perm("council.issue_decision", made)

    with django_assert_num_queries(89):
        issue(made, actor=actor, issued_on=DAY)


def test_names_are_known_once_issued_and_not_before(world: World) -> None:
    draft, made = empty_draft(world, "Trần Văn Bảy"), issued(world)
    readers = {name: set(Decision.objects.visible_to(world.person(name))) for name in ("officer", "council_member")}

    assert readers == {"officer": {made}, "council_member": {made}}
    assert set(Decision.objects.visible_to(world.person("standing"))) == {draft, made}
    assert set(DecisionLine.objects.visible_to(world.person("stranger"))) == set(made.lines.all())
    nominate(Dossier.objects.get(), SubjectFactory(agency=world.syt), "bk-tinh")
