"""The strict reader of ``khoithidua/eligibility@1``: what the keys mean, and a sentence for everything else."""

import json
import unicodedata
from datetime import date
from typing import Any

import pytest

from awards.eligibility.faults import EligibilityFileError
from awards.eligibility.schema import FORMAT, read_text
from awards.eligibility.words import ATTESTATIONS
from awards.law.collectives_titles import COMMUNE, OLD_VILLAGE, VILLAGE
from awards.law.facts import Category, Grade, Move, Predecessor, SubjectKind, Use
from awards.law.households import FAMILY, OLD_FAMILY
from awards.law.registry import BRANCHES


def nominee(**changes: Any) -> dict[str, Any]:
    plain = {"id": "n1", "award": "ld-tien-tien", "on": "2024-12-31", "subject": {"kind": "individual"}}
    return {key: value for key, value in {**plain, **changes}.items() if value is not ...}


def document(*nominees: dict[str, Any]) -> str:
    return json.dumps({"format": FORMAT, "nominees": list(nominees)}, ensure_ascii=False)


def faults_of(text: str | bytes) -> list[str]:
    with pytest.raises(EligibilityFileError) as refused:
        read_text(text)
    return [str(fault) for fault in refused.value.faults]


def fault_of(**changes: Any) -> str:
    (only,) = faults_of(document(nominee(**changes)))
    return only.removeprefix("nominees[0].")


# --- what the file says -------------------------------------------------------------------------------------------


def test_what_is_omitted_is_unknown_and_what_is_empty_is_none() -> None:
    omitted, empty, null = read_text(
        document(
            nominee(id="a"),
            nominee(id="b", grades={}, awards=[], initiatives=[], freezes=[]),
            nominee(id="c", grades=None, awards=None, initiatives=None, freezes=None, people=None, bloc=None),
        )
    )

    assert (omitted.grades, omitted.awards, omitted.initiatives, omitted.people, omitted.bloc) == (None,) * 5
    assert (empty.grades, empty.awards, empty.initiatives) == ({}, (), ())
    assert (null.grades, null.awards, null.initiatives, null.people, null.bloc) == (None,) * 5
    assert omitted.freezes == empty.freezes == null.freezes == ()


def test_a_year_whose_grade_is_null_is_not_known() -> None:
    (found,) = read_text(document(nominee(grades={"2023": None, "2024": "HTXS"})))

    assert found.grades == {2024: Grade.HTXS}


@pytest.mark.parametrize(
    ("used_for", "uses"),
    [
        (None, ()),
        ("bk-tinh", (Use("bk-tinh"),)),
        ({"award": "bk-tinh", "year": 2023}, (Use("bk-tinh", 2023),)),
        (["cstd-co-so", {"award": "bk-tinh", "year": 2023}], (Use("cstd-co-so"), Use("bk-tinh", 2023))),
        ([], ()),
    ],
)
def test_an_initiative_tells_where_it_was_used_in_four_ways(used_for: Any, uses: tuple[Use, ...]) -> None:
    (found,) = read_text(document(nominee(initiatives=[{"id": "sk1", "scope": "base", "used_for": used_for}])))

    assert found.initiatives is not None
    assert found.initiatives[0].used_for == uses


