"""Every branch as its article gives it: whom it serves, for what kind of commendation, and what must be attested.

One row is one point of the statute: award, subject, article.clause.point, rule, whether it is counted or weighed by
people, kinds of commendation, workers or others, what the text wants attested ("-": nothing, or the text leaves it to
the Government or the province).
"""

from datetime import date
from itertools import product

import pytest

from awards.law.branches import Branch
from awards.law.engine import judge
from awards.law.facts import Category, Nominee, SubjectKind
from awards.law.registry import BRANCHES

KINDS = {
    "merit": Category.MERIT,
    "surprise": Category.SURPRISE,
    "movement": Category.MOVEMENT,
    "contribution": Category.CONTRIBUTION,
    "service": Category.SERVICE,
    "external": Category.EXTERNAL,
}
AUDIENCE = {"all": None, "workers": True, "not-workers": False}
DAYS = {"R2017": date(2023, 12, 31), "R2024": date(2024, 12, 31), "R2025": date(2025, 12, 31)}

# Luật TĐKT 2003 as amended in 2013.
LAW_2003 = """
ld-tien-tien individual 24.1 A3-I4 counted merit+movement not-workers spirit+learning+ethics
ld-tien-tien individual 24.3 A3-I4b counted merit+movement workers exemplary+ethics
cstd-co-so individual 23 A3-I3 counted merit+movement all -
cstd-tinh individual 22 A3-I2 counted merit+movement all chosen
cstd-toan-quoc individual 21 A3-I1 counted merit+movement all chosen
bk-tinh individual 72.1.a A3-I5b weighed movement all exemplary
bk-tinh individual 72.1.b A3-I5b weighed merit+surprise all exemplary
bk-bo individual 72.1.a A3-I5b weighed movement all exemplary
bk-bo individual 72.1.b A3-I5b weighed merit+surprise all exemplary
bk-thu-tuong individual 71.1.b A3-I6 counted merit all exemplary
bk-thu-tuong individual 71.1.a A3-I6 weighed movement all exemplary
bk-thu-tuong individual 71.1.c A3-I6 weighed merit+surprise all exemplary
giay-khen individual 75.1.c A2-75 counted merit all ethics+exemplary
giay-khen individual 75.1.a A2-75 weighed movement all -
giay-khen individual 75.1.b A2-75 weighed surprise all -
ky-niem-chuong individual 69 A2-71 weighed merit+contribution all -
hc-lao-dong-nhat individual 42.2.a A3-I9 counted merit all exemplary
hc-lao-dong-nhat individual 42.2.a A3-I9 weighed contribution all exemplary
hc-lao-dong-nhat individual 42.2.b A3-I9 weighed merit+surprise all exemplary
hc-lao-dong-nhi individual 43.1.a A3-I8 counted merit all exemplary
hc-lao-dong-nhi individual 43.1.a A3-I8 weighed contribution all exemplary
hc-lao-dong-nhi individual 43.1.b A3-I8 weighed merit+surprise all exemplary
hc-lao-dong-ba individual 44.1.a A3-I7 weighed merit+surprise all exemplary
hc-lao-dong-ba individual 44.1.a A3-I7 weighed contribution all exemplary
hc-lao-dong-ba individual 44.1.b A3-I7 weighed merit+surprise all exemplary
hc-bao-ve-to-quoc-nhat individual 45.2.a A3-I9 counted merit all forces
hc-bao-ve-to-quoc-nhat individual 45.2.a A3-I9 weighed contribution all forces
hc-bao-ve-to-quoc-nhat individual 45.2.b A3-I9 weighed merit+surprise all forces
hc-bao-ve-to-quoc-nhi individual 46.1.a A3-I8 counted merit all forces
hc-bao-ve-to-quoc-nhi individual 46.1.a A3-I8 weighed contribution all forces
hc-bao-ve-to-quoc-nhi individual 46.1.b A3-I8 weighed merit+surprise all forces
hc-bao-ve-to-quoc-ba individual 47.1.a A3-I7 weighed merit+surprise all forces
hc-bao-ve-to-quoc-ba individual 47.1.a A3-I7 weighed contribution all forces
hc-bao-ve-to-quoc-ba individual 47.1.b A3-I7 weighed merit+surprise all forces
hc-doc-lap-nhat individual 36.1 A2 weighed merit+contribution all -
hc-doc-lap-nhi individual 37.1 A2 weighed merit+contribution all -
hc-doc-lap-ba individual 38.1 A2 weighed merit+contribution all -
hc-chien-cong-nhat individual 48.1 A2 weighed merit+surprise all -
hc-chien-cong-nhi individual 48.2 A2 weighed merit+surprise all -
hc-chien-cong-ba individual 48.3 A2 weighed merit+surprise all -
hc-dai-doan-ket individual 49 A2 weighed merit+contribution all -
hc-dung-cam individual 50 A2 weighed surprise all -
hc-huu-nghi individual 51 A2 weighed external all -
co-tinh collective 26 A3-F2 counted merit+movement all outstanding+new-model+unity+thrift
co-chinh-phu collective 25 A3-F1 counted merit+movement all outstanding+unity+thrift
co-bo collective 26 A3-F2 weighed merit+movement all new-model+unity+thrift
tt-ld-xuat-sac collective 27.1 A3-F3 counted merit+movement all movement+unity
tt-ld-tien-tien collective 28.1 A3-F4 counted merit+movement all movement+unity
thon-van-hoa collective 30 A3-C2 counted merit+movement all -
xa-tieu-bieu collective 20 A3-C1 counted merit+movement all -
bk-tinh collective 72.2.c A3-F5 counted merit all unity+democracy+welfare+thrift+policies
bk-bo collective 72.2.c A3-F5 counted merit all unity+democracy+welfare+thrift+policies
bk-thu-tuong collective 71.2.c A3-F6 counted merit all unity
hc-lao-dong-ba collective 44.2.b A3-F7 counted merit all unity
hc-lao-dong-nhi collective 43.2.b A3-F8 counted merit all unity
hc-lao-dong-nhat collective 42.3.b A3-F9 counted merit all unity
giay-khen collective 75.2.c A3-F5 counted merit all unity+democracy+thrift
bk-tinh collective 72.2.a A3-F5 weighed merit+movement all exemplary
bk-tinh collective 72.2.b A3-F5 weighed surprise all exemplary
bk-bo collective 72.2.a A3-F5 weighed merit+movement all exemplary
bk-bo collective 72.2.b A3-F5 weighed surprise all exemplary
bk-thu-tuong collective 71.2.a A3-F6 weighed merit+surprise all unity
bk-thu-tuong collective 71.2.b A3-F6 weighed merit+movement all unity
hc-lao-dong-ba collective 44.2.a A3-F7 weighed merit+surprise all -
hc-lao-dong-nhi collective 43.2.a A3-F8 weighed merit+surprise all -
hc-lao-dong-nhat collective 42.3.a A3-F9 weighed merit+surprise all -
giay-khen collective 75.2.a A3-F5 weighed merit+movement all -
giay-khen collective 75.2.b A3-F5 weighed surprise all -
gia-dinh-van-hoa household 29 A3-H4 counted merit+movement all -
bk-thu-tuong household 73.3 A3-H1 weighed every all -
bk-tinh household 73.3 A3-H2 weighed every all -
bk-bo household 73.3 A3-H2 weighed every all -
giay-khen household 76.4 A3-H3 weighed every all -
"""

