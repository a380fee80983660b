"""Appraisal: who writes which line, by criterion and by sheet; nobody the own agency's sheet."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice, User
from blocs.models import Agency, BlocYear, Membership
from blocs.tables.access import access_of
from scoring.domain.appraising import AppraisalRefused, accept_rest, load_appraisal, save_appraisals
from scoring.domain.authority import appraises, bodies_of, sheets_to_appraise, years_to_appraise
from scoring.domain.sheets import save_agreed, save_appraisal, save_self
from scoring.domain.tree import load_tree
from scoring.domain.wording import ScoreFaults
from scoring.domain.workflow import SCORE_SHEET
from scoring.models import Criterion, ScoreLine, ScoreSheet
from tests.factories import AgencyFactory, AppointmentFactory, UserFactory
from tests.scoring_forms import Untouched
from tests.scoring_world import Scores, build_scores
from tests.world import World, build_world

D = Decimal


def person_of(agency: Agency, duty: str = "officer") -> User:
    user = UserFactory(email=f"{agency.code}-{duty}@example.vn", full_name=f"Người {agency.code}")
    AppointmentFactory(user=user, agency=agency, duty=duty)
    return user


def furnished(world: World) -> Scores:
    """A1 is the secretariat's, A4 of Sở Tài chính (no member), T of the standing body, P of Sở Y tế (a member)."""
    scores = build_scores(world)
    finance = AgencyFactory(council=world.council, code="stc", name="Sở Tài chính")
    for code, values in {
        "A4": {"appraised_by": "agency", "appraiser": finance},
        "T": {"appraised_by": "standing"},
        "P": {"appraised_by": "agency", "appraiser": world.syt},
    }.items():
        Criterion.objects.filter(pk=scores.criteria[code].pk).update(**values)
    return scores


@pytest.fixture
def scores(world: World) -> Scores:
    return furnished(world)


@pytest.fixture
def finance(scores: Scores) -> User:
    return person_of(Agency.objects.get(code="stc"))


def sent(scores: Scores, agency: Agency, state: str = "submitted") -> ScoreSheet:
    sheet = scores.sheet(agency, state)
    scores.line(sheet, "A1", self_points=D(50))
    scores.line(sheet, "A2", plan=D(100), actual=D(100))
    scores.line(sheet, "A3", level="Tốt")
    scores.line(sheet, "A4", times=2, explanation="Riêng của A4")
    scores.line(sheet, "T", self_points=D(5))
    return sheet


def may(user: User, scores: Scores, agency: Agency) -> set[str]:
    """Codes that ``user`` appraises on the sheet of ``agency``."""
    bodies = bodies_of(scores.world.year)
    nodes = load_tree(scores.criteria_set).leaves
    return {node.code for node in nodes if appraises(access_of(user), bodies, agency.pk, node)}


def untouched(page: bytes) -> dict[str, str]:
    """What saving the page sends when nothing was changed on it: its longest form."""
    reader = Untouched()
    reader.feed(page.decode())
    return max(reader.forms, key=len)


def write(sheet: ScoreSheet, scores: Scores, actor: User | None, **cells: Any) -> ScoreSheet:
    return save_appraisal(sheet, entries=scores.ids(**cells), actor=actor, expected=sheet.version)


# Who appraises what

OF_SECRETARIAT = {"A1", "A2", "A3", "L"}


def test_everybody_appraises_the_own_criteria_alone(scores: Scores, finance: User) -> None:
    world = scores.world

    assert may(world.person("secretary"), scores, world.sldtbxh) == OF_SECRETARIAT
    assert may(finance, scores, world.sldtbxh) == {"A4"}
    assert may(world.person("standing"), scores, world.sldtbxh) == {"T"}
    assert may(world.person("officer"), scores, world.sldtbxh) == {"P"}
    for name in ("deputy_officer", "observer", "council_member", "stranger", "administrator"):
        assert may(world.person(name), scores, world.sldtbxh) == set(), name


