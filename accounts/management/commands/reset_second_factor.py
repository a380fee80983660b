"""For who lost phone and recovery codes: ``manage.py reset_second_factor EMAIL`` (1: nobody has this address)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.domain.second_factor import reset_second_factor
from accounts.models import User


class Command(BaseCommand):
    help = "Gỡ xác thực hai lớp của một người đã mất điện thoại và mã khôi phục."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="thư điện tử mà người đó dùng để đăng nhập")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(options["email"])
        except User.DoesNotExist as error:
            raise CommandError(f"Không có người dùng nào có thư điện tử {options['email']}.") from error
        if reset_second_factor(user, actor=None):
            self.stdout.write(f"Đã gỡ xác thực hai lớp của {user}. Lần tới chỉ cần mật khẩu.")
        else:
            self.stdout.write(f"{user} chưa bật xác thực hai lớp; không có gì thay đổi.")
