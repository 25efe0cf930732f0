from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "maillage.search"
    label = "search"
    verbose_name = "Recherche"

    def ready(self) -> None:
        from maillage.kernel.registry import Manifest, introduce
        from maillage.search import checks

        introduce(Manifest(room="search", checks=(checks.find_breaches,)))
