"""Composition of a bloc-year: members, the head's swap, delegations, observers."""

import threading
import unicodedata
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from blocs.domain.composition import MemberDetails, add_member, change_member, delegate, remove_member
from blocs.models import BlocYear, CouncilMember, Delegation, Membership, Observer
from blocs.tables.access import access_of
from tests.factories import (
    AgencyFactory,
    AgencyReportFactory,
    CouncilFactory,
    CouncilMemberFactory,
    MembershipFactory,
    PledgeFactory,
    ScoreSheetFactory,
    TargetFactory,
)
from tests.world import PERSONAS, World

SEES = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}
SECRETARIAT = {"secretary", "head_leader"}


def signed_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def member(world: World, code: str) -> Membership:
    return Membership.objects.get(bloc_year=world.year, agency__code=code)


def page_of(world: World, page: str) -> str:
    arguments = [world.year.pk]
    if page in ("member-edit", "member-remove"):
        arguments.append(member(world, "syt").pk)
    if page == "observer-remove":
        arguments.append(world.year.observers.get().pk)
    return reverse(f"blocs:{page}", args=arguments)


def roles_of(world: World) -> dict[str, str]:
    return dict(world.year.memberships.values_list("agency__code", "role"))


@pytest.mark.parametrize("name", PERSONAS)
@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("members", SEES),
        ("member-add", {"standing"}),
        ("member-edit", {"standing"}),
        ("member-remove", {"standing"}),
        ("observer-remove", {"standing"}),
        ("delegations", SECRETARIAT),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_opens_the_pages_of_composition(
    client: Client, world: World, name: str, page: str, allowed: set[str]
) -> None:
    answer = signed_in(client, world, name).get(page_of(world, page))

    expected = 404 if name not in SEES else 200 if name in allowed else 403
    assert answer.status_code == expected


def test_table_shows_roles_people_and_delegations(client: Client, world: World) -> None:
    Membership.objects.filter(pk=member(world, "stttt").pk).update(person="Phạm Hồng Quảng", person_title="Giám đốc")
    Delegation.objects.create(membership=member(world, "sgddt"), area="reviews")

    page = signed_in(client, world, "officer").get(page_of(world, "members")).content.decode()

    assert "Phạm Hồng Quảng, Giám đốc" in page
    assert "Soạn báo cáo sơ kết, tổng kết" in page
    assert "Thêm thành viên" not in page
    assert page.index("Sở Thông tin và Truyền thông") < page.index("Sở Giáo dục và Đào tạo") < page.index("Sở Y tế")


def test_table_is_exported(client: Client, world: World) -> None:
    answer = signed_in(client, world, "officer").get(page_of(world, "members"), {"xuat": "xlsx"})

    assert "thanh-vien-khoi-tham-muu-iii-nam-2020.xlsx" in answer["Content-Disposition"]


def test_empty_bloc_says_what_to_do(client: Client, world: World) -> None:
    world.year.memberships.all().delete()

    page = signed_in(client, world, "standing").get(page_of(world, "members")).content.decode()

    assert "Khối chưa có đơn vị thành viên. Hãy thêm từng đơn vị" in page


