"""The pledge: targets of each agency, signatures of each member."""

import re
import threading
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from blocs.domain.pledging import sign_pledge
from blocs.models import Appointment, Membership, Pledge, PledgeSignature, Target
from tests.factories import PledgeFactory, TargetFactory
from tests.world import PERSONAS, World, build_world

SEES = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}
RUNS = {"secretary", "head_leader", "standing"}


def address(name: str, *args: int) -> str:
    return reverse(f"blocs:{name}", args=args)


def status(seen: bool, allowed: bool, good: int = 200) -> int:
    return (good if allowed else 403) if seen else 404


def member(world: World, code: str) -> Membership:
    return Membership.objects.select_related("bloc_year__bloc").get(bloc_year=world.year, agency=getattr(world, code))


def posted(rows: list[dict[str, str]], *, version: str, mode: str = "plan") -> dict[str, str]:
    data = {"rows": str(len(rows)), "version": version, "mode": mode}
    for number, row in enumerate(rows):
        data |= {f"row-{number}-{name}": value for name, value in row.items()}
    return data


def version_on(client, url: str) -> str:
    return client.get(url).context["version"]


@pytest.mark.parametrize("name", PERSONAS)
def test_who_reads_and_who_changes_the_pledge(client, world, name):
    client.force_login(world.person(name))
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết")
    seen = name in SEES
    own = name in {"officer", "leader", "secretary", "head_leader"}

    assert client.get(address("pledge", world.year.pk)).status_code == status(seen, True)
    assert client.get(address("pledge-edit", world.year.pk)).status_code == status(seen, name in RUNS)
    targets = address("targets-edit", world.year.pk, world.syt.pk)
    assert client.get(targets).status_code == status(seen, own)
    act = client.post(address("pledge-act", world.year.pk), {"transition": "open"})
    assert act.status_code == status(seen, name in RUNS, 302)
    sign = client.post(address("pledge-sign", world.year.pk), {"agency": world.syt.pk})
    pledge.refresh_from_db()
    assert sign.status_code == status(seen, name == "leader" and pledge.state == "open_for_signature", 302)


def test_reading_a_year_without_a_pledge_makes_none(client, world):
    client.force_login(world.person("officer"))

    page = client.get(address("pledge", world.year.pk))

    assert page.status_code == 200
    assert "Chưa có" in page.content.decode()
    assert not Pledge.objects.exists()


def test_the_secretariat_writes_the_theme_and_opens_the_pledge(client, world):
    client.force_login(world.person("secretary"))
    theme = unicodedata.normalize("NFD", "Đoàn kết, sáng tạo <b>")

    client.post(address("pledge-edit", world.year.pk), {"theme": theme})
    client.post(address("pledge-act", world.year.pk), {"transition": "open"})

    pledge = Pledge.objects.get()
    assert (pledge.theme, pledge.state) == ("Đoàn kết, sáng tạo <b>", "open_for_signature")
    assert [entry.action for entry in entries_of(pledge)] == ["Đưa ra ký kết", "Sửa nội dung giao ước"]
    assert "sáng tạo &lt;b&gt;" in client.get(address("pledge", world.year.pk)).content.decode()


def test_opening_names_the_members_without_targets(client, world):
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết")
    TargetFactory(pledge=pledge, agency=world.syt)
    client.force_login(world.person("secretary"))
    url = address("pledge", world.year.pk)
    missing = "Sở Thông tin và Truyền thông, Sở Giáo dục và Đào tạo, Sở Lao động - Thương binh và Xã hội"

    assert f"Chưa có chỉ tiêu: {missing}. Khi đưa ra ký kết, kế hoạch khóa lại" in client.get(url).content.decode()
    for agency in (world.stttt, world.sgddt, world.sldtbxh):
        TargetFactory(pledge=pledge, agency=agency)
    assert "Khi đưa ra ký kết, kế hoạch khóa lại" not in client.get(url).content.decode()


