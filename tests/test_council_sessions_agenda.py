"""The agenda: what may come on it, what is taken off, who keeps out, and what members read."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict
from awards.models import Attachment, AwardForm, Dossier, Freeze, Nomination
from blocs.models import CouncilMember
from council.domain.sessions.agenda import add_items, edit_item, place_of, remove_item
from council.domain.sessions.attending import record_attendance
from council.domain.sessions.offering import award_offers, ready
from council.domain.sessions.recusals import (
    OF_PROPOSER,
    OF_SUBJECT,
    ONESELF,
    declare,
    recompute,
    recused_seats,
    withdraw,
)
from council.models import AgendaItem
from tests.appraisal_world import case_of
from tests.awards_world import award
from tests.council_world import (
    appraised_dossier,
    council_session,
    full_council,
    practice,
    put_on_agenda,
    remit,
    roll,
    seat_everyone,
)


def names(session) -> list[str]:
    return [item.nomination.name for item in session.items.order_by("position")]


def add_ready(session, actor):
    return add_items(session, ready(session), actor=actor)


def test_what_is_ready_comes_on_the_agenda_and_its_dossier_moves(world):
    dossier = appraised_dossier(world, cases=2)
    session = council_session(world)

    done = add_ready(session, world.person("standing"))

    assert (done.count, done.left) == (2, ())
    assert names(session) == ["Lê Thị A", "Lê Thị B"]
    assert Dossier.objects.get(pk=dossier.pk).state == "in_session"
    assert entries_of(session).first().after == {"số trường hợp": 2, "hồ sơ": [dossier.code]}


def test_the_higher_award_comes_first(world):
    appraised_dossier(world, code="bk-tinh")
    appraised_dossier(world, code="co-chinh-phu")
    session = council_session(world)
    add_ready(session, world.person("standing"))

    codes = [item.nomination.award.code for item in session.items.order_by("position")]

    assert codes == list(AwardForm.objects.filter(code__in=codes).order_by("position").values_list("code", flat=True))


@pytest.mark.parametrize(
    ("state", "count"),
    [("eligible", 1), ("needs_decision", 1), ("ineligible", 0), ("pending", 0), ("passed", 0), ("awarded", 0)],
)
def test_only_appraised_nominations_are_offered(world, state, count):
    dossier = appraised_dossier(world)
    dossier.nominations.update(state=state)

    assert ready(council_session(world)).count() == count


def test_awards_that_the_standing_body_submits_alone_are_not_offered_and_say_why(world):
    appraised_dossier(world, code="bk-tinh")
    appraised_dossier(world, code="co-tinh")
    remit(world, "bk-tinh", "standing")
    session = council_session(world)

    offers = {each.award.code: each for each in award_offers(session)}

    assert [each.award.code for each in ready(session)] == ["co-tinh"]
    assert offers["bk-tinh"].offered is False
    assert "trình thẳng (Quyết định số 86/2025" in offers["bk-tinh"].hint
    assert "Quy chế" in offers["co-tinh"].hint
    done = add_items(session, Nomination.objects.filter(award__code="bk-tinh"), actor=world.person("standing"))
    assert done.count == 0
    assert "trình thẳng" in done.left[0][1]


def test_a_nomination_waits_in_one_session_at_a_time(world):
    dossier = appraised_dossier(world)
    first, second = council_session(world), council_session(world)
    actor = world.person("standing")
    add_items(first, dossier.nominations.all(), actor=actor)

    done = add_items(second, dossier.nominations.all(), actor=actor)

    assert done.count == 0
    assert done.left[0][1] == f"Đã có trong nội dung của {first}."


def test_another_councils_nominations_do_not_come(world):
    from tests.factories import AgencyFactory, CouncilFactory

    elsewhere = CouncilFactory(province="Tỉnh Khác", name="Hội đồng tỉnh Khác")
    foreign = appraised_dossier(world, agency=AgencyFactory(council=elsewhere, code="xa"))
    session = council_session(world)

    done = add_items(session, foreign.nominations.all(), actor=world.person("standing"))

    assert (done.count, ready(session).count()) == (0, 0)


def test_nothing_is_added_once_the_session_is_open(world):
    dossier = appraised_dossier(world)
    session = council_session(world, state="open")

    with pytest.raises(TransitionRefused, match="Đang họp"):
        add_items(session, dossier.nominations.all(), actor=world.person("standing"))


@pytest.mark.parametrize(
    ("state", "left"), [("preparing", [""]), ("called", ["withdrawn", ""]), ("open", ["withdrawn", ""])]
)
def test_a_removed_item_gives_its_dossier_back_when_none_is_left(world, state, left):
    dossier = appraised_dossier(world, cases=2)
    session = council_session(world, dossier, state=state)
    actor = world.person("standing")
    first, second = session.items.order_by("position")

    with pytest.raises(TransitionRefused, match="lý do"):
        remove_item(first, actor=actor, reason=" ")
    remove_item(first, actor=actor, reason="Chờ xác minh")
    assert Dossier.objects.get(pk=dossier.pk).state == "in_session"
    assert [each.outcome for each in session.items.order_by("position")] == left
    remove_item(second, actor=actor, reason="Chờ xác minh")

    assert Dossier.objects.get(pk=dossier.pk).state == "appraised"
    assert entries_of(session).first().reason == "Chờ xác minh"


def test_a_withdrawn_item_may_come_back(world):
    dossier = appraised_dossier(world)
    session = council_session(world, dossier, state="called")
    actor = world.person("standing")
    remove_item(session.items.get(), actor=actor, reason="Nhầm")

    assert add_items(session, dossier.nominations.all(), actor=actor).count == 1
    assert [(each.outcome, each.reason) for each in session.items.all()] == [("", "")]


def test_a_settled_or_voted_item_is_not_removed(world):
    session = council_session(world, appraised_dossier(world, cases=2), state="open")
    first, second = session.items.order_by("position")
    first.outcome = "passed"
    first.save()
    ballot = session.ballots.create(award=award("cstd-tinh"), mode="open", percent=80, legal_basis="x", state="open")
    ballot.rows.create(item=second)

    for item, sentence in ((first, "đã kết luận"), (second, "đã đưa ra biểu quyết")):
        with pytest.raises(TransitionRefused, match=sentence):
            remove_item(item, actor=world.person("standing"), reason="Lý do")


def test_items_are_ordered_within_their_award(world):
    session = council_session(world, appraised_dossier(world, cases=3))
    item = session.items.get(nomination__name="Lê Thị C")

    edit_item(item, note="Đề nghị xét trước", place=1, base=None, actor=world.person("standing"))

    assert names(session) == ["Lê Thị C", "Lê Thị A", "Lê Thị B"]
    assert place_of(item) == 1
    assert entries_of(session).first().after == {"ý kiến": "Đề nghị xét trước", "thứ tự": "1"}


def test_two_notes_on_one_item_are_both_shown(world):
    session = council_session(world, appraised_dossier(world))
    item, actor = session.items.get(), world.person("standing")
    edit_item(item, note="Một", place=None, base={"note": ""}, actor=actor)

    with pytest.raises(Conflict) as caught:
        edit_item(item, note="Hai", place=None, base={"note": ""}, actor=actor)
    assert [(each.saved, each.typed) for each in caught.value.differences] == [("Một", "Hai")]


def test_members_keep_out_of_their_own_agency_and_their_own_case(world):
    members = full_council(world)
    dossier = appraised_dossier(world, cases=3)
    one, two, three = dossier.nominations.select_related("subject").order_by("position")
    CouncilMember.objects.filter(pk=members[1].pk).update(agency=world.syt)
    one.subject.agency = members[2].agency
    one.subject.save()
    two.subject.name, two.subject.agency = members[3].user.full_name, None
    two.subject.save()
    session = council_session(world, dossier, state="called")

    recompute(session)

    rows = {(row.seat.position, row.item.nomination_id): row.reason for row in session.recusals.all()}
    assert rows == {
        (1, one.pk): OF_PROPOSER,
        (1, two.pk): OF_PROPOSER,
        (1, three.pk): OF_SUBJECT,
        (2, one.pk): OF_SUBJECT,
        (3, two.pk): ONESELF,
    }
    items = {item.nomination_id: item.pk for item in session.items.all()}
    assert len(recused_seats(session)[items[one.pk]]) == 2


def test_a_namesake_of_another_agency_is_another_person(world):
    members = full_council(world)
    dossier = appraised_dossier(world)
    subject = dossier.nominations.get().subject
    subject.name, subject.agency = members[3].user.full_name, world.sgddt
    subject.save()
    session = council_session(world, dossier, state="called")

    recompute(session)

    assert recused_seats(session) == {}


def test_recusals_follow_seats_and_items_and_declared_ones_stay(world):
    members = full_council(world)
    dossier = appraised_dossier(world, cases=2)
    session = council_session(world, dossier, state="called")
    seat, other = session.seats.all()[:2]
    first, second = session.items.order_by("position")
    declare(other, [second], reason="Người thân", actor=world.person("standing"))
    seat.agency = world.syt
    seat.save()
    recompute(session)
    assert {key: len(found) for key, found in recused_seats(session).items()} == {first.pk: 1, second.pk: 2}

    seat.agency = members[0].agency
    seat.save()
    recompute(session)

    assert recused_seats(session) == {second.pk: {other.pk}}


@pytest.mark.parametrize(("name", "allowed"), [("council_member", True), ("standing", True), ("observer", False)])
def test_a_member_declares_for_himself_and_the_secretary_for_all(client, world, name, allowed):
    full_council(world)
    session = council_session(world, appraised_dossier(world), state="called")
    seat = session.seats.get(user=world.person("council_member"))
    client.force_login(world.person(name))
    url = f"/hoi-dong/thanh-vien-phien/{seat.pk}/khong-tham-gia/"

    answer = client.post(url, {"items": [session.items.get().pk], "reason": "Có lợi ích liên quan"})

    assert answer.status_code == (302 if allowed else 403)
    assert session.recusals.count() == (1 if allowed else 0)


def test_a_recusal_needs_a_reason_and_may_be_taken_back_before_the_vote(world):
    full_council(world)
    session = council_session(world, appraised_dossier(world), state="open")
    seat, item, actor = session.seats.last(), session.items.get(), world.person("standing")
    with pytest.raises(TransitionRefused, match="lý do"):
        declare(seat, [item], reason="", actor=actor)
    declare(seat, [item], reason="Người thân", actor=actor)
    withdraw(session.recusals.get(), actor=actor)
    assert session.recusals.count() == 0
    ballot = session.ballots.create(award=award("cstd-tinh"), mode="open", percent=80, legal_basis="x", state="open")
    ballot.rows.create(item=item)

    with pytest.raises(TransitionRefused, match="đã đưa ra biểu quyết"):
        declare(seat, [item], reason="Người thân", actor=actor)


def test_an_automatic_recusal_is_not_taken_back(world):
    full_council(world)
    session = council_session(world, appraised_dossier(world), state="called")
    session.seats.filter(position=0).update(agency=world.syt)
    recompute(session)

    with pytest.raises(TransitionRefused, match="sửa cơ quan"):
        withdraw(session.recusals.get(), actor=world.person("standing"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"attendance": "substitute", "substitute_name": "Ông A"}, "văn bản ủy quyền"),
        ({"attendance": "substitute", "authorisation": "Giấy 1"}, "văn bản ủy quyền"),
        ({"attendance": "absent"}, "lý do vắng mặt"),
    ],
)
def test_the_roll_says_what_is_missing(world, given, sentence):
    full_council(world)
    practice(world)
    session = council_session(world, state="called")

    with pytest.raises(TransitionRefused, match=sentence):
        record_attendance(session.seats.first(), actor=world.person("standing"), **given)


def test_nobody_stands_in_for_two_or_while_sitting_himself(world):
    full_council(world)
    session = council_session(world, state="called")
    first, second, third = session.seats.all()[:3]
    actor, other = world.person("standing"), world.person("stranger")
    given = {"attendance": "substitute", "authorisation": "Giấy ủy quyền số 1", "actor": actor}
    row = record_attendance(first, substitute=other, **given)
    assert (row.substitute_name, row.takes_part) == ("Người stranger", True)

    with pytest.raises(TransitionRefused, match="một thành viên khác"):
        record_attendance(second, substitute=other, **given)
    with pytest.raises(TransitionRefused, match="là thành viên dự phiên họp"):
        record_attendance(second, substitute=third.user, **given)


@pytest.mark.parametrize(("absent", "allowed"), [("written", True), ("uncounted", False), (None, False)])
def test_written_opinions_need_a_rule_of_the_council(world, absent, allowed):
    full_council(world)
    if absent:
        practice(world, absent=absent)
    session = council_session(world, state="open")
    verb = lambda: record_attendance(session.seats.first(), attendance="written", actor=world.person("standing"))  # noqa: E731

    if allowed:
        assert verb().attendance == "written"
    else:
        with pytest.raises(TransitionRefused, match="không cho thành viên vắng mặt"):
            verb()


@pytest.mark.parametrize(
    ("received", "outcome", "allowed"),
    [
        (date(2025, 3, 3), "", True),  # NĐ 98/2023, Điều 30 khoản 7 asks absentees in writing
        (date(2026, 3, 2), "", False),  # NĐ 152/2025 leaves it to the province
        (date(2025, 3, 3), "withdrawn", False),
    ],
)
def test_the_older_decree_allows_written_opinions_by_itself(world, received, outcome, allowed):
    full_council(world)
    practice(world, absent="uncounted")
    session = council_session(world, appraised_dossier(world, 2, received_on=received), state="open")
    session.items.update(outcome=outcome)
    verb = lambda: record_attendance(session.seats.first(), attendance="written", actor=world.person("standing"))  # noqa: E731

    if allowed:
        assert verb().attendance == "written"
    else:
        with pytest.raises(TransitionRefused, match="không cho thành viên vắng mặt"):
            verb()


def test_a_session_of_written_opinions_has_no_roll(world):
    full_council(world)
    session = council_session(world, kind="written", state="called")

    with pytest.raises(TransitionRefused, match="không điểm danh"):
        record_attendance(session.seats.first(), attendance="present", actor=world.person("standing"))


def test_what_was_written_of_another_way_of_attending_goes(world):
    full_council(world)
    session = council_session(world, state="called")
    seat, actor = session.seats.first(), world.person("standing")
    record_attendance(seat, attendance="substitute", substitute_name="Ông A", authorisation="Giấy 1", actor=actor)

    row = record_attendance(seat, attendance="absent", absence_reason="Ốm", actor=actor)

    assert (row.substitute_name, row.authorisation, row.absence_reason) == ("", "", "Ốm")


def test_the_roll_is_one_touch_and_tells_the_quorum_at_once(client, world):
    full_council(world)
    practice(world)
    session = council_session(world, state="called")
    roll(session, 8, others="")
    client.force_login(world.person("standing"))
    seat = session.seats.filter(attendance="").first()

    page = client.post(f"/hoi-dong/thanh-vien-phien/{seat.pk}/co-mat/", headers={"HX-Request": "true"}, follow=True)

    assert "Có mặt 9/13 thành viên; họp được khi có ít nhất 9: đủ điều kiện họp" in page.content.decode()
    client.post(f"/hoi-dong/phien/{session.pk}/diem-danh/con-lai/")
    assert session.seats.filter(attendance="present").count() == 13


def paper(dossier, nomination=None) -> Attachment:
    made = Attachment(dossier=dossier, nomination=nomination, kind="bao-cao", title="Báo cáo", file_name="a.pdf")
    made.content_type = "application/pdf"
    made.file.save("a", ContentFile(b"%PDF-1.7"), save=True)
    return made


def test_members_read_an_items_papers_and_no_others(client, world):
    full_council(world)
    dossier = appraised_dossier(world, cases=2)
    one, two = dossier.nominations.order_by("position")
    session = council_session(world, state="called")
    (item,) = put_on_agenda(session, one)
    own, common, others = paper(dossier, one), paper(dossier), paper(dossier, two)
    client.force_login(world.person("council_member"))
    url = "/hoi-dong/noi-dung/{}/giay-to/{}/"

    found = [client.get(url.format(item.pk, each.pk)).status_code for each in (own, common, others)]

    assert found == [200, 200, 404]
    client.force_login(world.person("stranger"))
    assert client.get(url.format(item.pk, own.pk)).status_code == 404
    assert client.get(f"/giay-to/{own.pk}/").status_code == 404


def test_members_do_not_read_why_a_subject_waits(client, world):
    full_council(world)
    dossier = appraised_dossier(world)
    nomination = dossier.nominations.get()
    Freeze.objects.create(subject=nomination.subject, since="2026-01-05", reason="Đơn tố cáo nặc danh", kind="petition")
    nomination.subject.id_tail = "789"
    nomination.subject.save()
    nomination.checks = {
        "checks": [{"rule": "A4-4", "passed": False, "text": "Có đơn từ 05/01/2026", "citation": "", "branch": ""}]
    }
    nomination.save()
    session = council_session(world, dossier, state="called")
    client.force_login(world.person("council_member"))

    page = client.get(session.items.get().get_absolute_url()).content.decode()

    assert "Có việc cần cơ quan thường trực xem xét" in page
    for secret in ("tố cáo", "05/01/2026", "789"):
        assert secret not in page


@pytest.mark.parametrize("cases", [1, 3])
def test_pages_ask_the_same_number_of_queries_for_any_agenda(client, world, django_assert_num_queries, cases):
    full_council(world)
    practice(world)
    session = council_session(world, appraised_dossier(world, cases=cases), state="called")
    session.seats.filter(position=0).update(agency=world.syt)
    recompute(session)
    client.force_login(world.person("standing"))
    for path, count in {"": 18, "noi-dung/": 11, "diem-danh/": 11, "khong-tham-gia/": 8}.items():
        with django_assert_num_queries(count):
            client.get(f"/hoi-dong/phien/{session.pk}/{path}")


@pytest.mark.parametrize("cases", [1, 30])
def test_adding_asks_the_same_number_of_queries_for_any_nominations(world, django_assert_num_queries, cases):
    full_council(world)
    dossier = appraised_dossier(world)
    for number in range(cases - 1):
        case_of(dossier, f"Trần Văn {number}", "cstd-tinh", state="eligible")
    session = council_session(world)
    seat_everyone(session)
    actor = world.person("standing")
    actor.has_perm("council.run_session", session)

    with django_assert_num_queries(42):
        add_items(session, ready(session), actor=actor)

    assert AgendaItem.objects.count() == cases


def test_lists_are_searched_filtered_and_exported(client, world):
    appraised_dossier(world, cases=2)
    session = council_session(world, title="Xét khen thưởng đột xuất")
    council_session(world, title="Họp thường kỳ", year=2025, number=3, state="closed")
    add_ready(session, world.person("standing"))
    client.force_login(world.person("standing"))
    agenda = f"/hoi-dong/phien/{session.pk}/noi-dung/"

    def listed(url, **query):
        return [str(row.pk) for row in client.get(url, query).context["listing"].page]

    assert len(listed("/hoi-dong/")) == 2
    assert listed("/hoi-dong/", q="dot xuat") == listed("/hoi-dong/", nam="2026") == [str(session.pk)]
    assert len(listed("/hoi-dong/", trang_thai="closed")) == 1
    assert len(listed(agenda, q="thi b")) == 1
    assert len(listed(agenda, hinh_thuc="cstd-tinh", ket_luan="cho")) == 2
    assert listed(agenda, ket_luan="passed") == []
    for url in ("/hoi-dong/", agenda):
        assert "spreadsheetml" in client.get(url, {"xuat": "xlsx"})["Content-Type"]
    assert "Bỏ lọc" in client.get("/hoi-dong/", {"q": "không có"}).content.decode()


def test_a_secretary_works_through_the_pages(client, world):
    appraised_dossier(world, cases=2)
    full_council(world)
    practice(world)
    client.force_login(world.person("standing"))
    page = client.get("/hoi-dong/phien/moi/")
    assert 'value="1"' in page.content.decode()
    head = {"number": 1, "year": 2026, "kind": "meeting", "title": "Phiên cuối năm", "held_on": "20/11/2026"}
    answer = client.post("/hoi-dong/phien/moi/", head | {"starts": "08:00", "place": "Hội trường"})
    url = answer["Location"]
    assert client.post(f"{url}noi-dung/them/", {"how": "awards"}).status_code == 200
    client.post(f"{url}noi-dung/them/", {"how": "awards", "awards": [award("cstd-tinh").pk]})
    client.post(f"{url}thao-tac/", {"transition": "call"})
    client.post(f"{url}diem-danh/con-lai/")
    client.post(f"{url}thao-tac/", {"transition": "open"})

    item = AgendaItem.objects.first()
    assert (item.session.state, item.session.items.count(), item.session.seats.count()) == ("open", 2, 13)
    assert client.post(f"/hoi-dong/noi-dung/{item.pk}/rut/", {"reason": "Rút"})["Location"] == f"{url}noi-dung/"


def test_a_stale_head_is_answered_with_both_values(client, world):
    session = council_session(world, place="Phòng A")
    client.force_login(world.person("standing"))
    url = f"/hoi-dong/phien/{session.pk}/sua/"
    base = client.get(url).context["form"]["base"].value()
    session.place = "Phòng B"
    session.save()
    head = {"number": 1, "year": 2026, "kind": "meeting", "title": session.title, "held_on": "20/11/2026"}

    page = client.post(url, head | {"place": "Phòng C", "base": base})

    assert page.status_code == 409
    assert "Bản đang lưu: «Phòng B». Bản của bạn: «Phòng C»." in page.content.decode()
