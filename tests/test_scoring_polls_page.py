"""Recorded ballots on the page: corrected, removed with a reason, offered for awards of collectives."""

from typing import Any

import pytest
from django.test import Client

from accounts.domain import audit
from scoring.domain.polls import record_poll
from scoring.forms.outcome import COLLECTIVE_AWARDS
from scoring.models import Poll
from tests.world import World


@pytest.fixture
def poll(world: World) -> Poll:
    return record(world, 1)


def record(world: World, round: int) -> Poll:
    figures: dict[str, Any] = {"threshold": 80, "eligible": 4, "present": 4, "cast": 4, "invalid": 0}
    votes = {world.syt: 4, world.sldtbxh: 1}
    return record_poll(
        world.year, award="co-tinh", round=round, mode="secret", base="members", votes=votes, actor=None, **figures
    )


def edit_url(world: World) -> str:
    return f"/khoi/{world.year.pk}/bo-phieu/ghi-ket-qua/?hinh-thuc=co-tinh&vong=1"


def test_a_poll_is_corrected_in_its_own_form(client: Client, world: World, poll: Poll) -> None:
    client.force_login(world.person("secretary"))

    drawn = client.get(edit_url(world)).context["form"]
    data = {name: field.value() for name, field in ((each.name, each) for each in drawn) if field.value() is not None}
    client.post(edit_url(world), data | {f"votes_{world.syt.pk}": 3, "award": "co-chinh-phu", "round": 2})

    assert (drawn["present"].value(), drawn[f"votes_{world.syt.pk}"].value()) == (4, 4)
    assert {tally.agency.code: tally.votes for tally in Poll.objects.get().tallies.all()} == {"syt": 3, "sldtbxh": 1}
    entry = audit.entries_of(poll).first()
    assert entry is not None
    assert entry.after == {"votes": {"syt": 3, "sldtbxh": 1}}


def test_a_poll_that_does_not_stand_is_not_corrected(client: Client, world: World, poll: Poll) -> None:
    client.force_login(world.person("secretary"))

    assert client.get(edit_url(world).replace("vong=1", "vong=2")).status_code == 404
    client.force_login(world.person("officer"))
    assert client.get(edit_url(world)).status_code == 403


def test_the_page_offers_correction_to_those_who_propose(client: Client, world: World, poll: Poll) -> None:
    url = f"/bo-phieu/{poll.pk}/"
    links = (edit_url(world).replace("&", "&amp;"), f"/bo-phieu/{poll.pk}/xoa/")

    client.force_login(world.person("secretary"))
    page = client.get(url).content.decode()
    client.force_login(world.person("observer"))
    watched = client.get(url).content.decode()
    proposals = client.get(f"/khoi/{world.year.pk}/de-nghi/").content.decode()

    assert [link in page for link in links] == [True, True]
    assert [link in watched for link in links] == [False, False]
    assert "Bỏ phiếu đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh, vòng 1" in page
    assert "Bỏ phiếu đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh, vòng 1" in proposals
    assert '<h1 class="h3">Đề nghị tặng cờ, khen thưởng của khối</h1>' in proposals


def test_a_poll_is_removed_with_a_reason(client: Client, world: World, poll: Poll) -> None:
    url = f"/bo-phieu/{poll.pk}/xoa/"
    client.force_login(world.person("secretary"))

    refused = client.post(url, {"reason": " "}).content.decode()
    assert "Hãy ghi lý do xóa kết quả bỏ phiếu." in refused
    assert Poll.objects.exists()
    client.post(url, {"reason": "Ghi nhầm biên bản"})

    assert not Poll.objects.exists()
    entry = audit.entries_of(poll).first()
    assert entry is not None
    assert (entry.action, entry.reason) == ("Xóa kết quả bỏ phiếu", "Ghi nhầm biên bản")
    assert entry.before["votes"] == {"syt": 4, "sldtbxh": 1}


def test_a_round_with_a_later_one_stays(client: Client, world: World, poll: Poll) -> None:
    record(world, 2)
    client.force_login(world.person("secretary"))

    page = client.post(f"/bo-phieu/{poll.pk}/xoa/", {"reason": "nhầm"}).content.decode()

    assert "Đã có kết quả vòng 2. Hãy xóa kết quả vòng đó trước." in page
    assert Poll.objects.count() == 2


def test_a_member_does_not_remove_a_poll(client: Client, world: World, poll: Poll) -> None:
    client.force_login(world.person("officer"))

    assert client.post(f"/bo-phieu/{poll.pk}/xoa/", {"reason": "x"}).status_code == 404
    assert Poll.objects.exists()


def test_only_awards_of_a_collective_are_offered(client: Client, world: World) -> None:
    codes = [code for code, _ in COLLECTIVE_AWARDS]
    client.force_login(world.person("secretary"))

    refused = client.post(
        f"/khoi/{world.year.pk}/de-nghi/them/", {"award": "gia-dinh-van-hoa", "agency": world.syt.pk, "reason": "x"}
    )

    assert codes[:4] == ["co-chinh-phu", "co-tinh", "co-bo", "tt-ld-xuat-sac"]
    assert {"bang-khen", "giay-khen", "bk-tinh", "hc-lao-dong-ba"} <= {*codes}
    assert not {"cstd-co-so", "ld-tien-tien", "thon-van-hoa", "gia-dinh-van-hoa", "anh-hung-lao-dong"} & {*codes}
    assert refused.status_code == 200
    assert "Lựa chọn này không còn" in refused.content.decode()
