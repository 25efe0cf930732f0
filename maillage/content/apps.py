from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "maillage.content"
    label = "content"
    verbose_name = "Ressources"

    def ready(self) -> None:
        from maillage.content.actions import indexing, screening
        from maillage.content.manifest import MANIFEST
        from maillage.content.models.resource import PREVIEWS
        from maillage.content.queries.documents import KIND, all_ids, documents
        from maillage.content.views import preview
        from maillage.kernel.registry import introduce
        from maillage.search import registry

        registry.register(kind=KIND, documents=documents, all_ids=all_ids)
        introduce(MANIFEST)
        indexing.listen()
        screening.listen()
        PREVIEWS[:] = [preview]