# Luật TĐKT 2022; NĐ 152/2025 words two titles anew (Điều 7.1, Điều 8) but asks the same to be attested.
LAW_2022 = """
ld-tien-tien individual 24.1 A3-I4 counted merit+movement not-workers spirit
ld-tien-tien individual 24.3 A3-I4b counted merit+movement workers exemplary+ethics
cstd-co-so individual 23 A3-I3 counted merit+movement all -
cstd-tinh individual 22.1 A3-I2 counted merit+movement all chosen
cstd-toan-quoc individual 21.1 A3-I1 counted merit+movement all chosen
bk-tinh individual 74.1.d A3-I5 counted merit all exemplary
bk-bo individual 74.1.d A3-I5 counted merit all exemplary
bk-tinh individual 74.1.a A3-I5b weighed movement all exemplary
bk-tinh individual 74.1.b A3-I5b weighed merit+surprise all exemplary
bk-tinh individual 74.1.c A3-I5b weighed merit all exemplary
bk-tinh individual 74.1.đ A3-I5b weighed merit+surprise workers exemplary
bk-tinh individual 74.2 A3-I5b weighed merit all obeys
bk-bo individual 74.1.a A3-I5b weighed movement all exemplary
bk-bo individual 74.1.b A3-I5b weighed merit+surprise all exemplary
bk-bo individual 74.1.c A3-I5b weighed merit all exemplary
bk-bo individual 74.1.đ A3-I5b weighed merit+surprise workers exemplary
bk-bo individual 74.2 A3-I5b weighed merit all obeys
bk-thu-tuong individual 73.1.b A3-I6 counted merit all obeys
bk-thu-tuong individual 73.1.a A3-I6 weighed movement all obeys
bk-thu-tuong individual 73.1.c A3-I6 weighed merit+surprise all obeys
bk-thu-tuong individual 73.1.d A3-I6 weighed merit all obeys
bk-thu-tuong individual 73.2.a A3-I6 weighed merit+movement workers obeys
bk-thu-tuong individual 73.2.b A3-I6 weighed merit+surprise workers obeys
bk-thu-tuong individual 73.2.c A3-I6 weighed merit workers obeys
bk-thu-tuong individual 73.2.d A3-I6 weighed merit workers obeys
bk-thu-tuong individual 73.3 A3-I6 weighed merit all obeys
bk-thu-tuong individual 73.7 A3-I6 weighed external all -
giay-khen individual 75.2 A2-75 weighed merit+surprise+movement+contribution all -
ky-niem-chuong individual 71.2 A2-71 weighed merit+contribution all -
hc-lao-dong-ba individual 44.1.e A3-I7 counted merit all obeys
hc-lao-dong-nhi individual 43.1.đ A3-I8 counted merit all obeys
hc-lao-dong-nhat individual 42.1.đ A3-I9 counted merit all obeys
hc-lao-dong-nhat individual 42.1.a A3-I9 weighed surprise all obeys
hc-lao-dong-nhat individual 42.1.b A3-I9 weighed merit+surprise all obeys
hc-lao-dong-nhat individual 42.1.c A3-I9 weighed merit all obeys
hc-lao-dong-nhat individual 42.1.d A3-I9 weighed merit all obeys
hc-lao-dong-nhat individual 42.1.e A3-I9 weighed contribution all obeys
hc-lao-dong-nhat individual 42.2.a A3-I9 weighed merit+surprise workers obeys
hc-lao-dong-nhat individual 42.2.b A3-I9 weighed merit workers obeys
hc-lao-dong-nhat individual 42.2.c A3-I9 weighed merit workers obeys
hc-lao-dong-nhat individual 42.3 A3-I9 weighed merit+surprise all obeys
hc-lao-dong-nhat individual 42.6 A3-I9 weighed external all -
hc-lao-dong-nhi individual 43.1.a A3-I8 weighed surprise all obeys
hc-lao-dong-nhi individual 43.1.b A3-I8 weighed merit+surprise all obeys
hc-lao-dong-nhi individual 43.1.c A3-I8 weighed merit all obeys
hc-lao-dong-nhi individual 43.1.d A3-I8 weighed merit all obeys
hc-lao-dong-nhi individual 43.1.e A3-I8 weighed contribution all obeys
hc-lao-dong-nhi individual 43.2.a A3-I8 weighed merit+surprise workers obeys
hc-lao-dong-nhi individual 43.2.b A3-I8 weighed merit workers obeys
hc-lao-dong-nhi individual 43.2.c A3-I8 weighed merit workers obeys
hc-lao-dong-nhi individual 43.3 A3-I8 weighed merit+surprise all obeys
hc-lao-dong-nhi individual 43.6 A3-I8 weighed external all -
hc-lao-dong-ba individual 44.1.a A3-I7 weighed movement all obeys
hc-lao-dong-ba individual 44.1.b A3-I7 weighed merit all obeys
hc-lao-dong-ba individual 44.1.c A3-I7 weighed merit all obeys
hc-lao-dong-ba individual 44.1.d A3-I7 weighed surprise all obeys
hc-lao-dong-ba individual 44.1.đ A3-I7 weighed merit+surprise all obeys
hc-lao-dong-ba individual 44.1.g A3-I7 weighed contribution all obeys
hc-lao-dong-ba individual 44.2.a A3-I7 weighed merit+surprise+movement workers obeys
hc-lao-dong-ba individual 44.2.b A3-I7 weighed merit workers obeys
hc-lao-dong-ba individual 44.2.c A3-I7 weighed merit workers obeys
hc-lao-dong-ba individual 44.3 A3-I7 weighed merit+surprise+movement all obeys
hc-lao-dong-ba individual 44.6 A3-I7 weighed external all -
hc-bao-ve-to-quoc-ba individual 47.1.c A3-I7 counted merit all forces
hc-bao-ve-to-quoc-nhi individual 46.1.c A3-I8 counted merit all forces
hc-bao-ve-to-quoc-nhat individual 45.1.c A3-I9 counted merit all forces
hc-bao-ve-to-quoc-nhat individual 45.1.a A3-I9 weighed surprise all forces
hc-bao-ve-to-quoc-nhat individual 45.1.b A3-I9 weighed merit all forces
hc-bao-ve-to-quoc-nhat individual 45.1.d A3-I9 weighed contribution all forces
hc-bao-ve-to-quoc-nhi individual 46.1.a A3-I8 weighed surprise all forces
hc-bao-ve-to-quoc-nhi individual 46.1.b A3-I8 weighed merit all forces
hc-bao-ve-to-quoc-nhi individual 46.1.d A3-I8 weighed contribution all forces
hc-bao-ve-to-quoc-ba individual 47.1.a A3-I7 weighed surprise all forces
hc-bao-ve-to-quoc-ba individual 47.1.b A3-I7 weighed merit all forces
hc-bao-ve-to-quoc-ba individual 47.1.d A3-I7 weighed contribution all forces
hc-sao-vang individual 34.2.a A2 weighed merit+contribution all -
hc-sao-vang individual 34.2.b A2 weighed merit all -
hc-sao-vang individual 34.6 A2 weighed external all -
hc-ho-chi-minh individual 35.1.a A2 weighed merit+contribution all -
hc-ho-chi-minh individual 35.1.b A2 weighed merit all -
hc-ho-chi-minh individual 35.5 A2 weighed external all -
hc-doc-lap-nhat individual 36.1.a A2 weighed contribution all -
hc-doc-lap-nhat individual 36.1.b A2 weighed merit all -
hc-doc-lap-nhat individual 36.4 A2 weighed external all -
hc-doc-lap-nhi individual 37.1.a A2 weighed contribution all -
hc-doc-lap-nhi individual 37.1.b A2 weighed merit all -
hc-doc-lap-nhi individual 37.4 A2 weighed external all -
hc-doc-lap-ba individual 38.1.a A2 weighed contribution all -
hc-doc-lap-ba individual 38.1.b A2 weighed merit all -
hc-doc-lap-ba individual 38.4 A2 weighed external all -
hc-quan-cong-nhat individual 39.1.a A2 weighed contribution all -
hc-quan-cong-nhat individual 39.1.b A2 weighed merit all -
hc-quan-cong-nhi individual 40.1.a A2 weighed contribution all -
hc-quan-cong-nhi individual 40.1.b A2 weighed merit all -
hc-quan-cong-ba individual 41.1.a A2 weighed contribution all -
hc-quan-cong-ba individual 41.1.b A2 weighed merit all -
hc-chien-cong-nhat individual 48.1.a A2 weighed merit+surprise all -
hc-chien-cong-nhat individual 48.1.b A2 weighed merit+surprise all -
hc-chien-cong-nhi individual 49.1.a A2 weighed merit+surprise all -
hc-chien-cong-nhi individual 49.1.b A2 weighed merit+surprise all -
hc-chien-cong-ba individual 50.1.a A2 weighed merit+surprise all -
hc-chien-cong-ba individual 50.1.b A2 weighed merit+surprise all -
hc-dai-doan-ket individual 51.1 A2 weighed merit+contribution all -
hc-dung-cam individual 52 A2 weighed surprise all -
hc-huu-nghi individual 53.1 A2 weighed external all -
huy-chuong-huu-nghi individual 58.2 A2 weighed external all -
anh-hung-llvtnd individual 62.1 A2 weighed merit+surprise all -
anh-hung-lao-dong individual 63.1 A2 weighed merit all -
anh-hung-lao-dong individual 63.3 A2 weighed surprise all -
co-chinh-phu collective 25.1 A3-F1 counted merit all chosen+unity+party+thrift
co-tinh collective 26.1 A3-F2 counted merit all outstanding+unity+party+thrift
co-tinh collective 26.2 A3-F2b counted movement all -
co-chinh-phu collective 25.2 A3-F1 counted merit all -
co-chinh-phu collective 25.3 A3-F1 counted movement all -
co-bo collective 26.1 A3-F2 weighed merit all unity+party+thrift
co-bo collective 26.2 A3-F2 weighed movement all unity+party+thrift
tt-ld-xuat-sac collective 27.1 A3-F3 counted merit+movement all movement+unity
tt-ld-tien-tien collective 28.1 A3-F4 counted merit+movement all movement+unity
thon-van-hoa collective 30.1 A3-C2 counted merit+movement all provincial-detail
xa-tieu-bieu collective 29.1 A3-C1 counted merit+movement all provincial-detail
bk-tinh collective 74.3.d A3-F5 counted merit all unity+democracy+welfare+thrift
bk-bo collective 74.3.d A3-F5 counted merit all unity+democracy+welfare+thrift
bk-thu-tuong collective 73.4.e A3-F6 counted merit all unity
hc-lao-dong-ba collective 44.4.đ A3-F7 counted merit all unity
hc-lao-dong-nhi collective 43.4.d A3-F8 counted merit all unity
hc-lao-dong-nhat collective 42.4.d A3-F9 counted merit all unity
bk-tinh collective 74.3.a A3-F5 weighed merit+movement all unity
bk-tinh collective 74.3.b A3-F5 weighed surprise all unity
bk-tinh collective 74.3.c A3-F5 weighed merit all unity
bk-tinh collective 74.4 A3-F5 weighed merit all obeys
bk-bo collective 74.3.a A3-F5 weighed merit+movement all unity
bk-bo collective 74.3.b A3-F5 weighed surprise all unity
bk-bo collective 74.3.c A3-F5 weighed merit all unity
bk-bo collective 74.4 A3-F5 weighed merit all obeys
bk-thu-tuong collective 73.4.a A3-F6 weighed surprise all unity
bk-thu-tuong collective 73.4.b A3-F6 weighed merit all unity
bk-thu-tuong collective 73.4.c A3-F6 weighed merit all unity
bk-thu-tuong collective 73.4.d A3-F6 weighed movement all unity
bk-thu-tuong collective 73.4.đ A3-F6 weighed merit+movement all unity
bk-thu-tuong collective 73.5 A3-F6 weighed merit all obeys
hc-lao-dong-ba collective 44.4.a A3-F7 weighed surprise all unity
hc-lao-dong-ba collective 44.4.b A3-F7 weighed merit all unity
hc-lao-dong-ba collective 44.4.c A3-F7 weighed movement all unity
hc-lao-dong-ba collective 44.4.d A3-F7 weighed merit+movement all unity
hc-lao-dong-nhi collective 43.4.a A3-F8 weighed surprise all unity
hc-lao-dong-nhi collective 43.4.b A3-F8 weighed merit all unity
hc-lao-dong-nhi collective 43.4.c A3-F8 weighed movement all unity
hc-lao-dong-nhat collective 42.4.a A3-F9 weighed surprise all unity
hc-lao-dong-nhat collective 42.4.b A3-F9 weighed merit all unity
hc-lao-dong-nhat collective 42.4.c A3-F9 weighed movement all unity
giay-khen collective 75.2 A3-F5 weighed merit+surprise+movement all -
gia-dinh-van-hoa household 31.1 A3-H4 counted merit+movement all provincial-detail
bk-thu-tuong household 73.6 A3-H1 weighed every all exemplary
bk-tinh household 74.5 A3-H2 weighed every all exemplary
bk-bo household 74.5 A3-H2 weighed every all exemplary
giay-khen household 75.2 A3-H3 weighed every all -
"""


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


