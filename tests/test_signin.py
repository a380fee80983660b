"""Signing in and out, the second factor, lost passwords, and what is refused."""

import re
import threading
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import User
from khoithidua.web.guards import PUBLIC_URL_NAMES
from tests.factories import UserFactory

EMAIL = "nhung@example.vn"
PASSWORD = "Hoa-sen-trong-dam-9"
NEW_PASSWORD = "Lua-chin-dau-mua-7"
WRONG = "Thư điện tử hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại."
TOO_MANY = "Bạn đã nhập sai quá nhiều lần. Hãy đợi 5 phút rồi thử lại."


@pytest.fixture(autouse=True)
def _no_attempts_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def person(db: None) -> User:
    user: User = UserFactory(email=EMAIL, full_name="Nguyễn Thị Hồng Nhung")
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def is_signed_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def codes(secret: str) -> list[str]:
    """The codes that an authenticator app would show about now; each works once."""
    return [format_hotp_value(hotp_value(secret, counter)) for counter in yield_hotp_counters_from_time()]


# --- in and out -------------------------------------------------------------------------------


def test_the_right_password_leads_to_what_was_asked_for(client: Client, person: User) -> None:
    answer = client.get("/thong-bao/")
    assert answer["Location"] == "/tai-khoan/dang-nhap/?next=/thong-bao/"

    answer = client.post(answer["Location"], {"login": EMAIL, "password": PASSWORD, "next": "/thong-bao/"})

    assert answer["Location"] == "/thong-bao/"
    assert "Xin chào Nguyễn Thị Hồng Nhung." in client.get("/thong-bao/").content.decode()


def test_the_address_may_be_typed_in_capitals(client: Client, person: User) -> None:
    sign_in(client, email=EMAIL.upper())

    assert is_signed_in(client)


def test_signing_in_never_leads_to_another_site(client: Client, person: User) -> None:
    answer = client.post(
        reverse("account_login"), {"login": EMAIL, "password": PASSWORD, "next": "https://xau.example/"}
    )

    assert answer["Location"] == "/"