@pytest.mark.parametrize("count", [1, 3])
def test_table_takes_the_same_queries_for_any_number_of_members(  # type: ignore[no-untyped-def]
    client: Client, world: World, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        row = MembershipFactory(bloc_year=world.year, role="deputy", agency__council=world.council)
        Delegation.objects.create(membership=row, area="scores")
        Observer.objects.create(bloc_year=world.year, member=CouncilMemberFactory(council=world.council))
    signed_in(client, world, "standing")

    with django_assert_num_queries(10):
        client.get(page_of(world, "members"))


# Adding


def test_standing_body_adds_a_member(client: Client, world: World) -> None:
    person = unicodedata.normalize("NFD", "Lê  Thị Ánh")
    data = {"agency": world.snv.pk, "role": "deputy", "person": person, "person_title": "Giám đốc"}

    answer = signed_in(client, world, "standing").post(page_of(world, "member-add"), data)

    row = member(world, "snv")
    assert answer.status_code == 302
    assert (row.role, row.person, row.person_title, row.position) == ("deputy", "Lê Thị Ánh", "Giám đốc", 4)
    entry = entries_of(world.year)[0]
    assert entry.action == "Thêm thành viên: Sở Nội vụ"
    assert entry.after == {"role": "Phó khối", "position": 4, "person": "Lê Thị Ánh", "person_title": "Giám đốc"}


@pytest.mark.parametrize("name", ["secretary", "officer", "observer"])
def test_others_cannot_add_a_member(client: Client, world: World, name: str) -> None:
    answer = signed_in(client, world, name).post(
        page_of(world, "member-add"), {"agency": world.snv.pk, "role": "member"}
    )

    assert answer.status_code == 403
    assert "snv" not in roles_of(world)


@pytest.mark.parametrize(
    "change",
    [{"agency": ""}, {"role": "boss"}, {"position": "-1"}, {"person": "A" * 151}, {"agency": "99999999999999999999"}],
)
def test_bad_member_keeps_what_was_typed(client: Client, world: World, change: dict[str, str]) -> None:
    data = {"agency": world.snv.pk, "role": "member", "person_title": "Phó Giám đốc phụ trách"} | change

    answer = signed_in(client, world, "standing").post(page_of(world, "member-add"), data)

    assert answer.status_code == 200
    assert "Phó Giám đốc phụ trách" in answer.content.decode()
    assert "snv" not in roles_of(world)


def test_members_and_foreign_agencies_are_not_on_offer(client: Client, world: World) -> None:
    foreign = AgencyFactory(council=CouncilFactory(province="Tỉnh Khác"), name="Sở Y tế tỉnh Khác")
    signed_in(client, world, "standing")

    for agency in (world.syt, foreign):
        answer = client.post(page_of(world, "member-add"), {"agency": agency.pk, "role": "member"})
        assert answer.status_code == 200

    assert world.year.memberships.count() == 4
    with pytest.raises(TransitionRefused, match="không thuộc Hội đồng"):
        add_member(bloc_year=world.year, agency=foreign, details=MemberDetails(), actor=world.person("standing"))
    with pytest.raises(TransitionRefused, match="đã là thành viên"):
        add_member(bloc_year=world.year, agency=world.syt, details=MemberDetails(), actor=world.person("standing"))


def test_a_new_head_takes_the_place_of_the_present_one(world: World) -> None:
    add_member(
        bloc_year=world.year, agency=world.snv, details=MemberDetails(role="head"), actor=world.person("standing")
    )

    assert roles_of(world) == {
        "snv": "head", "stttt": "member", "sgddt": "deputy", "syt": "member", "sldtbxh": "member",
    }  # fmt: skip


# Changing


def test_the_head_is_swapped_in_one_act(client: Client, world: World) -> None:
    Delegation.objects.create(membership=member(world, "sgddt"), area="reviews")
    head = member(world, "stttt")
    data = {"role": "head", "position": 1, "seen_head": head.pk, "reason": "Sắp xếp lại"}
    url = reverse("blocs:member-edit", args=[world.year.pk, member(world, "sgddt").pk])

    signed_in(client, world, "standing").post(url, data)

    assert roles_of(world) == {"stttt": "member", "sgddt": "head", "syt": "member", "sldtbxh": "member"}
    assert not Delegation.objects.exists()
    assert [(entry.action, entry.reason) for entry in entries_of(world.year)] == [
        ("Sửa thành viên: Sở Giáo dục và Đào tạo", "Sắp xếp lại"),
        ("Thôi trưởng khối: Sở Thông tin và Truyền thông", "Sắp xếp lại"),
    ]
    assert world.person("deputy_officer").has_perm("blocs.run_year", world.year)
    assert not world.person("secretary").has_perm("blocs.run_year", world.year)


def test_several_deputies_stand_side_by_side(client: Client, world: World) -> None:
    signed_in(client, world, "standing").post(page_of(world, "member-edit"), {"role": "deputy", "position": 2})

    assert roles_of(world) == {"stttt": "head", "sgddt": "deputy", "syt": "deputy", "sldtbxh": "member"}


def test_a_running_year_keeps_its_head(client: Client, world: World) -> None:
    url = reverse("blocs:member-edit", args=[world.year.pk, member(world, "stttt").pk])

    answer = signed_in(client, world, "standing").post(url, {"role": "member", "person": "Giữ lại chữ này"})

    assert "khối phải luôn có trưởng khối" in answer.content.decode()
    assert "Giữ lại chữ này" in answer.content.decode()
    assert roles_of(world)["stttt"] == "head"


def test_while_planning_the_head_may_step_down(world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="planning")

    change_member(membership=member(world, "stttt"), details=MemberDetails(), actor=world.person("standing"))

    assert "head" not in roles_of(world).values()


def test_a_head_chosen_meanwhile_is_not_overwritten(world: World) -> None:
    seen = member(world, "stttt").pk
    actor = world.person("standing")
    change_member(membership=member(world, "syt"), details=MemberDetails(role="head"), actor=actor, seen_head=seen)

    with pytest.raises(TransitionRefused, match="vừa được người khác đổi thành Sở Y tế"):
        change_member(
            membership=member(world, "sgddt"), details=MemberDetails(role="head"), actor=actor, seen_head=seen
        )

    assert roles_of(world) == {"stttt": "member", "sgddt": "deputy", "syt": "head", "sldtbxh": "member"}


def test_a_member_of_another_year_is_404(client: Client, world: World) -> None:
    foreign = Membership.objects.get(bloc_year=world.other_year)

    answer = signed_in(client, world, "standing").get(reverse("blocs:member-edit", args=[world.year.pk, foreign.pk]))

    assert answer.status_code == 404


def test_nothing_changes_after_handover(client: Client, world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="handed_over")

    answer = signed_in(client, world, "standing").post(page_of(world, "member-edit"), {"role": "deputy"})

    assert answer.status_code == 403
    with pytest.raises(TransitionRefused, match="đã bàn giao"):
        change_member(
            membership=member(world, "syt"), details=MemberDetails(role="deputy"), actor=world.person("standing")
        )


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each act in its own thread and connection; what each one ended with."""
    barrier = threading.Barrier(len(acts))
    ends: list[str] = []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
            ends.append("done")
        except TransitionRefused as refusal:
            ends.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks")
def test_two_people_who_swap_the_head_leave_one_winner(world: World) -> None:
    seen = member(world, "stttt").pk
    actor = world.person("standing")

    def make_head(code: str) -> Callable[[], object]:
        row = member(world, code)
        return lambda: change_member(membership=row, details=MemberDetails(role="head"), actor=actor, seen_head=seen)

    ends = at_once(make_head("syt"), make_head("sgddt"))

    assert ends[1] == "done" or ends[0] == "done"
    assert sum("vừa được người khác đổi" in end for end in ends) == 1
    assert list(roles_of(world).values()).count("head") == 1


# Removing


def test_a_member_without_traces_is_removed_with_a_reason(client: Client, world: World) -> None:
    answer = signed_in(client, world, "standing").post(page_of(world, "member-remove"), {"reason": "Ghi nhầm"})

    entry = entries_of(world.year)[0]
    assert answer.status_code == 302
    assert "syt" not in roles_of(world)
    assert (entry.action, entry.reason, entry.before["role"]) == (
        "Đưa ra khỏi khối: Sở Y tế", "Ghi nhầm", "Thành viên",
    )  # fmt: skip


def leave_sheet(world: World) -> None:
    ScoreSheetFactory(bloc_year=world.year, agency=world.syt)


def leave_report(world: World) -> None:
    AgencyReportFactory(bloc_year=world.year, agency=world.syt)


def leave_signature(world: World) -> None:
    PledgeFactory(bloc_year=world.year).signatures.create(agency=world.syt)


def leave_target(world: World) -> None:
    TargetFactory(pledge=PledgeFactory(bloc_year=world.year), agency=world.syt)


@pytest.mark.parametrize(
    ("leave", "words"),
    [
        (leave_sheet, "phiếu chấm điểm"),
        (leave_report, "báo cáo"),
        (leave_signature, "chữ ký giao ước"),
        (leave_target, "chỉ tiêu giao ước"),
    ],
)
def test_a_member_with_traces_stays(client: Client, world: World, leave: Callable[[World], None], words: str) -> None:
    leave(world)

    answer = signed_in(client, world, "standing").post(page_of(world, "member-remove"), {"reason": "x"}, follow=True)

    page = answer.content.decode()
    assert f"Không thể đưa Sở Y tế ra khỏi khối vì đơn vị đã có: {words}." in page
    assert "Nếu ghi nhầm, hãy xóa" in page
    assert "syt" in roles_of(world)


def test_traces_of_another_member_do_not_count(world: World) -> None:
    leave_sheet(world)

    remove_member(membership=member(world, "sldtbxh"), actor=world.person("standing"))

    assert set(roles_of(world)) == {"stttt", "sgddt", "syt"}


def test_the_head_of_a_running_year_is_not_removed(world: World) -> None:
    with pytest.raises(TransitionRefused, match="đang là trưởng khối"):
        remove_member(membership=member(world, "stttt"), actor=world.person("standing"))


def test_removing_twice_says_so(world: World) -> None:
    row = member(world, "syt")
    remove_member(membership=row, actor=world.person("standing"))

    with pytest.raises(TransitionRefused, match="vừa được người khác đưa ra"):
        remove_member(membership=row, actor=world.person("standing"))


# Delegations


def test_the_head_hands_areas_to_a_deputy(client: Client, world: World) -> None:
    name = f"deputy-{member(world, 'sgddt').pk}"
    Delegation.objects.create(membership=member(world, "sgddt"), area="scores")

    signed_in(client, world, "secretary").post(page_of(world, "delegations"), {name: ["reviews", "pledge"]})

    assert set(Delegation.objects.values_list("area", flat=True)) == {"reviews", "pledge"}
    assert entries_of(world.year)[0].after == {"delegations": ["Soạn báo cáo sơ kết, tổng kết", "Chuẩn bị giao ước"]}
    assert world.person("deputy_officer").has_perm("blocs.run_pledge", world.year)


def test_taking_everything_back_needs_no_tick(client: Client, world: World) -> None:
    Delegation.objects.create(membership=member(world, "sgddt"), area="scores")

    signed_in(client, world, "secretary").post(page_of(world, "delegations"), {})

    assert not Delegation.objects.exists()
    assert not world.person("deputy_officer").has_perm("blocs.run_pledge", world.year)


def test_an_unknown_area_is_refused(client: Client, world: World) -> None:
    name = f"deputy-{member(world, 'sgddt').pk}"

    answer = signed_in(client, world, "secretary").post(page_of(world, "delegations"), {name: ["everything"]})

    assert answer.status_code == 200
    assert not Delegation.objects.exists()


def test_members_who_are_not_deputies_get_nothing(world: World) -> None:
    delegate(bloc_year=world.year, areas={member(world, "syt").pk: ["reviews"]}, actor=world.person("secretary"))

    assert not Delegation.objects.exists()


def test_without_deputies_the_page_says_who_chooses_them(client: Client, world: World) -> None:
    Membership.objects.filter(bloc_year=world.year, role="deputy").update(role="member")

    page = signed_in(client, world, "secretary").get(page_of(world, "delegations")).content.decode()

    assert "Khối chưa có phó khối để ủy quyền." in page


# Observers


def test_standing_body_assigns_an_observer(client: Client, world: World) -> None:
    seat = CouncilMember.objects.get(user=world.person("council_member"))

    signed_in(client, world, "standing").post(page_of(world, "observer-add"), {"member": seat.pk})

    assert world.year.pk in access_of(world.person("council_member")).observed_ids
    assert entries_of(world.year)[0].after == {"observer": str(seat.user)}


@pytest.mark.parametrize(("name", "status"), [("secretary", 403), ("officer", 403), ("stranger", 404)])
def test_others_assign_no_observer(client: Client, world: World, name: str, status: int) -> None:
    seat = CouncilMember.objects.get(user=world.person("council_member"))

    answer = signed_in(client, world, name).post(page_of(world, "observer-add"), {"member": seat.pk})

    assert answer.status_code == status
    assert world.year.observers.count() == 1


def test_a_member_of_another_council_does_not_follow_the_bloc(client: Client, world: World) -> None:
    seat = CouncilMemberFactory(council=CouncilFactory(province="Tỉnh Khác"))

    answer = signed_in(client, world, "standing").post(page_of(world, "observer-add"), {"member": seat.pk}, follow=True)

    assert "Hãy chọn một thành viên Hội đồng" in answer.content.decode()
    assert world.year.observers.count() == 1


def test_an_observer_is_taken_away(client: Client, world: World) -> None:
    signed_in(client, world, "standing").post(page_of(world, "observer-remove"), {"reason": "Đổi phân công"})

    assert not world.year.observers.exists()
    assert world.year.pk not in access_of(world.person("observer")).observed_ids
    assert entries_of(world.year)[0].reason == "Đổi phân công"
