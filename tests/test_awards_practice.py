"""What a province set is read where it counts: attendance, postings, opinions, registration; and open matters."""

from datetime import date
from typing import Any

import lxml.html
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.domain.workflow import TransitionRefused
from awards.domain.checking import check_nominations, recheck_dossier
from awards.domain.council_rule_keys import KEYS, NOT_APPLIED
from awards.domain.facts import nominees_of
from awards.domain.nominations import rely_on
from awards.domain.open_questions import open_questions, unposted
from awards.domain.opinions import Question, ask_opinions
from awards.domain.panel import panel_of
from awards.domain.periods import due_of
from awards.domain.postings import create_posting, postable
from awards.domain.prospects import Prospect, outlook_for
from awards.law.gates import PRACTICE
from awards.models import (
    Absence,
    CouncilRule,
    Freeze,
    InitiativeUse,
    Nomination,
    Opinion,
    Registration,
    RegistrationLine,
    Subject,
)
from blocs.models import BlocMovement, Conference, Council
from tests.appraisal_world import case_of, question, sent_dossier
from tests.awards_world import DossierFactory, SubjectFactory, award, grade, initiative, nominate
from tests.factories import AgencyFactory, CouncilFactory, MovementFactory
from tests.world import World

BASIS = "Quyết định 12/2025/QĐ-UBND"


@pytest.fixture(autouse=True)
def _day() -> Any:
    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        yield


def rule(council: Council, key: str, value: Any, **rest: Any) -> CouncilRule:
    return CouncilRule.objects.create(council=council, key=key, value=value, legal_basis=BASIS, **rest)


def judged(row: Nomination) -> Nomination:
    check_nominations([Nomination.objects.select_related("dossier", "subject", "award").get(pk=row.pk)])
    row.refresh_from_db()
    return row


def checks(row: Nomination, code: str) -> list[tuple[Any, str, str]]:
    return [(each["passed"], each["text"], each["citation"]) for each in row.checks["checks"] if each["rule"] == code]


# Open matters


def test_a_matter_that_comes_up_while_the_dossier_is_considered_stops_the_award(world: World) -> None:
    dossier = sent_dossier(world, year=2025, received_on=date(2026, 1, 5))
    case = dossier.nominations.get()
    Freeze.objects.create(subject=case.subject, kind="petition", since=date(2026, 2, 10))

    assert judged(case).verdict == "ineligible"
    assert checks(case, "A4-4")[0][:2] == (
        False,
        "Chưa khen thưởng: đơn thư khiếu nại, tố cáo đang được xác minh từ ngày 10/02/2026.",
    )
    assert nominees_of([case])[0].on == date(2026, 1, 5)
    assert panel_of(dossier).frozen == 1


def test_a_concluded_dossier_is_looked_at_on_the_day_of_its_law(world: World) -> None:
    dossier = sent_dossier(world, year=2025, state="concluded", received_on=date(2026, 1, 5))
    case = dossier.nominations.get()
    Freeze.objects.create(subject=case.subject, kind="petition", since=date(2026, 2, 10))

    assert nominees_of([case])[0].considered_on == date(2026, 1, 5)
    assert checks(judged(case), "A4-4") == []


def test_the_page_of_conditions_looks_at_matters_on_the_chosen_day(world: World) -> None:
    person = SubjectFactory(agency=world.syt)
    Freeze.objects.create(subject=person, kind="press", since=date(2025, 6, 1))

    counted = {
        day: sum(check.rule == "A4-4" for check in prospect_of(person, day, "ld-tien-tien").judgement.checks)
        for day in (date(2025, 5, 31), date(2025, 6, 1))
    }

    assert counted == {date(2025, 5, 31): 0, date(2025, 6, 1): 1}


def prospect_of(person: Subject, day: date, code: str) -> Prospect:
    return next(each for each in outlook_for(person, day).prospects if each.award.code == code)


# Attendance


def sick(world: World, days: int, **rest: Any) -> Nomination:
    person = SubjectFactory(agency=world.syt)
    grade(person, y2025="HTT")
    Absence.objects.create(subject=person, kind="sick", year=2025, working_days=days)
    return nominate(DossierFactory(agency=world.syt, year=2025, **rest), person, "ld-tien-tien")


def test_the_provinces_threshold_of_sick_days_counts_with_its_basis(world: World) -> None:
    case = sick(world, 25)
    assert checks(judged(case), "A4-16") == []
    rule(world.council, "attendance-sick-days", 20)

    ((passed, text, citation),) = checks(judged(case), "A4-16")

    assert (passed, citation) == (None, BASIS)
    assert "từ 20 ngày trở lên" in text


