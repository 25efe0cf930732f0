from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "maillage.content"
    label = "content"
    verbose_name = "Ressources"

    def ready(self) -> None:
        from maillage.content.actions.indexing import listen
        from maillage.content.manifest import MANIFEST
        from maillage.content.queries.documents import KIND, all_ids, documents
        from maillage.kernel.registry import introduce
        from maillage.search import registry

        registry.register(kind=KIND, documents=documents, all_ids=all_ids)
        introduce(MANIFEST)
        listen()
