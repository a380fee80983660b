"""Public verification of decisions and certificates: real, corrected, revoked or unknown, and nothing of the inside."""

import secrets
from datetime import date
from typing import Any

import lxml.html
import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.domain.decisions.lines import edit_line
from council.models import Decision, DecisionLine
from reports.domain.verifying import Standing, find
from tests.council_decisions_world import DAY, chair, empty_draft, issued
from tests.world import World

pytestmark = [pytest.mark.django_db]
INSIDE = ("Hoa tiêu", "Khen riêng", "987", "1975", "Người standing", "Sở Y tế", "hs-")


@pytest.fixture(autouse=True)
def _today() -> Any:
    cache.clear()
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def decided(world: World) -> Decision:
    """Two people, printed with post and unit; their cards hold more than the paper prints."""
    draft = empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An")
    draft.lines.update(post="Trưởng khoa", unit="Bệnh viện Đa khoa", citation="Khen riêng")
    for line in draft.lines.select_related("subject"):
        type(line.subject).objects.filter(pk=line.subject_id).update(
            id_tail="987", born_on=date(1975, 1, 2), post="Hoa tiêu"
        )
    return issued(world, draft)


def follow_up(world: World, decision: Decision, kind: str, *lines: DecisionLine, **fields: str) -> Decision:
    actor = world.person("standing")
    made = draft_later(decision, kind=kind, lines=lines, issuer=chair(world), reason="Lý do riêng", actor=actor)
    if fields:
        edit_line(made.lines.get(), fields=fields, base=None, actor=None)
    issue(made, actor=actor, issued_on=DAY)
    return made


def shown(client: Client, code: str | None) -> tuple[int, str, dict[str, str]]:
    """Status, the sentence, and the facts of the page."""
    answer = client.get(f"/xac-minh/{code}/")
    tree = lxml.html.fromstring(answer.content)
    (sentence,) = tree.xpath("//div[contains(@class, 'alert')]")
    labels = [each.text_content().strip() for each in tree.xpath("//dl/dt")]
    values = [each.text_content().strip() for each in tree.xpath("//dl/dd")]
    return answer.status_code, " ".join(sentence.text_content().split()), dict(zip(labels, values, strict=True))


DECIDED = {
    "Trích yếu": "Về việc tặng Bằng khen",
    "Số, ký hiệu": "01/QĐ-UBND",
    "Ngày ban hành": "20/11/2026",
    "Cơ quan ban hành": "Chủ tịch Ủy ban nhân dân tỉnh Mẫu",
}
AWARDED = {
    "Tặng, công nhận": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "Người, tập thể, hộ được khen thưởng": "Trần Văn Bảy",
    "Chức vụ": "Trưởng khoa",
    "Đơn vị, địa chỉ": "Bệnh viện Đa khoa",
    "Số quyết định": "01/QĐ-UBND",
    "Ngày quyết định": "20/11/2026",
    "Cơ quan, người quyết định": "Chủ tịch Ủy ban nhân dân tỉnh Mẫu",
}


def line_of(decision: Decision) -> DecisionLine:
    return decision.lines.get(name="Trần Văn Bảy")


def test_a_decision_is_real_and_tells_its_face_alone(client: Client, decided: Decision) -> None:
    status, sentence, facts = shown(client, decided.code)

    assert (status, facts) == (200, DECIDED)
    assert sentence.startswith("Quyết định này do hệ thống ban hành. Hãy so")


def test_a_certificate_is_real_and_tells_what_it_prints(client: Client, decided: Decision) -> None:
    status, sentence, facts = shown(client, line_of(decided).code)

    assert (status, facts) == (200, AWARDED)
    assert sentence.startswith("Khen thưởng này có thật.")


def test_nothing_of_the_inside_is_public(client: Client, decided: Decision) -> None:
    line = line_of(decided)
    assert line.amount

    for code in (decided.code, line.code):
        page = client.get(f"/xac-minh/{code}/").content.decode()
        for hidden in (*INSIDE, str(line.amount), f"/{line.subject_id}/", decided.get_absolute_url(), "app-nav"):
            assert hidden not in page
        assert "Đỗ Thị An" not in page


