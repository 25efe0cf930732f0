from django.apps import AppConfig


class SpaceConfig(AppConfig):
    name = "maillage.space"
    label = "space"
    verbose_name = "Espace des structures"

    def ready(self) -> None:
        from maillage.kernel.registry import introduce
        from maillage.space.manifest import MANIFEST

        introduce(MANIFEST)