def test_of_the_heads_sheet_the_deputy_and_the_standing_body_take_the_secretariats_lines(scores: Scores) -> None:
    world = scores.world

    assert may(world.person("secretary"), scores, world.stttt) == set()
    assert may(world.person("deputy_officer"), scores, world.stttt) == OF_SECRETARIAT
    assert may(world.person("standing"), scores, world.stttt) == OF_SECRETARIAT | {"T"}
    assert may(world.person("officer"), scores, world.stttt) == {"P"}


def test_a_specialised_agency_leaves_its_own_sheet_to_the_standing_body(scores: Scores) -> None:
    world = scores.world

    assert may(world.person("officer"), scores, world.syt) == set()
    assert may(world.person("standing"), scores, world.syt) == {"T", "P"}
    assert may(world.person("secretary"), scores, world.syt) == OF_SECRETARIAT


def test_the_standing_agencys_own_sheet_goes_to_the_secretariat(scores: Scores) -> None:
    world = scores.world
    Membership.objects.create(bloc_year=world.year, agency=world.snv, role="member", position=9)

    assert may(world.person("standing"), scores, world.snv) == set()
    assert may(world.person("secretary"), scores, world.snv) == OF_SECRETARIAT | {"T"}


def test_a_criterion_without_an_appraiser_is_the_standing_bodys(scores: Scores) -> None:
    world = scores.world
    Criterion.objects.filter(pk=scores.criteria["A4"].pk).update(appraiser=None)

    assert may(world.person("standing"), scores, world.sldtbxh) == {"A4", "T"}
    assert may(world.person("secretary"), scores, world.sldtbxh) == OF_SECRETARIAT


def test_an_agency_reaches_the_sent_sheets_and_the_year_of_its_criteria(scores: Scores, finance: User) -> None:
    world = scores.world
    sheet = sent(scores, world.syt)
    scores.sheet(world.sldtbxh, "draft")

    assert set(sheets_to_appraise(finance)) == {sheet}
    assert set(years_to_appraise(finance)) == {world.year}
    assert set(ScoreSheet.objects.visible_to(finance)) == set()
    assert set(sheets_to_appraise(world.person("officer"))) == set()
    assert set(years_to_appraise(world.person("council_member"))) == set()


# Writing


def test_anothers_criterion_is_refused_in_a_sentence(scores: Scores, finance: User) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    points = {"appraised_points": D(5)}

    with pytest.raises(ScoreFaults) as refused:
        write(sheet, scores, scores.world.person("secretary"), A4=points, T=points)
    assert refused.value.faults == {
        "A4": "Tiêu chí này do Sở Tài chính thẩm định, bạn không sửa được.",
        "T": "Tiêu chí này do cơ quan thường trực Hội đồng thẩm định, bạn không sửa được.",
    }
    with pytest.raises(ScoreFaults, match="do thư ký khối thẩm định"):
        write(sheet, scores, finance, A1=points)
    with pytest.raises(ScoreFaults, match="do thư ký khối thẩm định"):
        write(sheet, scores, scores.world.person("standing"), A1=points)
    assert ScoreLine.objects.filter(appraised_points__isnull=False).count() == 0


def test_nobody_appraises_the_own_sheet(scores: Scores) -> None:
    head = sent(scores, scores.world.stttt)

    with pytest.raises(ScoreFaults, match="do phó khối hoặc cơ quan thường trực thẩm định"):
        write(head, scores, scores.world.person("head_leader"), A1={"appraised_points": D(50)})
    write(head, scores, scores.world.person("deputy_officer"), A1={"appraised_points": D(50)})

    assert head.lines.get(criterion=scores.criteria["A1"]).appraised_points == D(50)
    assert scores.world.person("secretary").has_perm("scoring.decide_sheet", head) is False
    assert scores.world.person("deputy_officer").has_perm("scoring.decide_sheet", head) is True


