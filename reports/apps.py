from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        """Register the check of the typeface, and by importing them steps, to-dos, search results, delays, papers."""
        from reports.documents.fonts import check_fonts

        register(check_fonts, "documents")
        for name in (
            "history",
            "rounding.history",
            "steps",
            "todo",
            "search",
            "lateness",
            "minutes",
            "conference_papers",
        ):
            import_module(f"reports.domain.{name}")
