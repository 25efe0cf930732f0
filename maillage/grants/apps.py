from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "maillage.grants"
    label = "grants"
    verbose_name = "Subventions"

    def ready(self) -> None:
        from maillage.grants.manifest import MANIFEST
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
