"""Opinions of other agencies: what they see, what they answer, until when."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.domain.todo import todos_for
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from awards.domain.appraising import Ruling, judge_nomination
from awards.domain.opinions import Question, answer_opinion, ask_opinions, remind, waive_opinion
from awards.models import Attachment, Dossier, Freeze, NominationText, Opinion, Supplement
from tests.appraisal_world import colleague, question, sent_dossier
from tests.world import PERSONAS


@time_machine.travel("2026-03-02 09:00+07:00")
def test_the_asked_agency_has_ten_working_days_and_is_told(client, world):
    dossier = sent_dossier(world)
    case = dossier.nominations.get()
    client.force_login(world.person("standing"))
    data = {
        "kind": "consultation", "agencies": [world.sgddt.pk, world.stttt.pk], "nominations": [case.pk],
        "text": "Xin ý kiến hiệp y khen thưởng.",
    }  # fmt: skip

    client.post(reverse("awards:opinion-ask", args=[dossier.pk]), data)

    rows = list(Opinion.objects.order_by("asked__code"))
    assert [(row.asked.code, row.asked_on, row.due) for row in rows] == [
        ("sgddt", date(2026, 3, 2), date(2026, 3, 16)), ("stttt", date(2026, 3, 2), date(2026, 3, 16)),
    ]  # fmt: skip
    told = set(Notice.objects.values_list("user__email", flat=True))
    assert told == {"deputy_officer@example.vn", "secretary@example.vn", "head_leader@example.vn"}
    todo = next(each for each in todos_for(world.person("deputy_officer")) if "Trả lời ý kiến" in each.text)
    assert (todo.text, todo.due) == ("Trả lời ý kiến: hiệp y khen thưởng", date(2026, 3, 16))


def test_the_maker_is_not_asked_about_itself(world):
    dossier = sent_dossier(world)
    wanted = Question("consultation", "Xin ý kiến", [world.syt], list(dossier.nominations.all()))

    with pytest.raises(TransitionRefused, match="Không xin ý kiến chính đơn vị đề nghị"):
        ask_opinions(dossier, wanted, actor=world.person("standing"), on=date(2026, 3, 2))


def test_the_asked_agency_sees_names_units_awards_and_the_question_only(client, world):
    dossier = sent_dossier(world, code="MA-HO-SO", title="TRICH-YEU", paper_number="SO-TO-TRINH")
    case = dossier.nominations.get()
    dossier.nominations.update(
        summary="TOM-TAT", post="CHUC-VU", checks={"checks": [{"text": "CAU-KIEM-TRA", "passed": False}]},
        appraisal_reason="Y-KIEN-THAM-DINH",
    )  # fmt: skip
    type(case.subject).objects.update(id_tail="789", note="GHI-CHU")
    Freeze.objects.create(subject=case.subject, kind="petition", reason="LY-DO-DON-THU", since=date(2026, 1, 1))
    Attachment.objects.create(dossier=dossier, nomination=case, kind="bao-cao", title="TEN-GIAY-TO", sha256="0" * 64)
    NominationText.objects.create(nomination=case, section="ii-thanh-tich", text="BAO-CAO-THANH-TICH")
    Supplement.objects.create(dossier=dossier, target="dossier:title", request="YEU-CAU-BO-SUNG")
    row = question(dossier, world.sgddt)
    client.force_login(world.person("deputy_officer"))

    pages = [
        client.get(row.get_absolute_url()).content.decode(),
        client.get(reverse("awards:opinions")).content.decode(),
        client.get(reverse("accounts:history", args=["awards.opinion", row.pk])).content.decode(),
    ]

    assert all(words in pages[0] for words in ("Lê Thị A", "Phòng Nghiệp vụ Y", "Chiến sĩ thi đua cơ sở", "Có vi phạm"))
    for secret in (
        "MA-HO-SO", "TRICH-YEU", "SO-TO-TRINH", "TOM-TAT", "CHUC-VU", "CAU-KIEM-TRA", "Y-KIEN-THAM-DINH", "789",
        "GHI-CHU", "LY-DO-DON-THU", "TEN-GIAY-TO", "BAO-CAO-THANH-TICH", "YEU-CAU-BO-SUNG", "Sở Y tế",
    ):  # fmt: skip
        assert not [secret for page in pages if secret in page], secret
    assert client.get(dossier.get_absolute_url()).status_code == 404
    assert client.get(reverse("awards:appraisal", args=[dossier.pk])).status_code == 404
    assert client.get(reverse("awards:appraise", args=[case.pk])).status_code == 404


@pytest.mark.parametrize("name", PERSONAS)
def test_who_sees_and_who_answers_an_opinion(client, world, name):
    row = question(sent_dossier(world), world.sgddt)
    client.force_login(world.person(name))
    sees, answers = name in ("deputy_officer", "standing"), name == "deputy_officer"

    status = client.get(row.get_absolute_url()).status_code
    posted = client.post(row.get_absolute_url(), {"answer": "no-violation", "seen": 0}).status_code

    assert status == (200 if sees else 404)
    assert posted == (302 if answers else 403 if sees else 404)
    assert (row.get_absolute_url() in client.get(reverse("awards:opinions")).content.decode()) is sees


@pytest.mark.parametrize(
    ("kind", "answer", "text", "goes"),
    [
        ("consultation", "agreed", "", True),
        ("consultation", "disagreed", "", False),
        ("consultation", "disagreed", "Chưa nộp đủ bảo hiểm.", True),
        ("consultation", "violation", "Có", False),
        ("violation", "no-violation", "", True),
        ("violation", "violation", "", False),
        ("violation", "violation", "Bị xử phạt năm 2025.", True),
        ("violation", "", "", False),
    ],
)
def test_answers_fit_the_question_and_are_explained(world, kind, answer, text, goes):
    row = question(sent_dossier(world), world.sgddt, kind)
    given = {"answer": answer, "text": text, "document": "15/SGDĐT", "actor": world.person("deputy_officer")}

    if goes:
        answer_opinion(row, **given)
        found = Opinion.objects.get()
        assert (found.answer, found.text, found.document, found.version) == (answer, text, "15/SGDĐT", 1)
    else:
        with pytest.raises(TransitionRefused):
            answer_opinion(row, **given)
        assert Opinion.objects.get().answered_at is None


@pytest.mark.parametrize("state", ["received", "supplement", "appraised", "in_session", "concluded"])
def test_answers_come_while_the_dossier_is_appraised(world, state):
    row = question(sent_dossier(world, state=state), world.sgddt)
    given = {"answer": "no-violation", "text": "", "document": "", "actor": world.person("deputy_officer")}

    if state in ("received", "supplement"):
        answer_opinion(row, **given)
        assert Opinion.objects.get().answer == "no-violation"
    else:
        with pytest.raises(TransitionRefused, match="đã kết thúc"):
            answer_opinion(row, **given)


def test_the_second_to_answer_is_told_what_the_first_said(client, world):
    row = question(sent_dossier(world), world.sgddt)
    answer_opinion(row, answer="violation", text="Bị xử phạt.", document="", actor=world.person("deputy_officer"))
    client.force_login(world.person("deputy_officer"))
    data = {"answer": "no-violation", "text": "Nội dung tôi gõ", "seen": 0}

    page = client.post(row.get_absolute_url(), data)

    words = page.content.decode()
    assert page.status_code == 409
    assert "«Có vi phạm» Bị xử phạt." in words
    assert "Nội dung tôi gõ" in words
    assert Opinion.objects.get().answer == "violation"


def test_an_answer_is_told_to_the_specialist_and_hidden_from_the_makers(client, world):
    dossier = sent_dossier(world)
    row = question(dossier, world.sgddt)
    answer_opinion(row, answer="violation", text="Bị xử phạt.", document="", actor=world.person("deputy_officer"))

    assert Notice.objects.filter(user=world.person("standing"), text__contains="có vi phạm").exists()
    client.force_login(world.person("officer"))
    history = client.get(reverse("accounts:history", args=["awards.dossier", dossier.pk])).content.decode()
    assert "vi phạm" not in history
    assert "Sở Giáo dục" not in history
    assert client.get(row.get_absolute_url()).status_code == 404


def test_an_opinion_is_waived_with_a_reason_by_the_specialist(world):
    row = question(sent_dossier(world), world.sgddt)

    with pytest.raises(PermissionDenied):
        waive_opinion(row, reason="Quá hạn.", actor=colleague(world))
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        waive_opinion(row, reason=" ", actor=world.person("standing"))
    waive_opinion(row, reason="Quá hạn 20 ngày.", actor=world.person("standing"))

    found = Opinion.objects.get()
    assert (found.answer, found.text, found.answered_at is not None) == ("waived", "Quá hạn 20 ngày.", True)
    assert entries_of(found).first().reason == "Quá hạn 20 ngày."
    with pytest.raises(TransitionRefused, match="thôi chờ"):
        answer_opinion(found, answer="no-violation", text="", document="", actor=world.person("deputy_officer"))


def test_a_reminder_goes_to_the_asked_agency(world):
    row = question(sent_dossier(world), world.sgddt)

    remind(row, actor=world.person("standing"))

    assert [(each.user.email, each.text) for each in Notice.objects.all()] == [
        ("deputy_officer@example.vn", "Nhắc trả lời ý kiến khen thưởng, hạn 16/03/2026.")
    ]


@time_machine.travel("2026-03-20 09:00+07:00")
def test_late_answers_are_shown_as_late(client, world):
    question(sent_dossier(world), world.sgddt)
    client.force_login(world.person("standing"))

    page = client.get(reverse("awards:opinions"), {"tinh_trang": "qua"}).content.decode()

    assert "(quá hạn)" in page


@time_machine.travel("2026-03-20 09:00+07:00")
def test_a_reported_violation_becomes_a_freeze_with_one_press(client, world):
    row = question(sent_dossier(world, cases=2), world.sgddt)
    chosen, other = row.nominations.all()
    url = reverse("awards:opinion-freeze", args=[row.pk])
    client.force_login(world.person("standing"))
    client.post(url, {"chon": chosen.pk})
    assert not Freeze.objects.exists()
    answer_opinion(
        row, answer="violation", text="Đang thanh tra.", document="9/TTr", actor=world.person("deputy_officer")
    )

    client.post(url, {"chon": chosen.pk})
    client.post(url, {"chon": chosen.pk})

    made = Freeze.objects.get()
    assert (made.subject, made.kind, made.since, made.document, made.reason) == (
        chosen.subject, "inspection", date(2026, 3, 20), "9/TTr", "Ý kiến của Sở Giáo dục và Đào tạo: Đang thanh tra.",
    )  # fmt: skip
    assert not other.subject.freezes.exists()
    with pytest.raises(TransitionRefused, match="việc xem xét, xác minh chưa kết luận"):
        judge_nomination(chosen, Ruling("find_eligible", "Đủ giấy tờ."), actor=world.person("standing"))
    judge_nomination(other, Ruling("find_eligible", "Đủ giấy tờ."), actor=world.person("standing"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "count"), [("standing", 6), ("deputy_officer", 7)])
def test_the_list_takes_constant_queries(client, world, django_assert_num_queries, rows, name, count):
    for _ in range(rows):
        question(sent_dossier(world), world.sgddt)
    client.force_login(world.person(name))

    with django_assert_num_queries(count):
        client.get(reverse("awards:opinions"))


def test_the_dossier_knows_how_many_were_asked(world):
    dossier = sent_dossier(world)
    wanted = Question("violation", "Có vi phạm không?", [world.sgddt, world.stttt], list(dossier.nominations.all()))

    ask_opinions(dossier, wanted, actor=world.person("standing"), on=date(2026, 3, 2))

    entry = entries_of(Dossier.objects.get()).first()
    assert (entry.action, entry.after["số cơ quan"]) == ("Xin ý kiến", 2)
