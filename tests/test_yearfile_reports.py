"""Rounds, reports, reviews and words of papers travel with the year file; what was sent stays as it was sent."""

import json
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.db.models import Model

from accounts.domain import audit
from accounts.models import AuditEntry, User
from blocs.models import BlocYear
from reports.domain.versions import go_back
from reports.models import (
    AgencyReport,
    BlocReview,
    FigureValue,
    PaperText,
    Passage,
    Presence,
    Remark,
    ReportRound,
    ReviewComment,
    RoundExtension,
    RoundFigure,
    RoundSection,
    RoundTable,
    TableRow,
    TextVersion,
)
from reports.yearfile import reading_reports as reports
from reports.yearfile import reading_rounds as rounds
from reports.yearfile.dumping import dump_year
from reports.yearfile.faults import Fault, YearFileError
from reports.yearfile.loading import ImportOutcome, load
from reports.yearfile.reading import read_text
from reports.yearfile.writings import with_names, with_numbers
from tests.report_year_world import build_reported
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
Change = Callable[[dict[str, Any]], Any]


def imported(told: str | dict[str, Any], **kwargs: Any) -> ImportOutcome:
    return load(read_text(told if isinstance(told, str) else json.dumps(told, default=str)), **kwargs)


def year_of(outcome: ImportOutcome) -> BlocYear:
    return BlocYear.objects.get(pk=outcome.bloc_year.pk)


def faults_of(told: dict[str, Any], **kwargs: Any) -> list[Fault]:
    with pytest.raises(YearFileError) as refused:
        imported(told, **kwargs)
    return refused.value.faults


@cache
def exported(*, whole: bool = True) -> str:
    """The file of a year that reported, in a database that holds nothing of it any more."""
    with transaction.atomic():
        text = dump_year(build_reported(build_world()).year, whole=whole)
        transaction.set_rollback(True)
    return text


def tree(*, whole: bool = True) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(exported(whole=whole))
    return told


@pytest.fixture
def reported() -> World:
    return build_reported(build_world())


@pytest.mark.parametrize("whole", [True, False])
def test_a_year_that_reported_makes_an_equal_year_in_an_empty_system(whole: bool) -> None:
    assert dump_year(year_of(imported(exported(whole=whole))), whole=whole) == exported(whole=whole)


@pytest.mark.parametrize("whole", [True, False])
def test_the_export_of_a_year_changes_nothing_where_it_came_from(reported: World, whole: bool) -> None:
    text, everything = dump_year(reported.year, whole=whole), dump_year(reported.year)
    entries = AuditEntry.objects.count()

    outcomes = [imported(text, replace=replace) for replace in (False, True)]

    assert [each.changed for each in outcomes] == [False, False]
    assert AuditEntry.objects.count() == entries
    assert dump_year(reported.year) == everything


@pytest.mark.parametrize("replace", [False, True])
def test_the_same_file_twice_writes_nothing_the_second_time(replace: bool) -> None:
    imported(exported())
    entries = AuditEntry.objects.count()

    assert not imported(exported(), replace=replace).changed
    assert AuditEntry.objects.count() == entries
    assert list(audit.faults()) == []


def test_decomposed_letters_and_json_give_the_same_rows() -> None:
    decomposed = unicodedata.normalize("NFD", exported())
    content = tree()["reports"][1]["versions"][0]["content"]
    escaped = json.dumps(json.loads(unicodedata.normalize("NFD", json.dumps(json.loads(content), ensure_ascii=False))))

    assert decomposed != exported()
    assert escaped != content
    assert dump_year(year_of(imported(decomposed))) == exported()
    told = tree()
    told["reports"][1]["versions"][0]["content"] = escaped
    assert not imported(told).changed


def test_a_stated_absence_is_kept_apart_from_silence() -> None:
    names = ("report_rounds", "reports", "reviews", "paper_texts")
    told = {name: content for name, content in tree().items() if name not in (*names, "narrative")}

    silent = yaml.safe_load(dump_year(year_of(imported(told))))
    stated = yaml.safe_load(dump_year(year_of(imported(told | {name: [] for name in names}))))

    assert not set(names) & silent.keys()
    assert [stated[name] for name in names] == [[], [], [], []]