def test_a_threshold_holds_for_its_own_council_and_its_own_days(world: World) -> None:
    rule(CouncilFactory(province="Tỉnh khác"), "attendance-sick-days", 20)
    rule(world.council, "attendance-sick-days", 50, valid_from=date(2026, 1, 1))

    before, after = (sick(world, 45, received_on=day) for day in (date(2025, 12, 31), date(2026, 1, 1)))

    assert checks(judged(before), "A4-16")[0][2] == PRACTICE
    assert checks(judged(after), "A4-16") == []


def test_the_page_of_conditions_reads_the_threshold_too(world: World) -> None:
    rule(world.council, "attendance-sick-days", 20)
    person = sick(world, 25).subject

    found = prospect_of(person, date(2025, 12, 31), "ld-tien-tien")

    assert [check.citation for check in found.judgement.checks if check.rule == "A4-16"] == [BASIS]


@pytest.mark.parametrize("councils", [1, 3])
def test_thresholds_of_many_councils_cost_one_query(
    world: World, councils: int, django_assert_num_queries: Any
) -> None:
    cases = [sick(world, 25)]
    for number in range(1, councils):
        agency = AgencyFactory(council=CouncilFactory(province=f"Tỉnh {number}"))
        cases.append(nominate(DossierFactory(agency=agency, year=2025), SubjectFactory(agency=agency), "ld-tien-tien"))
    rows = list(Nomination.objects.select_related("dossier", "subject", "award").filter(pk__in=[e.pk for e in cases]))

    with django_assert_num_queries(16):
        check_nominations(rows)


# Initiatives


def test_an_initiative_cited_for_the_same_award_and_year_is_not_used_again(world: World) -> None:
    person = SubjectFactory(agency=world.syt)
    grade(person, y2025="HTT")
    idea = initiative(person, year=2025)
    case = nominate(DossierFactory(agency=world.syt, year=2025), person, "cstd-co-so")
    rely_on(case, [idea], actor=None)

    prospect = prospect_of(person, date(2025, 12, 31), "cstd-co-so")
    copy = nominate(DossierFactory(agency=world.syt, year=2025), person, "cstd-co-so")

    texts = " ".join(check.text for check in prospect.judgement.checks)
    assert "đã dùng để xét" not in texts
    assert "Có 1 sáng kiến" in texts
    assert nominees_of([copy])[0].initiatives[0].used_for == ()  # type: ignore[index]


@pytest.mark.parametrize(("code", "year"), [("bk-tinh", 2025), ("cstd-co-so", 2024)])
def test_an_initiative_of_another_award_or_year_stays_used(world: World, code: str, year: int) -> None:
    person = SubjectFactory(agency=world.syt)
    idea = initiative(person, year=2025)
    other = nominate(DossierFactory(agency=world.syt, year=year), person, code)
    InitiativeUse.objects.create(initiative=idea, award=other.award, year=year, nomination=other)

    found = nominees_of([nominate(DossierFactory(agency=world.syt, year=2025), person, "cstd-co-so")])[0]

    assert [(use.award, use.year) for use in found.initiatives[0].used_for] == [(code, year)]  # type: ignore[index]


# Postings


def posted(world: World, case: Nomination, until: date) -> Any:
    values = {"title": "Danh sách", "text": "Gửi về Sở Nội vụ.", "from_on": date(2026, 3, 2), "until_on": until}
    return create_posting(world.council, values=values, nominations=[case], actor=world.person("standing"))


def test_a_province_may_want_a_longer_posting(world: World) -> None:
    rule(world.council, "posting-days", 15)
    case = case_of(sent_dossier(world, cases=0), code="cstd-toan-quoc")

    with pytest.raises(TransitionRefused, match=rf"phải ít nhất 15 ngày làm việc .*{BASIS}.* từ 23/03/2026 trở đi"):
        posted(world, case, date(2026, 3, 16))
    assert posted(world, case, date(2026, 3, 23)).pk
    assert "ít nhất 15 ngày làm việc" in " ".join(open_questions(case.dossier))


def test_a_province_may_want_provincial_awards_posted(world: World) -> None:
    plain = case_of(sent_dossier(world, cases=0), "Lê Thị B", "cstd-co-so")
    case = case_of(sent_dossier(world, cases=0), code="bk-tinh")
    simplified = case_of(sent_dossier(world, cases=0, simplified=True), code="bk-tinh")
    assert unposted(case.dossier) == []
    rule(world.council, "posting-provincial", True)

    assert unposted(case.dossier) == [case]
    assert (unposted(plain.dossier), unposted(simplified.dossier)) == ([], [])
    assert postable([world.council.pk]).first() == case
    with pytest.raises(TransitionRefused, match="phải ít nhất 10 ngày làm việc"):
        posted(world, case, date(2026, 3, 4))
    assert "hình thức cấp tỉnh theo quy định của tỉnh, phải công khai" in " ".join(open_questions(case.dossier))


