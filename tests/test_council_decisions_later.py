"""Correction and revocation: a later decision that names the earlier one; nothing is edited."""

from datetime import date
from typing import Any

import pytest
import time_machine

from accounts.domain.workflow import TransitionRefused
from awards.models import AwardRecord, Holiday
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later, return_of, shown_texts
from council.domain.decisions.lines import add_lines, edit_line
from council.models import Decision
from tests.awards_world import award
from tests.council_decisions_world import DAY, chair, empty_draft, issued
from tests.world import World

pytestmark = [pytest.mark.django_db]
NAMES = ("Trần Văn Bảy", "Đỗ Thị An")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def made(world: World) -> Decision:
    return issued(world, empty_draft(world, *NAMES))


def later(world: World, earlier: Decision, kind: str, *lines: Any) -> Decision:
    given = {"kind": kind, "issuer": chair(world), "reason": "Ghi sai tên.", "actor": world.person("standing")}
    return draft_later(earlier, lines=lines, **given)


def corrected(world: World, earlier: Decision, line: Any, name: str) -> Decision:
    draft = later(world, earlier, "correction", line)
    edit_line(draft.lines.get(), fields={"name": name}, base=None, actor=None)
    issue(draft, actor=None, issued_on=DAY)
    return draft


def test_a_correction_is_shown_and_the_earlier_text_stays(world: World, made: Decision) -> None:
    line = made.lines.first()

    found = corrected(world, made, line, "Trần Văn Bẩy")

    line.refresh_from_db()
    assert (line.name, shown_texts([line])[line.pk].name) == ("Trần Văn Bảy", "Trần Văn Bẩy")
    assert (found.title, found.corrects) == ("Về việc đính chính, sửa đổi Quyết định số 01/QĐ-UBND", made)
    assert "Căn cứ Quyết định 01/QĐ-UBND ngày 20/11/2026" in found.grounds
    assert (found.lines.get().earlier, found.lines.get().amount) == (line, None)
    assert AwardRecord.objects.count() == 2


def test_a_draft_of_a_correction_changes_nothing_that_is_shown(world: World, made: Decision) -> None:
    line = made.lines.first()
    draft = later(world, made, "correction", line)
    edit_line(draft.lines.get(), fields={"name": "Khác"}, base=None, actor=None)

    assert shown_texts([line])[line.pk] == line


def test_corrections_follow_each_other(world: World, made: Decision) -> None:
    line = made.lines.first()
    first = corrected(world, made, line, "Trần Văn Bẩy")

    again = later(world, first, "correction", line)

    assert (again.corrects, again.lines.get().name, again.lines.get().earlier) == (first, "Trần Văn Bẩy", line)
    edit_line(again.lines.get(), fields={"name": "Trần Văn Bảy (A)"}, base=None, actor=None)
    issue(again, actor=None, issued_on=DAY)
    assert shown_texts([line])[line.pk].name == "Trần Văn Bảy (A)"


def test_a_revocation_marks_lines_and_records_and_the_whole_when_none_is_left(world: World, made: Decision) -> None:
    first, last = made.lines.all()

    part = later(world, made, "revocation", first)
    assert part.title == "Về việc hủy bỏ một phần Quyết định khen thưởng số 01/QĐ-UBND"
    issue(part, actor=world.person("standing"), issued_on=DAY)

    made.refresh_from_db()
    assert (made.state, [line.revoked_on for line in made.lines.all()]) == ("issued", [DAY, None])
    assert list(AwardRecord.objects.order_by("pk").values_list("revoked_on", flat=True)) == [DAY, None]
    with pytest.raises(TransitionRefused, match="Đã bị hủy bỏ trước đó: Trần Văn Bảy"):
        later(world, made, "revocation", first, last)
    issue(later(world, made, "revocation", last), actor=world.person("standing"), issued_on=DAY)
    made.refresh_from_db()
    assert made.state == "revoked"
    with pytest.raises(TransitionRefused, match="đã bị hủy bỏ nên không đính chính"):
        later(world, made, "correction", last)


def test_money_and_items_go_back_within_fifteen_working_days(world: World, made: Decision) -> None:
    Holiday.objects.all().delete()
    draft = later(world, made, "revocation", made.lines.first())
    assert return_of(draft) is None

    issue(draft, actor=None, issued_on=DAY)

    term = return_of(draft)
    assert term is not None
    assert (term.due, "Điều 58" in term.citation) == (date(2026, 12, 11), True)


def test_of_two_drafts_that_revoke_one_line_the_second_is_refused(world: World, made: Decision) -> None:
    drafts = [later(world, made, "revocation", made.lines.first()) for _ in range(2)]
    issue(drafts[0], actor=None, issued_on=DAY)

    with pytest.raises(TransitionRefused, match="Đã bị hủy bỏ bằng một quyết định khác: Trần Văn Bảy"):
        issue(drafts[1], actor=None, issued_on=DAY)


def test_what_may_not_be_corrected_or_revoked_is_told(world: World, made: Decision) -> None:
    draft, line = empty_draft(world, "Lê Văn Cường"), made.lines.first()
    fix = corrected(world, made, line, "Trần Văn Bẩy")

    with pytest.raises(TransitionRefused, match="Đây là dự thảo chưa ban hành"):
        later(world, draft, "correction", draft.lines.first())
    with pytest.raises(TransitionRefused, match="Chỉ hủy bỏ được quyết định khen thưởng"):
        later(world, fix, "revocation", line)
    with pytest.raises(TransitionRefused, match="Hãy chọn ít nhất một trường hợp"):
        later(world, made, "correction")
    second = later(world, made, "correction", line)
    with pytest.raises(TransitionRefused, match="Ngày ban hành không được trước"):
        issue(second, actor=None, issued_on=date(2026, 11, 19))
    with pytest.raises(TransitionRefused, match="chỉ gồm các trường hợp của quyết định trước"):
        add_lines(second, subjects=[line.subject], award=award("bk-tinh"), actor=None)
