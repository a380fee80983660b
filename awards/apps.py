from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = "Khen thưởng"

    def ready(self) -> None:
        """To-dos and limits of histories register by being imported."""
        from awards.domain import (  # noqa: F401
            history,
            history_appraisal,
            todo_appraisal,
            todo_dossiers,
            todo_registrations,
        )