def test_a_province_that_said_no_wants_no_provincial_postings(world: World) -> None:
    rule(world.council, "posting-provincial", False)

    assert unposted(case_of(sent_dossier(world, cases=0), code="bk-tinh").dossier) == []


def test_the_public_pages_slow_down_who_asks_too_often(client: Client, world: World) -> None:
    statuses = [client.get("/cong-khai/").status_code for _ in range(30)]
    stopped = client.get("/cong-khai/khong-co/")

    assert set(statuses) == {200}
    assert (stopped.status_code, stopped["Retry-After"]) == (429, "60")
    assert client.get("/xac-minh/").status_code == 200
    assert client.get("/cong-khai/", REMOTE_ADDR="203.0.113.9").status_code == 200


# Opinions


def asked(world: World, dossier: Any) -> Opinion:
    wanted = Question("consultation", "Xin ý kiến", [world.sgddt], list(dossier.nominations.all()))
    return ask_opinions(dossier, wanted, actor=world.person("standing"), on=date(2026, 3, 2))[0]


def test_the_term_for_an_opinion_is_the_provinces_where_it_set_one(client: Client, world: World) -> None:
    dossier = sent_dossier(world)
    assert asked(world, dossier).due == date(2026, 3, 16)
    rule(world.council, "opinion-days", 5)
    client.force_login(world.person("standing"))

    page = client.get(reverse("awards:opinion-ask", args=[dossier.pk])).content.decode()

    assert asked(world, dossier).due == date(2026, 3, 9)
    assert f"trả lời trong 5 ngày làm việc ({BASIS})" in page


def groups(client: Client, dossier: Any) -> dict[str, list[str]]:
    page = lxml.html.fromstring(client.get(reverse("awards:opinion-ask", args=[dossier.pk])).content)
    found = page.xpath("//fieldset[@id='chon-agencies']/p[contains(@class, 'fw-semibold')]")
    return {each.text: [label.text for label in each.getnext().xpath(".//label")] for each in found}


def test_the_agencies_that_the_province_names_stand_first(client: Client, world: World) -> None:
    dossier = sent_dossier(world)
    client.force_login(world.person("standing"))
    assert groups(client, dossier) == {}
    rule(world.council, "opinion-agencies", ["so giao duc và đào tạo", "Cục Thuế tỉnh"])
    rule(world.council, "violation-agencies", ["Sở Nội vụ", "Sở Y tế"])

    found = groups(client, dossier)
    page = client.get(reverse("awards:opinion-ask", args=[dossier.pk])).content.decode()

    assert list(found) == [
        "Hiệp y theo quy định của tỉnh",
        "Xác nhận vi phạm theo quy định của tỉnh",
        "Cơ quan, đơn vị khác",
    ]
    assert [len(each) for each in found.values()] == [1, 1, 3]
    assert "chưa có trong danh sách đơn vị: Cục Thuế tỉnh." in page  # the maker itself is no unknown agency


def test_where_the_province_wants_opinions_a_provincial_award_waits_for_them(world: World) -> None:
    dossier = sent_dossier(world, cases=0)
    case_of(dossier, "Lê Thị B", "cstd-co-so")
    case_of(dossier, "Lê Thị C", "bk-tinh")
    assert not list(open_questions(dossier))
    rule(world.council, "opinions-asked", True)

    (told,) = open_questions(dossier)
    question(dossier, world.sgddt, "consultation", answer="agreed", answered_at="2026-03-03 08:00+07:00")

    assert told.startswith("Chưa xin ý kiến cơ quan liên quan đối với 1 trường hợp (Lê Thị C)")
    assert BASIS in told
    assert not list(open_questions(dossier))


# Registration, attestation