TEXTS = {"R2017": rows(LAW_2003), "R2024": rows(LAW_2022), "R2025": rows(LAW_2022)}
EVERY = [
    pytest.param(rule_set, row, id=f"{rule_set}-{row[0]}-{row[2]}-{row[5]}")
    for rule_set in TEXTS
    for row in TEXTS[rule_set]
]
ATTESTED = [
    pytest.param(rule_set, row, code, id=f"{rule_set}-{row[0]}-{row[2]}-{row[5]}-{code}")
    for rule_set in TEXTS
    for row in TEXTS[rule_set]
    if row[7] != "-"
    for code in row[7].split("+")
]


def categories(row: list[str]) -> frozenset[Category]:
    return frozenset(Category) if row[5] == "every" else frozenset(KINDS[word] for word in row[5].split("+"))


def branch_of(rule_set: str, row: list[str]) -> Branch:
    award, kind, code = row[:3]
    kinds = frozenset({SubjectKind(kind)})
    (found,) = (
        branch
        for branch in BRANCHES[rule_set]
        if (branch.award, branch.code, branch.kinds, branch.categories) == (award, code, kinds, categories(row))
    )
    return found


def nominee_for(rule_set: str, row: list[str], **facts: object) -> Nominee:
    """A nominee proposed under the point of the row, of the right kind of commendation; nothing else is known."""
    category = min(categories(row)) if len(categories(row)) == 1 else next(c for c in Category if c in categories(row))
    return Nominee(
        id="n",
        award=row[0],
        on=DAYS[rule_set],
        kind=SubjectKind(row[1]),
        branch=row[2],
        category=category,
        worker=AUDIENCE[row[6]],
        **facts,
    )


