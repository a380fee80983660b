"""The council's page: its members and the rules it sets; nothing has a default."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict, base_of
from blocs.models import CouncilMember
from council.domain.practice.example import apply_example, offers_of
from council.domain.practice.kinds import BY_SLUG
from council.domain.practice.members import add_member, edit_council, edit_member, end_term, people_matching
from council.domain.practice.reading import practice_on, remit_of
from council.domain.practice.writing import set_rule, take_back
from council.models import Practice, Remit, VoteSetting
from tests.awards_world import award
from tests.council_world import BASIS, full_council, practice, remit
from tests.factories import UserFactory

ON = date(2026, 11, 20)
RULES = {
    "quorum_part": 2,
    "quorum_whole": 3,
    "award_quorum": None,
    "absent": "uncounted",
    "recused_in_base": True,
    "substitutes_vote": False,
    "chair_breaks_ties": True,
    "max_rounds": 2,
    "legal_basis": BASIS,
}


def page_of(world) -> str:
    return f"/hoi-dong/quy-che/{world.council.pk}/"


def test_nothing_is_set_beforehand(client, world):
    client.force_login(world.person("standing"))

    page = client.get(page_of(world)).content.decode()

    assert practice_on(world.council.pk, ON) is None
    assert remit_of(world.council.pk, award("cstd-tinh").pk, ON) is None
    assert page.count("chưa quy định") >= 3
    form = client.get(f"{page_of(world)}lam-viec/moi/").content.decode()
    assert "checked" not in form
    assert 'value="2"' not in form


def test_a_rule_needs_its_legal_basis_and_every_answer(client, world):
    client.force_login(world.person("standing"))
    url = f"{page_of(world)}lam-viec/moi/"
    typed = {"quorum_part": "2", "quorum_whole": "3", "absent": "written", "max_rounds": "2"}
    answers = {"recused_in_base": "co", "substitutes_vote": "khong", "chair_breaks_ties": "co"}

    client.post(url, typed | answers)
    client.post(url, typed | {"legal_basis": BASIS})
    assert Practice.objects.count() == 0
    client.post(url, typed | answers | {"legal_basis": BASIS})

    row = practice_on(world.council.pk, ON)
    assert (row.quorum_part, row.award_quorum, row.absent, row.substitutes_vote) == (2, None, "written", False)
    assert entries_of(world.council).first().action == "Quy chế làm việc: Hội đồng"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"legal_basis": " "}, "căn cứ"), ({"quorum_part": 4}, "Tử số"), ({"valid_to": date(2020, 1, 1)}, "trước ngày")],
)
def test_what_does_not_fit_is_refused(world, values, sentence):
    fields = RULES | {"valid_from": date(2026, 1, 1), "valid_to": None} | values

    with pytest.raises(TransitionRefused, match=sentence):
        set_rule(world.council, BY_SLUG["lam-viec"], fields=fields, actor=world.person("standing"))


def test_two_rules_do_not_hold_on_one_day(world):
    actor, kind = world.person("standing"), BY_SLUG["ty-le-phieu"]
    fields = {"award": None, "percent": 50, "more_than": True, "base": "present", "mode": "open", "legal_basis": BASIS}
    set_rule(world.council, kind, fields=fields | {"valid_to": date(2026, 6, 30)}, actor=actor)

    with pytest.raises(TransitionRefused, match="Các hình thức khác"):
        set_rule(world.council, kind, fields=fields, actor=actor)
    set_rule(world.council, kind, fields=fields | {"valid_from": date(2026, 7, 1)}, actor=actor)
    set_rule(world.council, kind, fields=fields | {"award": award("cstd-tinh")}, actor=actor)

    assert VoteSetting.objects.count() == 3


def test_a_rule_is_of_its_period_and_of_its_award(world):
    practice(world, valid_to=date(2026, 6, 30), quorum_part=1, quorum_whole=2)
    practice(world, valid_from=date(2026, 7, 1))
    remit(world, "bk-tinh", "standing")

    assert practice_on(world.council.pk, date(2026, 6, 30)).quorum_whole == 2
    assert practice_on(world.council.pk, ON).quorum_whole == 3
    assert remit_of(world.council.pk, award("bk-tinh").pk, ON).body == "standing"
    assert remit_of(world.council.pk, award("co-tinh").pk, ON) is None


def test_two_people_on_one_rule_see_both_values(world):
    row, actor, kind = practice(world), world.person("standing"), BY_SLUG["lam-viec"]
    base = base_of(row, kind.fields)
    set_rule(world.council, kind, fields={"max_rounds": 1}, row=row, base=base, actor=actor)
    set_rule(world.council, kind, fields={"award_quorum": 75}, row=row, base=base, actor=actor)

    row.refresh_from_db()
    assert (row.max_rounds, row.award_quorum) == (1, 75)
    with pytest.raises(Conflict):
        set_rule(world.council, kind, fields={"award_quorum": 90}, row=row, base=base, actor=actor)


def test_a_rule_taken_back_stays_in_the_history(world):
    take_back(practice(world), reason="Ghi nhầm", actor=world.person("standing"))

    entry = entries_of(world.council).first()
    assert practice_on(world.council.pk, ON) is None
    assert (entry.reason, entry.before["căn cứ"]) == ("Ghi nhầm", BASIS)


def test_the_example_is_previewed_and_written_only_with_the_provinces_own_basis(client, world):
    client.force_login(world.person("standing"))
    url = f"{page_of(world)}vi-du/"

    assert "họp khi có mặt ít nhất 2/3 thành viên" in client.get(url).content.decode()
    client.post(url, {"legal_basis": ""})
    assert Practice.objects.count() + Remit.objects.count() + VoteSetting.objects.count() == 0
    client.post(url, {"legal_basis": "QĐ 99/2026/QĐ-UBND"})

    bodies = {row.award.code: (row.body, row.party_opinion) for row in Remit.objects.select_related("award")}
    assert bodies["cstd-tinh"] == ("council", False)
    assert bodies["cstd-toan-quoc"] == bodies["hc-doc-lap-nhat"] == ("council", True)
    assert bodies["bk-tinh"] == bodies["tt-ld-xuat-sac"] == ("standing", False)
    assert set(Remit.objects.values_list("basis", "legal_basis")) == {("ours", "QĐ 99/2026/QĐ-UBND")}
    assert "Giá trị gợi ý" in client.get(page_of(world)).content.decode()


def test_what_is_set_stays_and_a_saved_suggestion_is_the_provinces(world):
    actor = world.person("standing")
    practice(world, quorum_part=3, quorum_whole=4)
    apply_example(world.council, legal_basis="QĐ 99/2026/QĐ-UBND", actor=actor)
    row = VoteSetting.objects.get()

    assert practice_on(world.council.pk, ON).quorum_whole == 4
    assert all(offer.exists for offer in offers_of(world.council))
    assert (
        set_rule(world.council, BY_SLUG["ty-le-phieu"], fields={"percent": 60}, row=row, actor=actor).basis == "checked"
    )


def test_national_shares_are_shown_to_read(client, world):
    client.force_login(world.person("council_member"))

    page = client.get(page_of(world)).content.decode()

    assert "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 5" in page
    assert "ít nhất 90%" in page
    assert "/moi/" not in page


def test_members_are_found_by_search_and_added_once(client, world):
    found = UserFactory(full_name="Đặng Thị Hường", email="huong@example.vn")
    UserFactory(full_name="Đặng Văn Nghỉ", email="nghi@example.vn", is_active=False)
    client.force_login(world.person("standing"))
    url = f"{page_of(world)}thanh-vien/moi/?q=dang+thi"

    assert list(people_matching(world.council, "dang")) == [found]
    client.post(url, {"user": found.pk, "role": "vice", "post": "Phó Chủ tịch UBND", "votes": "on", "position": "2"})

    member = CouncilMember.objects.get(user=found)
    assert (member.role, member.votes, member.council) == ("vice", True, world.council)
    assert list(people_matching(world.council, "dang")) == []
    with pytest.raises(TransitionRefused, match="đã có trong danh sách"):
        add_member(world.council, user=found, fields={}, actor=world.person("standing"))


def test_one_chair_at_a_time(world):
    chair, second, *_ = full_council(world)
    actor = world.person("standing")

    with pytest.raises(TransitionRefused, match="đang là Chủ tịch"):
        edit_member(second, fields={"role": "chair"}, base=None, actor=actor)
    end_term(chair, until=date(2026, 6, 30), reason="Nghỉ hưu", actor=actor)
    edit_member(second, fields={"role": "chair", "since": date(2026, 7, 1)}, base=None, actor=actor)

    entry = entries_of(world.council).filter(action__contains="Kết thúc nhiệm kỳ").first()
    assert (entry.reason, entry.after["đến ngày"]) == ("Nghỉ hưu", "30/06/2026")
    second.refresh_from_db()
    assert second.role == "chair"


def test_a_term_does_not_end_before_it_begins(world):
    member = full_council(world)[0]
    member.since = date(2026, 5, 1)
    member.save()

    with pytest.raises(TransitionRefused, match="trước ngày bắt đầu"):
        end_term(member, until=date(2026, 4, 30), reason="x", actor=world.person("standing"))


@pytest.mark.parametrize("name", ["administrator", "council_member", "officer"])
def test_only_the_standing_body_writes(world, name):
    actor = world.person(name)
    row = practice(world)

    for verb in (
        lambda: set_rule(world.council, BY_SLUG["lam-viec"], fields=RULES, row=row, actor=actor),
        lambda: take_back(row, reason="x", actor=actor),
        lambda: apply_example(world.council, legal_basis="x", actor=actor),
        lambda: edit_council(world.council, fields={"seal": "x"}, base=None, actor=actor),
        lambda: end_term(CouncilMember.objects.first(), until=ON, reason="x", actor=actor),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def test_the_councils_symbol_and_seal_are_kept_with_history(client, world):
    client.force_login(world.person("standing"))

    url = f"{page_of(world)}sua/"
    base = client.get(url).context["form"]["base"].value()

    client.post(url, {"level": "province", "symbol": "HĐTĐKT", "seal": "Con dấu của UBND tỉnh", "base": base})

    world.council.refresh_from_db()
    assert world.council.seal == "Con dấu của UBND tỉnh"
    assert "Con dấu của UBND tỉnh" in client.get(f"{page_of(world)}lich-su/").content.decode()


@pytest.mark.parametrize("total", [3, 13])
def test_the_page_asks_the_same_number_of_queries_for_any_council(client, world, django_assert_num_queries, total):
    full_council(world, total)
    for code in ("cstd-tinh", "co-tinh", "bk-tinh")[: total // 4 + 1]:
        remit(world, code)
    client.force_login(world.person("standing"))

    with django_assert_num_queries(10):
        client.get(page_of(world))