def test_the_standing_body_does_not_confirm_its_own_sheet(scores: Scores) -> None:
    world = scores.world
    Membership.objects.create(bloc_year=world.year, agency=world.snv, role="member", position=9)
    own = sent(scores, world.snv)

    assert world.person("standing").has_perm("scoring.decide_sheet", own) is False
    assert world.person("secretary").has_perm("scoring.decide_sheet", own) is True


def test_appraisal_and_agreement_keep_reasons_of_their_own(scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    line = sheet.lines.get(criterion=scores.criteria["A1"])

    with pytest.raises(ScoreFaults, match=r"A1: Điểm 45 khác điểm trước đó \(50\)"):
        write(sheet, scores, None, A1={"appraised_points": D(45)})
    write(sheet, scores, None, A1={"appraised_points": D(45), "appraisal_reason": "Thiếu minh chứng"})
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="appraised")
    with pytest.raises(ScoreFaults, match=r"A1: Điểm 47 khác điểm trước đó \(45\)"):
        save_agreed(sheet, entries=scores.ids(A1={"agreed_points": D(47)}), actor=None, expected=1)
    save_agreed(
        sheet, entries=scores.ids(A1={"agreed_points": D(47), "reason": "Hội nghị quyết"}), actor=None, expected=1
    )

    line.refresh_from_db()
    assert (line.appraisal_reason, line.reason) == ("Thiếu minh chứng", "Hội nghị quyết")


