"""Pages of decisions: from the session to the issued paper, lists that are searched, and as many queries for more."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.domain.todo import todos_for
from awards.models import Nomination
from council.models import Decision, Issuer
from tests.council_decisions_world import chair, closed_session, drafted, empty_draft, issued
from tests.council_world import appraised_dossier, remit
from tests.world import World

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False) as today:
        yield today


@pytest.fixture
def clerk(client: Any, world: World) -> Any:
    client.force_login(world.person("standing"))
    return client


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def test_a_clerk_goes_from_the_session_to_the_issued_decision(clerk: Any, world: World) -> None:
    session, issuer = closed_session(world, passed=2, failed=1), chair(world)
    assert "2 trường hợp" in text(clerk.get(reverse("council:decisions-waiting")))

    made = clerk.post(reverse("council:decision-from-session", args=[session.pk]), {"issuer": issuer.pk})
    decision = Decision.objects.get()
    assert made["Location"] == decision.get_absolute_url()
    issue = reverse("council:decision-issue", args=[decision.pk])
    answer = clerk.post(issue, {"issued_on": "20/11/2026", "number": ""}, follow=True)

    assert "Đã ban hành Quyết định 01/QĐ-UBND" in text(answer)
    assert '<th scope="rowgroup" colspan="7">Cá nhân</th>' in text(answer)
    assert "3.800.000" in text(answer)
    assert "đã ban hành, số 01/QĐ-UBND" in text(clerk.post(issue, {"issued_on": "20/11/2026"}))


def test_cases_of_the_standing_body_are_drafted_or_refused_from_the_list(clerk: Any, world: World) -> None:
    dossier = appraised_dossier(world, cases=2, code="bk-tinh", year=2026)
    remit(world, "bk-tinh", body="standing")
    first, last = dossier.nominations.order_by("position")
    url = reverse("council:decision-from-nominations")

    clerk.post(url, {"viec": "khong", "chon": [last.pk], "reason": "Rút đề nghị"})
    clerk.post(url, {"viec": "lap", "chon": [first.pk], "issuer": chair(world).pk})

    assert [line.nomination for line in Decision.objects.get().lines.all()] == [first]
    assert Nomination.objects.get(pk=last.pk).state == "refused"


def test_an_issuer_is_kept_and_a_double_is_refused(clerk: Any, world: World) -> None:
    typed = {
        "kind": "chair",
        "name": "Chủ tịch UBND tỉnh",
        "symbol": "QĐ-UBND",
        "active": "on",
        "signer_title": "CHỦ TỊCH",
    }

    clerk.post(reverse("council:issuer-new"), typed)
    again = clerk.post(reverse("council:issuer-new"), typed)

    assert "Đã có cơ quan ban hành cùng tên và ký hiệu" in text(again)
    url = reverse("council:issuer-edit", args=[Issuer.objects.get().pk])
    base = clerk.get(url).context["form"]["base"].value()
    clerk.post(url, typed | {"place": "Tỉnh Mẫu", "base": base})
    assert Issuer.objects.get().place == "Tỉnh Mẫu"


def test_two_clerks_on_one_draft_see_both_texts(clerk: Any, world: World) -> None:
    decision = drafted(world)
    url = reverse("council:decision-edit", args=[decision.pk])
    form = clerk.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"achievement_from": "", "achievement_until": ""}

    clerk.post(url, typed | {"title": "Bản của người thứ nhất"})
    answer = clerk.post(url, typed | {"title": "Bản của người thứ hai"})

    assert "Bản của người thứ nhất" in text(answer)
    assert "Bản của người thứ hai" in text(answer)
    assert Decision.objects.get().title == "Bản của người thứ nhất"


def test_decisions_are_found_by_number_title_and_name_without_accents(clerk: Any, world: World) -> None:
    one = issued(world, empty_draft(world, "Đỗ Thị Ánh", title="Về việc tặng Bằng khen đợt hè"), number=214)
    other = issued(world, empty_draft(world, "Lê Văn Cường", title="Về việc tặng Bằng khen đợt đông"))

    def found(**query: Any) -> set[Decision]:
        return set(clerk.get(reverse("council:decisions"), query).context["listing"].page)

    assert found(q="214/qd") == {one}
    assert found(q="do thi anh") == {one}
    assert found(q="bang khen dot dong") == {other}
    assert found(q="do cuong") == set()
    assert found(hinh_thuc="bk-tinh", nam="2026", ban_hanh=chair(world).pk) == {one, other}
    assert found(trang_thai="draft") == set()
    sheet = clerk.get(reverse("council:decisions"), {"xuat": "xlsx"})
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_agencies_read_names_and_not_money_or_drafts(client: Any, world: World) -> None:
    draft, made = empty_draft(world, "Người Kín"), issued(world, empty_draft(world, "Đỗ Thị An"))
    client.force_login(world.person("stranger"))

    page = text(client.get(made.get_absolute_url()))

    assert "Đỗ Thị An" in page
    assert "3.800.000" not in page
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "Người Kín" not in text(client.get(reverse("council:decisions"), {"q": "nguoi kin"}))


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_often_for_three_as_for_one(
    clerk: Any, world: World, count: int, django_assert_num_queries: Any
) -> None:
    names = [f"Người {number}" for number in range(count)]
    for _ in range(count):
        made = issued(world, empty_draft(world, *names))
    draft = empty_draft(world, *names)

    with django_assert_num_queries(9):
        clerk.get(reverse("council:decisions"))
    with django_assert_num_queries(13):
        clerk.get(made.get_absolute_url())
    with django_assert_num_queries(23):
        clerk.get(draft.get_absolute_url())
    with django_assert_num_queries(8):
        clerk.get(reverse("council:decisions-waiting"))


def test_a_later_decision_is_begun_from_the_page(clerk: Any, world: World) -> None:
    made = issued(world, empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An"))
    url = reverse("council:decision-revoke", args=[made.pk])
    typed = {"issuer": chair(world).pk, "reason": "Kê khai gian dối"}

    assert "Hãy chọn ít nhất một trường hợp" in text(clerk.post(url, typed))
    clerk.post(url, typed | {"whole": "on"})

    draft = Decision.objects.get(kind="revocation")
    assert (draft.lines.count(), draft.corrects, draft.reason) == (2, made, "Kê khai gian dối")
    clerk.post(reverse("council:decision-issue", args=[draft.pk]), {"issued_on": "22/11/2026"})
    page = text(clerk.get(made.get_absolute_url()))
    assert "Đã hủy bỏ ngày 22/11/2026" in page
    assert "Hạn nộp lại" in text(clerk.get(draft.get_absolute_url()))


def test_what_waits_is_among_the_todos(world: World, clock: Any) -> None:
    closed_session(world)
    issued(world, empty_draft(world, "Trần Văn Bảy"))
    empty_draft(world, "Đỗ Thị An")
    clock.move_to("2026-12-20 09:00+07:00")

    told = [todo.text for todo in todos_for(world.person("standing"))]

    assert "Lập quyết định khen thưởng cho 2 trường hợp Hội đồng đã thông qua" in told
    assert "Ban hành hoặc xóa dự thảo quyết định" in told
    assert "Đính kèm bản ký của quyết định" in told
    assert not [t for t in todos_for(world.person("officer")) if "quyết định" in t.text]


def test_an_award_of_a_higher_authority_keeps_the_number_of_its_paper(clerk: Any, world: World) -> None:
    state = chair(world, kind="state", name="Thủ tướng Chính phủ", symbol="QĐ-TTg")
    made = empty_draft(world, "Trần Văn Bảy", code="bk-thu-tuong")
    Decision.objects.filter(pk=made.pk).update(issuer=state, symbol="QĐ-TTg")

    clerk.post(reverse("council:decision-issue", args=[made.pk]), {"issued_on": "05/08/2026", "number": "1512"})

    made.refresh_from_db()
    assert (made.full_number, made.issued_on, made.state) == ("1512/QĐ-TTg", date(2026, 8, 5), "issued")
