"""Pages of commendations: own agency's people write, unknown counts stay outside every total."""

import unicodedata
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.domain.audit import entries_of
from blocs.models import BlocYear, Commendation, RecipientCount
from tests.factories import CommendationFactory, RecipientCountFactory
from tests.world import PERSONAS

SEES_THE_YEAR = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}
SEES_ALL = {"secretary", "head_leader", "deputy_officer", "standing", "observer"}
SECRETARIAT = {"secretary", "head_leader"}
OWN = {"officer", "leader"}


def address(name: str, *args: int) -> str:
    return reverse(f"blocs:{name}", args=args)


def commend(world, agency, status="awarded", *, counts=None, **fields) -> Commendation:
    row = CommendationFactory(bloc_year=world.year, agency=agency, status=status, **fields)
    for kind, count in (counts or {"individual": 1}).items():
        RecipientCountFactory(commendation=row, kind=kind, count=count)
    return row


def answers(world, **change) -> dict[str, str]:
    return {
        "agency": world.syt.pk,
        "period": "H1",
        "award": "bk-tinh",
        "issuer": "Chủ tịch Ủy ban nhân dân tỉnh",
        "status": "awarded",
        "reason": "Phòng, chống dịch",
    } | change


@pytest.mark.parametrize("name", PERSONAS)
def test_who_reads_and_who_writes_commendations(client, world, name):
    own = commend(world, world.syt, reason="Của Sở Y tế")
    other = commend(world, world.sldtbxh, reason="Của Sở Lao động")
    client.force_login(world.person(name))
    seen = name in SEES_THE_YEAR
    page = client.get(address("commendations", world.year.pk))

    assert page.status_code == (200 if seen else 404)
    assert ("Của Sở Y tế" in page.content.decode()) is seen
    assert ("Của Sở Lao động" in page.content.decode()) is (name in SEES_ALL)
    writes_something = name in OWN | SECRETARIAT | {"deputy_officer"}
    new = client.get(address("commendation-new", world.year.pk)).status_code
    assert new == ((200 if writes_something else 403) if seen else 404)
    for row, writes, reads in (
        (own, name in OWN | SECRETARIAT, seen),
        (other, name in SECRETARIAT, name in SEES_ALL),
    ):
        expected = (200 if writes else 403) if reads else 404
        assert client.get(address("commendation-edit", row.pk)).status_code == expected
        assert client.get(address("commendation-remove", row.pk)).status_code == expected


def test_a_commendation_is_recorded_with_numbers_and_many(client, world):
    client.force_login(world.person("officer"))
    reason = unicodedata.normalize("NFD", "Phòng, chống dịch <u>")

    client.post(
        address("commendation-new", world.year.pk),
        answers(world, reason=reason, count_collective="4", many_individual="on"),
    )

    row = Commendation.objects.get()
    assert (row.agency, row.award, row.reason) == (world.syt, "bk-tinh", "Phòng, chống dịch <u>")
    assert sorted(RecipientCount.objects.values_list("kind", "count")) == [("collective", 4), ("individual", None)]
    entry = entries_of(row).get()
    assert (entry.action, entry.after["đối tượng được khen"], entry.after["status"]) == (
        "Ghi kết quả khen thưởng", "04 tập thể, nhiều cá nhân", "Đã được khen thưởng",
    )  # fmt: skip
    page = client.get(address("commendations", world.year.pk)).content.decode()
    assert "chống dịch &lt;u&gt;" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "Hãy ghi ít nhất một loại đối tượng được khen"),
        ({"count_individual": "0"}, "Hãy ghi từ 1 trở lên"),
        ({"count_individual": "hai"}, "số nguyên"),
        ({"count_individual": "2", "many_individual": "on"}, "không dùng cả hai"),
        ({"count_individual": "2", "award": "huy-chuong-vang"}, "Lựa chọn này không còn"),
        ({"count_individual": "2", "reason": "a" * 1001}, "1000"),
    ],
)
def test_a_wrong_commendation_is_refused_and_kept(client, world, change, sentence):
    client.force_login(world.person("officer"))

    page = client.post(address("commendation-new", world.year.pk), answers(world, **change)).content.decode()

    assert sentence in page
    assert 'value="Chủ tịch Ủy ban nhân dân tỉnh"' in page
    assert not Commendation.objects.exists()


def test_a_line_equal_in_everything_is_asked_back(client, world):
    client.force_login(world.person("officer"))
    url = address("commendation-new", world.year.pk)
    client.post(url, answers(world, count_individual="2"))

    again = client.post(url, answers(world, count_individual="2")).content.decode()
    client.post(url, answers(world, count_individual="3"))

    assert "Đã có một dòng giống hệt dòng này" in again
    assert 'value="Chủ tịch Ủy ban nhân dân tỉnh"' in again
    assert sorted(RecipientCount.objects.values_list("count", flat=True)) == [2, 3]


def test_an_officer_writes_for_the_own_agency_only(client, world):
    client.force_login(world.person("officer"))

    page = client.post(
        address("commendation-new", world.year.pk), answers(world, agency=world.sldtbxh.pk, count_individual="1")
    )

    assert set(page.context["form"].errors) == {"agency"}
    assert not Commendation.objects.exists()


