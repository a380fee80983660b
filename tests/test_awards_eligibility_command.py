"""``manage.py eligibility`` as an operator's script meets it: the promised file, the promised JSON, exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from awards.eligibility.schema import FORMAT
from awards.eligibility.tree import MAX_BYTES

ROOT = Path(__file__).parent.parent
PROMISED = """
format: khoithidua/eligibility@1
nominees:
  - id: n1
    award: cstd-tinh
    on: 2023-12-31                 # the date that picks the rule set
    branch: "22"                   # article.clause.point cited; omitted: any branch
    subject: {kind: individual, name: Nguyễn Văn A, sex: female}
    grades: {2021: HTXS, 2022: HTT, 2023: HTXS}                       # HTXS HTT HT KHT
    awards:
      - {award: cstd-co-so, year: 2021, decided_on: 2021-12-20}
      - {award: cstd-co-so, year: 2022, decided_on: 2022-12-20}
      - {award: cstd-co-so, year: 2023, decided_on: 2023-12-20}
    initiatives: [{id: sk1, scope: province, year: 2023, used_for: null}]   # base|province|nation
    freezes: []                    # discipline|inspection|petition|press, each {kind, since, cleared_on}
  - id: n2
    award: tt-ld-xuat-sac
    on: 2023-12-31
    subject: {kind: collective, name: Văn phòng Sở, founded: 2001, flag_eligible: false}
    grades: {2023: HTXS}
    people: {total: 10, completed: 10, ld_tien_tien: 7, cstd_co_so: 1, disciplined: 0, women: 6}
  - id: n3
    award: co-tinh
    on: 2023-12-31
    subject: {kind: collective, name: Sở Y tế, flag_eligible: true}
    bloc: {rank: 1, targets_exceeded: true, disqualified: []}
"""
ANSWER_KEYS = ["id", "award", "rule_set", "verdict", "checks", "branch", "notes", "banner", "open_branches"]
CHECK_KEYS = ["rule", "passed", "text", "citation"]


def run(*words: str, database: str = "sqlite:////nowhere/missing.sqlite3") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "eligibility", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def answers(path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    call_command("eligibility", str(path))
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


# --- the command --------------------------------------------------------------------------------------------------


def test_the_promised_file_is_judged_without_any_database(tmp_path: Path) -> None:
    path = tmp_path / "nominees.yaml"
    path.write_text(PROMISED, encoding="utf-8")

    first, second = run(str(path)), run(str(path))

    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == second.stdout
    found = json.loads(first.stdout)
    assert [(each["id"], each["award"], each["rule_set"], each["verdict"]) for each in found] == [
        ("n1", "cstd-tinh", "R2017", "eligible"),
        ("n2", "tt-ld-xuat-sac", "R2017", "eligible"),
        ("n3", "co-tinh", "R2017", "eligible"),
    ]
    assert "Có 3 năm liên tục" in first.stdout
    assert "Văn" not in first.stdout.split('"checks"')[0]


def test_each_answer_has_the_promised_keys_first_and_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nominees.yaml"
    path.write_text(PROMISED, encoding="utf-8")

    for each in answers(path, capsys):
        assert list(each) == ANSWER_KEYS
        assert each["checks"]
        for check in each["checks"] + each["notes"]:
            assert list(check) == CHECK_KEYS
            assert check["passed"] in (True, False, None)
        for branch in each["open_branches"]:
            assert list(branch) == ["branch", "title"]


def test_the_first_answer_is_the_one_that_operators_were_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nominees.yaml"
    path.write_text(PROMISED, encoding="utf-8")

    assert {
        "rule": "A3-I2",
        "passed": True,
        "text": "Có 3 năm liên tục đạt Chiến sĩ thi đua cơ sở (2021, 2022, 2023).",
        "citation": "Luật TĐKT 2003 (sửa đổi 2013), Điều 22",
    } in answers(path, capsys)[0]["checks"]


def test_the_same_file_in_json_gives_the_same_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = {"id": "n1", "award": "ld-tien-tien", "on": "2024-12-31", "subject": {"kind": "individual"}}
    text = json.dumps({"format": FORMAT, "nominees": [{**one, "grades": {"2024": "HTT"}}]})
    as_json, as_yaml = tmp_path / "a.json", tmp_path / "a.yaml"
    as_json.write_text(text, encoding="utf-8")
    as_yaml.write_text(
        f"format: {FORMAT}\nnominees:\n"
        "  - {id: n1, award: ld-tien-tien, on: 2024-12-31, subject: {kind: individual}, grades: {2024: HTT}}\n",
        encoding="utf-8",
    )

    assert answers(as_json, capsys) == answers(as_yaml, capsys)


def test_a_list_of_no_one_is_answered_by_an_empty_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.yaml"
    path.write_text(f"format: {FORMAT}\nnominees: []\n", encoding="utf-8")

    call_command("eligibility", str(path))

    assert capsys.readouterr().out == "[]\n"


def test_every_fault_stands_on_its_own_line_and_nothing_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(
        PROMISED.replace("award: co-tinh", "award: co-tinhh")
        .replace("total: 10", "total: 9")
        .replace("grades: {2023: HTXS}", "grade: {2023: HTXS}")
        .replace("id: n2", "id: n1"),
        encoding="utf-8",
    )

    result = run(str(path))

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "nominees[1].grade: Định dạng không có mục này. Có phải là «grades»?",
        "nominees[1].people.completed: Không được lớn hơn tổng số người của tập thể (9).",
        "nominees[1].id: Mã này đã có ở trên. Mỗi đề nghị có một mã riêng.",
        "nominees[2].award: «co-tinhh» không hợp lệ. Có phải là «co-tinh»?",
    ]


@pytest.mark.parametrize("words", [(), ("a.yaml", "b.yaml"), ("--no-such-option", "a.yaml")])
def test_wrong_usage_ends_with_two(words: tuple[str, ...]) -> None:
    result = run(*words)

    assert (result.returncode, result.stdout) == (2, "")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    missing = run(str(tmp_path / "không có.yaml"))
    folder = run(str(tmp_path))

    assert (missing.returncode, folder.returncode) == (1, 1)
    assert missing.stderr.startswith(".: Không có tệp «")
    assert folder.stderr.startswith(".: «")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))

    result = run(str(path))

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == ".: Tệp lớn hơn 5 MB. Hãy chia danh sách thành nhiều tệp nhỏ hơn.\n"


def test_broken_json_in_a_json_file_tells_the_place(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"format": "x",\n "nominees": [}', encoding="utf-8")

    result = run(str(path))

    assert result.returncode == 1
    assert result.stderr == (".: Tệp không phải JSON hợp lệ ở dòng 2, cột 15. Hãy kiểm tra dấu ngoặc và dấu phẩy.\n")
