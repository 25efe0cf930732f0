from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "maillage.directory"
    label = "directory"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        from maillage.directory.manifest import MANIFEST
        from maillage.directory.pictures import listen
        from maillage.directory.queries.documents import KIND, all_ids, documents
        from maillage.kernel.registry import introduce
        from maillage.search import registry

        registry.register(kind=KIND, documents=documents, all_ids=all_ids)
        introduce(MANIFEST)
        listen()