def test_the_theme_of_an_open_pledge_is_refused_and_kept(client, world):
    PledgeFactory(bloc_year=world.year, theme="Cũ", state="open_for_signature")
    client.force_login(world.person("secretary"))

    page = client.post(address("pledge-edit", world.year.pk), {"theme": "Nội dung mới"}).content.decode()

    assert "rút về dự thảo" in page
    assert "Nội dung mới" in page
    assert Pledge.objects.get().theme == "Cũ"


def test_an_officer_enters_targets_with_comma_point_and_groups(client, world):
    client.force_login(world.person("officer"))
    url = address("targets-edit", world.year.pk, world.syt.pk)
    rows = [
        {"name": unicodedata.normalize("NFD", "Tỷ lệ bao phủ bảo hiểm y tế"), "unit": "%", "plan": "97,5"},
        {"name": "Thu ngân sách", "unit": "triệu đồng", "plan": "1.234.567,25", "mid_year": "600.5"},
        {"name": "Tỷ lệ nghèo", "unit": "%", "plan": "2.75", "direction": "down", "actual": "0"},
        {"name": "", "plan": ""},
    ]

    response = client.post(url, posted(rows, version=version_on(client, url)))

    assert response.status_code == 302
    saved = Target.objects.values_list("name", "plan", "mid_year", "actual", "direction")
    assert list(saved) == [
        ("Tỷ lệ bao phủ bảo hiểm y tế", Decimal("97.5"), None, None, "up"),
        ("Thu ngân sách", Decimal("1234567.25"), Decimal("600.5"), None, "up"),
        ("Tỷ lệ nghèo", Decimal("2.75"), None, Decimal(0), "down"),
    ]
    entry = entries_of(Pledge.objects.get()).get()
    assert entry.action == "Cập nhật chỉ tiêu: Sở Y tế"
    assert entry.before == {"Tỷ lệ bao phủ bảo hiểm y tế": None, "Thu ngân sách": None, "Tỷ lệ nghèo": None}
    assert entry.after["Tỷ lệ nghèo"] == "đơn vị tính %; kế hoạch 2,75; cả năm 0; càng thấp càng tốt"


def test_results_are_counted_only_where_there_are_some(client, world):
    pledge = PledgeFactory(bloc_year=world.year)
    TargetFactory(pledge=pledge, agency=world.syt, name="A", plan=90, mid_year=None, actual=None)
    client.force_login(world.person("officer"))
    url = address("pledge", world.year.pk)

    assert "– 1 chỉ tiêu, chưa có kết quả<" in client.get(url).content.decode()
    TargetFactory(pledge=pledge, agency=world.syt, name="B", plan=90, mid_year=45, actual=None)
    TargetFactory(pledge=pledge, agency=world.syt, name="C", plan=90, mid_year=45, actual=90)
    page = client.get(url).content.decode()
    assert "– 3 chỉ tiêu, đạt và vượt 1, đang thực hiện 1, 1 chưa có kết quả<" in page
    assert "Đạt 50% kế hoạch năm" in page
    assert "Chưa đạt" not in page


