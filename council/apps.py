from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "council"
    verbose_name = "Hội đồng, quyết định"

    def ready(self) -> None:
        """To-dos and search results register by being imported."""
        from council.domain import todo_sessions  # noqa: F401
        from council.domain.decisions import todo  # noqa: F401
        from council.domain.register import search  # noqa: F401
        from council.domain.votes import todo as votes_todo  # noqa: F401
