"""The inbox: what is listed, who appraises what, receiving and assigning many at once."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.domain.todo import todos_for
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from awards.domain.assigning import assign, workload
from awards.models import Dossier
from tests.appraisal_world import colleague, sent_dossier
from tests.awards_world import DossierFactory
from tests.factories import AgencyFactory, CouncilFactory
from tests.world import PERSONAS

INBOX = "/tham-dinh/"


def listed(client, **query) -> list[str]:
    page = client.get(INBOX, query)
    return [row.code for row in page.context["listing"].page]


@pytest.mark.parametrize("name", PERSONAS)
def test_the_inbox_is_the_standing_bodys(client, world, name):
    sent_dossier(world, state="submitted", code="hs-da-gui")
    client.force_login(world.person(name))

    page = client.get(INBOX)

    assert page.status_code == (200 if name == "standing" else 403)
    assert ("hs-da-gui" in page.content.decode()) is (name == "standing")


@pytest.mark.parametrize("state", Dossier.State.values)
def test_drafts_stay_unseen(client, world, state):
    sent_dossier(world, state=state)
    client.force_login(world.person("standing"))

    assert len(listed(client)) == (0 if state in ("draft", "signed_off") else 1)


def test_another_councils_dossiers_stay_unseen(client, world):
    elsewhere = CouncilFactory(province="Tỉnh Khác", name="Hội đồng tỉnh Khác")
    DossierFactory(agency=AgencyFactory(council=elsewhere, code="xa"), state="received", code="hs-tinh-khac")
    client.force_login(world.person("standing"))

    assert listed(client) == []


@time_machine.travel("2026-04-14 09:00+07:00")
def test_filters_narrow_the_list(client, world):
    other = colleague(world)
    sent_dossier(world, code="mot", title="Đề nghị một", state="submitted", to=None, year=2025)
    sent_dossier(world, code="hai", title="Đề nghị hai", category="dot-xuat")
    sent_dossier(world, code="ba", title="Đề nghị ba", agency=world.sgddt, appraisal_due=date(2026, 4, 10))
    Dossier.objects.filter(code="ba").update(assigned_to=other)
    Dossier.objects.get(code="ba").nominations.update(verdict="ineligible")
    client.force_login(world.person("standing"))

    found = {
        "state": listed(client, trang_thai="submitted"),
        "agency": listed(client, don_vi=str(world.sgddt.pk)),
        "category": listed(client, loai="dot-xuat"),
        "year": listed(client, nam="2025"),
        "award": sorted(listed(client, hinh_thuc="cstd-co-so")),
        "none": listed(client, nguoi="chua"),
        "mine": listed(client, nguoi="toi"),
        "theirs": listed(client, nguoi=str(other.pk)),
        "week": listed(client, han="tuan"),
        "late": listed(client, han="qua"),
        "verdict": listed(client, kiem_tra="ineligible"),
        "words": listed(client, q="de nghi hai"),
        "unit": listed(client, q="giao duc"),
    }

    assert found == {
        "state": ["mot"], "agency": ["ba"], "category": ["hai"], "year": ["mot"], "award": ["ba", "hai", "mot"],
        "none": ["mot"], "mine": ["hai"], "theirs": ["ba"], "week": ["hai"], "late": ["ba"], "verdict": ["ba"],
        "words": ["hai"], "unit": ["ba"],
    }  # fmt: skip


@time_machine.travel("2026-04-20 09:00+07:00")
def test_the_rest_of_the_term_is_told_in_working_days(client, world):
    sent_dossier(world)
    client.force_login(world.person("standing"))

    assert "(quá hạn 3 ngày làm việc)" in client.get(INBOX).content.decode()


@time_machine.travel("2026-04-20 09:00+07:00")
def test_workload_counts_open_dossiers_nominations_and_late_ones(world):
    other = colleague(world)
    sent_dossier(world, cases=2)
    sent_dossier(world, cases=1, appraisal_due=date(2026, 5, 20))
    sent_dossier(world, state="appraised")

    loads = {load.person: (load.dossiers, load.nominations, load.overdue) for load in workload([world.council.pk])}

    assert loads == {world.person("standing"): (2, 3, 1), other: (0, 0, 0)}


def test_assigning_again_needs_a_reason_and_tells_both(world):
    first, second = world.person("standing"), colleague(world)
    dossier = sent_dossier(world, state="submitted", to=None)

    assign(dossier, first, actor=second)
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do khi chuyển cho người khác"):
        assign(dossier, second, actor=first)
    assign(dossier, second, actor=first, reason="Người cũ đi công tác.")

    assert dossier.assigned_to == second
    actions = [(entry.action, entry.reason) for entry in entries_of(dossier)]
    assert actions == [("Chuyển người thẩm định", "Người cũ đi công tác."), ("Phân công thẩm định", "")]
    assert [notice.user for notice in Notice.objects.order_by("pk")] == [first, second]


@pytest.mark.parametrize("name", [name for name in PERSONAS if name != "standing"])
def test_dossiers_go_to_people_of_the_standing_body_only(world, name):
    dossier = sent_dossier(world, state="submitted", to=None)

    with pytest.raises(TransitionRefused, match="không làm việc ở cơ quan thường trực"):
        assign(dossier, world.person(name), actor=world.person("standing"))
    with pytest.raises(PermissionDenied):
        assign(dossier, world.person("standing"), actor=world.person(name))


@pytest.mark.parametrize("state", Dossier.State.values)
def test_assigning_in_each_state(world, state):
    dossier = sent_dossier(world, state=state, to=None)
    given = {"actor": world.person("standing")}

    if state in ("submitted", "received", "supplement", "appraised"):
        assign(dossier, world.person("standing"), **given)
        assert dossier.assigned_to == world.person("standing")
    else:
        with pytest.raises(TransitionRefused, match="không phân công thẩm định được nữa"):
            assign(dossier, world.person("standing"), **given)


def act(client, dossiers, **data):
    return client.post("/tham-dinh/hang-loat/", {"chon": [each.pk for each in dossiers]} | data)


def test_receiving_many_is_previewed_and_what_is_left_is_named(client, world):
    fresh = sent_dossier(world, state="submitted", code="moi", to=None)
    old = sent_dossier(world, code="cu")
    client.force_login(world.person("standing"))

    preview = act(client, [fresh, old], viec="receive")
    assert [(line.row.code, bool(line.obstacle)) for line in preview.context["lines"]] == [("moi", False), ("cu", True)]
    assert Dossier.objects.get(pk=fresh.pk).state == "submitted"
    seen = {f"seen-{line.row.pk}": line.seen for line in preview.context["lines"]}
    done = act(client, [fresh, old], viec="receive", lam="1", **seen)

    outcome = done.context["outcome"]
    assert [row.code for row in outcome.done] == ["moi"]
    assert [(row.code, why) for row, why in outcome.left] == [
        ("cu", "Hồ sơ đang ở trạng thái «Đã tiếp nhận», không phải «Đã gửi».")
    ]
    assert Dossier.objects.get(pk=fresh.pk).state == "received"


def test_a_dossier_changed_after_the_preview_is_left(client, world):
    fresh = sent_dossier(world, state="submitted", to=None)
    client.force_login(world.person("standing"))
    preview = act(client, [fresh], viec="assign", person=world.person("standing").pk)
    seen = {f"seen-{line.row.pk}": line.seen for line in preview.context["lines"]}
    other = colleague(world)
    assign(fresh, other, actor=other)

    done = act(client, [fresh], viec="assign", person=world.person("standing").pk, reason="Chuyển", lam="1", **seen)

    assert done.context["outcome"].done == []
    assert "Có người vừa thay đổi" in done.content.decode()
    assert Dossier.objects.get().assigned_to == other


def test_a_batch_touches_visible_dossiers_only(client, world):
    draft = sent_dossier(world, state="draft", to=None)
    client.force_login(world.person("standing"))

    page = act(client, [draft], viec="receive")

    assert page.status_code == 302
    assert Dossier.objects.get().state == "draft"


def test_the_list_leaves_as_a_table(client, world):
    sent_dossier(world, code="hs-xuat")
    client.force_login(world.person("standing"))

    page = client.get(INBOX, {"xuat": "xlsx"})

    assert page["Content-Disposition"].startswith("attachment")


@time_machine.travel("2026-04-01 09:00+07:00")
def test_what_waits_is_on_the_home_page_of_who_has_to_do_it(world):
    other = colleague(world)
    mine = sent_dossier(world, code="cua-toi")
    sent_dossier(world, code="da-gui", state="submitted", to=None)
    Dossier.objects.filter(pk=sent_dossier(world, code="cua-nguoi-khac").pk).update(assigned_to=other)

    texts = [todo.text for todo in todos_for(world.person("standing"))]
    dues = {todo.text: todo.due for todo in todos_for(world.person("standing"))}

    assert "Thẩm định hồ sơ cua-toi của Sở Y tế" in texts
    assert "Tiếp nhận hồ sơ da-gui của Sở Y tế" in texts
    assert not [text for text in texts if "cua-nguoi-khac" in text]
    assert dues["Thẩm định hồ sơ cua-toi của Sở Y tế"] == mine.appraisal_due
    assert not [todo for todo in todos_for(world.person("officer")) if "hồ sơ" in todo.text]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_takes_constant_queries(client, world, django_assert_num_queries, rows):
    for _ in range(rows):
        sent_dossier(world, cases=rows)
    client.force_login(world.person("standing"))

    with django_assert_num_queries(14):
        client.get(INBOX)


def test_addresses_are_as_promised():
    assert reverse("awards:inbox") == INBOX
