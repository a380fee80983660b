from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule


class BlocsConfig(AppConfig):
    name = "blocs"
    verbose_name = "Khối, cụm thi đua"

    def ready(self) -> None:
        """Modules that register steps, to-dos and search results by being imported."""
        domain = import_module("blocs.domain")
        for name in ("steps", "todo", "searching", "room_steps", "room_todo"):
            if module_has_submodule(domain, name):
                import_module(f"blocs.domain.{name}")