@pytest.mark.parametrize("email", [EMAIL, "khong-co@example.vn"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, person: User, email: str) -> None:
    answer = sign_in(client, email=email, password="sai-mat-khau")

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [WRONG]
    assert f'value="{email}"' in answer.content.decode()
    assert not is_signed_in(client)


def test_an_inactive_person_cannot_sign_in(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)

    answer = sign_in(client)

    assert answer["Location"] == reverse("account_inactive")
    assert "Tài khoản đang tạm khóa" in client.get(answer["Location"]).content.decode()
    assert not is_signed_in(client)


def test_deactivating_a_person_ends_the_session_at_once(client: Client, person: User) -> None:
    sign_in(client)
    assert is_signed_in(client)

    User.objects.filter(pk=person.pk).update(is_active=False)

    assert not is_signed_in(client)


def test_signing_out_takes_a_post(client: Client, person: User) -> None:
    sign_in(client)

    assert "kết thúc phiên làm việc" in client.get(reverse("account_logout")).content.decode()
    assert is_signed_in(client)

    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert not is_signed_in(client)


def test_signing_out_of_an_expired_session_just_asks_to_sign_in(client: Client, person: User) -> None:
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")


def test_a_session_ends_after_twelve_hours(client: Client, person: User) -> None:
    start = datetime(2020, 7, 17, 1, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as traveller:
        sign_in(client)
        traveller.move_to(start + timedelta(hours=11, minutes=59))
        assert is_signed_in(client)
        traveller.move_to(start + timedelta(hours=12, minutes=1))
        assert not is_signed_in(client)


# --- nobody signs up --------------------------------------------------------------------------


def test_there_is_no_address_for_signing_up(client: Client, person: User) -> None:
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    assert [name for name in names if "signup" in name or "social" in name] == []
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")

    form = {"email": "la@example.vn", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    for path in ("/tai-khoan/dang-ky/", "/tai-khoan/signup/", "/accounts/signup/", reverse("account_login")):
        client.post(path, form)

    assert list(User.objects.values_list("email", flat=True)) == [EMAIL]
    assert 'href="/tai-khoan/dang-ky' not in client.get(reverse("account_login")).content.decode()


def test_pages_of_signing_in_are_open_and_those_of_an_account_are_not(client: Client) -> None:
    names = [
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(("account_", "mfa_"))
    ]
    assert len(names) == 18
    for name in names:
        if name == "account_reset_password_from_key":
            answer = client.get(reverse(name, args=["1", "abc-def"]))
        else:
            answer = client.get(reverse(name))
        wall = f"{reverse('account_login')}?next="
        walled = answer.status_code == 302 and answer["Location"].startswith(wall)
        assert walled is (name not in PUBLIC_URL_NAMES), name


# --- guessing ---------------------------------------------------------------------------------


def test_the_sixth_wrong_password_is_refused_before_it_is_looked_at(client: Client, person: User) -> None:
    for _ in range(5):
        assert sign_in(client, password="sai").context["form"].non_field_errors() == [WRONG]

    answer = sign_in(client)

    assert answer.context["form"].non_field_errors() == [TOO_MANY]
    assert not is_signed_in(client)


def test_an_unknown_address_is_refused_in_the_same_way(client: Client, person: User) -> None:
    for _ in range(5):
        sign_in(client, email="khong-co@example.vn", password="sai")

    answer = sign_in(client, email="khong-co@example.vn", password="sai")

    assert answer.context["form"].non_field_errors() == [TOO_MANY]


def test_one_address_of_the_network_gets_ten_wrong_passwords_a_minute(client: Client, person: User) -> None:
    for number in range(10):
        sign_in(client, email=f"nguoi-{number}@example.vn", password="sai")

    assert sign_in(client).context["form"].non_field_errors() == [TOO_MANY]
    assert sign_in(Client(), REMOTE_ADDR="10.0.0.9").status_code == 302


def test_after_five_minutes_one_may_try_again(client: Client, person: User) -> None:
    start = datetime(2020, 7, 17, 1, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as traveller:
        for _ in range(6):
            sign_in(client, password="sai")
        traveller.move_to(start + timedelta(minutes=5, seconds=1))
        sign_in(client)
        assert is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_attempts_are_counted_across_servers(person: User) -> None:
    """Another thread has its own cache object and its own connection: only the database is shared."""
    assert django_settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"

    def guess() -> None:
        from django.db import connection

        client = Client()
        for _ in range(5):
            sign_in(client, password="sai")
        connection.close()

    other_server = threading.Thread(target=guess)
    other_server.start()
    other_server.join()

    assert sign_in(Client()).context["form"].non_field_errors() == [TOO_MANY]


def test_too_many_requests_get_a_sentence(client: Client, person: User) -> None:
    for _ in range(5):
        client.post(reverse("account_reset_password"), {"email": EMAIL})

    answer = client.post(reverse("account_reset_password"), {"email": EMAIL})

    assert answer.status_code == 429
    assert "Hãy đợi một phút rồi thử lại." in answer.content.decode()


@pytest.mark.parametrize(("proxies", "refused"), [(1, True), (0, False)])
def test_behind_a_proxy_the_client_is_counted_and_not_the_proxy(
    person: User, settings: Any, proxies: int, refused: bool
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for number in range(10):
        sign_in(Client(), email=f"n{number}@example.vn", password="sai", REMOTE_ADDR=f"10.0.0.{number}",
                HTTP_X_FORWARDED_FOR="203.0.113.7")  # fmt: skip

    answer = sign_in(Client(), REMOTE_ADDR="10.0.0.99", HTTP_X_FORWARDED_FOR="203.0.113.7")

    assert (answer.status_code == 200) is refused


# --- a lost password --------------------------------------------------------------------------


def reset_link(client: Client) -> str:
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    found = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert found is not None
    return found[1]


def test_a_lost_password_is_replaced_by_mail(client: Client, person: User) -> None:
    link = reset_link(client)
    message = mail.outbox[0]
    assert message.subject == "[Khối thi đua] Đặt lại mật khẩu"
    assert message.to == [EMAIL]
    assert "Kính gửi Nguyễn Thị Hồng Nhung," in message.body

    form_page = client.get(link)["Location"]
    answer = client.post(form_page, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert answer["Location"] == reverse("account_reset_password_from_key_done")
    assert not is_signed_in(client)
    sign_in(client, password=NEW_PASSWORD)
    assert is_signed_in(client)
    assert mail.outbox[-1].subject == "[Khối thi đua] Mật khẩu đã được đặt lại"


def test_a_new_password_ends_every_session(client: Client, person: User) -> None:
    office = Client()
    sign_in(office)
    assert is_signed_in(office)

    client.post(client.get(reset_link(client))["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert not is_signed_in(office)


def test_a_reset_link_works_once_and_for_a_day(client: Client, person: User) -> None:
    start = datetime(2020, 7, 17, 1, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as traveller:
        link = reset_link(client)
        traveller.move_to(start + timedelta(hours=24, minutes=1))
        assert "Liên kết không còn hiệu lực" in Client().get(link).content.decode()

    link = reset_link(client)
    client.post(client.get(link)["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert "Liên kết không còn hiệu lực" in Client().get(link).content.decode()


def test_resetting_does_not_tell_who_has_an_account(client: Client, person: User) -> None:
    User.objects.create_user("khoa@example.vn", PASSWORD, full_name="Bị khóa", is_active=False)

    answers = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in (EMAIL, "khong-co@example.vn", "khoa@example.vn")
    ]

    assert {answer.redirect_chain[0] for answer in answers} == {(reverse("account_reset_password_done"), 302)}
    assert len({re.sub(rb'"[A-Za-z0-9]{64}"', b"", answer.content) for answer in answers}) == 1
    assert [message.to for message in mail.outbox] == [[EMAIL]]


def test_a_replaced_address_opens_nothing(client: Client, person: User) -> None:
    reset_link(client)
    User.objects.filter(pk=person.pk).update(email="moi@example.vn")
    mail.outbox.clear()

    client.post(reverse("account_reset_password"), {"email": EMAIL})
    sign_in(client)

    assert mail.outbox == []
    assert not is_signed_in(client)
    assert not EmailAddress.objects.exists()


def test_wrong_guesses_are_forgotten_once_the_mailbox_is_proven(client: Client, person: User) -> None:
    for _ in range(5):
        sign_in(client, password="sai")

    client.post(client.get(reset_link(client))["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    sign_in(client, password=NEW_PASSWORD)

    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngan-9a", "Mật khẩu quá ngắn. Hãy dùng ít nhất 10 ký tự."),
        ("password123", "Mật khẩu này quá phổ biến."),
        ("839201748261", "Mật khẩu này hoàn toàn là số."),
        (EMAIL, "Mật khẩu quá giống với thư điện tử."),
    ],
)
def test_a_weak_password_is_refused_in_vietnamese(client: Client, person: User, password: str, sentence: str) -> None:
    client.force_login(person)
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )

    assert sentence in answer.context["form"].errors["password1"]
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_changing_the_password_keeps_this_session_and_ends_the_others(client: Client, person: User) -> None:
    office = Client()
    sign_in(office)
    sign_in(client)
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}

    answer = client.post(reverse("account_change_password"), form | {"password2": "khac"})
    assert answer.context["form"].errors == {"password2": ["Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại."]}
    answer = client.post(reverse("account_change_password"), form | {"oldpassword": "sai", "password2": NEW_PASSWORD})
    assert answer.context["form"].errors == {"oldpassword": ["Mật khẩu hiện tại không đúng. Hãy nhập lại."]}
    assert is_signed_in(office)

    client.post(reverse("account_change_password"), form | {"password2": NEW_PASSWORD})

    assert is_signed_in(client)
    assert not is_signed_in(office)
    assert mail.outbox[-1].subject == "[Khối thi đua] Mật khẩu đã được đổi"


def test_a_password_typed_in_parts_is_the_same_password(client: Client, person: User) -> None:
    """A Mac may send letters and their marks apart (NFD); a PC sends them whole."""
    person.set_password("Mật-khẩu-đầy-dấu")
    person.save(update_fields=["password"])

    sign_in(client, password=unicodedata.normalize("NFD", "Mật-khẩu-đầy-dấu"))

    assert is_signed_in(client)


# --- the second factor ------------------------------------------------------------------------


def enrol(client: Client) -> str:
    """Turns on the second factor through the pages; returns the secret."""
    ask = client.get(reverse("mfa_activate_totp"))
    assert ask["Location"].startswith(reverse("account_reauthenticate"))
    client.post(ask["Location"], {"password": PASSWORD})
    secret: str = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": codes(secret)[1]})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return secret


@pytest.mark.django_db(transaction=True)
def test_the_second_factor_is_asked_once_it_is_on(client: Client, person: User) -> None:
    sign_in(client)
    secret = enrol(client)
    assert mail.outbox[-1].subject == "[Khối thi đua] Xác thực hai lớp đã được bật"
    assert "Đang bật" in client.get(reverse("mfa_index")).content.decode()

    other = Client()
    answer = sign_in(other)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(other)

    answer = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert answer.context["form"].errors["code"] == [
        "Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiển thị trên ứng dụng."
    ]
    assert not is_signed_in(other)

    other.post(reverse("mfa_authenticate"), {"code": codes(secret)[1]})
    assert is_signed_in(other)


def test_a_code_works_once(client: Client, person: User) -> None:
    sign_in(client)
    code = codes(enrol(client))[1]
    first, second = Client(), Client()
    for visitor in (first, second):
        sign_in(visitor)
        visitor.post(reverse("mfa_authenticate"), {"code": code})

    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_guessing_codes_is_stopped(client: Client, person: User) -> None:
    sign_in(client)
    secret = enrol(client)
    other = Client()
    sign_in(other)
    for _ in range(5):
        other.post(reverse("mfa_authenticate"), {"code": "000000"})

    answer = other.post(reverse("mfa_authenticate"), {"code": codes(secret)[1]})

    assert answer.context["form"].errors["code"] == [TOO_MANY]
    assert not is_signed_in(other)


def test_one_may_step_back_from_the_second_factor(client: Client, person: User) -> None:
    sign_in(client)
    enrol(client)
    other = Client()
    sign_in(other)

    assert other.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert other.get(reverse("account_login")).status_code == 200


def test_a_recovery_code_replaces_the_phone_once(client: Client, person: User) -> None:
    sign_in(client)
    enrol(client)
    page = client.get(reverse("mfa_view_recovery_codes"))
    code = page.context["unused_codes"][0]
    assert code in page.content.decode()
    download = client.get(reverse("mfa_download_recovery_codes"))
    assert code in download.content.decode()
    assert "Nguyễn Thị Hồng Nhung" in download.content.decode()

    first, second = Client(), Client()
    for visitor in (first, second):
        sign_in(visitor)
        visitor.post(reverse("mfa_authenticate"), {"code": code})

    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_new_recovery_codes_replace_the_old(client: Client, person: User) -> None:
    sign_in(client)
    enrol(client)
    old = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert (
        "10 mã chưa dùng trước đây sẽ mất hiệu lực."
        in client.get(reverse("mfa_generate_recovery_codes")).content.decode()
    )

    client.post(reverse("mfa_generate_recovery_codes"))

    assert set(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]).isdisjoint(old)


def test_the_second_factor_is_turned_off_after_asking_again(client: Client, person: User) -> None:
    sign_in(client)
    enrol(client)
    later = Client()
    later.force_login(person)
    assert later.post(reverse("mfa_deactivate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=person, type="totp").exists()

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=person).exists()
    assert mail.outbox[-1].subject == "[Khối thi đua] Xác thực hai lớp đã bị tắt"


def test_the_second_factor_of_another_is_out_of_reach(client: Client, person: User) -> None:
    sign_in(client)
    enrol(client)
    stranger = Client()
    stranger.force_login(UserFactory(email="khac@example.vn"))

    assert stranger.get(reverse("mfa_view_recovery_codes")).status_code == 404
    assert stranger.post(reverse("mfa_deactivate_totp")).status_code == 404
    assert Authenticator.objects.filter(user=person).count() == 2


def test_a_notification_that_cannot_be_sent_does_not_undo_the_change(
    client: Client, person: User, settings: Any
) -> None:
    sign_in(client)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