def test_an_imported_reason_still_counts_for_the_appraisal(scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    sheet.lines.filter(criterion=scores.criteria["A1"]).update(reason="Thiếu minh chứng chỉ tiêu 3")

    write(sheet, scores, None, A1={"appraised_points": D(45)})

    assert sheet.lines.get(criterion=scores.criteria["A1"]).appraised_points == D(45)


def test_several_sheets_are_written_all_or_nothing(scores: Scores) -> None:
    world = scores.world
    one, two = sent(scores, world.sldtbxh), sent(scores, world.sgddt)
    a1 = scores.criteria["A1"].pk
    entries = {
        one.pk: {a1: {"appraised_points": D(50)}},
        two.pk: {a1: {"appraised_points": D(40)}},
    }

    with pytest.raises(AppraisalRefused) as refused:
        save_appraisals({one.pk: one, two.pk: two}, entries=entries, expected={}, actor=world.person("secretary"))

    assert refused.value.faults == {(two.pk, a1): "Điểm 40 khác điểm trước đó (50). Hãy ghi lý do chênh lệch."}
    assert refused.value.is_stale is False
    assert ScoreLine.objects.filter(appraised_points__isnull=False).count() == 0


def test_a_sent_sheet_tells_the_secretariat_and_the_agencies(scores: Scores, finance: User) -> None:
    sheet = sent(scores, scores.world.sldtbxh, "draft")

    SCORE_SHEET.perform(sheet, "submit", actor=None)

    told = set(Notice.objects.values_list("user__email", flat=True))
    assert told == {
        "secretary@example.vn", "head_leader@example.vn", "stc-officer@example.vn",
        "officer@example.vn", "leader@example.vn",
    }  # fmt: skip


def test_an_agreed_sheet_needs_every_due_line(scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh, "appraised")

    with pytest.raises(TransitionRefused, match="Còn 2 tiêu chí chưa có điểm thống nhất: A1, T"):
        SCORE_SHEET.perform(sheet, "agree", actor=scores.world.person("secretary"))


@pytest.mark.parametrize("state", ["concluded", "handed_over"])
@pytest.mark.parametrize(("verb", "column", "at"), [
    (save_self, "self_points", "draft"),
    (save_appraisal, "appraised_points", "submitted"),
    (save_agreed, "agreed_points", "appraised"),
])  # fmt: skip
def test_a_year_that_is_not_being_scored_takes_no_points(
    scores: Scores, state: str, verb: Any, column: str, at: str
) -> None:
    sheet = sent(scores, scores.world.sldtbxh, at)
    BlocYear.objects.filter(pk=scores.world.year.pk).update(state=state)

    with pytest.raises(TransitionRefused, match="nên không ghi điểm được"):
        verb(sheet, entries=scores.ids(A1={column: D(40)}), actor=None, expected={})

    assert set(ScoreLine.objects.filter(sheet=sheet).values_list("appraised_points", "agreed_points")) == {(None, None)}


def test_the_appraisal_page_of_a_concluded_year_only_shows(client: Client, scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    BlocYear.objects.filter(pk=scores.world.year.pk).update(state="concluded")
    client.force_login(scores.world.person("secretary"))
    here = url_of(scores, "phieu", sheet.pk)

    shown, posted = client.get(here), client.post(here, {})

    assert (shown.status_code, shown.context["may_write"], posted.status_code) == (200, False, 403)


def test_what_another_body_computes_from_is_not_appraised_until_it_says_so(scores: Scores) -> None:
    world = scores.world
    Criterion.objects.filter(pk=scores.criteria["A2"].pk).update(appraised_by="standing")
    Criterion.objects.filter(pk=scores.criteria["A3"].pk).update(appraised_by="standing")
    sheet = sent(scores, world.sldtbxh)
    sheet.lines.filter(criterion=scores.criteria["A1"]).update(appraised_points=D(50))

    with pytest.raises(TransitionRefused, match="Còn 3 tiêu chí chưa có điểm thẩm định: A3, A4, T"):
        SCORE_SHEET.perform(sheet, "appraise", actor=world.person("secretary"))
    sheet.lines.exclude(criterion=scores.criteria["A2"]).update(appraised_points=D(5))
    SCORE_SHEET.perform(sheet, "appraise", actor=world.person("secretary"))

    assert sheet.state == "appraised"


def test_what_the_secretariat_appraises_may_stay_computed(scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    sheet.lines.filter(criterion__code__in=["A1", "A4", "T"]).update(appraised_points=D(5))

    SCORE_SHEET.perform(sheet, "appraise", actor=scores.world.person("secretary"))

    assert sheet.lines.get(criterion__code="A3").appraised_points is None


def test_the_rest_is_accepted_on_the_own_lines_that_the_page_drew(scores: Scores) -> None:
    world = scores.world
    sheet = sent(scores, world.sldtbxh)
    secretary = world.person("secretary")
    lines = load_appraisal(world.year, secretary).of_sheet(sheet.pk)
    a1, a3 = ((sheet.pk, scores.criteria[code].pk) for code in ("A1", "A3"))
    typed = {a1: {"appraised_points": D(40), "appraisal_reason": "Thiếu minh chứng"}}

    assert accept_rest(lines, typed=typed, seen={a1: 0}, actor=secretary) == 0
    assert accept_rest(lines, typed={}, seen={a3: 0}, actor=None) == 1

    found = dict(sheet.lines.values_list("criterion__code", "appraised_points"))
    assert found == {"A1": D(40), "A2": None, "A3": D(20), "A4": None, "T": None}


# The pages


@pytest.mark.parametrize("by", ["phieu", "tieu-chi"])
def test_one_button_accepts_the_computed_points_of_the_own_blank_lines(
    client: Client, scores: Scores, finance: User, by: str
) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    client.force_login(finance)
    url = url_of(scores, by, sheet.pk if by == "phieu" else scores.criteria["A4"].pk)
    assert ">0/1<" in client.get(url_of(scores)).content.decode()
    form = untouched(client.get(url).content)

    page = client.post(url, form | {"lam": "dong-y"}, follow=True).content.decode()

    assert "Đã đồng ý với điểm tự chấm ở 1 dòng còn lại." in page
    found = dict(sheet.lines.values_list("criterion__code", "appraised_points"))
    assert found == {"A1": None, "A2": None, "A3": None, "A4": D(10), "T": None}
    assert audit.entries_of(sheet).get().action == "Đồng ý với điểm tự chấm ở các dòng còn lại"
    assert ">1/1<" in client.get(url_of(scores)).content.decode()


def test_the_rest_is_not_accepted_where_a_line_changed_meanwhile(client: Client, scores: Scores, finance: User) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    client.force_login(finance)
    url = url_of(scores, "phieu", sheet.pk)
    form = untouched(client.get(url).content)
    sheet.lines.filter(criterion=scores.criteria["A4"]).update(times=3, version=7)

    told = client.post(url, form | {"lam": "dong-y"})

    assert told.status_code == 409
    assert sheet.lines.get(criterion=scores.criteria["A4"]).appraised_points is None


def test_lines_compared_with_the_leader_stay_blank(client: Client, scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    client.force_login(scores.world.person("secretary"))
    url = url_of(scores, "phieu", sheet.pk)
    page = client.get(url).content

    client.post(url, untouched(page) | {"lam": "dong-y"})

    assert "Dòng so với đơn vị dẫn đầu được để trống" in page.decode()
    found = dict(sheet.lines.values_list("criterion__code", "appraised_points"))
    assert found == {"A1": D(50), "A2": None, "A3": D(20), "A4": None, "T": None}


def url_of(scores: Scores, *parts: Any) -> str:
    return "/".join(["", "khoi", str(scores.world.year.pk), "tham-dinh", *map(str, parts), ""])


def test_an_agency_from_outside_sees_its_criterion_and_nothing_else(
    client: Client, scores: Scores, finance: User
) -> None:
    world = scores.world
    sheet = sent(scores, world.sldtbxh)
    ScoreLine.objects.filter(criterion=scores.criteria["A1"]).update(explanation="Riêng của A1")
    client.force_login(finance)

    index = client.get(url_of(scores)).content.decode()
    page = client.get(url_of(scores, "phieu", sheet.pk)).content.decode()

    assert (f"A4. {scores.criteria['A4'].name}" in index, f"A1. {scores.criteria['A1'].name}" in index) == (True, False)
    assert ("Riêng của A4" in page, "Riêng của A1" in page) == (True, False)
    assert client.get(url_of(scores, "tieu-chi", scores.criteria["A1"].pk)).status_code == 404
    assert client.get(f"/phieu-cham/{sheet.pk}/").status_code == 404
    assert client.get(f"/khoi/{world.year.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("secretary", 200), ("standing", 200), ("deputy_officer", 200), ("officer", 200),
        ("observer", 403), ("council_member", 404), ("stranger", 404), ("administrator", 404),
    ],
)  # fmt: skip
def test_who_opens_the_appraisal(client: Client, scores: Scores, name: str, status: int) -> None:
    sent(scores, scores.world.sldtbxh)
    client.force_login(scores.world.person(name))

    assert client.get(url_of(scores)).status_code == status


def test_a_member_that_appraises_nothing_is_refused(client: Client, scores: Scores) -> None:
    client.force_login(person_of(scores.world.sldtbxh))

    assert client.get(url_of(scores)).status_code == 403


def test_the_own_sheet_has_no_page_for_its_head(client: Client, scores: Scores) -> None:
    head = sent(scores, scores.world.stttt)
    client.force_login(scores.world.person("secretary"))
    assert client.get(url_of(scores, "phieu", head.pk)).status_code == 404

    client.force_login(scores.world.person("deputy_officer"))
    assert client.get(url_of(scores, "phieu", head.pk)).status_code == 200


def test_one_criterion_is_appraised_for_all_members_on_one_page(client: Client, scores: Scores) -> None:
    world = scores.world
    one, two = sent(scores, world.sldtbxh), sent(scores, world.sgddt)
    a1 = scores.criteria["A1"].pk
    client.force_login(world.person("secretary"))
    url = url_of(scores, "tieu-chi", a1)
    form = untouched(client.get(url).content)

    refused = client.post(
        url, form | {f"d{one.pk}-{a1}-appraised_points": "50", f"d{two.pk}-{a1}-appraised_points": "45,5"}
    )
    saved = client.post(
        url,
        form
        | {
            f"d{one.pk}-{a1}-appraised_points": "50",
            f"d{two.pk}-{a1}-appraised_points": "45,5",
            f"d{two.pk}-{a1}-appraisal_reason": "Thiếu minh chứng",
        },
    )

    assert "Hãy ghi lý do chênh lệch" in refused.content.decode()
    assert 'value="45,5"' in refused.content.decode()
    assert saved.status_code == 302
    found = {line.sheet_id: line.appraised_points for line in ScoreLine.objects.filter(criterion=a1)}
    assert found == {one.pk: D(50), two.pk: D("45.5")}
    assert [audit.entries_of(each).count() for each in (one, two)] == [1, 1]


def test_saving_an_untouched_page_changes_nothing(client: Client, scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    client.force_login(scores.world.person("secretary"))
    url = url_of(scores, "phieu", sheet.pk)

    client.post(url, untouched(client.get(url).content))

    sheet.refresh_from_db()
    assert (sheet.version, audit.entries_of(sheet).count()) == (0, 0)


def test_the_second_appraiser_is_told_and_keeps_what_was_typed(client: Client, scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    a1 = scores.criteria["A1"].pk
    client.force_login(scores.world.person("secretary"))
    url, prefix = url_of(scores, "phieu", sheet.pk), f"d{sheet.pk}-{scores.criteria['A1'].pk}"
    older = untouched(client.get(url).content)
    first = scores.world.person("head_leader")
    write(sheet, scores, first, A1={"appraised_points": D(45), "appraisal_reason": "Lý do của người trước"})

    mine = {f"{prefix}-appraised_points": "40", f"{prefix}-appraisal_reason": "Lý do của người sau"}
    told = client.post(url, older | mine)
    page = told.content.decode()

    assert told.status_code == 409
    assert "Người head_leader đã sửa tiêu chí A1" in page
    assert ("Lý do của người trước" in page, "Lý do của người sau" in page) == (True, True)
    line = sheet.lines.get(criterion=a1)
    assert (line.appraised_points, line.appraisal_reason) == (D(45), "Lý do của người trước")
    client.post(url, untouched(told.content))
    line.refresh_from_db()
    assert (line.appraised_points, line.appraisal_reason) == (D(40), "Lý do của người sau")


def test_an_older_page_does_not_blank_what_another_wrote_elsewhere(client: Client, scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    client.force_login(scores.world.person("secretary"))
    url, a3 = url_of(scores, "phieu", sheet.pk), scores.criteria["A3"].pk
    older = untouched(client.get(url).content)
    write(sheet, scores, None, A1={"appraised_points": D(50)})

    saved = client.post(url, older | {f"d{sheet.pk}-{a3}-appraised_points": "20"})

    assert saved.status_code == 302
    found = dict(sheet.lines.filter(appraised_points__isnull=False).values_list("criterion__code", "appraised_points"))
    assert found == {"A1": D(50), "A3": D(20)}


def test_a_forged_line_is_not_written(client: Client, scores: Scores, finance: User) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    client.force_login(finance)
    url, forged = url_of(scores, "phieu", sheet.pk), f"d{sheet.pk}-{scores.criteria['A1'].pk}"

    client.post(url, untouched(client.get(url).content) | {forged: "x", f"{forged}-appraised_points": "1"})

    assert ScoreLine.objects.filter(appraised_points__isnull=False).count() == 0


def test_letters_are_kept_and_told(client: Client, scores: Scores, finance: User) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    client.force_login(finance)
    url, key = url_of(scores, "phieu", sheet.pk), f"d{sheet.pk}-{scores.criteria['A4'].pk}"

    page = client.post(url, untouched(client.get(url).content) | {f"{key}-appraised_points": "chín"}).content.decode()

    assert "«chín» không phải là số" in page
    assert 'value="chín"' in page


def test_the_sheets_page_has_boxes_for_the_own_lines_alone(client: Client, scores: Scores) -> None:
    sheet = sent(scores, scores.world.sldtbxh)
    client.force_login(scores.world.person("secretary"))

    drawn = untouched(client.get(f"/phieu-cham/{sheet.pk}/").content)

    boxes = {code for code in scores.criteria if f"c{scores.criteria[code].pk}-appraised_points" in drawn}
    assert boxes == {"A1", "A2", "A3"}


@pytest.mark.parametrize("sheets", [1, 3])
def test_the_pages_take_constant_queries(
    client: Client, scores: Scores, django_assert_num_queries: Any, sheets: int
) -> None:
    world = scores.world
    made = [sent(scores, agency) for agency in (world.sldtbxh, world.sgddt, world.syt)[:sheets]]
    client.force_login(world.person("secretary"))
    client.get("/")

    with django_assert_num_queries(14):
        client.get(url_of(scores))
    with django_assert_num_queries(15):
        client.get(url_of(scores, "tieu-chi", scores.criteria["A1"].pk))
    with django_assert_num_queries(15):
        client.get(url_of(scores, "phieu", made[0].pk))


def test_the_work_of_one_person_is_loaded_in_six_queries(scores: Scores, django_assert_num_queries: Any) -> None:
    sent(scores, scores.world.sldtbxh)
    secretary = scores.world.person("secretary")
    access_of(secretary)

    with django_assert_num_queries(6):
        mine = load_appraisal(scores.world.year, secretary)

    assert [work.node.code for work in mine.criteria] == ["A1", "A2", "A3"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'")
def test_of_two_appraisers_of_one_line_at_once_no_reason_is_lost() -> None:
    scores = furnished(build_world())
    sheet = sent(scores, scores.world.sldtbxh)
    barrier, answers = threading.Barrier(2), []
    a1 = scores.criteria["A1"].pk

    def appraise(name: str, points: int) -> None:
        actor = scores.world.person(name)
        barrier.wait()
        try:
            save_appraisals(
                {sheet.pk: ScoreSheet.objects.get(pk=sheet.pk)},
                entries={sheet.pk: {a1: {"appraised_points": D(points), "appraisal_reason": f"Lý do của {name}"}}},
                expected={sheet.pk: {a1: 0}},
                actor=actor,
            )
            answers.append((name, "saved"))
        except AppraisalRefused as refusal:
            answers.append((name, "told" if refusal.is_stale else "refused"))
        finally:
            connection.close()

    threads = [threading.Thread(target=appraise, args=each) for each in (("secretary", 45), ("head_leader", 40))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    outcome = dict(answers)
    winner = next(name for name, what in outcome.items() if what == "saved")
    assert sorted(outcome.values()) == ["saved", "told"]
    line = ScoreLine.objects.get(sheet=sheet, criterion=a1)
    assert line.appraisal_reason == f"Lý do của {winner}"
    assert audit.entries_of(sheet).count() == 1


def test_the_appraiser_is_not_asked_whether_a_deduction_was_assigned(client: Client, scores: Scores) -> None:
    sheet = sent(scores, scores.world.sgddt)
    scores.criteria["P"].appraised_by = "secretariat"
    scores.criteria["P"].save()
    pk = scores.criteria["P"].pk
    client.force_login(scores.world.person("secretary"))
    url = url_of(scores, "tieu-chi", pk)
    page = client.get(url).content

    refused = client.post(url, untouched(page) | {f"d{sheet.pk}-{pk}-not-assigned": "1"}).content.decode()

    assert "-not-assigned" not in page.decode()
    assert "không đánh dấu «Không được giao»" in refused
    assert not ScoreLine.objects.filter(sheet=sheet, criterion=pk, assigned=False).exists()
