from django.apps import AppConfig


class LogbookConfig(AppConfig):
    name = "maillage.logbook"
    label = "logbook"
    verbose_name = "Journal de bord"

    def ready(self) -> None:
        from maillage.kernel.registry import introduce
        from maillage.logbook.manifest import MANIFEST

        introduce(MANIFEST)
