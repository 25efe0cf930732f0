from django.apps import AppConfig


class AidsConfig(AppConfig):
    name = "maillage.aids"
    label = "aids"
    verbose_name = "Aides"

    def ready(self) -> None:
        from maillage.aids.manifest import MANIFEST
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
