from django.apps import AppConfig


class ChoosingConfig(AppConfig):
    name = "maillage.choosing"
    label = "choosing"
    verbose_name = "Consultations"

    def ready(self) -> None:
        from maillage.choosing.manifest import MANIFEST
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