def test_every_extension_key_reaches_the_law() -> None:
    (found,) = read_text(
        document(
            nominee(
                subject={"kind": "collective", "name": "Phòng A", "worker": False, "manager": True, "founded": 2001},
                year=2024,
                category="phong-trao",
                rule_set="R2026",
                received_on="2024-11-30",
                considered_on="2024-12-05",
                attested={"unity": True, "thrift": None},
                movement={"launched_by": "province", "years": 3, "leads": True, "concluded": False},
                bloc={"rank": 2, "organiser": "central", "disqualified": ["Nộp báo cáo muộn"]},
                move={"months_at_old_unit": 7, "old_unit_comments": True},
                predecessors=[{"name": "Phòng B", "until": "2024-06-30", "grades": {"2023": "HTT"}, "founded": 1999}],
                achievement="Chuyển đổi số",
                achieved_until="2024-12-31",
                dissolved_on="2024-07-01",
                proposed_by_successor=True,
                disciplines=[{"sanction": "warning", "decided_on": "2023-01-05", "served_until": "2024-01-05"}],
                aways=[{"kind": "newly-recruited", "year": 2024, "months_worked": 9}],
                awards=[{"award": "bk-tinh", "achieved_until": "2019-12-31", "category": "dot-xuat", "revoked": True}],
            )
        )
    )

    assert (found.kind, found.name, found.worker, found.manager) == (SubjectKind.COLLECTIVE, "Phòng A", False, True)
    assert (found.year, found.category, found.rule_set) == (2024, Category.MOVEMENT, "R2026")
    assert (str(found.received_on), str(found.considered_on)) == ("2024-11-30", "2024-12-05")
    assert found.attested == {"unity": True}
    assert found.movement is not None
    assert (found.movement.years, found.movement.concluded) == (3, False)
    assert found.bloc is not None
    assert (found.bloc.organiser, found.bloc.disqualified) == ("central", ("Nộp báo cáo muộn",))
    assert str(found.disciplines[0].served_until) == "2024-01-05"
    assert found.aways[0].months_worked == 9
    assert found.awards is not None
    assert (found.awards[0].category, found.awards[0].revoked) == (Category.SURPRISE, True)
    assert found.moves == (Move(7, True),)
    assert found.predecessors == (Predecessor("Phòng B", date(2024, 6, 30), {2023: Grade.HTT}, (), 1999),)
    assert found.achievement == "Chuyển đổi số"
    assert (str(found.achieved_until), str(found.dissolved_on)) == ("2024-12-31", "2024-07-01")
    assert found.proposed_by_successor is True


def test_several_moves_of_a_year_are_a_list_in_their_order() -> None:
    moves = [{"months_at_old_unit": 6}, {"months_at_old_unit": 2, "proposed_by_new_unit": False}]
    (found,) = read_text(document(nominee(move=moves)))

    assert found.moves == (Move(6), Move(2, None, False))


def test_the_file_may_attest_whatever_the_law_asks_to_be_attested() -> None:
    branches = [branch for each in BRANCHES.values() for branch in each]
    asked = {each.code for branch in branches for each in branch.attestations}
    asked |= {code for standards in (COMMUNE, VILLAGE, OLD_VILLAGE, FAMILY, OLD_FAMILY) for code, _ in standards}

    assert set(ATTESTATIONS) == asked | {"productive"}


def test_decomposed_text_is_read_as_one_form_and_spaces_are_folded() -> None:
    nfd = unicodedata.normalize("NFD", document(nominee(subject={"kind": "individual", "name": "  Nguyễn   Văn Ý "})))

    (found,) = read_text(nfd)

    assert found.name == "Nguyễn Văn Ý"
    assert unicodedata.is_normalized("NFC", found.name)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert len(read_text(b"\xef\xbb\xbf" + document(nominee()).encode())) == 1


