"""Grounds for which a unit is not considered: ready ones, suggested ones, what they bar (domain.md C5.4)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear, PledgeSignature
from scoring.domain.disqualifying import READY, disqualify
from scoring.domain.outcome import propose
from scoring.domain.ranking import consolidated, standings
from scoring.domain.standing import lock_standing
from scoring.domain.suspecting import confirm_suggestion, suggestions
from scoring.models import Criterion, Disqualification, Proposal, ScoreSheet
from tests.factories import PetitionFactory, PledgeFactory, TargetFactory
from tests.scoring_world import Scores, build_scores
from tests.standing_world import build_agreed, sheet_of
from tests.world import World

TODAY = date(2021, 1, 20)


@pytest.fixture
def scores(world: World) -> Scores:
    return build_agreed(world)


def suggested(scores: Scores) -> list[tuple[str, str, str]]:
    found = suggestions(scores.world.year, consolidated(scores.world.year), today=TODAY)
    return [(each.sheet.agency.code, each.code, each.evidence) for each in found]


def certificate(scores: Scores, code: str, award: str = "bk-tinh") -> Proposal:
    agency = getattr(scores.world, code)
    return propose(scores.world.year, award=award, agency=agency, reason="Hội nghị thống nhất", actor=None)


# What a ground bars


def test_a_ground_bars_flags_alone_unless_it_says_certificates_too(scores: Scores) -> None:
    disqualify(sheet_of(scores, "syt"), reason="Không ký giao ước.", actor=None)

    with pytest.raises(TransitionRefused, match="không được đề nghị Cờ thi đua"):
        certificate(scores, "syt", "co-tinh")
    assert certificate(scores, "syt").award == "bk-tinh"


@pytest.mark.parametrize("award", ["co-tinh", "co-chinh-phu", "bk-tinh", "bk-thu-tuong", "bk-bo", "giay-khen"])
def test_a_leader_disciplined_from_a_warning_bars_flags_and_certificates_hung_yen_v2b(
    scores: Scores, award: str
) -> None:
    ground = READY["discipline"]
    disqualify(sheet_of(scores, "syt"), reason=ground.text, bars_certificates=ground.bars_certificates, actor=None)

    with pytest.raises(TransitionRefused, match="không được đề nghị"):
        certificate(scores, "syt", award)
    assert certificate(scores, "sgddt", award).agency == scores.world.sgddt


def test_a_barred_unit_stays_in_the_table_and_out_of_the_ranking(scores: Scores) -> None:
    disqualify(sheet_of(scores, "syt"), reason="Bị kỷ luật.", bars_certificates=True, actor=None)

    assert [(each.agency.code, each.rank) for each in standings(scores.world.year)] == [
        ("sgddt", 1),
        ("stttt", 2),
        ("sldtbxh", 3),
        ("syt", None),
    ]


def test_a_ground_keeps_its_evidence_in_row_and_history(scores: Scores) -> None:
    sheet = sheet_of(scores, "syt")

    disqualify(sheet, reason="Bị kỷ luật.", evidence=" QĐ 12/QĐ-UBND ", bars_certificates=True, actor=None)

    ground = Disqualification.objects.get()
    assert (ground.evidence, ground.bars_certificates) == ("QĐ 12/QĐ-UBND", True)
    assert audit.entries_of(sheet)[0].after == {
        "disqualification": "Bị kỷ luật.",
        "evidence": "QĐ 12/QĐ-UBND",
        "bars_certificates": True,
    }
    with pytest.raises(TransitionRefused, match="dài quá 500"):
        disqualify(sheet, reason="Khác.", evidence="x" * 501, actor=None)


# What the records suggest


def test_records_that_say_nothing_suggest_nothing(scores: Scores) -> None:
    PetitionFactory(bloc_year=scores.world.year, agency=scores.world.syt, status="dismissed")
    PledgeFactory(bloc_year=scores.world.year, state="draft")
    PetitionFactory(bloc_year=scores.world.other_year, agency=scores.world.other, status="verifying")

    assert suggested(scores) == []


def test_a_petition_under_verification_is_suggested(scores: Scores) -> None:
    for subject in ("Tố cáo A", "Tố cáo B"):
        PetitionFactory(bloc_year=scores.world.year, agency=scores.world.syt, status="verifying", subject=subject)

    assert suggested(scores) == [("syt", "petition", "Đơn thư đang xác minh: «Tố cáo A», «Tố cáo B».")]


def test_a_unit_that_did_not_sign_the_pledge_is_suggested(scores: Scores) -> None:
    pledge = PledgeFactory(bloc_year=scores.world.year, state="signed")
    for agency in (scores.world.stttt, scores.world.sgddt, scores.world.syt):
        PledgeSignature.objects.create(pledge=pledge, agency=agency)

    assert suggested(scores) == [("sldtbxh", "pledge", "Giao ước của khối không có chữ ký của đơn vị.")]


def test_targets_that_fell_short_are_suggested_with_their_figures_law_26_1a(scores: Scores) -> None:
    pledge = PledgeFactory(bloc_year=scores.world.year)
    for name, plan, actual, direction in (
        ("Giải ngân", 95, "92.5", "up"),
        ("Hộ nghèo", 3, 4, "down"),
        ("Đạt", 90, 90, "up"),
        ("Chưa rõ", 90, None, "up"),
    ):
        TargetFactory(pledge=pledge, agency=scores.world.syt, name=name, plan=plan, actual=actual, direction=direction)

    assert suggested(scores) == [("syt", "targets", "Chỉ tiêu không đạt: Giải ngân (92,5/95 %); Hộ nghèo (4/3 %).")]


def test_late_and_unsent_sheets_are_suggested(scores: Scores) -> None:
    BlocYear.objects.filter(pk=scores.world.year.pk).update(scores_due=date(2020, 12, 25))
    scores.world.year.refresh_from_db()
    ScoreSheet.objects.filter(agency=scores.world.syt).update(late_days=3)
    ScoreSheet.objects.filter(agency=scores.world.sldtbxh).update(state="draft")

    assert suggested(scores) == [
        ("sldtbxh", "unsent", "Hạn gửi 25/12/2020, đơn vị chưa gửi."),
        ("syt", "late", "Phiếu gửi chậm 3 ngày."),
    ]


def test_before_the_due_date_an_unsent_sheet_is_not_held_against_anybody(world: World) -> None:
    scores = build_scores(world)
    BlocYear.objects.filter(pk=world.year.pk).update(scores_due=TODAY)
    world.year.refresh_from_db()
    scores.sheet(world.syt, "draft")

    assert suggested(scores) == []


@pytest.mark.parametrize(("bars", "certificates"), [(True, False), ("certificates", True)])
def test_a_deduction_that_bars_is_suggested_once_it_happened(scores: Scores, bars: Any, certificates: bool) -> None:
    Criterion.objects.filter(pk=scores.criteria["P"].pk).update(
        options={"per": 5, "bars": bars}, name="Lãnh đạo bị cảnh cáo"
    )
    scores.line(sheet_of(scores, "syt"), "P", times=1, agreed_points=5)
    scores.line(sheet_of(scores, "sgddt"), "P", times=0)

    (found,) = suggestions(scores.world.year, consolidated(scores.world.year), today=TODAY)

    assert (found.sheet.agency, found.reason, found.evidence, found.bars_certificates) == (
        scores.world.syt,
        "Đơn vị bị trừ điểm ở tiêu chí P. Lãnh đạo bị cảnh cáo",
        "Trừ 5 điểm theo bảng điểm.",
        certificates,
    )


def test_a_suggestion_changes_nothing_until_a_person_confirms_it(scores: Scores) -> None:
    PetitionFactory(bloc_year=scores.world.year, agency=scores.world.syt, status="verifying", subject="Tố cáo A")
    assert [each.rank for each in standings(scores.world.year)] == [1, 2, 3, 4]
    secretary = scores.world.person("secretary")

    ground = confirm_suggestion(
        scores.world.year, sheet=sheet_of(scores, "syt"), code="petition", today=TODAY, actor=secretary
    )

    assert (ground.reason, ground.evidence) == (READY["petition"].text, "Đơn thư đang xác minh: «Tố cáo A».")
    assert suggested(scores) == []
    assert audit.entries_of(sheet_of(scores, "syt"))[0].actor == secretary


def test_a_suggestion_that_no_longer_holds_is_not_confirmed(scores: Scores) -> None:
    with pytest.raises(TransitionRefused, match="không còn đúng với hồ sơ"):
        confirm_suggestion(scores.world.year, sheet=sheet_of(scores, "syt"), code="petition", today=TODAY, actor=None)

    assert not Disqualification.objects.exists()


# Pages


def url_of(scores: Scores, code: str) -> str:
    return f"/phieu-cham/{sheet_of(scores, code).pk}/khong-xet/"


def test_a_ready_ground_is_recorded_with_its_evidence(client: Any, scores: Scores) -> None:
    client.force_login(scores.world.person("secretary"))
    typed = {"ready": "discipline", "reason": "", "evidence": "QĐ 12/QĐ-UBND", "bars_certificates": "on"}

    answer = client.post(url_of(scores, "syt"), typed)

    assert answer.status_code == 302
    ground = Disqualification.objects.get()
    assert (ground.reason, ground.evidence, ground.bars_certificates) == (
        READY["discipline"].text,
        "QĐ 12/QĐ-UBND",
        True,
    )


def test_own_words_win_over_the_ready_text_and_a_refusal_keeps_what_was_typed(client: Any, scores: Scores) -> None:
    client.force_login(scores.world.person("secretary"))
    typed = {"ready": "late", "reason": "Gửi phiếu chậm 20 ngày.", "evidence": "Sổ văn bản đến"}
    assert client.post(url_of(scores, "syt"), typed).status_code == 302

    again = client.post(url_of(scores, "syt"), typed).content.decode()
    nothing = client.post(url_of(scores, "sgddt"), {"evidence": "Sổ văn bản đến"}).content.decode()

    assert "Lý do không xét này đã được ghi cho đơn vị." in again
    assert ("Gửi phiếu chậm 20 ngày." in again, "Sổ văn bản đến" in again) == (True, True)
    assert "Hãy chọn một lý do có sẵn hoặc ghi lý do." in nothing
    assert "Sổ văn bản đến" in nothing
    assert Disqualification.objects.count() == 1


def test_lifting_a_ground_needs_a_reason(client: Any, scores: Scores) -> None:
    disqualify(sheet_of(scores, "syt"), reason="Bị kỷ luật.", actor=None)
    client.force_login(scores.world.person("secretary"))
    url = url_of(scores, "syt") + "?bo=B%E1%BB%8B+k%E1%BB%B7+lu%E1%BA%ADt."

    assert "Hãy điền mục này." in client.post(url, {"reason": ""}).content.decode()
    assert client.post(url, {"reason": "Đã hủy quyết định"}).status_code == 302
    assert not Disqualification.objects.exists()


def test_one_click_confirms_a_suggestion_but_never_on_the_own_agency(client: Any, scores: Scores) -> None:
    for agency in (scores.world.syt, scores.world.stttt):
        PetitionFactory(bloc_year=scores.world.year, agency=agency, status="verifying")
    url = f"/khoi/{scores.world.year.pk}/khong-xet/"
    client.force_login(scores.world.person("secretary"))
    page = client.get(url).content.decode()
    assert page.count("Xác nhận không xét</button>") == 1
    assert "Phó khối hoặc cơ quan thường trực xác nhận" in page

    data = {"goi-y": "petition", "phieu": sheet_of(scores, "syt").pk}
    assert client.post(f"{url}xac-nhan/", data)["Location"] == url
    own = client.post(f"{url}xac-nhan/", data | {"phieu": sheet_of(scores, "stttt").pk})
    foreign = client.post(f"{url}xac-nhan/", data | {"phieu": 999})

    assert (own.status_code, foreign.status_code) == (403, 404)
    assert [ground.sheet.agency for ground in Disqualification.objects.all()] == [scores.world.syt]


def test_while_the_ranking_is_locked_the_page_offers_nothing(client: Any, scores: Scores) -> None:
    PetitionFactory(bloc_year=scores.world.year, agency=scores.world.syt, status="verifying")
    lock_standing(scores.world.year, actor=None)
    client.force_login(scores.world.person("secretary"))

    page = client.get(f"/khoi/{scores.world.year.pk}/khong-xet/").content.decode()
    answer = client.post(url_of(scores, "syt"), {"ready": "late"}).content.decode()

    assert "Xác nhận không xét</button>" not in page
    assert "đã khóa (phiên bản 1)" in page
    assert "đã khóa (phiên bản 1)" in answer


def test_the_page_of_grounds_asks_the_database_as_often_for_one_unit_as_for_four(client: Any, world: World) -> None:
    scores = build_scores(world)
    counts = []
    for codes in (["syt"], ["sgddt", "sldtbxh", "stttt"]):
        for code in codes:
            disqualify(scores.filled(getattr(world, code), 40), reason="Nộp chậm.", actor=None)
            PetitionFactory(bloc_year=world.year, agency=getattr(world, code), status="verifying")
        client.force_login(world.person("standing"))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/khoi/{world.year.pk}/khong-xet/")
        counts.append(len(queries))

    assert counts == [17, 17]


def test_whether_most_are_women_is_told_by_who_judges_the_sheet(client: Any, world: World) -> None:
    scores = build_agreed(world)
    sheet = sheet_of(scores, "syt")
    url = f"/phieu-cham/{sheet.pk}/ty-le-nu/"

    answers = []
    for name in ("officer", "stranger", "secretary"):
        client.force_login(world.person(name))
        answers.append(client.post(url, {"women_70": "co"}).status_code)
    sheet.refresh_from_db()
    page = client.get(f"/phieu-cham/{sheet.pk}/").content.decode()

    assert answers == [403, 404, 302]
    assert sheet.women_70 is True
    assert "Tỷ lệ nữ: từ 70%" in page
