from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "maillage.kernel"
    label = "kernel"
    verbose_name = "Socle"

    def ready(self) -> None:
        from maillage.kernel import checks  # noqa: F401 - registers itself
        from maillage.kernel.manifest import MANIFEST
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
