from django.apps import AppConfig


class AidsConfig(AppConfig):
    name = "maillage.aids"
    label = "aids"
    verbose_name = "Aides"

    def ready(self) -> None:
        from maillage.aids.manifest import MANIFEST
        from maillage.aids.queries.documents import KIND, all_ids, documents
        from maillage.kernel.registry import introduce
        from maillage.search import registry

        registry.register(kind=KIND, documents=documents, all_ids=all_ids)
        introduce(MANIFEST)
