from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "maillage.calls"
    label = "calls"
    verbose_name = "Appels et demandes"

    def ready(self) -> None:
        from maillage.calls.manifest import MANIFEST
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
