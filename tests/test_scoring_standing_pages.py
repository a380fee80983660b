"""The pages of the frozen ranking: the way there, every version, reopening; only what was frozen is shown."""

import hashlib
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blocs.models import BlocYear
from scoring.domain.disqualifying import disqualify
from scoring.domain.standing import lock_standing, reopen_standing
from scoring.models import LockedStanding, ScoreLine
from tests.scoring_world import Scores
from tests.standing_world import build_agreed, set_fields, sheet_of
from tests.world import World


@pytest.fixture
def scores(world: World) -> Scores:
    return build_agreed(world)


@pytest.fixture
def secretary(client: Any, scores: Scores) -> Any:
    client.force_login(scores.world.person("secretary"))
    return client


def page(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def main_part(client: Any, url: str) -> str:
    """From the heading on, without the tokens of the page's frame."""
    return page(client, url).partition("<h1")[2]


def year_url(scores: Scores) -> str:
    return f"/khoi/{scores.world.year.pk}/xep-hang/"


def test_the_secretariat_locks_and_lands_on_the_frozen_page(secretary: Any, scores: Scores) -> None:
    assert "Xếp hạng hiện tại, chưa khóa" in page(secretary, year_url(scores))

    answer = secretary.post(f"{year_url(scores)}khoa/")

    standing = LockedStanding.objects.get()
    assert answer["Location"] == f"/xep-hang/{standing.pk}/"
    shown = page(secretary, answer["Location"])
    assert "Nội dung khớp mã băm" in shown
    assert standing.sha256 in shown
    assert shown.index("Sở Y tế") < shown.index("Sở Giáo dục và Đào tạo")
    assert "Đang có hiệu lực" in page(secretary, year_url(scores))


def test_what_stands_in_the_way_is_said_and_there_is_no_button(secretary: Any, scores: Scores) -> None:
    sheet = sheet_of(scores, "syt")
    type(sheet).objects.filter(pk=sheet.pk).update(state="appraised")

    shown = page(secretary, year_url(scores))
    told = secretary.post(f"{year_url(scores)}khoa/", follow=True).content.decode()

    assert "Phiếu chưa được thống nhất điểm: Sở Y tế." in shown
    assert "Khóa kết quả xếp hạng</button>" not in shown
    assert "Phiếu chưa được thống nhất điểm: Sở Y tế." in told
    assert not LockedStanding.objects.exists()


def test_a_shared_rank_is_locked_only_with_the_box_ticked(secretary: Any, scores: Scores) -> None:
    sheet_of(scores, "sgddt").lines.filter(criterion=scores.criteria["A1"]).update(agreed_points=50)

    without = secretary.post(f"{year_url(scores)}khoa/", follow=True).content.decode()
    assert "Còn đơn vị bằng nhau ở hạng 1" in without
    assert not LockedStanding.objects.exists()

    secretary.post(f"{year_url(scores)}khoa/", {"van-dong-hang": "1"})
    assert [unit["rank"] for unit in LockedStanding.objects.get().content["units"]] == [1, 1, 3, 4]


def test_a_grade_that_the_rules_leave_open_is_the_council_s_to_decide(secretary: Any, scores: Scores) -> None:
    """domain.md C5.2 T4: a line under the floor of its band."""
    grading = {"of": "percent", "bands": [{"name": "HTXS", "from": 99}, {"name": "HTT", "floor": 99}]}
    type(scores.criteria_set).objects.update(grading=grading)

    current = page(secretary, year_url(scores))
    secretary.post(f"{year_url(scores)}khoa/")
    frozen = page(secretary, f"/xep-hang/{LockedStanding.objects.get().pk}/")

    for shown in (current, frozen):
        assert ("Cần Hội đồng quyết định" in shown, "Chưa xếp loại" in shown) == (True, False)
        assert "dưới mức sàn 99" in shown


def test_the_page_shows_the_frozen_numbers_whatever_happens_to_the_rows(secretary: Any, scores: Scores) -> None:
    disqualify(sheet_of(scores, "stttt"), reason="Bị kỷ luật.", evidence="QĐ 12", bars_certificates=True, actor=None)
    set_fields(scores, grading={"of": "points", "bands": [{"name": "Giỏi", "from": 80}, {"name": "Khá"}]})
    standing = lock_standing(scores.world.year, actor=None)
    before = main_part(secretary, f"/xep-hang/{standing.pk}/?chi-tiet=1")

    ScoreLine.objects.update(agreed_points=1)
    set_fields(scores, grading={})

    assert main_part(secretary, f"/xep-hang/{standing.pk}/?chi-tiet=1") == before
    assert "Không xét (cả bằng khen): Bị kỷ luật. Căn cứ: QĐ 12" in " ".join(before.split())
    assert "Giỏi" in before


def test_the_download_has_exactly_the_hash_of_the_page(secretary: Any, scores: Scores) -> None:
    standing = lock_standing(scores.world.year, actor=None)

    answer = secretary.get(f"/xep-hang/{standing.pk}/?xuat=json")

    assert hashlib.sha256(answer.content).hexdigest() == standing.sha256
    assert answer["Content-Type"] == "application/json"


def test_reopening_asks_for_a_reason_and_both_versions_stay_readable(secretary: Any, scores: Scores) -> None:
    first = lock_standing(scores.world.year, actor=None)
    url = f"/xep-hang/{first.pk}/mo-lai/"

    assert "Hãy ghi lý do mở lại kết quả xếp hạng." in secretary.post(url, {"reason": " "}).content.decode()
    assert secretary.post(url, {"reason": "Ghi nhầm A1"})["Location"] == year_url(scores)
    secretary.post(f"{year_url(scores)}khoa/")

    shown = page(secretary, year_url(scores))
    assert (shown.count("Phiên bản 1</a>"), shown.count("Phiên bản 2</a>")) == (1, 1)
    assert "Lý do: Ghi nhầm A1" in page(secretary, f"/xep-hang/{first.pk}/")
    assert "Mở lại kết quả…" not in page(secretary, f"/xep-hang/{first.pk}/")


def test_a_changed_content_is_told_on_the_page(secretary: Any, scores: Scores) -> None:
    standing = lock_standing(scores.world.year, actor=None)
    reopen_standing(standing, reason="Thử", actor=None)
    copy = LockedStanding.objects.create(
        bloc_year=scores.world.year,
        version=2,
        locked_at=standing.locked_at,
        content=standing.content | {"version": 2},
        sha256=standing.sha256,
    )

    assert "Nội dung không khớp mã băm" in page(secretary, f"/xep-hang/{copy.pk}/")


def test_members_read_it_once_published_and_neither_lock_nor_reopen(client: Any, scores: Scores) -> None:
    standing = lock_standing(scores.world.year, actor=None)
    client.force_login(scores.world.person("officer"))
    assert "chưa được khóa hoặc chưa được công bố" in page(client, year_url(scores))
    assert client.get(f"/xep-hang/{standing.pk}/").status_code == 404

    BlocYear.objects.filter(pk=scores.world.year.pk).update(scores_published_at=standing.locked_at)

    shown = page(client, f"/xep-hang/{standing.pk}/")
    assert ("Sở Giáo dục và Đào tạo" in shown, "Mở lại kết quả…" in shown) == (True, False)
    assert client.post(f"/xep-hang/{standing.pk}/mo-lai/", {"reason": "x"}).status_code == 403
    assert client.post(f"{year_url(scores)}khoa/").status_code == 403
    client.force_login(scores.world.person("stranger"))
    assert client.get(f"/xep-hang/{standing.pk}/").status_code == 404
    assert client.get(year_url(scores)).status_code == 404


def count(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_pages_ask_the_database_as_often_for_three_versions_as_for_one(secretary: Any, scores: Scores) -> None:
    unlocked = count(secretary, year_url(scores))
    first = lock_standing(scores.world.year, actor=None)
    one, detail = count(secretary, year_url(scores)), count(secretary, f"/xep-hang/{first.pk}/?chi-tiet=1")
    standing = first
    for reason in ("Một", "Hai"):
        reopen_standing(standing, reason=reason, actor=None)
        standing = lock_standing(scores.world.year, actor=None)

    assert (unlocked, one, detail) == (14, 7, 6)
    assert (count(secretary, year_url(scores)), count(secretary, f"/xep-hang/{first.pk}/?chi-tiet=1")) == (7, 6)


def test_the_standing_page_leads_to_reopening_for_those_who_may(secretary: Any, client: Any, scores: Scores) -> None:
    year = scores.world.year
    standing = lock_standing(year, actor=scores.world.person("secretary"))
    BlocYear.objects.filter(pk=year.pk).update(scores_published_at="2020-12-20T08:00:00Z")
    link = f'<a href="/xep-hang/{standing.pk}/mo-lai/">Mở lại…</a>'

    offered = link in page(secretary, year_url(scores))
    client.force_login(scores.world.person("officer"))
    refused = link in page(client, year_url(scores))

    assert (offered, refused) == (True, False)