def test_texts_come_as_they_were_typed() -> None:
    imported(exported())

    text = Passage.objects.get(report__agency__code="syt", report__kind="mid-year", section="achievements").text
    assert text == "**Kết quả**  chung:\n\n- một\n  thụt vào\n\n| Chỉ tiêu | Đạt |\n| A | 98 |"
    assert PaperText.objects.get().text == "Trân trọng  kính mời\n\n{{khoi}}"


def test_zero_is_zero_and_unknown_stays_unknown() -> None:
    imported(exported())

    values = {row.figure.key: row.value for row in FigureValue.objects.select_related("figure")}
    assert values == {"so-a": 0, "ty-le": pytest.approx(97.5), "don-thu": None}
    assert [row.cells for row in TableRow.objects.all()] == [{"ten": "Một cửa", "so": "1,5"}, {"ten": "Hai", "so": ""}]


def test_moments_are_those_of_the_first_system(reported: World) -> None:
    def told() -> list[Any]:
        return [
            list(model._default_manager.order_by(name).values_list(name, flat=True))
            for model, name in (
                (RoundExtension, "granted_at"),
                (Remark, "made_at"),
                (TextVersion, "made_at"),
                (ReviewComment, "made_at"),
                (AgencyReport, "sent_at"),
            )
        ]

    text, before = dump_year(reported.year), told()
    for model in (RoundExtension, Remark, TextVersion, ReviewComment, Passage, FigureValue, TableRow, AgencyReport):
        model._default_manager.all().delete()
    BlocReview.objects.all().delete()
    imported(text)

    assert told() == before


def test_a_version_names_the_figures_and_tables_of_the_new_system() -> None:
    imported(exported())

    report = AgencyReport.objects.get(agency__code="syt", kind="mid-year")
    figure, table = RoundFigure.objects.get(key="so-a"), RoundTable.objects.get(key="sang-kien")
    content = report.versions.get(number=1).content
    assert sorted(content["figures"]) == sorted([str(figure.pk), "?1"])
    assert content["tables"][str(table.pk)]["rows"] == [["Một  cửa", "1,5"]]


def test_an_imported_version_can_be_gone_back_to() -> None:
    told, world = tree(), build_world()
    told["bloc"]["code"] = "khoi-khac"
    row = next(each for each in told["reports"] if each["agency"] == "syt" and each["kind"] == "mid-year")
    row["state"] = "returned"
    year = year_of(imported(told))
    report = AgencyReport.objects.get(bloc_year=year, agency=world.syt, kind="mid-year")

    go_back(report, report.versions.get(number=1), actor=world.person("officer"))

    assert {row.section: bool(row.text) for row in report.passages.all()} == {
        "achievements": True,
        "rieng": False,
        "lessons": True,  # no section of the outline
    }
    assert [row.cells["ten"] for row in report.table_rows.all()] == ["Một  cửa"]


def test_who_asked_and_commented_stays_in_the_installation() -> None:
    imported(exported())

    assert not User.objects.exists()
    assert set(Remark.objects.values_list("made_by", flat=True)) == {None}
    assert set(ReviewComment.objects.values_list("made_by", flat=True)) == {None}


# The bloc's own file


def test_the_blocs_own_file_holds_no_report_that_was_never_sent() -> None:
    told = tree(whole=False)

    assert "draft" not in {each["state"] for each in told["reports"]}
    assert "Bản nháp chưa gửi" in exported()
    assert "Bản nháp chưa gửi" not in exported(whole=False)
    assert [len(each["reviews"]) for each in (told, tree())] == [1, 1]


def test_the_blocs_own_file_holds_no_version_that_an_agency_kept_for_itself() -> None:
    versions = [version for each in tree(whole=False)["reports"] for version in each.get("versions", ())]

    assert [each["reason"] for each in versions] == ["Gửi báo cáo"]


# The province's rounds


def test_the_provinces_round_is_the_blocs_own_where_the_province_has_none() -> None:
    imported(exported())

    row = ReportRound.objects.get(kind="annual")
    assert (row.parent, row.bloc_year_id is not None) == (None, True)
    assert [section.key for section in row.sections.all()] == ["ket-qua"]
    assert yaml.safe_load(dump_year(BlocYear.objects.get()))["report_rounds"][1]["province"] is True