@pytest.mark.parametrize("rule_set", TEXTS)
def test_the_rule_set_has_these_points_and_no_others(rule_set: str) -> None:
    listed = [(row[0], row[1], row[2], category) for row in TEXTS[rule_set] for category in sorted(categories(row))]
    known = [
        (branch.award, kind.value, branch.code, category)
        for branch in BRANCHES[rule_set]
        for kind, category in product(branch.kinds, branch.categories)
    ]
    assert sorted(known) == sorted(listed)


@pytest.mark.parametrize(("rule_set", "row"), EVERY)
def test_the_point_serves_whom_its_article_names(rule_set: str, row: list[str]) -> None:
    branch = branch_of(rule_set, row)
    assert branch.rule == row[3]
    assert branch.discretionary is (row[4] == "weighed")
    assert branch.workers is AUDIENCE[row[6]]


@pytest.mark.parametrize(("rule_set", "row"), EVERY)
def test_the_article_wants_this_attested_and_nothing_more(rule_set: str, row: list[str]) -> None:
    wanted = [] if row[7] == "-" else row[7].split("+")
    assert sorted(each.code for each in branch_of(rule_set, row).attestations) == sorted(wanted)


@pytest.mark.parametrize(("rule_set", "row", "code"), ATTESTED)
def test_what_the_article_wants_attested_fails_when_the_dossier_denies_it(
    rule_set: str, row: list[str], code: str
) -> None:
    found = judge(nominee_for(rule_set, row, attested={code: False}))
    denied = [check for check in found.checks if check.text.startswith("Hồ sơ không xác nhận ")]
    assert [(check.passed, check.branch, check.rule) for check in denied] == [(False, row[2], row[3])]
    assert found.verdict == "ineligible"


