"""The demo: the real bloc-years as the articles tell them, and an account for each role."""

from typing import Any

import pytest
import yaml
from django.apps import apps
from django.core.management import call_command

from accounts.models import User
from blocs.domain.commendations import totals
from blocs.models import BlocYear, Commendation, CouncilMember
from blocs.tables.access import access_of
from council.domain.money.fund import fund_of
from council.models import CertificatePrint, Decision, Practice
from reports.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD, FICTITIOUS
from reports.models import BlocReview
from reports.yearfile.dumping import dump_year
from scoring.domain.ranking import standings
from scoring.models import Proposal


def rows_of_all_tables() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


@pytest.fixture
def demo(db: None, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("load_demo")
    return capsys.readouterr().out


def year_of(number: int) -> BlocYear:
    return BlocYear.objects.get(bloc__code="qn-tham-muu-iii", year=number)


def test_loading_twice_changes_nothing(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = rows_of_all_tables()

    call_command("load_demo")

    assert rows_of_all_tables() == before
    assert capsys.readouterr().out.startswith("Dữ liệu thử đã có, không có gì thay đổi.")


def test_the_fictitious_council_has_members_and_rules_that_say_what_they_are(demo: str) -> None:
    members = CouncilMember.objects.filter(council__province=FICTITIOUS).order_by("position")
    practice = Practice.objects.get(council__province=FICTITIOUS)

    assert list(members.values_list("role", "post")) == [
        ("chair", "Chủ tịch Hội đồng"),
        ("vice", "Phó Chủ tịch Hội đồng"),
        ("member", "Ủy viên Hội đồng"),
    ]
    assert (practice.basis, practice.legal_basis) == ("ours", "Quy chế của Hội đồng tỉnh Mẫu (hư cấu, để thử)")


def test_the_fictitious_council_has_a_decision_with_certificates_and_a_payment(demo: str) -> None:
    decision = Decision.objects.get()
    lines = list(decision.lines.order_by("position"))
    council = decision.council

    assert (council.province, decision.state, decision.number) == (FICTITIOUS, "issued", 1)
    assert [line.subject.kind for line in lines] == ["collective", *["individual"] * 4]
    assert [line.book_number for line in lines] == [1, 2, 3, 4, 5]
    assert [line.paid_on is not None for line in lines] == [True, True, True, False, False]
    assert "2026" not in decision.grounds
    assert CertificatePrint.objects.get().lines == [line.pk for line in lines]
    fund = fund_of(User.objects.get(email="thuongtruc.mau@demo.vn"), council.pk, 2026)
    assert fund.planned == 250_000_000
    assert fund.rewards == sum(line.amount or 0 for line in lines[:3]) > 0
    assert fund.carried == sum(line.amount or 0 for line in lines[3:]) > 0


def test_loading_again_leaves_alone_what_people_did(demo: str) -> None:
    BlocReview.objects.filter(bloc_year=year_of(2020)).update(state="approved")
    year_of(2020).memberships.filter(agency__code="syt").update(person="Người mới")

    call_command("load_demo")

    assert year_of(2020).memberships.get(agency__code="syt").person == "Người mới"


def test_totals_are_those_of_the_article(demo: str) -> None:
    rows = Commendation.objects.filter(bloc_year=year_of(2020)).select_related("agency").prefetch_related("recipients")

    counted = totals(rows)

    assert counted.awarded == {"collective": 4, "individual": 26}
    assert counted.proposed == {
        "collective": 9,
        "individual": 6,
        "household": 27,
        "village": 32,
        "agency": 36,
        "enterprise": 2,
        "commune": 1,
        "ward": 2,
    }
    assert [(row.agency, row.kind) for row in counted.uncounted] == [("syt", "collective"), ("syt", "individual")]


def test_the_two_years_have_their_heads_and_members(demo: str) -> None:
    heads = {
        number: list(year_of(number).memberships.in_order().values_list("agency__code", "role")[:2])
        for number in (2019, 2020)
    }

    assert heads == {
        2019: [("svhttdl", "head"), ("stttt", "deputy")],
        2020: [("stttt", "head"), ("sgddt", "deputy")],
    }
    assert [year_of(number).memberships.count() for number in (2019, 2020)] == [7, 7]
    assert (year_of(2019).state, year_of(2020).state) == ("handed_over", "running")


def test_proposals_of_2020_are_the_three_flags(demo: str) -> None:
    found = Proposal.objects.filter(bloc_year=year_of(2020)).values_list("award", "agency__code")

    assert list(found) == [("co-chinh-phu", "sldtbxh"), ("co-tinh", "dptth"), ("co-tinh", "stttt")]


def test_the_fictitious_heads_are_people_with_names(demo: str) -> None:
    year = BlocYear.objects.get(bloc__code="mau-khoi-1", year=2025)

    assert list(year.memberships.order_by("position").values_list("person", "person_title")) == [
        ("Nguyễn Văn Một", "Giám đốc"),
        ("Trần Thị Hai", "Giám đốc"),
        ("Lê Văn Ba", "Giám đốc"),
        ("Phạm Thị Bốn", "Giám đốc"),
        ("Hoàng Văn Năm", "Giám đốc"),
    ]


def test_what_the_articles_do_not_say_stays_unknown(demo: str) -> None:
    told: dict[str, Any] = yaml.safe_load(dump_year(year_of(2020)))

    assert "ballots" not in told
    assert (told["petitions"], told["next_year"], told["pledge"]["signed_on"]) == ([], None, None)
    assert [row.get("starts") for row in told["conferences"]] == [None, None]
    assert told["results"]["standings"] == []


def test_the_fictitious_bloc_shows_a_tie_a_disqualification_and_a_line_not_assigned(demo: str) -> None:
    rows = standings(BlocYear.objects.get(bloc__code="mau-khoi-1", year=2025))

    assert [(row.agency.code, row.rank, row.tie_broken_by, row.disqualified) for row in rows] == [
        ("mau-4", 1, None, False),
        ("mau-1", 2, None, False),
        ("mau-2", 3, "group:A", False),
        ("mau-3", 4, "group:A", False),
        ("mau-5", None, None, True),
    ]
    assert [str(row.assigned_max.normalize()) for row in rows[2:4]] == ["9E+2", "9E+2"]


def test_every_account_is_printed_and_opens(demo: str) -> None:
    for account in DEMO_ACCOUNTS:
        user = User.objects.get(email=account.email)
        assert user.check_password(DEMO_PASSWORD)
        assert f"{account.email}" in demo
        assert "(tài khoản thử)" in user.full_name
    assert demo.count(DEMO_PASSWORD) == len(DEMO_ACCOUNTS)


def test_each_role_reaches_what_it_should_and_no_more(demo: str) -> None:
    year = year_of(2020).pk
    reach = {account.email: access_of(User.objects.get(email=account.email)) for account in DEMO_ACCOUNTS}

    assert {email for email, access in reach.items() if year in access.headed_ids} == {
        "thuky@demo.vn",
        "truongkhoi@demo.vn",
    }
    assert {email for email, access in reach.items() if year in access.deputy_ids} == {"phokhoi@demo.vn"}
    assert {email for email, access in reach.items() if access.standing_ids} == {
        "thuongtruc@demo.vn",
        "thuongtruc.mau@demo.vn",
        "chuyenvien.mau@demo.vn",
    }
    assert {email for email, access in reach.items() if year in access.observed_ids} == {"theodoi@demo.vn"}
    assert {email for email, access in reach.items() if access.signs_for} == {
        "canbo.syt@demo.vn",
        "lanhdao.syt@demo.vn",
        "truongkhoi@demo.vn",
        "lanhdao.mau@demo.vn",
    }
    assert reach["quantri@demo.vn"].year_ids == frozenset()
    assert User.objects.get(email="quantri@demo.vn").is_superuser