def test_it_stands_under_the_provinces_round_where_there_is_one_with_the_same_outline(reported: World) -> None:
    text, top = dump_year(reported.year), ReportRound.objects.get(bloc_year=None)
    AgencyReport.objects.filter(kind="annual").delete()
    top.children.all().delete()

    imported(text)

    assert top.children.get().sections.count() == 0
    assert dump_year(reported.year) == text


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda t: t["report_rounds"][1].update(title="Khác"), "report_rounds[1].title"),
        (lambda t: t["report_rounds"][1].update(due="2020-12-31"), "report_rounds[1].due"),
        (lambda t: t["report_rounds"][1]["sections"][0].update(title="Khác"), "report_rounds[1].sections[0].title"),
        (
            lambda t: t["report_rounds"][1]["sections"].append({"key": "them", "title": "Thêm"}),
            "report_rounds[1].sections[1]",
        ),
        (
            lambda t: t["report_rounds"][1]["sections"][0]["figures"][0].update(label="Khác"),
            "report_rounds[1].sections[0].figures[0].label",
        ),
    ],
)
def test_a_blocs_file_never_changes_what_the_province_asks(
    reported: World, change: Change, path: str, replace: bool
) -> None:
    before = dump_year(reported.year)
    told = yaml.safe_load(before)
    change(told)

    assert [fault.path for fault in faults_of(told, replace=replace)] == [path]
    assert dump_year(reported.year) == before


# What was sent, approved or issued here


def at_report(place: int, /, **values: Any) -> Change:
    return lambda t: t["reports"][place].update(values)


SEALED: list[tuple[Change, str]] = [
    (at_report(1, state="draft"), "reports[1].state"),
    (at_report(1, sent_at="2020-06-28T08:00:00+07:00"), "reports[1].sent_at"),
    (lambda t: t["reports"][1]["texts"].update(achievements="Khác"), "reports[1].texts.achievements"),
    (lambda t: t["reports"][1]["texts"].update(directions="Thêm"), "reports[1].texts.directions"),
    (lambda t: t["reports"][1]["figures"][0].update(value=1), "reports[1].figures[0].value"),
    (lambda t: t["reports"][1]["tables"][0]["rows"].pop(), "reports[1].tables[0].rows"),
    (lambda t: t["reports"][1]["remarks"][1].update(text="Khác"), "reports[1].remarks[1]"),
    (lambda t: t["reports"][1]["versions"][0].update(content="{}"), "reports[1].versions[0]"),
    (lambda t: t["reports"][1]["versions"][0].update(number=7), "reports[1].versions[0]"),
    (lambda t: t["reviews"][0].update(state="draft"), "reviews[0].state"),
    (lambda t: t["reviews"][0].update(consulting_until="2020-07-12"), "reviews[0].consulting_until"),
    (lambda t: t["reviews"][0]["comments"][0].update(answer="Khác"), "reviews[0].comments[0].answer"),
    (lambda t: t["reviews"][0]["comments"][1].update(taken=True), "reviews[0].comments[1].taken"),
    (lambda t: t["reviews"][0]["versions"][0].update(reason="Khác"), "reviews[0].versions[0]"),
    (lambda t: t["narrative"]["mid_year"].update(achievements=["Khác"]), "narrative.mid_year.achievements"),
]


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize(("change", "path"), SEALED)
def test_what_was_sent_or_approved_is_not_rewritten_by_a_file(
    reported: World, change: Change, path: str, replace: bool
) -> None:
    before = dump_year(reported.year)
    told = yaml.safe_load(before)
    assert told["reports"][1]["state"] == "received"
    change(told)

    assert [fault.path for fault in faults_of(told, replace=replace)] == [path]
    assert dump_year(reported.year) == before
    assert not User.objects.filter(email__endswith=".invalid").exists()


