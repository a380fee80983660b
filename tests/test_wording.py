"""Words of papers: checked when saved, filled in without running anything, in versions; a broken one is passed over."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.domain.audit import entries_of
from blocs.models import Agency, BlocYear
from reports.documents.blocks import Paragraph
from reports.documents.registry import KINDS, paper_of
from reports.documents.rich_text import RichParagraph, RichTable, Run
from reports.documents.wording.fields import COMMON, fields_of
from reports.documents.wording.filling import LIMIT, faults_of, filled
from reports.documents.wording.in_force import collect_words
from reports.documents.wording.parts import part_of, parts_of, worded_kinds
from reports.domain.issuing import issue_document
from reports.domain.wording import (
    StaleWords,
    WordsRefused,
    compared,
    own_parts,
    save_own,
    save_wording,
    take_template,
    versions_of,
)
from reports.models import PaperText, Wording
from tests.test_papers_pages import FACTS, prepare, sign_in
from tests.world import World

PART = part_of("activity-plan", "opening")
assert PART is not None
GOOD = "{ten_khoi} họp bàn năm {nam}."


@pytest.mark.parametrize("kind", worded_kinds())
def test_the_built_in_words_have_no_faults(kind: str) -> None:
    for part in parts_of(kind):
        assert faults_of(part.text, fields_of(kind)) == [], part.key


@pytest.mark.parametrize("kind", worded_kinds())
def test_every_field_that_is_listed_has_a_value(world: World, kind: str) -> None:
    facts = KINDS[kind].facts(world.year)

    values = getattr(facts, "values", None) or facts.written.values

    assert set(fields_of(kind)) == set(values)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Phần này chưa có chữ nào"),
        (" \n ", "Phần này chưa có chữ nào"),
        ("a" * (LIMIT + 1), "vượt giới hạn"),
        ("Một\nHai {khong_co}", "Dòng 2: không có trường {khong_co}"),
        ("Một {nam", "Dòng 1: dấu ngoặc nhọn"),
        ("Một nam}", "Dòng 1: dấu ngoặc nhọn"),
        ("{ nam }", "Dòng 1: dấu ngoặc nhọn"),
        ("{nam.__class__}", "Dòng 1: dấu ngoặc nhọn"),
        ("{nam!r:>10}", "Dòng 1: dấu ngoặc nhọn"),
        ("Một\n\n**đậm", "Dòng 3: dấu ** mở mà không đóng"),
        ("__nghiêng", "Dòng 1: dấu __ mở mà không đóng"),
    ],
)
def test_faults_are_sentences_with_their_line(text: str, fault: str) -> None:
    (found,) = faults_of(text, COMMON)

    assert fault in found


def test_fields_are_replaced_once_and_unknown_facts_left_to_the_pen() -> None:
    values = {"ten_khoi": "Khối **A** {nam} | <b>", "nam": "2020", "khoi": ""}

    blocks = filled("__{ten_khoi}__ của {khoi}\n- Năm {nam}\n| Tên | Năm |\n| {ten_khoi} | {nam} |", values)

    assert blocks == (
        RichParagraph((Run("Khối **A** {nam} | <b>", italic=True), Run(" của ……"))),
        Paragraph("- Năm 2020"),
        RichTable(("Tên", "Năm"), (("Khối **A** {nam} | <b>", "2020"),)),
    )


def test_saving_makes_a_version_and_tells_the_trail(world: World) -> None:
    actor = world.person("standing")

    first = save_wording(world.council, PART, GOOD, seen=0, actor=actor, note="theo góp ý")
    same = save_wording(world.council, PART, f"{GOOD}\r\n", seen=1, actor=actor)
    second = save_wording(world.council, PART, "Khác.", seen=1, actor=actor)

    assert first is not None
    assert second is not None
    assert (first.number, same, second.number) == (1, None, 2)
    assert [row.text for row in versions_of(world.council, PART)] == ["Khác.", GOOD]
    assert entries_of(world.council).filter(action="Sửa mẫu câu chữ").count() == 2


def test_saving_the_built_in_words_makes_no_version(world: World) -> None:
    assert save_wording(world.council, PART, PART.text, seen=0, actor=world.person("standing")) is None
    assert not Wording.objects.exists()


def test_a_colleagues_version_is_not_overwritten_unseen(world: World) -> None:
    save_wording(world.council, PART, GOOD, seen=0, actor=world.person("standing"))

    with pytest.raises(StaleWords, match="Người standing đã lưu") as stale:
        save_wording(world.council, PART, "Của tôi.", seen=0, actor=world.person("standing"))

    assert (stale.value.text, stale.value.version) == (GOOD, 1)
    assert Wording.objects.count() == 1


@pytest.mark.parametrize("persona", ["officer", "secretary", "head_leader", "observer", "administrator", "stranger"])
def test_only_the_standing_body_edits_templates(world: World, persona: str) -> None:
    with pytest.raises(PermissionDenied):
        save_wording(world.council, PART, GOOD, seen=0, actor=world.person(persona))


def test_a_faulty_text_is_refused_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(WordsRefused, match=r"Dòng 1: không có trường \{xyz\}"):
        save_wording(world.council, PART, "{xyz}", seen=0, actor=world.person("standing"))

    assert not Wording.objects.exists()


def broken(world: World, *, number: int = 2) -> None:
    """A version that an upgrade made useless: written past the checks."""
    Wording.objects.create(
        council=world.council, kind="activity-plan", part="opening", number=number, text="{truong_da_bo} hỏng"
    )


def test_a_broken_version_is_passed_over_for_the_last_good_one_and_that_is_told(world: World) -> None:
    Wording.objects.create(council=world.council, kind="activity-plan", part="opening", number=1, text=GOOD)
    broken(world)

    words = collect_words("activity-plan", world.year)
    paper = paper_of("activity-plan", world.year)

    assert words.chosen["opening"].number == 1
    (warning,) = words.warnings
    assert "bản 2 của mẫu không dùng được (Dòng 1: không có trường {truong_da_bo}" in warning
    assert warning.endswith("dùng bản 1 của mẫu.")
    assert "Khối tham mưu III họp bàn năm 2020." in [getattr(block, "text", "") for block in paper.blocks]


def test_without_any_good_version_the_built_in_words_stand(world: World) -> None:
    broken(world, number=1)

    chosen = collect_words("activity-plan", world.year).chosen["opening"]

    assert (chosen.source, chosen.text) == ("built-in", PART.text)
    assert chosen.passed_over[0].endswith("dùng câu chữ có sẵn của hệ thống.")


def test_a_broken_template_does_not_stop_issuing_and_the_page_says_so(world: World, client: Client) -> None:
    prepare(world)
    broken(world, number=1)
    sign_in(client, world, "secretary")

    page = client.get(reverse("reports:paper-issue", args=[world.year.pk, "activity-plan"])).content.decode()
    document = issue_document("activity-plan", world.year, actor=world.person("secretary"), **FACTS)

    assert "bản 1 của mẫu không dùng được" in page
    assert document.full_number == "01/KH-STTTT"
    sign_in(client, world, "standing")
    index = client.get(reverse("reports:wording-of", args=[world.council.pk])).content.decode()
    assert "bản 1 của mẫu không dùng được" in index


def test_a_blocs_own_words_stand_before_the_template_until_they_are_given_up(world: World) -> None:
    actor = world.person("secretary")
    save_wording(world.council, PART, GOOD, seen=0, actor=world.person("standing"))

    row = save_own(world.year, PART, "Lời của {ten_khoi}.", version=0, actor=actor)
    own = collect_words("activity-plan", world.year).chosen["opening"]
    with pytest.raises(StaleWords):
        save_own(world.year, PART, "Khác.", version=0, actor=actor)
    taken = take_template(world.year, PART, actor=actor)

    assert (own.source, own.text) == ("bloc", "Lời của {ten_khoi}.")
    assert (row.version, taken.version, taken.text) == (1, 2, "")
    assert collect_words("activity-plan", world.year).chosen["opening"].source == "council"
    assert [each.action.partition(":")[0] for each in entries_of(world.year)][:2] == [
        "Lấy lại lời văn theo mẫu",
        "Soạn lời văn",
    ]
    assert save_own(world.year, PART, GOOD, version=2, actor=actor).text == ""
    assert not own_parts(world.year, "activity-plan")[1].is_own


def test_own_words_that_broke_give_way_to_the_template(world: World) -> None:
    PaperText.objects.create(bloc_year=world.year, kind="activity-plan", part="opening", text="{mat_roi}", version=1)

    chosen = collect_words("activity-plan", world.year).chosen["opening"]

    assert chosen.source == "built-in"
    assert "lời văn riêng của khối không dùng được" in chosen.passed_over[0]


@pytest.mark.parametrize("persona", ["officer", "leader", "deputy_officer", "standing", "observer", "stranger"])
def test_only_the_secretariat_writes_a_years_own_words(world: World, persona: str) -> None:
    with pytest.raises(PermissionDenied):
        save_own(world.year, PART, GOOD, version=0, actor=world.person(persona))


def test_own_words_are_not_read_by_members_before_the_paper_is_issued(world: World, client: Client) -> None:
    save_own(world.year, PART, "Chưa công bố.", version=0, actor=world.person("secretary"))
    sign_in(client, world, "officer")

    for name in ("paper-draft", "paper-docx", "paper-xlsx", "paper-words", "paper-job"):
        assert client.get(reverse(f"reports:{name}", args=[world.year.pk, "activity-plan"])).status_code == 403


def test_a_handed_over_year_takes_no_more_words(world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="handed_over")

    with pytest.raises(PermissionDenied):
        save_own(world.year, PART, GOOD, version=0, actor=world.person("secretary"))


def test_the_page_keeps_what_was_typed_when_it_cannot_be_saved(world: World, client: Client) -> None:
    sign_in(client, world, "standing")
    url = reverse("reports:wording-part", args=[world.council.pk, "activity-plan", "opening"])

    faulty = client.post(url, {"text": "Gõ dở {xyz}", "seen": "0"})
    client.post(url, {"text": GOOD, "seen": "0"})
    stale = client.post(url, {"text": "Bản thứ hai của tôi", "seen": "0"})
    settled = client.post(url, {"text": "Bản thứ hai của tôi", "seen": "1"})

    assert (faulty.status_code, stale.status_code, settled.status_code) == (200, 409, 302)
    assert "Gõ dở {xyz}" in faulty.content.decode()
    assert "không có trường {xyz}" in faulty.content.decode()
    page = stale.content.decode()
    assert "Bản thứ hai của tôi" in page
    assert "họp bàn năm" in page
    assert 'name="seen" value="1"' in page


def test_a_preview_shows_a_real_year_and_saves_nothing(world: World, client: Client) -> None:
    sign_in(client, world, "standing")
    url = reverse("reports:wording-part", args=[world.council.pk, "activity-plan", "opening"])
    data: dict[str, Any] = {"text": GOOD, "seen": "0", "lam": "xem", "year": world.year.pk}

    page = client.post(url, data)
    elsewhere = client.post(url, data | {"year": "999999"})

    assert "Khối tham mưu III họp bàn năm 2020." in page.content.decode()
    assert elsewhere.status_code == 404
    assert not Wording.objects.exists()


def test_an_earlier_version_comes_back_as_a_new_one(world: World, client: Client) -> None:
    for seen, text in enumerate((GOOD, "Bản hai.")):
        save_wording(world.council, PART, text, seen=seen, actor=world.person("standing"))
    sign_in(client, world, "standing")
    url = reverse("reports:wording-version", args=[world.council.pk, "activity-plan", "opening", 1])

    shown = client.get(url)
    client.post(url)

    assert "họp bàn" in shown.content.decode()
    newest = versions_of(world.council, PART)[0]
    assert (newest.number, newest.text, newest.note) == (3, GOOD, "Dùng lại bản 1")


def test_the_secretariats_page_keeps_what_was_typed_in_a_conflict(world: World, client: Client) -> None:
    save_own(world.year, PART, "Bản của đồng nghiệp.", version=0, actor=world.person("head_leader"))
    sign_in(client, world, "secretary")
    url = reverse("reports:paper-words-part", args=[world.year.pk, "activity-plan", "opening"])

    answer = client.post(url, {"text": "Bản của tôi.", "version": "0"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của tôi." in page
    assert "Bản của đồng nghiệp." in page
    assert PaperText.objects.get().text == "Bản của đồng nghiệp."


def test_versions_are_compared_line_by_line() -> None:
    assert [(line.sign, line.text) for line in compared("Một\nHai", "Một\nBa")] == [
        ("", "Một"),
        ("-", "Hai"),
        ("+", "Ba"),
    ]


def test_the_year_page_offers_papers_and_says_what_others_wait_for(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    Agency.objects.filter(pk=world.stttt.pk).update(symbol="STTTT")
    sign_in(client, world, "secretary")
    url = reverse("reports:year", args=[world.year.pk])
    client.get(url)

    with django_assert_max_num_queries(70):
        page = client.get(url).content.decode()

    assert "Kế hoạch hoạt động của khối" in page
    assert "Chưa ghi hội nghị nào của năm." in page
    assert reverse("blocs:conferences", args=[world.year.pk]) in page
    assert "Soạn lời văn" in page
