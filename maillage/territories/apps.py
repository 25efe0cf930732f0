from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "maillage.territories"
    label = "territories"
    verbose_name = "Territoires"

    def ready(self) -> None:
        from maillage.kernel.registry import introduce
        from maillage.search import registry
        from maillage.territories import documents
        from maillage.territories.manifest import MANIFEST

        introduce(MANIFEST)
        registry.register(kind=documents.KIND, documents=documents.documents, all_ids=documents.all_ids)