def test_a_file_may_say_that_a_sent_report_was_received_and_an_approved_review_issued(reported: World) -> None:
    told = yaml.safe_load(dump_year(reported.year))
    sent = next(each for each in told["reports"] if each["kind"] == "annual" and each["agency"] == "syt")
    sent["state"], told["reviews"][0]["state"] = "received", "issued"

    imported(told)

    assert AgencyReport.objects.get(kind="annual", agency=reported.syt).state == "received"
    assert BlocReview.objects.get(kind="mid-year").state == "issued"


# A changed file


def test_a_changed_file_updates_what_is_still_written(reported: World) -> None:
    told = yaml.safe_load(dump_year(reported.year))
    told["report_rounds"][0]["due"] = "2020-06-30"
    told["report_rounds"][0]["sections"][1]["title"] = "Mục đổi tên"
    draft = next(each for each in told["reports"] if each["state"] == "returned")
    draft["texts"]["achievements"] = "Bản mới"
    draft["figures"] = [{"section": "achievements", "key": "so-a", "value": 12}]
    told["paper_texts"][0]["text"] = "Lời mới"

    outcome = imported(told)

    passage = Passage.objects.get(report__agency=reported.stttt, section="achievements")
    assert (passage.text, passage.version) == ("Bản mới", 3)
    assert FigureValue.objects.get(report=passage.report).value == 12
    assert (PaperText.objects.get(part="loi-moi").text, PaperText.objects.get(part="loi-moi").version) == ("Lời mới", 1)
    assert RoundSection.objects.get(key="rieng").title == "Mục đổi tên"
    assert (outcome.created, outcome.updated, outcome.deleted) == (1, 4, 0)
    assert not imported(told).changed


def test_what_a_file_is_silent_about_stays_and_goes_with_replace(reported: World) -> None:
    told = yaml.safe_load(dump_year(reported.year))
    told.pop("paper_texts")
    told["report_rounds"] = told["report_rounds"][:2]
    told["reports"] = [each for each in told["reports"] if each["kind"] != "ad-hoc"]
    spare = ReportRound.objects.create(
        council=reported.council, bloc_year=reported.year, kind="ad-hoc", year=2020, title="Chưa ai viết"
    )
    text = next(each for each in told["reports"] if each["state"] == "returned").pop("texts")

    imported(told)
    kept = (PaperText.objects.exclude(text="").count(), ReportRound.objects.filter(pk=spare.pk).exists())
    assert kept == (1, True)
    assert Passage.objects.get(report__agency=reported.stttt).text == text["achievements"]

    imported(told, replace=True)
    assert (PaperText.objects.exclude(text="").count(), ReportRound.objects.filter(pk=spare.pk).exists()) == (0, False)
    assert Passage.objects.get(report__agency=reported.stttt).text == ""
    assert AgencyReport.objects.filter(kind="ad-hoc").count() == ReportRound.objects.filter(kind="ad-hoc").count() == 2


def test_an_older_file_without_these_sections_deletes_no_report(reported: World) -> None:
    told = yaml.safe_load(dump_year(reported.year))
    for name in ("report_rounds", "reports", "reviews", "paper_texts"):
        told.pop(name)
    before = AgencyReport.objects.count(), TextVersion.objects.count(), ReportRound.objects.count()

    imported(told, replace=True)

    assert (AgencyReport.objects.count(), TextVersion.objects.count(), ReportRound.objects.count()) == before
    assert ReviewComment.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (
            lambda s: s["figures"][0].update(kind="money"),
            "report_rounds[0].sections[0].figures[0].kind",
        ),
        (
            lambda s: s["tables"][0].update(columns=[{"key": "so", "label": "Số"}]),
            "report_rounds[0].sections[0].tables[0].columns",
        ),
    ],
)
def test_what_was_filled_in_keeps_its_meaning(reported: World, change: Change, path: str) -> None:
    told = yaml.safe_load(dump_year(reported.year))
    told.pop("reports")
    change(told["report_rounds"][0]["sections"][0])

    assert [fault.path for fault in faults_of(told)] == [path]


# What cannot be read


def in_round(**values: Any) -> Change:
    return lambda t: t["report_rounds"][0].update(values)


def in_section(**values: Any) -> Change:
    return lambda t: t["report_rounds"][0]["sections"][0].update(values)


