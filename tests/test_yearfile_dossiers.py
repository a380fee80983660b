"""Dossiers and the subjects they name travel with the year file, outcome and all."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from awards.models import Dossier, DossierVersion, InitiativeUse, Nomination, Subject, TaskGrade
from blocs.models import BlocYear
from reports.yearfile.dumping import dump_year
from reports.yearfile.faults import YearFileError
from reports.yearfile.loading import load
from reports.yearfile.reading import read_text

pytestmark = pytest.mark.django_db
TEXT = (Path(__file__).parent / "yearfiles" / "dossiers.yaml").read_text(encoding="utf-8")


def import_text(text: str, **kwargs: Any) -> BlocYear:
    return BlocYear.objects.get(pk=load(read_text(text), **kwargs).bloc_year.pk)


def faults_of(old: str, new: str) -> list[str]:
    assert old in TEXT
    with pytest.raises(YearFileError) as raised:
        import_text(TEXT.replace(old, new, 1))
    return [str(fault) for fault in raised.value.faults]


def missing(told: Any, found: Any, path: str = "") -> list[str]:
    """Paths of ``told`` that ``found`` does not hold as told."""
    if isinstance(told, dict):
        return [gap for key, value in told.items() for gap in missing(value, (found or {}).get(key), f"{path}.{key}")]
    if isinstance(told, list):
        pairs = zip(told, found or [None] * len(told), strict=False)
        short = [f"{path}: {len(told)} lines"] if len(told) != len(found or []) else []
        return short + [gap for n, (a, b) in enumerate(pairs) for gap in missing(a, b, f"{path}[{n}]")]
    if told is False:
        return []  # an export leaves out what is false by default
    return [] if told == found else [f"{path}: {told!r} != {found!r}"]


def by_code(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in rows}


def in_order(subject: dict[str, Any]) -> dict[str, Any]:
    """Initiatives in the order of their codes, as exports write them."""
    if "initiatives" not in subject:
        return subject
    return subject | {"initiatives": sorted(subject["initiatives"], key=lambda row: row["code"])}


def test_everything_that_was_said_of_subjects_and_dossiers_comes_back() -> None:
    told = yaml.safe_load(TEXT)

    found = yaml.safe_load(dump_year(import_text(TEXT)))

    subjects = by_code(found["subjects"])
    gaps = [gap for row in told["subjects"] for gap in missing(in_order(row), subjects[row["code"]], row["code"])]
    dossiers = by_code(found["dossiers"])
    gaps += [gap for row in told["dossiers"] for gap in missing(row, dossiers[row["code"]], row["code"])]
    assert gaps == []


def test_a_known_zero_stays_a_zero() -> None:
    import_text(TEXT)

    assert Subject.objects.get(code="dt-syt").people_years.get().disciplined == 0
    assert Dossier.objects.get(code="hs-2020-001").late_days == 0


def test_an_initiative_is_tied_to_the_nomination_that_relies_on_it() -> None:
    import_text(TEXT)

    use = InitiativeUse.objects.get(initiative__code="sk-2020")
    assert (use.award.code, use.year, use.nomination.name) == ("cstd-tinh", 2020, "Nguyễn Thị Lan")


def test_the_register_is_never_emptied_by_a_file_not_even_replacing() -> None:
    import_text(TEXT)
    person = Subject.objects.get(code="dt-lan")
    TaskGrade.objects.create(subject=person, year=2011, grade="HTT")

    import_text(TEXT, replace=True)

    assert list(person.grades.values_list("year", flat=True)) == [2020, 2019, 2018, 2011]


def test_replacing_drops_nominations_and_unsent_dossiers_that_the_file_leaves_out() -> None:
    import_text(TEXT)
    start = TEXT.index("  - code: hs-2020-khoi")

    import_text(TEXT[:start].replace("      - {subject: dt-syt, award: tt-ld-xuat-sac", "      # - {", 1), replace=True)

    assert list(Dossier.objects.values_list("code", flat=True)) == ["hs-2020-001"]
    assert list(Nomination.objects.values_list("award__code", flat=True)) == ["cstd-tinh"]


def test_what_was_sent_is_never_rewritten() -> None:
    import_text(TEXT)

    faults = faults_of('"nominations":[]', '"nominations":[1]')

    assert faults == [
        "dossiers[0].versions[0]: Lần gửi này trong hệ thống có nội dung khác; nội dung đã gửi không sửa được."
    ]
    assert DossierVersion.objects.get().content == {"dossier": {}, "nominations": []}


def test_what_was_sent_comes_back_letter_by_letter() -> None:
    text = TEXT.replace('"nominations":[]', '"nominations":[],"t":"hai  khoảng trắng\\n dòng"')

    found = import_text(text)

    assert DossierVersion.objects.get().content["t"] == "hai  khoảng trắng\n dòng"
    assert not load(read_text(dump_year(found))).changed


def test_a_dossier_of_another_bloc_keeps_its_code() -> None:
    import_text(TEXT)

    faults = faults_of("qn-ho-so", "qn-khac")

    assert "dossiers[1].code: Mã «hs-2020-khoi» đã thuộc một hồ sơ khác trong hệ thống." in faults


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{subject: dt-syt, award: co-tinh", "{subject: dt-khac, award: co-tinh", "dossiers[1].nominations[0].subject"),
        ("award: co-tinh", "award: co-lang", "dossiers[1].nominations[0].award"),
        ("state: appraised", "state: xong", "dossiers[0].state"),
        ("grade: HTT", "grade: TOT", "subjects[0].grades[0].grade"),
        ("cleared_on: 2020-08-15", "cleared_on: 2020-01-15", "subjects[1].freezes[0].cleared_on"),
        ("served_until: 2012-08-01", "served_until: 2011-08-01", "subjects[1].disciplines[0].served_until"),
        ("advanced: 55", "advanced: 61", "subjects[0].people[0].advanced"),
        ("initiatives: [sk-2020]", "initiatives: [sk-1999]", "dossiers[0].nominations[0].initiatives[0]"),
        ("code: dt-lan", "code: dt-syt", "subjects[1].code"),
        ("movement: Chung sức", "movement: Chung tay", "dossiers[1].movement"),
        ("asked: ca", "asked: khong-co", "dossiers[0].opinions[0].asked"),
        ("born_on: 1980-02-29", "born_on: 1981-02-29", "subjects[1].born_on"),
        ("unit: Phòng", "don_vi: Phòng", "subjects[1].don_vi"),
        ("{year: 2018, grade: HTXS}", "{year: 2019, grade: HTXS}", "subjects[1].grades[1]"),
        ("successor: dt-syt", "successor: dt-khac", "subjects[2].reorganisations[0].successor"),
        ("kind: split", "kind: bay", "subjects[2].reorganisations[0].kind"),
        ("new_agency: syt", "new_agency: khac", "subjects[1].moves[1].new_agency"),
        ("moved_on: 2016-09-01", "moved_on: 2020-03-01", "subjects[1].moves[1]"),
        ('sha256: "aaa', 'sha256: "xaa', "dossiers[0].papers[0].sha256"),
    ],
)
def test_each_fault_is_told_at_its_place_and_nothing_is_written(old: str, new: str, expected: str) -> None:
    faults = faults_of(old, new)

    assert [fault for fault in faults if fault.startswith(f"{expected}:")]
    assert (Subject.objects.count(), Dossier.objects.count()) == (0, 0)


def test_a_file_read_twice_adds_no_line_twice_and_keeps_who_took_over() -> None:
    import_text(TEXT)
    import_text(TEXT)

    old = Subject.objects.get(code="dt-chi-cuc-cu")
    assert [
        (row.successor and row.successor.code, row.successor_name) for row in old.reorganisations.order_by("pk")
    ] == [
        ("dt-syt", ""),
        (None, "Ủy ban nhân dân các xã"),
    ]
    assert Subject.objects.get(code="dt-lan").moves.count() == 2


def test_an_opinion_that_is_not_waited_for_travels_as_such() -> None:
    told = TEXT.replace("answer: no-violation", "answer: waived")

    found = yaml.safe_load(dump_year(import_text(told)))

    opinions = [each for dossier in found["dossiers"] for each in dossier.get("opinions", [])]
    assert [each["answer"] for each in opinions] == ["waived"]