def test_an_unknown_figure_is_said_and_zero_is_zero(client, world):
    pledge = PledgeFactory(bloc_year=world.year)
    TargetFactory(pledge=pledge, agency=world.syt, name="Chỉ tiêu A", plan=90, mid_year=None, actual=0)
    client.force_login(world.person("officer"))

    block = next(b for b in client.get(address("pledge", world.year.pk)).context["page"].blocks if b.lines)

    assert (block.lines[0].mid_percent, block.lines[0].percent) == (None, Decimal("0.0"))
    page = " ".join(client.get(address("pledge", world.year.pk)).content.decode().split())
    cells = re.findall(r'<td data-label="([^"]+)" class="num">([^<]+)</td>', page)
    assert cells == [
        ("Kế hoạch năm", "90"),
        ("6 tháng", "chưa có"),
        ("6 tháng, % kế hoạch", "chưa có"),
        ("Cả năm", "0"),
        ("Cả năm, % kế hoạch", "0"),
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"plan": "5"}, "Dòng 1: Nội dung chỉ tiêu đang trống."),
        ({"name": "Chỉ tiêu mới"}, "Dòng 1: Kế hoạch năm đang trống."),
        ({"name": "Chỉ tiêu mới", "plan": "năm chục"}, "Dòng 1: Kế hoạch năm «năm chục» không phải là số. Hãy"),
        ({"name": "Chỉ tiêu mới", "plan": "1.234"}, "Dòng 1: Kế hoạch năm «1.234» có thể là 1234 hoặc 1,234."),
        ({"name": "Chỉ tiêu mới", "plan": "1,23456"}, "Dòng 1: Kế hoạch năm quá dài"),
        ({"name": "a" * 501, "plan": "5"}, "Dòng 1: Nội dung chỉ tiêu dài quá 500 ký tự."),
    ],
)
def test_a_half_filled_row_is_refused_and_kept(client, world, row, sentence):
    client.force_login(world.person("officer"))
    url = address("targets-edit", world.year.pk, world.syt.pk)

    page = client.post(url, posted([row], version=version_on(client, url))).content.decode()

    assert sentence in page
    assert all(f'value="{value}"' in page for value in row.values())
    assert not Target.objects.exists()


def test_an_empty_form_is_not_said_to_be_saved(client, world):
    client.force_login(world.person("officer"))
    url = address("targets-edit", world.year.pk, world.syt.pk)
    data = posted([{"name": ""}], version=version_on(client, url))

    page = client.post(url, data, follow=True).content.decode()

    assert "Bạn chưa nhập chỉ tiêu nào nên không có gì được lưu." in page
    assert "Đã lưu chỉ tiêu" not in page
    assert not Target.objects.exists()


def test_two_rows_of_one_name_are_refused(client, world):
    client.force_login(world.person("officer"))
    url = address("targets-edit", world.year.pk, world.syt.pk)
    rows = [{"name": "Thu ngân sách", "plan": "5"}, {"name": " thu  ngân sách ", "plan": "6"}]

    page = client.post(url, posted(rows, version=version_on(client, url))).content.decode()

    assert "Dòng 2: trùng nội dung với dòng 1." in page
    assert not Target.objects.exists()


def test_rows_are_removed_renamed_and_swapped(client, world):
    pledge = PledgeFactory(bloc_year=world.year)
    first, second, third = (TargetFactory(pledge=pledge, agency=world.syt, name=name) for name in "ABC")
    client.force_login(world.person("officer"))
    url = address("targets-edit", world.year.pk, world.syt.pk)
    rows = [
        {"pk": str(first.pk), "name": "B", "plan": "1"},
        {"pk": str(second.pk), "name": "A", "plan": "2"},
        {"pk": str(third.pk), "name": "C", "plan": "3", "remove": "1"},
    ]

    client.post(url, posted(rows, version=version_on(client, url)))

    assert list(Target.objects.values_list("pk", "name", "plan")) == [(first.pk, "B", 1), (second.pk, "A", 2)]
    entry = entries_of(pledge).get()
    assert entry.before["C"] == "đơn vị tính %; kế hoạch 90; càng cao càng tốt"
    assert entry.after["C"] is None


def test_the_second_of_two_editors_is_told_and_loses_nothing(client, world):
    pledge = PledgeFactory(bloc_year=world.year)
    target = TargetFactory(pledge=pledge, agency=world.syt, name="Chỉ tiêu", plan=90)
    url = address("targets-edit", world.year.pk, world.syt.pk)
    client.force_login(world.person("officer"))
    stale = version_on(client, url)
    row = {"pk": str(target.pk), "name": "Chỉ tiêu", "unit": "%"}
    client.force_login(world.person("leader"))
    client.post(url, posted([row | {"plan": "91"}, {"name": "Thêm", "plan": "1"}], version=stale))

    client.force_login(world.person("officer"))
    page = client.post(url, posted([row | {"plan": "92"}], version=stale))

    text = page.content.decode()
    assert "Người leader vừa lưu chỉ tiêu của đơn vị này" in text
    assert 'value="92"' in text
    assert "Đang lưu: 91" in text
    assert 'value="Thêm"' in text
    assert Target.objects.get(pk=target.pk).plan == 91

    client.post(url, posted([row | {"plan": "92"}], version=page.context["version"]))

    assert list(Target.objects.values_list("name", "plan")) == [("Chỉ tiêu", 92), ("Thêm", 1)]