def in_report(**values: Any) -> Change:
    return lambda t: t["reports"][1].update(values)


def in_version(**values: Any) -> Change:
    return lambda t: t["reports"][1]["versions"][0].update(values)


ROUND, SECTION, REPORT = "report_rounds[0]", "report_rounds[0].sections[0]", "reports[1]"
FIGURE = {"section": "achievements", "key": "so-a"}
REMARK = {"text": "x", "made_at": "2020-06-25T09:00:00+07:00"}
COMMENT = {"agency": "syt", "text": "x", "made_at": "2020-06-25T09:00:00+07:00"}
GRID = {"section": "achievements", "key": "sang-kien"}
BROKEN: list[tuple[Change, str]] = [
    (lambda t: t.update(report_rounds={}), "report_rounds"),
    (in_round(kind="nam"), f"{ROUND}.kind"),
    (in_round(kind=None), f"{ROUND}.kind"),
    (in_round(title=" "), f"{ROUND}.title"),
    (in_round(title="x" * 301), f"{ROUND}.title"),
    (in_round(state="mo"), f"{ROUND}.state"),
    (in_round(until="2019-12-31"), f"{ROUND}.until"),
    (in_round(due="20/06/2020"), f"{ROUND}.due"),
    (in_round(strict="true"), f"{ROUND}.strict"),
    (in_round(province=1), f"{ROUND}.province"),
    (in_round(note="x" * 50_001), f"{ROUND}.note"),
    (in_round(owner="x"), f"{ROUND}.owner"),
    (lambda t: t["report_rounds"][1].update(kind="mid-year"), "report_rounds[1].kind"),
    (in_round(sections=[None]), f"{ROUND}.sections[0]"),
    (in_section(key="mục 1"), f"{SECTION}.key"),
    (in_section(key="rieng"), "report_rounds[0].sections[1].key"),
    (in_section(title=None), f"{SECTION}.title"),
    (in_section(guide="x"), f"{SECTION}.guide"),
    (in_section(figures=[{"key": "a"}]), f"{SECTION}.figures[0].label"),
    (in_section(figures=[{"key": "a", "label": "A", "kind": "x"}]), f"{SECTION}.figures[0].kind"),
    (in_section(figures=[{"key": "a", "label": "A", "source": "x"}]), f"{SECTION}.figures[0].source"),
    (in_section(figures=[{"key": "a", "label": "A"}] * 2), f"{SECTION}.figures[1].key"),
    (in_section(tables=[{"key": "a", "title": "A"}]), f"{SECTION}.tables[0].columns"),
    (
        in_section(tables=[{"key": "a", "title": "A", "columns": [{"key": "b", "label": "B"}] * 2}]),
        f"{SECTION}.tables[0].columns[1].key",
    ),
    (
        in_section(tables=[{"key": "a", "title": "A", "columns": [{"key": "b", "label": "B", "kind": "x"}]}]),
        f"{SECTION}.tables[0].columns[0].kind",
    ),
    (
        in_section(tables=[{"key": "a", "title": "A", "columns": [{"key": f"b{n}", "label": "B"} for n in range(9)]}]),
        f"{SECTION}.tables[0].columns",
    ),
    (in_round(extensions=[{"agency": "khong-co"}]), f"{ROUND}.extensions[0].agency"),
    (
        lambda t: t["report_rounds"][0]["extensions"].append(t["report_rounds"][0]["extensions"][0]),
        f"{ROUND}.extensions[2]",
    ),
    (
        lambda t: t["report_rounds"][0]["extensions"][0].update(granted_at="2020-06-20T09:00:00"),
        f"{ROUND}.extensions[0].granted_at",
    ),
    (in_report(agency="khong-co"), f"{REPORT}.agency"),
    (lambda t: t["reports"].append(t["reports"][1]), "reports[7].agency"),
    (in_report(kind="annual"), f"{REPORT}.round"),
    (in_report(round=9), f"{REPORT}.round"),
    (in_report(round=0), f"{REPORT}.round"),
    (lambda t: t["reports"][-1].pop("round"), "reports[6].round"),
    (in_report(state="approved"), f"{REPORT}.state"),
    (in_report(sent_at="2020-06-20"), f"{REPORT}.sent_at"),
    (in_report(noi_dung="x"), f"{REPORT}.noi_dung"),
    (in_report(texts={"khong-co": "x"}), f"{REPORT}.texts.khong-co"),
    (in_report(texts={"achievements": 5}), f"{REPORT}.texts.achievements"),
    (in_report(texts={"achievements": " \n"}), f"{REPORT}.texts.achievements"),
    (in_report(texts={"achievements": "x" * 50_001}), f"{REPORT}.texts.achievements"),
    (in_report(texts={"achievements": "a\u0007"}), f"{REPORT}.texts.achievements"),
    (in_report(figures=[FIGURE, FIGURE]), f"{REPORT}.figures[1]"),
    (in_report(figures=[FIGURE | {"key": "khong-co"}]), f"{REPORT}.figures[0]"),
    (in_report(figures=[FIGURE | {"value": "5"}]), f"{REPORT}.figures[0].value"),
    (in_report(figures=[FIGURE | {"value": 1.23456}]), f"{REPORT}.figures[0].value"),
    (in_report(figures=[FIGURE | {"note": "x" * 301}]), f"{REPORT}.figures[0].note"),
    (in_report(tables=[GRID | {"key": "khong-co", "rows": []}]), f"{REPORT}.tables[0]"),
    (in_report(tables=[GRID | {"rows": [{"cot": "x"}]}]), f"{REPORT}.tables[0].rows[0].cot"),
    (in_report(tables=[GRID | {"rows": [{"ten": "x" * 501}]}]), f"{REPORT}.tables[0].rows[0].ten"),
    (in_report(tables=[GRID | {"rows": [{"ten": "x"}] * 201}]), f"{REPORT}.tables[0].rows"),
    (in_report(remarks=[{"text": "x"}]), f"{REPORT}.remarks[0].made_at"),
    (in_report(remarks=[REMARK, REMARK]), f"{REPORT}.remarks[1]"),
    (in_report(remarks=[REMARK | {"section": "Mục 1"}]), f"{REPORT}.remarks[0].section"),
    (lambda t: t["reports"][1]["versions"].append(t["reports"][1]["versions"][0]), f"{REPORT}.versions[2].number"),
    (in_version(number=0), f"{REPORT}.versions[0].number"),
    (in_version(number=None), f"{REPORT}.versions[0].number"),
    (in_version(made_at=None), f"{REPORT}.versions[0].made_at"),
    (in_version(content="[]"), f"{REPORT}.versions[0].content"),
    (in_version(content='{"a": NaN}'), f"{REPORT}.versions[0].content"),
    (in_version(content='{"a": 1, "a": 2}'), f"{REPORT}.versions[0].content"),
    (in_version(content='{"sections": {"a": "\\u0000"}}'), f"{REPORT}.versions[0].content"),
    (in_version(content='{"sections": {"a": 1}}'), f"{REPORT}.versions[0].content"),
    (in_version(content='{"figures": {"a/b": {"label": "A", "value": "x"}}}'), f"{REPORT}.versions[0].content"),
    (in_version(content='{"figures": {"a/b": {"label": "A", "value": "1e99"}}}'), f"{REPORT}.versions[0].content"),
    (in_version(content='{"tables": {"a/b": {"title": "A", "rows": [1]}}}'), f"{REPORT}.versions[0].content"),
    (in_version(content="[" * 5000), f"{REPORT}.versions[0].content"),
    (lambda t: t["reviews"].append({"kind": "mid-year"}), "reviews[1].kind"),
    (lambda t: t["reviews"][0].update(kind="ad-hoc"), "reviews[0].kind"),
    (lambda t: t["reviews"][0].update(state="received"), "reviews[0].state"),
    (lambda t: t["reviews"][0].update(compiled="{}"), "reviews[0].compiled"),
    (lambda t: t["reviews"][0].update(consulting_until="2020-06-30"), "reviews[0].consulting_until"),
    (lambda t: t["reviews"][0].update(comments=[COMMENT, COMMENT]), "reviews[0].comments[1]"),
    (lambda t: t["reviews"][0].update(comments=[COMMENT | {"agency": "x"}]), "reviews[0].comments[0].agency"),
    (lambda t: t["reviews"][0].update(comments=[COMMENT | {"taken": "có"}]), "reviews[0].comments[0].taken"),
    (lambda t: t["reviews"][0].update(comments=[COMMENT | {"section": "x"}]), "reviews[0].comments[0].section"),
    (lambda t: t["paper_texts"].append(t["paper_texts"][0]), "paper_texts[1].part"),
    (lambda t: t["paper_texts"][0].update(kind="giấy mời"), "paper_texts[0].kind"),
    (lambda t: t["paper_texts"][0].pop("text"), "paper_texts[0].text"),
]


