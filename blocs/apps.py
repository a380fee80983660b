from django.apps import AppConfig


class BlocsConfig(AppConfig):
    name = "blocs"
    verbose_name = "Khối, cụm thi đua"

    def ready(self) -> None:
        """Steps, to-dos and search results register by being imported; the history learns our words."""
        from accounts.views import FIELD_WORDS
        from blocs.domain import room_steps, room_todo, searching, steps, todo  # noqa: F401
        from blocs.domain.wording import HISTORY_WORDS

        FIELD_WORDS.update(HISTORY_WORDS)
