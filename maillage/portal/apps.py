from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "maillage.portal"
    label = "portal"
    verbose_name = "Portail"

    def ready(self) -> None:
        from maillage.kernel.registry import introduce
        from maillage.portal.manifest import MANIFEST

        introduce(MANIFEST)