@pytest.mark.parametrize(("change", "path"), BROKEN)
def test_each_fault_has_its_path_and_writes_nothing(change: Change, path: str) -> None:
    told = tree()
    change(told)

    found = faults_of(told)
    assert path in [fault.path for fault in found]
    assert all(fault.sentence.endswith((".", "?")) for fault in found)
    assert (ReportRound.objects.count(), AgencyReport.objects.count(), BlocYear.objects.count()) == (0, 0, 0)


# Names of figures and tables in versions


def test_names_and_numbers_of_a_version_come_back() -> None:
    names = {"figures": {"12": "a/b", "3": "a/c"}, "tables": {}}
    content = {"sections": {"a": "x"}, "figures": {"12": 1, "7": 2, "40": 3, "?1": 4}, "tables": {"5": 6}, "khác": [1]}

    told = with_names(content, **names)

    assert told["figures"] == {"a/b": 1, "?1": 4, "?2": 2, "?3": 3}
    assert (told["tables"], told["khác"]) == ({"?1": 6}, [1])
    assert with_names(with_numbers(told, **names), **names) == told


# What is carried, and what is not


NOT_CARRIED = {
    ReportRound: {
        "id",
        "council",
        "bloc_year",
        "parent",
        "state",
        "year",
        "kind",
        "created_by",
        "created_at",
        "version",
    },
    RoundSection: {"id", "round", "key", "position"},
    RoundFigure: {"id", "section", "key", "position"},
    RoundTable: {"id", "section", "key", "position", "columns"},
    RoundExtension: {"id", "round", "agency", "granted_by"},
    AgencyReport: {"id", "bloc_year", "agency", "round", "kind", "state"},
    Passage: {"id", "report", "review", "section", "version", "edited_at", "edited_by"},
    FigureValue: {"id", "report", "figure", "edited_by", "version"},
    TableRow: {"id", "report", "table", "position"},
    Remark: {"id", "report", "made_by"},
    TextVersion: {"id", "report", "review", "made_by"},
    BlocReview: {"id", "bloc_year", "kind", "state", "compiled", "compiled_at"},
    ReviewComment: {"id", "review", "agency", "made_by", "answered_by", "version"},
    PaperText: {"id", "bloc_year", "version", "edited_by", "edited_at"},
    Presence: {"id", "report", "review", "user", "section", "seen_at"},
}
CARRIED: dict[type[Model], tuple[str, ...]] = {
    ReportRound: rounds.COLUMNS,
    RoundSection: rounds.SECTION_COLUMNS,
    RoundFigure: rounds.FIGURE_COLUMNS,
    RoundTable: rounds.TABLE_COLUMNS,
    RoundExtension: rounds.EXTENSION_COLUMNS,
    AgencyReport: ("sent_at",),
    Passage: ("text",),
    FigureValue: ("value", "note"),
    TableRow: ("cells",),
    Remark: reports.REMARK_COLUMNS,
    TextVersion: ("number", "made_at", "reason", "content"),
    BlocReview: reports.REVIEW_COLUMNS,
    ReviewComment: reports.COMMENT_COLUMNS,
    PaperText: ("kind", "part", "text"),
    Presence: (),
}


@pytest.mark.parametrize("model", CARRIED, ids=lambda model: model.__name__)
def test_a_new_column_is_carried_or_named_as_one_that_is_not(model: type[Model]) -> None:
    columns = {field.name for field in model._meta.fields}

    assert columns - set(CARRIED[model]) == NOT_CARRIED[model]
