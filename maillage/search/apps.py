from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "maillage.search"
    label = "search"
    verbose_name = "Recherche"

    def ready(self) -> None:
        from maillage.kernel.personal import Harmless
        from maillage.kernel.registry import Chore, Manifest, introduce
        from maillage.search import actions, checks

        keep_up = Chore("suivre l’index", 1.0, lambda: actions.keep_up().documents)
        harmless = (Harmless("search.Change", "types d’objets", ("kind",)),)
        introduce(Manifest(room="search", checks=(checks.find_breaches,), chores=(keep_up,), harmless=harmless))