# --- faults -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"id": ...}, "id: Thiếu mục bắt buộc này. Hãy bổ sung."),
        ({"id": "  "}, "id: Không được để trống. Hãy ghi nội dung hoặc bỏ mục này."),
        ({"id": 7}, "id: Phải là chữ, đặt trong dấu nháy kép nếu toàn chữ số, không phải một số."),
        ({"id": "x" * 301}, "id: Dài 301 ký tự, tối đa 300. Hãy rút gọn."),
        ({"award": ...}, "award: Thiếu mục bắt buộc này. Hãy bổ sung."),
        ({"award": "cstd-tin"}, "award: «cstd-tin» không hợp lệ. Có phải là «cstd-tinh»?"),
        ({"award": ["cstd-tinh"]}, "award: Phải là chữ, không phải một danh sách."),
        ({"on": None}, "on: Thiếu mục bắt buộc này. Hãy bổ sung."),
        ({"on": "2024-02-30"}, "on: Không có ngày «2024-02-30» trong lịch."),
        ({"on": "31/12/2024"}, "on: «31/12/2024» không phải ngày viết theo mẫu 2023-12-31."),
        ({"on": 2024}, "on: Phải là một ngày viết theo mẫu 2023-12-31, không phải một số."),
        (
            {"on": "2017-09-30"},
            "on: Ngày 30/09/2017 trước 01/10/2017: hệ thống không có bộ quy định của thời kỳ này.",
        ),
        (
            {"received_on": "2016-01-01"},
            "received_on: Ngày 01/01/2016 trước 01/10/2017: hệ thống không có bộ quy định của thời kỳ này.",
        ),
        ({"subject": ...}, "subject: Thiếu mục bắt buộc này. Hãy bổ sung."),
        ({"subject": {}}, "subject.kind: Thiếu mục bắt buộc này. Hãy bổ sung."),
        ({"subject": "individual"}, "subject: Phải là một bảng khóa và giá trị, không phải chữ."),
        (
            {"subject": {"kind": "person"}},
            "subject.kind: «person» không hợp lệ. Chọn một trong: individual, collective, household.",
        ),
        ({"subject": {"kind": "individual", "sex": "nữ"}}, "subject.sex: «nữ» không hợp lệ. Chọn một trong: "),
        ({"subject": {"kind": "collective", "founded": "2001"}}, "subject.founded: Phải là một số nguyên, không phải"),
        ({"subject": {"kind": "collective", "flag_eligible": 1}}, "subject.flag_eligible: Phải là true hoặc false, "),
        ({"branch": 22}, "branch: Phải là chữ, đặt trong dấu nháy kép nếu toàn chữ số, không phải một số."),
        ({"rule_set": "R2023"}, "rule_set: «R2023» không hợp lệ. "),
        ({"category": "merit"}, "category: «merit» không hợp lệ. Chọn một trong: cong-trang, "),
        ({"year": 24}, "year: Phải từ 1945 đến 2100, không phải 24."),
        ({"year": True}, "year: Phải là một số nguyên, không phải đúng/sai."),
        ({"grades": {"2024": "XS"}}, "grades.2024: «XS» không hợp lệ. "),
        ({"grades": {"2024": 4}}, "grades.2024: Phải là chữ, không phải một số."),
        ({"grades": {"24": "HTT"}}, "grades.24: «24» không phải một năm viết bằng bốn chữ số."),
        ({"grades": ["HTT"]}, "grades: Phải là một bảng khóa và giá trị, không phải một danh sách."),
        ({"awards": {"award": "bk-tinh"}}, "awards: Phải là một danh sách, không phải một bảng khóa và giá trị."),
        ({"awards": [{"award": "bk"}]}, "awards[0].award: «bk» không hợp lệ. "),
        ({"awards": [{"year": 2020}]}, "awards[0].award: Thiếu mục bắt buộc này. Hãy bổ sung."),
        ({"awards": [{"award": "bk-tinh", "date": 1}]}, "awards[0].date: Định dạng không có mục này. "),
        (
            {"awards": [{"award": "bk-tinh", "decided_on": "2020-05-01", "achieved_until": "2020-12-31"}]},
            "awards[0].achieved_until: Thời gian lập thành tích không được sau ngày quyết định. ",
        ),
        (
            {"awards": [{"award": "bk-tinh", "year": 2020}, {"award": "bk-tinh", "year": 2020}]},
            "awards[1]: Mục này đã có ở trên. ",
        ),
        ({"initiatives": [{"id": "a", "scope": "world"}]}, "initiatives[0].scope: «world» không hợp lệ. "),
        (
            {"initiatives": [{"id": "a"}, {"id": "a", "scope": "base"}]},
            "initiatives[1].id: Sáng kiến với mã này đã có ở trên.",
        ),
        ({"initiatives": [{"id": "a", "used_for": "cstd"}]}, "initiatives[0].used_for: «cstd» không hợp lệ. "),
        ({"initiatives": [{"id": "a", "used_for": [None]}]}, "initiatives[0].used_for[0]: Không được để trống. "),
        ({"initiatives": [{"id": "a", "used_for": {"year": 2020}}]}, "initiatives[0].used_for.award: Thiếu mục "),
        ({"initiatives": [{"id": "a", "kind": "idea"}]}, "initiatives[0].kind: «idea» không hợp lệ. "),
        ({"freezes": [{"kind": "gossip", "since": "2024-01-01"}]}, "freezes[0].kind: «gossip» không hợp lệ. "),
        ({"freezes": [{"kind": "press"}]}, "freezes[0].since: Thiếu mục bắt buộc này. Hãy bổ sung."),
        (
            {"freezes": [{"kind": "press", "since": "2024-05-02", "cleared_on": "2024-05-01"}]},
            "freezes[0].cleared_on: Ngày kết luận không được trước ngày bắt đầu xem xét. ",
        ),
        (
            {"disciplines": [{"sanction": "warning", "decided_on": "2024-05-02", "served_until": "2024-05-01"}]},
            "disciplines[0].served_until: Ngày chấp hành xong không được trước ngày kỷ luật. ",
        ),
        ({"disciplines": [{"sanction": "fine", "decided_on": "2024-05-02"}]}, "disciplines[0].sanction: «fine» "),
        ({"aways": [{"kind": "sick"}]}, "aways[0].year: Thiếu mục bắt buộc này. Hãy bổ sung."),
        ({"aways": [{"kind": "sick", "year": 2024, "working_days": -1}]}, "aways[0].working_days: Phải từ 0 đến 366"),
        ({"people": {"total": -1}}, "people.total: Phải từ 1 đến 1000000, không phải -1."),
        ({"people": {"total": 0}}, "people.total: Phải từ 1 đến 1000000, không phải 0."),
        ({"people": {"women": -3}}, "people.women: Phải từ 0 đến 1000000, không phải -3."),
        ({"people": {"total": 9, "completed": 10}}, "people.completed: Không được lớn hơn tổng số người "),
        ({"people": {"total": 9, "women": 10}}, "people.women: Không được lớn hơn tổng số người của tập thể (9)."),
        ({"people": {"total": 9.5}}, "people.total: «9.5» không phải số nguyên viết thường. "),
        ({"people": {"men": 3}}, "people.men: Định dạng không có mục này. "),
        ({"bloc": {"rank": 0}}, "bloc.rank: Phải từ 1 đến 1000, không phải 0."),
        ({"bloc": {"organiser": "district"}}, "bloc.organiser: «district» không hợp lệ. "),
        ({"bloc": {"disqualified": [None]}}, "bloc.disqualified[0]: Không được để trống. Hãy ghi lý do bằng một câu."),
        ({"movement": {"launched_by": "bloc"}}, "movement.launched_by: «bloc» không hợp lệ. "),
        ({"attested": {"unity": "có"}}, "attested.unity: Phải là true hoặc false, không phải chữ."),
        ({"attested": {"unitiy": True}}, "attested.unitiy: Không có nội dung xác nhận với mã này. Có phải là «unity»?"),
        ({"move": {"months_at_old_unit": 13}}, "move.months_at_old_unit: Phải từ 0 đến 12, không phải 13."),
        ({"gardes": {}}, "gardes: Định dạng không có mục này. Có phải là «grades»?"),
        ({"a b": 1}, 'nominees[0]["a b"]: Định dạng không có mục này. '),
        ({"id": "a\u0000b"}, "id: Có ký tự không dùng được (U+0000). Hãy xóa ký tự đó."),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_do(changes: dict[str, Any], fault: str) -> None:
    assert fault_of(**changes).startswith(fault)


