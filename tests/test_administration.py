"""The administration pages: who gets in, what is never deleted, the words, a lost second factor."""

import gettext
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.domain.audit import entries_of
from accounts.models import AuditEntry, Notice, User
from tests.world import World


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    client.force_login(world.person("administrator"))
    return client


@pytest.fixture
def locked_out(world: World) -> User:
    """The officer turned the second factor on and lost both phone and codes."""
    officer = world.person("officer")
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=officer, type=kind, data={})
    return officer


@pytest.mark.parametrize("address", ["/quan-tri/", "/quan-tri/login/", "/quan-tri/accounts/user/"])
def test_who_is_no_administrator_is_refused_and_not_asked_to_sign_in_again(
    client: Client, world: World, address: str
) -> None:
    visitor = client.get(address)
    client.force_login(world.person("officer"))
    refused = client.get(address)

    assert visitor["Location"] == f"/tai-khoan/dang-nhap/?next={address}"
    assert refused.status_code == 403
    assert "Bạn không được phép làm việc này" in refused.content.decode()


@pytest.mark.parametrize(
    ("model", "row"),
    [
        ("blocs/agency", lambda world: world.syt),
        ("blocs/council", lambda world: world.council),
        ("blocs/bloc", lambda world: world.year.bloc),
        ("accounts/user", lambda world: world.person("officer")),
    ],
)
def test_what_records_name_is_never_deleted(
    staff: Client, world: World, model: str, row: Callable[[World], Any]
) -> None:
    address = f"/quan-tri/{model}/{row(world).pk}/"

    assert staff.get(f"{address}delete/").status_code == 403
    assert staff.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert "deletelink" not in staff.get(f"{address}change/").content.decode()
    assert "delete_selected" not in staff.get(f"/quan-tri/{model}/").content.decode()


def test_an_appointment_made_by_mistake_is_deleted(staff: Client, world: World) -> None:
    mistaken = world.person("stranger").appointments.get()

    answer = staff.post(f"/quan-tri/blocs/appointment/{mistaken.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 302
    assert world.person("stranger").appointments.count() == 0


@pytest.mark.parametrize(
    ("address", "said", "unsaid"),
    [
        (
            "/quan-tri/",
            ["Tới nội dung chính", "Đổi giao diện", "Thêm"],
            ["Skip to", "Toggle", "Model name", "Thêm vào"],
        ),
        ("/quan-tri/accounts/user/", ["Hiện số lượng", "Thêm người dùng"], ["Show counts", "Thêm vào"]),
        ("/quan-tri/accounts/user/add/", ["Sau khi thêm, bạn có thể"], ["After you"]),
    ],
)
def test_the_administration_speaks_vietnamese(staff: Client, address: str, said: list[str], unsaid: list[str]) -> None:
    page = staff.get(address).content.decode()

    assert [words for words in said if words not in page] == []
    assert [words for words in unsaid if words in page] == []


def test_the_page_of_a_person_speaks_vietnamese(staff: Client, world: World) -> None:
    officer = world.person("officer")
    address = f"/quan-tri/accounts/user/{officer.pk}/"

    page = staff.get(f"{address}change/").content.decode()
    refused = staff.post(f"{address}change/", {"email": "", "full_name": ""}).content.decode()
    password = staff.get(f"{address}password/").content.decode()

    assert "Hệ thống không lưu mật khẩu dưới dạng đọc được" in page
    assert "Lịch sử" in page
    assert "Hãy sửa các lỗi dưới đây." in refused
    assert "Password-based" not in password
    assert [words for words in ("Raw passwords", "Reset password", "Bản ghi nhớ") if words in page] == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_compiled_catalogue_holds_what_the_source_says(domain: str) -> None:
    folder = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES"
    source = (folder / f"{domain}.po").read_text(encoding="utf-8")
    with (folder / f"{domain}.mo").open("rb") as compiled:
        catalogue: dict[Any, str] = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]

    lines = [line.partition(" ")[2].strip('"') for line in source.splitlines() if line.startswith("msgstr")][1:]
    assert sorted(text for key, text in catalogue.items() if key) == sorted(
        line.replace(chr(92) + '"', '"') for line in lines
    )


def test_the_command_takes_a_lost_second_factor_away(locked_out: User) -> None:
    out = StringIO()

    call_command("reset_second_factor", " OFFICER@example.vn", stdout=out)
    call_command("reset_second_factor", "officer@example.vn", stdout=out)

    assert Authenticator.objects.filter(user=locked_out).count() == 0
    assert [(entry.action, entry.actor) for entry in entries_of(locked_out)] == [("Gỡ xác thực hai lớp", None)]
    assert Notice.objects.get().user == locked_out
    assert out.getvalue().splitlines() == [
        "Đã gỡ xác thực hai lớp của Người officer. Lần tới chỉ cần mật khẩu.",
        "Người officer chưa bật xác thực hai lớp; không có gì thay đổi.",
    ]


def test_the_command_knows_no_unknown_address(locked_out: User) -> None:
    with pytest.raises(CommandError, match=r"có thư điện tử la@example\.vn"):
        call_command("reset_second_factor", "la@example.vn")

    assert Authenticator.objects.filter(user=locked_out).count() == 2


def test_an_administrator_takes_a_lost_second_factor_away(staff: Client, world: World, locked_out: User) -> None:
    people = [locked_out.pk, world.person("leader").pk]

    answer = staff.post(
        "/quan-tri/accounts/user/", {"action": "reset_second_factors", "_selected_action": people}, follow=True
    )

    assert "Đã gỡ xác thực hai lớp của: Người officer." in answer.content.decode()
    assert Authenticator.objects.count() == 0
    entry = AuditEntry.objects.get()
    assert (entry.object_label, entry.action, entry.actor) == (
        "Người officer",
        "Gỡ xác thực hai lớp",
        world.person("administrator"),
    )


def test_nobody_else_takes_a_second_factor_away(client: Client, world: World, locked_out: User) -> None:
    client.force_login(world.person("standing"))

    answer = client.post(
        "/quan-tri/accounts/user/", {"action": "reset_second_factors", "_selected_action": [locked_out.pk]}
    )

    assert answer.status_code == 403
    assert Authenticator.objects.filter(user=locked_out).count() == 2
