from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = "Chấm điểm"

    def ready(self) -> None:
        from accounts.domain.wording import FIELD_WORDS
        from scoring.domain import history, steps, todo  # noqa: F401
        from scoring.domain.polling import todo as polling_todo  # noqa: F401
        from scoring.domain.polling.wording import HISTORY_WORDS

        FIELD_WORDS.update(HISTORY_WORDS)