def test_two_nominees_with_one_id_are_a_fault() -> None:
    assert faults_of(document(nominee(), nominee())) == [
        "nominees[1].id: Mã này đã có ở trên. Mỗi đề nghị có một mã riêng."
    ]


def test_faults_come_nominee_by_nominee() -> None:
    paths = [each.partition(":")[0] for each in faults_of(document(*[nominee(id=f"n{n}", on="x") for n in range(12)]))]

    assert paths == [f"nominees[{n}].on" for n in range(12)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ".: Tệp phải là một bảng khóa và giá trị, bắt đầu bằng «format»."),
        ("   \n# chỉ có chú thích\n", ".: Tệp phải là một bảng khóa và giá trị, "),
        ("- format: khoithidua/eligibility@1\n", ".: Tệp phải là một bảng khóa và giá trị, "),
        ("[]", ".: Tệp phải là một bảng khóa và giá trị, "),
        ("format: khoithidua/year@1\nnominees: []\n", "format: Phải là «khoithidua/eligibility@1»."),
        ("nominees: []\n", "format: Phải là «khoithidua/eligibility@1»."),
        (f"format: {FORMAT}\n", "nominees: Thiếu mục bắt buộc này. Hãy bổ sung."),
        (
            f"format: {FORMAT}\nnominees: {{}}\n",
            "nominees: Phải là một danh sách, không phải một bảng khóa và giá trị.",
        ),
        (f"format: {FORMAT}\nnominees: []\nnote: x\n", "note: Định dạng không có mục này. "),
        (f"format: {FORMAT}\nnominees: []\nnominees: []\n", "nominees: Mục này được ghi hai lần. Hãy giữ một."),
        (
            '{"format": "khoithidua/eligibility@1", "nominees": [], "nominees": []}',
            "nominees: Mục này được ghi hai lần.",
        ),
        ("a: &x [1]\nb: *x\n", ".: Tệp dùng neo hoặc bí danh YAML, hãy ghi đầy đủ nội dung (dòng 1)."),
        ("a: !!python/object/apply:os.system [ls]\n", ".: Tệp dùng thẻ YAML bắt đầu bằng dấu chấm than, "),
        ("a: 1\n---\nb: 2\n", ".: Tệp có hơn một tài liệu YAML, hãy tách thành nhiều tệp (dòng 2)."),
        ("a: [1\nb: 2\n", ".: Tệp không phải YAML hợp lệ ở dòng "),
        ("? [a, b]\n: 1\n", ".: Khóa ở dòng 1 phải là chữ, không phải danh sách hay bảng."),
        ("[" * 60 + "]" * 60, ".: Tệp lồng nhau quá 20 cấp. "),
        ("[" * 100_000, ".: Tệp lồng nhau quá 20 cấp. "),
        ('{"a":' * 5000 + "1" + "}" * 5000, ".: Tệp lồng nhau quá 20 cấp. "),
        ("a: \x07\n", ".: Tệp có ký tự không dùng được ở vị trí "),
    ],
)
def test_a_file_that_is_not_one_is_refused_whole(text: str, fault: str) -> None:
    found = faults_of(text)

    assert len(found) == 1
    assert found[0].startswith(fault)


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]

    assert "bí danh" in faults_of("\n".join(lines))[0]


def test_words_that_yaml_would_twist_are_asked_back() -> None:
    text = (
        f"format: {FORMAT}\nnominees:\n"
        "  - {id: no, award: cstd-tinh, on: 2024-13-01, branch: 74.1, subject: {kind: individual, name: 0o17}}\n"
    )

    assert [each.partition(" ")[0] for each in faults_of(text)] == [
        "nominees[0].id:",
        "nominees[0].on:",
        "nominees[0].branch:",
    ]


def test_text_that_is_not_utf_8_is_refused() -> None:
    (only,) = faults_of("format: Nguyễn".encode("utf-16"))

    assert only == ".: Tệp không phải văn bản UTF-8 (byte thứ 1). Hãy lưu lại bằng UTF-8."