def test_after_opening_only_figures_are_written(client, world):
    pledge = PledgeFactory(bloc_year=world.year, state="signed")
    target = TargetFactory(pledge=pledge, agency=world.syt, name="Chỉ tiêu", plan=90)
    client.force_login(world.person("officer"))
    url = address("targets-edit", world.year.pk, world.syt.pk)
    row = {"pk": str(target.pk), "name": "Khác", "plan": "1", "mid_year": "45,5"}

    figures = client.post(
        url, posted([row, {"name": "Thêm", "plan": "1"}], version=version_on(client, url), mode="figures")
    )
    plan = client.post(url, posted([row], version=version_on(client, url))).content.decode()

    assert figures.status_code == 302
    assert "Giao ước không còn là dự thảo" in plan
    assert list(Target.objects.values_list("name", "plan", "mid_year")) == [("Chỉ tiêu", 90, Decimal("45.5"))]


def test_another_agencys_draft_targets_stay_hidden(client, world):
    pledge = PledgeFactory(bloc_year=world.year)
    TargetFactory(pledge=pledge, agency=world.sldtbxh, name="Chỉ tiêu kín")
    url = address("pledge", world.year.pk)

    client.force_login(world.person("officer"))
    assert "Chỉ tiêu kín" not in client.get(url).content.decode()
    client.force_login(world.person("secretary"))
    assert "Chỉ tiêu kín" in client.get(url).content.decode()
    Pledge.objects.filter(pk=pledge.pk).update(state="open_for_signature")
    client.force_login(world.person("officer"))
    assert "Chỉ tiêu kín" in client.get(url).content.decode()


@time_machine.travel("2020-02-28 09:00+07:00")
def test_the_leader_signs_once_however_often_she_clicks(client, world):
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")
    leader = world.person("leader")
    client.force_login(leader)
    url = address("pledge", world.year.pk)
    assert "Ký giao ước</button>" in client.get(url).content.decode()
    data = {"agency": world.syt.pk, "seen": client.get(url).context["page"].seen}

    client.post(address("pledge-sign", world.year.pk), data)
    client.post(address("pledge-sign", world.year.pk), data)

    row = PledgeSignature.objects.get()
    assert (row.agency, row.user, row.signer_name, row.signer_title, row.signed_on) == (
        world.syt, leader, "Người leader", "Chuyên viên", date(2020, 2, 28),
    )  # fmt: skip
    entry = entries_of(pledge).get()
    assert (entry.action, entry.after) == ("Ký giao ước", {"Sở Y tế": "Người leader, Chuyên viên"})
    assert "Ký giao ước</button>" not in client.get(url).content.decode()


def test_what_was_read_is_what_is_signed(client, world):
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")
    target = TargetFactory(pledge=pledge, agency=world.sldtbxh, plan=90)
    client.force_login(world.person("leader"))
    seen = client.get(address("pledge", world.year.pk)).context["page"].seen
    Target.objects.filter(pk=target.pk).update(plan=95)

    page = client.post(address("pledge-sign", world.year.pk), {"agency": world.syt.pk, "seen": seen}, follow=True)

    assert "đã thay đổi từ lúc bạn mở trang" in page.content.decode()
    assert not PledgeSignature.objects.exists()


def test_reported_figures_do_not_change_what_is_signed(client, world):
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")
    target = TargetFactory(pledge=pledge, agency=world.sldtbxh, plan=90)
    client.force_login(world.person("leader"))
    seen = client.get(address("pledge", world.year.pk)).context["page"].seen
    Target.objects.filter(pk=target.pk).update(mid_year=45)

    client.post(address("pledge-sign", world.year.pk), {"agency": world.syt.pk, "seen": seen})

    assert PledgeSignature.objects.get().agency == world.syt


