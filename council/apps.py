from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "council"
    verbose_name = "Hội đồng, quyết định"

    def ready(self) -> None:
        """To-dos, search results and limits of histories register by being imported."""
        from council.domain import todo_sessions  # noqa: F401
        from council.domain.decisions import todo  # noqa: F401
        from council.domain.money import history  # noqa: F401
        from council.domain.register import search  # noqa: F401
        from council.domain.votes import todo as votes_todo  # noqa: F401