def test_a_corrected_certificate_tells_the_text_that_holds_and_by_which_decision(
    client: Client, world: World, decided: Decision
) -> None:
    fix = follow_up(world, decided, "correction", line_of(decided), name="Trần Văn Bẩy", unit="Bệnh viện Tỉnh")

    for code in (line_of(decided).code, fix.lines.get().code):
        status, sentence, facts = shown(client, code)
        changed = {"Người, tập thể, hộ được khen thưởng": "Trần Văn Bẩy", "Đơn vị, địa chỉ": "Bệnh viện Tỉnh"}
        assert (status, facts) == (200, AWARDED | changed)
        assert "đã được đính chính theo Quyết định 02/QĐ-UBND ngày 20/11/2026" in sentence
    _, sentence, facts = shown(client, decided.code)
    assert "đã được đính chính, sửa đổi theo Quyết định 02/QĐ-UBND ngày 20/11/2026" in sentence
    assert facts == DECIDED


def test_a_revoked_award_says_so(client: Client, world: World, decided: Decision) -> None:
    by = follow_up(world, decided, "revocation", line_of(decided))
    other = decided.lines.get(name="Đỗ Thị An")

    for code in (line_of(decided).code, by.lines.get().code):
        status, sentence, facts = shown(client, code)
        assert (status, facts) == (200, AWARDED)
        assert sentence == (
            "Khen thưởng này đã bị hủy bỏ, thu hồi theo Quyết định 02/QĐ-UBND ngày 20/11/2026. "
            "Bằng, giấy chứng nhận không còn giá trị."
        )
    assert find(str(other.code)).standing == Standing.REAL  # type: ignore[union-attr]
    partly = find(str(decided.code))
    assert partly is not None
    assert (partly.standing, "một phần theo Quyết định 02/QĐ-UBND" in partly.verdict) == (Standing.CORRECTED, True)


def test_a_decision_revoked_as_a_whole_says_so(client: Client, world: World, decided: Decision) -> None:
    follow_up(world, decided, "revocation", *decided.lines.all())

    _, sentence, facts = shown(client, decided.code)

    assert "đã bị hủy bỏ theo Quyết định 02/QĐ-UBND ngày 20/11/2026. Quyết định không còn giá trị." in sentence
    assert facts == DECIDED


def test_a_draft_of_a_revocation_changes_nothing_in_public(world: World, decided: Decision) -> None:
    draft_later(decided, kind="revocation", lines=decided.lines.all(), issuer=chair(world), reason="x", actor=None)

    for code in (decided.code, line_of(decided).code):
        found = find(str(code))
        assert found is not None
        assert found.standing == Standing.REAL


def test_the_reason_of_a_later_decision_is_not_public(client: Client, world: World, decided: Decision) -> None:
    by = follow_up(world, decided, "revocation", line_of(decided))

    for code in (by.code, decided.code, line_of(decided).code):
        assert "Lý do riêng" not in client.get(f"/xac-minh/{code}/").content.decode()


def test_codes_are_exact_to_the_letter(client: Client, decided: Decision) -> None:
    code = str(line_of(decided).code)

    for wrong in (code.swapcase(), code[:-1], f"{code}A", "%00", "None", "0"):
        assert client.get(f"/xac-minh/{wrong}/").status_code == 404


def test_a_thousand_random_codes_find_nothing_and_are_slowed(client: Client, decided: Decision) -> None:
    codes = [secrets.token_urlsafe(16) for _ in range(1_000)]

    assert [code for code in codes if find(code) is not None] == []
    answers = [client.get(f"/xac-minh/{code}/").status_code for code in codes]
    assert (answers.count(404), answers.count(429)) == (30, 970)
    assert answers[:30] == [404] * 30
    assert client.get(f"/xac-minh/{decided.code}/").status_code == 429


def test_verification_stays_out_of_search_engines(client: Client, decided: Decision) -> None:
    answer = client.get(f"/xac-minh/{line_of(decided).code}/")

    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "private, no-store"


def test_one_code_takes_the_same_queries_however_long_the_annex(  # type: ignore[no-untyped-def]
    world: World, django_assert_num_queries
) -> None:
    for count in (1, 3):
        decided = issued(world, empty_draft(world, *(f"Người {number}" for number in range(count))))
        code = str(decided.lines.all()[0].code)
        with django_assert_num_queries(3):
            assert find(str(decided.code))
        with django_assert_num_queries(4):
            assert find(code)
    with django_assert_num_queries(3):
        assert find("khong-co") is None
