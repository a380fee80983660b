"""Sổ khen thưởng: who reads which line, found by words, told as printed, marked when revoked, exported."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from awards.domain.subject_merging import merge, undo_merge
from awards.models import AwardRecord, Subject
from blocs.domain.searching import search_all
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.domain.decisions.lines import edit_line
from council.domain.register.history import recipient_of
from council.domain.register.reading import entry_of, matching, register_of, with_papers
from council.models import Decision, DecisionLine
from council.views.register import COLUMNS
from khoithidua.web import listing
from reports.documents.award_history import history_pdf
from tests.awards_world import SubjectFactory, record
from tests.council_decisions_world import DAY, chair, empty_draft, issued
from tests.factories import AgencyFactory, AppointmentFactory, CouncilFactory, CouncilMemberFactory, UserFactory
from tests.pdf_reading import text_of
from tests.world import World

pytestmark = [pytest.mark.django_db]
REGISTER = "council:register"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def decided(world: World) -> Decision:
    """Two people of Sở Y tế in an issued decision."""
    draft = empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An")
    draft.lines.update(unit="Bệnh viện Đa khoa", post="Bác sĩ")
    for line in draft.lines.all():
        line.save(update_fields=["search_key"])
    return issued(world, draft)


@pytest.fixture
def entered(world: World) -> AwardRecord:
    """An older award, typed in by Sở Y tế for one who stands in no decision."""
    person = SubjectFactory(agency=world.syt, council=world.council, name="Lý Thị Cũ", unit="Phòng Tổ chức")
    return record(person, "cstd-co-so", 2019, decision_number="77/QĐ-SYT", issuer="Giám đốc Sở Y tế", source="entered")


def follow_up(world: World, decision: Decision, kind: str, line: DecisionLine, **fields: str) -> Decision:
    actor = world.person("standing")
    given = {"kind": kind, "issuer": chair(world), "reason": "Ghi sai.", "actor": actor}
    made = draft_later(decision, lines=[line], **given)
    if fields:
        edit_line(made.lines.get(), fields=fields, base=None, actor=None)
    issue(made, actor=actor, issued_on=DAY)
    return made


def line_named(decision: Decision, name: str) -> DecisionLine:
    return decision.lines.get(name=name)


def changed(subject: Subject, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(subject, name, value)
    subject.save()


def read(world: World, name: str, query: str = "") -> list[str]:
    user = world.person(name)
    return sorted(entry_of(row).name for row in matching(with_papers(register_of(user)), user, query))


def page(client: Client, world: World, name: str, **query: str) -> str:
    client.force_login(world.person(name))
    return client.get(reverse(REGISTER), query).content.decode()


NAMED = ["Trần Văn Bảy", "Đỗ Thị An"]
READS = {
    "officer": ["Lý Thị Cũ", *NAMED],
    "leader": ["Lý Thị Cũ", *NAMED],
    "secretary": NAMED,
    "deputy_officer": NAMED,
    "stranger": NAMED,
    "council_member": NAMED,
    "observer": NAMED,
    "standing": ["Lý Thị Cũ", *NAMED],
    "administrator": [],
}


@pytest.mark.parametrize("name", READS)
def test_names_of_decisions_are_the_councils_and_typed_lines_those_who_see_the_subject(
    world: World, decided: Decision, entered: AwardRecord, name: str
) -> None:
    assert read(world, name) == READS[name]


@pytest.mark.parametrize("duty", ["officer", "standing", "member"])
def test_another_council_reads_nothing_of_this_one(
    client: Client, world: World, decided: Decision, entered: AwardRecord, duty: str
) -> None:
    far = CouncilFactory(province="Tỉnh Khác", name="Hội đồng tỉnh Khác")
    agency, user = AgencyFactory(council=far), UserFactory()
    if duty == "member":
        CouncilMemberFactory(council=far, user=user)
    else:
        AppointmentFactory(user=user, agency=agency, duty=duty)
        far.standing_agency = agency if duty == "standing" else None
        far.save(update_fields=["standing_agency"])
    client.force_login(user)
    subject = line_named(decided, "Trần Văn Bảy").subject

    assert list(register_of(user)) == []
    assert "Trần Văn Bảy" not in client.get(reverse(REGISTER)).content.decode()
    assert client.get(reverse("council:recipient", args=[subject.pk])).status_code == 404
    assert client.get(reverse("reports:award-history", args=[subject.pk])).status_code == 404


def test_a_draft_is_in_no_register(world: World) -> None:
    empty_draft(world, "Chưa Được Khen")

    assert read(world, "standing") == []


def test_a_stranger_reads_the_printed_name_and_nothing_else_of_the_person(
    client: Client, world: World, decided: Decision
) -> None:
    line = line_named(decided, "Trần Văn Bảy")
    changed(line.subject, name="Trần Văn Bảy Mới", unit="Nơi mới", id_tail="789", note="Ghi chú riêng")
    changed(line.subject, born_on=date(1980, 2, 3))
    line.subject.aliases.create(name="Bí danh Sao Mai")
    line.subject.freezes.create(kind="petition", reason="Đơn tố cáo", since=date(2026, 1, 5))
    record(line.subject, "cstd-co-so", 2018, decision_number="9/QĐ-SYT")

    register = page(client, world, "stranger")
    history = client.get(reverse("council:recipient", args=[line.subject_id])).content.decode()
    paper = text_of(client.get(reverse("reports:award-history", args=[line.subject_id])).content)

    for shown in (register, history, paper):
        assert "Trần Văn Bảy" in shown
        for hidden in ("Bảy Mới", "Nơi mới", "789", "1980", "Ghi chú riêng", "Sao Mai", "Đơn tố cáo", "9/QĐ-SYT"):
            assert hidden not in shown
    assert line.subject.get_absolute_url() not in history
    assert read(world, "stranger", "sao mai") == read(world, "stranger", "bay moi") == []
    assert (
        read(world, "officer", "sao mai") == read(world, "officer", "bay moi") == ["Trần Văn Bảy", "Trần Văn Bảy Mới"]
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tran van bay", ["Trần Văn Bảy"]),
        ("ĐỖ an", ["Đỗ Thị An"]),
        ("benh vien", NAMED),
        ("so y te", ["Lý Thị Cũ", *NAMED]),
        ("bằng khen tỉnh", NAMED),
        ("chien si co so 2019", ["Lý Thị Cũ"]),
        ("77/QĐ-SYT", ["Lý Thị Cũ"]),
        ("77/qd-syt cu", ["Lý Thị Cũ"]),
        ("01/QĐ-UBND", NAMED),
        ("2026 an do", ["Đỗ Thị An"]),
        ("2019 bay", []),
        ("khong co ai", []),
    ],
)
def test_one_box_finds_person_unit_award_decision_and_year(
    world: World, decided: Decision, entered: AwardRecord, query: str, expected: list[str]
) -> None:
    assert read(world, "officer", query) == expected


def test_a_corrected_name_is_shown_and_both_names_find_it(client: Client, world: World, decided: Decision) -> None:
    fix = follow_up(world, decided, "correction", line_named(decided, "Trần Văn Bảy"), name="Trần Văn Bẩy Bảy")

    assert read(world, "stranger", "bay bay") == ["Trần Văn Bẩy Bảy"]
    assert read(world, "stranger") == ["Trần Văn Bẩy Bảy", "Đỗ Thị An"]
    shown = page(client, world, "stranger", q="bay")
    assert f'Đính chính theo <a href="{fix.get_absolute_url()}">Quyết định {fix.full_number}</a>' in shown


def test_a_revoked_award_is_marked_with_its_decision_and_can_be_filtered(
    client: Client, world: World, decided: Decision
) -> None:
    by = follow_up(world, decided, "revocation", line_named(decided, "Đỗ Thị An"))

    revoked = page(client, world, "stranger", huy="huy")
    valid = page(client, world, "stranger", huy="con")

    assert "Đã hủy bỏ, thu hồi ngày 20/11/2026" in revoked
    assert f'theo <a href="{by.get_absolute_url()}">Quyết định {by.full_number}</a>' in revoked
    assert ("Đỗ Thị An" in revoked, "Trần Văn Bảy" in revoked) == (True, False)
    assert ("Đỗ Thị An" in valid, "Trần Văn Bảy" in valid) == (False, True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"nam": "2019"}, ["Lý Thị Cũ"]),
        ({"hinh_thuc": "bk-tinh"}, NAMED),
        ({"cap": "base"}, ["Lý Thị Cũ"]),
        ({"doi_tuong": "collective"}, []),
        ({"loai": "cong-trang"}, ["Lý Thị Cũ", *NAMED]),
        ({"nguon": "decision"}, NAMED),
        ({"nguon": "entered"}, ["Lý Thị Cũ"]),
        ({"huy": "huy"}, []),
    ],
)
def test_filters(
    client: Client, world: World, decided: Decision, entered: AwardRecord, query: dict[str, str], expected: list[str]
) -> None:
    shown = page(client, world, "standing", **query)

    assert [name for name in ("Lý Thị Cũ", *NAMED) if f">{name}</a>" in shown] == expected


def test_the_agency_of_a_line_is_the_one_that_the_decision_names(
    client: Client, world: World, decided: Decision, entered: AwardRecord
) -> None:
    changed(line_named(decided, "Đỗ Thị An").subject, agency=world.other)
    record(SubjectFactory(agency=world.other, council=world.council, name="Người Xây"), "cstd-co-so", 2019)

    at_health = page(client, world, "standing", don_vi=str(world.syt.pk))
    at_building = page(client, world, "standing", don_vi=str(world.other.pk))

    assert all(f">{name}</a>" in at_health for name in ("Lý Thị Cũ", *NAMED))
    assert ("Người Xây" in at_building, "Đỗ Thị An" in at_building) == (True, False)


def test_a_list_without_rows_says_how_lines_come(client: Client, world: World, decided: Decision) -> None:
    assert "Không có dòng nào hợp điều kiện." in page(client, world, "stranger", q="khongcoai")
    assert "Sổ chưa có dòng nào." in page(client, world, "administrator")


def test_sorting_by_name_is_by_given_name(client: Client, world: World, decided: Decision) -> None:
    shown = page(client, world, "stranger", sap="ten")
    turned = page(client, world, "stranger", sap="-ten")

    assert shown.index("Đỗ Thị An") < shown.index("Trần Văn Bảy")
    assert turned.index("Đỗ Thị An") > turned.index("Trần Văn Bảy")


def test_the_export_holds_what_is_filtered_and_no_formula(client: Client, world: World, decided: Decision) -> None:
    line = line_named(decided, "Trần Văn Bảy")
    follow_up(world, decided, "correction", line, name="=HYPERLINK(1)")
    by = follow_up(world, decided, "revocation", line)
    client.force_login(world.person("stranger"))

    answer = client.get(reverse(REGISTER), {"xuat": "xlsx", "huy": "huy"})

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows())
    assert [cell.value for cell in rows[0]] == [column.label for column in COLUMNS]
    assert [[cell.value for cell in row[:6]] for row in rows[1:]] == [
        [
            *("=HYPERLINK(1)", "Bác sĩ", "Bệnh viện Đa khoa", "Sở Y tế"),
            *("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", "Cấp bộ, ban, ngành, tỉnh"),
        ]
    ]
    assert rows[1][0].data_type == "s"
    assert rows[1][-1].value == by.full_number


def test_an_export_is_whole_or_none(client: Client, world: World, decided: Decision, monkeypatch: Any) -> None:
    monkeypatch.setattr(listing, "EXPORT_LIMIT", 1)
    client.force_login(world.person("stranger"))

    answer = client.get(reverse(REGISTER), {"xuat": "xlsx", "q": "y te"}, follow=True)

    assert answer.redirect_chain == [(f"{reverse(REGISTER)}?q=y+te", 302)]
    assert "Danh sách có 2 dòng, một tệp Excel chứa tối đa 1." in answer.content.decode()
    assert client.get(reverse(REGISTER), {"xuat": "xlsx", "q": "do an"})["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("names", [["Một"], ["Một", "Hai", "Ba"]])
def test_the_page_takes_the_same_queries_for_any_number_of_rows(  # type: ignore[no-untyped-def]
    client: Client, world: World, names: list[str], django_assert_num_queries
) -> None:
    issued(world, empty_draft(world, *names))
    client.force_login(world.person("stranger"))

    with django_assert_num_queries(11):
        client.get(reverse(REGISTER), {"q": "so y te 2026"})
    with django_assert_num_queries(11):
        client.get(reverse(REGISTER), {"xuat": "xlsx"})


def test_the_history_is_in_order_of_time_by_five_years_and_counts_levels_in_force(
    client: Client, world: World, decided: Decision
) -> None:
    line = line_named(decided, "Trần Văn Bảy")
    record(line.subject, "cstd-co-so", 2021, decision_number="9/QĐ-SYT", issuer="Giám đốc Sở Y tế")
    record(line.subject, "cstd-co-so", 2025, decision_number="8/QĐ-SYT", revoked_on=date(2026, 2, 1), note="Kết luận 5")
    record(line.subject, "cstd-co-so", 2018, decision_number="")

    found = recipient_of(world.person("officer"), line.subject_id)
    client.force_login(world.person("officer"))
    shown = client.get(reverse("council:recipient", args=[line.subject_id])).content.decode()

    assert found is not None
    assert [(each.words, [entry.record.year for entry in each.entries], each.counts) for each in found.stretches] == [
        ("2016-2020", [2018], (0, 0, 1)),
        ("2021-2025", [2021, 2025], (0, 0, 1)),
        ("2026-2030", [2026], (0, 1, 0)),
    ]
    assert found.counts == (0, 1, 2)
    assert f'<a href="{decided.get_absolute_url()}">01/QĐ-UBND</a>' in shown
    assert ("9/QĐ-SYT" in shown, "Kết luận 5" in shown, "chưa có" in shown) == (True, True, True)
    assert "Đã hủy bỏ, thu hồi ngày 01/02/2026" in shown
    assert line.subject.get_absolute_url() in shown
    card = client.get(line.subject.get_absolute_url()).content.decode()
    assert f'href="{reverse("council:recipient", args=[line.subject_id])}"' in card


def test_merged_subjects_are_told_as_one_and_undone_apart(client: Client, world: World, decided: Decision) -> None:
    kept, gone = (line_named(decided, name).subject for name in ("Trần Văn Bảy", "Đỗ Thị An"))
    record(kept, "cstd-co-so", 2019, decision_number="5/QĐ")
    record(gone, "cstd-co-so", 2019, decision_number="5/QĐ")
    record(gone, "cstd-co-so", 2020, decision_number="6/QĐ")
    row = merge(kept, gone, reason="Một người", actor=world.person("standing"))
    client.force_login(world.person("officer"))

    merged = recipient_of(world.person("officer"), gone.pk)
    led = client.get(reverse("council:recipient", args=[gone.pk]))
    listed = read(world, "officer")
    undo_merge(row, actor=world.person("standing"))
    apart = recipient_of(world.person("officer"), gone.pk)

    assert merged is not None
    assert apart is not None
    assert led["Location"] == reverse("council:recipient", args=[kept.pk])
    assert merged.subject == kept
    assert [entry.record.decision_number for entry in merged.entries] == ["5/QĐ", "6/QĐ", "01/QĐ-UBND", "01/QĐ-UBND"]
    assert len(listed) == 4
    assert [entry.record.year for entry in apart.entries] == [2019, 2020, 2026]


def test_someone_without_an_award_has_an_empty_history(client: Client, world: World) -> None:
    person = SubjectFactory(agency=world.syt, council=world.council, name="Chưa Có Gì")
    client.force_login(world.person("officer"))

    assert (
        "Chưa có khen thưởng nào trong sổ."
        in client.get(reverse("council:recipient", args=[person.pk])).content.decode()
    )
    client.force_login(world.person("stranger"))
    assert client.get(reverse("council:recipient", args=[person.pk])).status_code == 404
    assert client.get(reverse("council:recipient", args=[0])).status_code == 404


def test_the_printed_history_says_what_was_revoked_and_is_the_same_twice(world: World, decided: Decision) -> None:
    line = line_named(decided, "Trần Văn Bảy")
    record(line.subject, "cstd-co-so", 2021, decision_number="9/QĐ-SYT", issuer="Giám đốc Sở Y tế")
    by = follow_up(world, decided, "revocation", line)
    found = recipient_of(world.person("officer"), line.subject_id)
    assert found is not None

    content = history_pdf(found)

    words = text_of(content).replace("- ", "-")
    for part in (
        "TRÍCH SỔ KHEN THƯỞNG",
        "Lịch sử khen thưởng của Trần Văn Bảy",
        "Số lần được khen thưởng còn hiệu lực: cấp cơ sở: 01.",
        "Giai đoạn 2021-2025: 01",
        "Số 9/QĐ-SYT ngày 25/12/2021 của Giám đốc Sở Y tế",
        "Giai đoạn 2026-2030: 01",
        f"Đã hủy bỏ, thu hồi ngày 20/11/2026 theo Quyết định {by.full_number}",
    ):
        assert part in words
    assert words.index("9/QĐ-SYT") < words.index("01/QĐ-UBND")
    assert history_pdf(found) == content


@pytest.mark.parametrize("count", [1, 3])
def test_a_history_takes_the_same_queries_for_any_number_of_lines(  # type: ignore[no-untyped-def]
    world: World, count: int, django_assert_num_queries
) -> None:
    line = issued(world, empty_draft(world, "Một")).lines.get()
    for number in range(count):
        record(line.subject, "cstd-co-so", 2010 + number)
    user = world.person("officer")

    with django_assert_num_queries(8):
        recipient_of(user, line.subject_id)


def search(world: World, name: str, query: str) -> dict[str, list[str]]:
    groups = search_all(world.person(name), query)
    kinds = ("Quyết định khen thưởng", "Sổ khen thưởng")
    return {each.label: [row.title for row in each.results] for each in groups if each.label in kinds and each.results}


def test_tra_cuu_finds_decisions_and_lines(world: World, decided: Decision, entered: AwardRecord) -> None:
    empty_draft(world, "Người Dự Thảo", title="Về việc tặng Bằng khen đợt hai")

    assert search(world, "stranger", "tang bang khen 2026") == {
        "Quyết định khen thưởng": ["Về việc tặng Bằng khen"],
        "Sổ khen thưởng": [f"{name}: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2026" for name in reversed(NAMED)],
    }
    assert search(world, "stranger", "01/QĐ-UBND do an") == {
        "Sổ khen thưởng": ["Đỗ Thị An: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2026"],
    }
    assert search(world, "standing", "bang khen dot hai") == {
        "Quyết định khen thưởng": ["Về việc tặng Bằng khen đợt hai"]
    }
    assert search(world, "stranger", "ly thi cu") == search(world, "administrator", "do an") == {}