@pytest.mark.parametrize(("rule_set", "row", "code"), ATTESTED)
def test_what_the_dossier_confirms_is_a_note_and_what_it_does_not_tell_is_still_wanted(
    rule_set: str, row: list[str], code: str
) -> None:
    silent, told = (
        {check.text: check.passed for check in judge(nominee_for(rule_set, row, attested=given)).notes if check.branch}
        for given in ({}, {code: True})
    )
    assert set(silent.values()) == {None}
    assert [text for text, passed in told.items() if passed] == [
        text for text in told if text.startswith("Hồ sơ đã xác nhận ")
    ]
    assert len([passed for passed in told.values() if passed]) == 1
    assert len(told) == len(silent) == len(row[7].split("+"))


@pytest.mark.parametrize(("rule_set", "row"), [each for each in EVERY if each.values[1][4] == "weighed"])
def test_what_people_weigh_the_rules_never_decide(rule_set: str, row: list[str]) -> None:
    found = judge(nominee_for(rule_set, row))
    (weighed,) = (check for check in found.branches[0].checks if check.text.startswith("Tiêu chuẩn “"))
    assert (weighed.passed, weighed.rule, weighed.branch) == (None, row[3], row[2])
    assert found.verdict == "needs-decision"


@pytest.mark.parametrize("rule_set", TEXTS)
@pytest.mark.parametrize(
    ("productive", "verdict"), [(True, "eligible"), (False, "ineligible"), (None, "needs-decision")]
)
def test_article_24_clause_3_a_worker_whose_work_is_productive(
    rule_set: str, productive: bool | None, verdict: str
) -> None:
    row = next(row for row in TEXTS[rule_set] if row[2] == "24.3")
    attested = {"exemplary": True, "ethics": True} | ({} if productive is None else {"productive": productive})
    found = judge(nominee_for(rule_set, row, attested=attested))
    assert (found.verdict, found.branches[0].code) == (verdict, "24.3")