def test_an_officer_signs_only_when_authorised(client, world):
    PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")
    client.force_login(world.person("officer"))
    data = {"agency": world.syt.pk}
    assert client.post(address("pledge-sign", world.year.pk), data).status_code == 403

    Appointment.objects.filter(agency=world.syt, duty="officer").update(signs=True)

    assert client.post(address("pledge-sign", world.year.pk), data).status_code == 302
    assert client.post(address("pledge-sign", world.year.pk), {"agency": world.sldtbxh.pk}).status_code == 403
    assert client.post(address("pledge-sign", world.year.pk), {"agency": "abc"}).status_code == 404
    assert PledgeSignature.objects.get().agency == world.syt


def test_the_last_signature_completes_the_pledge(world):
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")
    leader = world.person("head_leader")
    for code in ("stttt", "sgddt", "syt"):
        sign_pledge(member(world, code), actor=leader)
    pledge.refresh_from_db()
    assert pledge.state == "open_for_signature"

    sign_pledge(member(world, "sldtbxh"), actor=leader)
    sign_pledge(member(world, "sldtbxh"), actor=leader)

    pledge.refresh_from_db()
    assert pledge.state == "signed"
    assert pledge.signed_on is not None
    assert [entry.action for entry in entries_of(pledge)] == ["Xác nhận đã ký kết đủ", *["Ký giao ước"] * 4]


def test_a_draft_cannot_be_signed(world):
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết")

    with pytest.raises(TransitionRefused, match="không ở bước lấy chữ ký"):
        sign_pledge(member(world, "syt"), actor=world.person("leader"))

    assert list(pledge.signatures.all()) == []


def test_a_handed_over_year_is_closed(client, world):
    PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")
    type(world.year).objects.filter(pk=world.year.pk).update(state="handed_over")
    client.force_login(world.person("leader"))

    assert client.get(address("targets-edit", world.year.pk, world.syt.pk)).status_code == 403
    assert client.post(address("pledge-sign", world.year.pk), {"agency": world.syt.pk}).status_code == 403


def test_an_imported_pledge_without_names_says_so(client, world):
    PledgeFactory(bloc_year=world.year, state="signed", signed_on=date(2020, 2, 28))
    client.force_login(world.person("officer"))

    page = client.get(address("pledge", world.year.pk)).content.decode()

    assert "Ký kết ngày 28/02/2020" in page
    assert "không ghi người ký của từng đơn vị" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pledge_takes_constant_queries(client, world, django_assert_num_queries, rows):
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")
    for number in range(rows):
        agency = (world.syt, world.sgddt, world.sldtbxh)[number]
        TargetFactory(pledge=pledge, agency=agency)
        PledgeSignature.objects.create(pledge=pledge, agency=agency)
    client.force_login(world.person("officer"))

    with django_assert_num_queries(10):
        client.get(address("pledge", world.year.pk))
    with django_assert_num_queries(8):
        client.get(address("targets-edit", world.year.pk, world.syt.pk))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks")
def test_racing_signers_leave_one_signature_each_and_one_completion():
    world = build_world()
    pledge = PledgeFactory(bloc_year=world.year, theme="Đoàn kết", state="open_for_signature")
    actor = world.person("leader")
    for code in ("stttt", "sgddt"):
        sign_pledge(member(world, code), actor=actor)
    faults: list[Exception] = []

    def sign(code: str) -> None:
        try:
            sign_pledge(member(world, code), actor=actor)
        except (TransitionRefused, PermissionDenied) as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(code,)) for code in ("syt", "sldtbxh", "syt", "sldtbxh")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    pledge.refresh_from_db()
    assert faults == []
    assert pledge.state == "signed"
    assert pledge.signatures.count() == 4
    assert entries_of(pledge).filter(action="Xác nhận đã ký kết đủ").count() == 1
    assert entries_of(pledge).filter(action="Ký giao ước").count() == 4
