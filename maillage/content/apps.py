from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "maillage.content"
    label = "content"
    verbose_name = "Ressources"

    def ready(self) -> None:
        from maillage.content.manifest import MANIFEST
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