def test_a_title_that_nobody_registered_is_told_where_the_province_wants_it(client: Client, world: World) -> None:
    dossier = DossierFactory(agency=world.syt, year=2025)
    known, other = (SubjectFactory(agency=world.syt, name=name) for name in ("Lê Đã Ghi", "Lê Chưa Ghi"))
    for person in (known, other):
        nominate(dossier, person, "ld-tien-tien")
    nominate(dossier, other, "bk-tinh")
    sent = Registration.objects.create(agency=world.syt, year=2025, state="sent")
    draft = Registration.objects.create(agency=world.syt, year=2024)
    RegistrationLine.objects.create(registration=sent, subject=known, award=award("ld-tien-tien"))
    RegistrationLine.objects.create(registration=draft, subject=other, award=award("ld-tien-tien"))
    client.force_login(world.person("officer"))
    assert "Chưa đăng ký trong năm" not in client.get(dossier.get_absolute_url()).content.decode()
    rule(world.council, "registration-required", True)
    rule(world.council, "party-attestation", True)

    page = client.get(dossier.get_absolute_url()).content.decode()

    assert "1 trường hợp đề nghị danh hiệu chưa đăng ký thi đua năm 2025: Lê Chưa Ghi." in page
    assert "Xác nhận của tổ chức đảng, đoàn thể" in page
    assert page.count(BASIS) == 2
    recheck_dossier(dossier)


@pytest.mark.parametrize("cases", [1, 3])
def test_the_panel_takes_constant_queries_with_every_rule_set(
    world: World, cases: int, django_assert_num_queries: Any
) -> None:
    dossier = DossierFactory(agency=world.syt, year=2025)
    for _ in range(cases):
        nominate(dossier, SubjectFactory(agency=world.syt), "ld-tien-tien")
    for key in ("registration-required", "party-attestation"):
        rule(world.council, key, True)

    with django_assert_num_queries(PANEL_QUERIES):
        panel_of(dossier)


PANEL_QUERIES = 16


# Deadlines of schools and of movements


def due_words(client: Client, dossier: Any) -> str:
    page = lxml.html.fromstring(client.get(dossier.get_absolute_url()).content)
    return " ".join(
        " ".join(each.text_content().split()) for each in page.xpath("//dt[.='Hạn gửi']/following-sibling::dd[1]")
    )


@time_machine.travel("2026-06-01 09:00+07:00", tick=False)
def test_schools_have_their_own_day(client: Client, world: World) -> None:
    school = DossierFactory(agency=world.sgddt, council=world.council, year=2026)
    hospital = DossierFactory(agency=world.syt, council=world.council, year=2026)
    rule(world.council, "dossier-due-cong-trang", "09/12")
    rule(world.council, "dossier-due-giao-duc", "09/07")
    rule(world.council, "education-agencies", ["Sở Giáo dục và Đào tạo"])

    assert (due_of(school), due_of(hospital)) == (date(2026, 7, 9), date(2026, 12, 9))
    client.force_login(world.person("officer"))
    assert due_words(client, hospital) == f"09/12/2026 (còn 191 ngày) {BASIS}"


@time_machine.travel("2026-06-01 09:00+07:00", tick=False)
@pytest.mark.parametrize(
    ("category", "carried", "held", "expected"),
    [
        ("phong-trao", True, date(2026, 7, 15), date(2026, 7, 5)),
        ("phong-trao", False, date(2026, 7, 15), date(2026, 11, 30)),  # the bloc does not carry it out
        ("phong-trao", True, date(2026, 5, 15), date(2026, 11, 30)),  # held before the dossier was begun
        ("cong-hien", True, date(2026, 7, 15), None),
    ],
)
def test_a_movement_s_dossier_is_due_days_before_the_review(
    client: Client, world: World, category: str, carried: bool, held: date, expected: date | None
) -> None:
    movement = MovementFactory(council=world.council)
    dossier = DossierFactory(agency=world.syt, year=2026, category=category, movement=movement)
    if carried:
        BlocMovement.objects.create(bloc_year=world.year, movement=movement)
    Conference.objects.create(bloc_year=world.year, kind="mid-year-review", held_on=held)
    rule(world.council, "dossier-due-phong-trao", "30/11")
    rule(world.council, "dossier-days-before-conference", 10)

    assert due_of(dossier) == expected
    if expected == date(2026, 7, 5):
        client.force_login(world.person("officer"))
        assert due_words(client, dossier) == (
            f"05/07/2026 (còn 34 ngày) 10 ngày trước Hội nghị sơ kết 6 tháng đầu năm ngày 15/07/2026; {BASIS}"
        )


# The page of settings


def test_a_setting_that_nothing_reads_says_so(client: Client, world: World) -> None:
    client.force_login(world.person("standing"))

    page = client.get(reverse("awards:council-settings", args=[world.council.pk])).content.decode()

    idle = {each.key for each in KEYS if not each.applied}
    assert idle == {"vote-cstd-tinh", "vote-cstd-co-so", "vote-co-tinh"}
    assert page.count(NOT_APPLIED) == len(idle)
