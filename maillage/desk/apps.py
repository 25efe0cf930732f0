from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "maillage.desk"
    label = "desk"
    verbose_name = "Guichet"

    def ready(self) -> None:
        from maillage.desk.manifest import MANIFEST
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
