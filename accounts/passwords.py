"""Password rules whose sentence Django has not translated."""

from django.contrib.auth import password_validation


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Mật khẩu quá ngắn. Hãy dùng ít nhất {self.min_length} ký tự."