def test_the_secretariat_writes_for_any_member(client, world):
    client.force_login(world.person("secretary"))

    client.post(
        address("commendation-new", world.year.pk), answers(world, agency=world.sldtbxh.pk, count_household="32")
    )

    assert Commendation.objects.get().agency == world.sldtbxh


def test_a_change_is_audited_and_keeps_the_row_of_a_kind(client, world):
    row = commend(world, world.syt, award="giay-khen", counts={"individual": 2, "collective": 3})
    kept = RecipientCount.objects.get(kind="individual").pk
    client.force_login(world.person("leader"))

    client.post(
        address("commendation-edit", row.pk),
        answers(world, award="giay-khen", issuer="", reason="", status="proposed", count_individual="5"),
    )

    assert list(RecipientCount.objects.values_list("pk", "kind", "count")) == [(kept, "individual", 5)]
    entry = entries_of(row).get()
    assert (entry.before, entry.after) == (
        {"status": "Đã được khen thưởng", "đối tượng được khen": "03 tập thể, 02 cá nhân"},
        {"status": "Đã đề nghị", "đối tượng được khen": "05 cá nhân"},
    )


def test_a_removed_commendation_stays_in_the_history_of_the_year(client, world):
    row = commend(world, world.syt, counts={"individual": 12})
    client.force_login(world.person("officer"))
    assert "12 cá nhân" in client.get(address("commendation-remove", row.pk)).content.decode()

    client.post(address("commendation-remove", row.pk), {"reason": "Ghi trùng"})

    assert not Commendation.objects.exists()
    entry = entries_of(world.year).get()
    assert (entry.reason, entry.before["đối tượng được khen"]) == ("Ghi trùng", "12 cá nhân")


def test_a_handed_over_year_is_closed(client, world):
    row = commend(world, world.syt)
    BlocYear.objects.filter(pk=world.year.pk).update(state="handed_over")
    client.force_login(world.person("officer"))

    assert client.get(address("commendation-new", world.year.pk)).status_code == 403
    assert client.post(address("commendation-edit", row.pk), answers(world)).status_code == 403


def test_totals_keep_awarded_and_proposed_apart_and_name_the_uncounted(client, world):
    commend(world, world.syt, counts={"individual": 12, "collective": None}, award="bk-tinh")
    commend(world, world.sldtbxh, counts={"individual": 3})
    commend(world, world.sgddt, "proposed", counts={"individual": 5, "village": 32})
    client.force_login(world.person("secretary"))
    url = address("commendations", world.year.pk)

    context = client.get(url).context
    narrowed = client.get(url, {"don_vi": world.syt.pk, "tinh_trang": "awarded"}).context

    assert (context["awarded"], context["proposed"]) == ("15 cá nhân", "05 cá nhân, 32 thôn/khối phố")
    assert context["uncounted"] == ["Sở Y tế: nhiều tập thể (Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh)"]
    assert (narrowed["awarded"], narrowed["proposed"], len(narrowed["lines"])) == ("12 cá nhân", "", 1)


def test_commendations_are_found_sorted_and_exported(client, world):
    commend(world, world.syt, reason="Phòng, chống dịch", issuer="=CMD()", counts={"individual": None})
    commend(world, world.sgddt, reason="Đổi mới giảng dạy")
    client.force_login(world.person("secretary"))
    url = address("commendations", world.year.pk)

    found = client.get(url, {"q": "giang day"}).context["lines"]
    by_award = client.get(url, {"q": "giay khen", "sap": "-don-vi"}).context["lines"]
    sheet = load_workbook(BytesIO(client.get(url, {"xuat": "xlsx", "q": "dich"}).content)).active

    assert [row.agency for row, _, _ in found] == [world.sgddt]
    assert [row.agency for row, _, _ in by_award] == [world.syt, world.sgddt]
    assert [[cell.value for cell in line][3:5] for line in sheet.iter_rows(min_row=2)] == [["nhiều cá nhân", "=CMD()"]]
    assert sheet.cell(row=2, column=5).data_type == "s"


def test_filters_offer_only_agencies_that_the_reader_sees(client, world):
    commend(world, world.syt)
    commend(world, world.sldtbxh)
    client.force_login(world.person("officer"))

    page = client.get(address("commendations", world.year.pk)).content.decode()

    assert f'<option value="{world.syt.pk}">' in page
    assert f'<option value="{world.sldtbxh.pk}">' not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_constant_queries(client, world, django_assert_num_queries, rows):
    for agency in (world.syt, world.sgddt, world.sldtbxh)[:rows]:
        commend(world, agency)
    client.force_login(world.person("secretary"))

    with django_assert_num_queries(13):
        client.get(address("commendations", world.year.pk))


def test_a_long_list_is_paged(client, world):
    for number in range(27):
        commend(world, world.syt, reason=f"Thành tích {number}")
    client.force_login(world.person("secretary"))

    context = client.get(address("commendations", world.year.pk), {"trang": "2"}).context

    assert len(context["lines"]) == 2
    assert context["awarded"] == "27 cá nhân"
