from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "maillage.needs"
    label = "needs"
    verbose_name = "Besoins"

    def ready(self) -> None:
        from maillage.kernel.registry import introduce
        from maillage.needs.manifest import MANIFEST

        introduce(MANIFEST)
