from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "maillage.steering"
    label = "steering"
    verbose_name = "Dossier du comité de pilotage"

    def ready(self) -> None:
        from maillage.kernel.registry import introduce
        from maillage.steering.manifest import MANIFEST

        introduce(MANIFEST)
