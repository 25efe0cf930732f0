from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "maillage.governance"
    label = "governance"
    verbose_name = "Instances"

    def ready(self) -> None:
        from maillage.governance.manifest import MANIFEST
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
