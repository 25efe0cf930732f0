from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "maillage.outbox"
    label = "outbox"
    verbose_name = "Courrier"

    def ready(self) -> None:
        from maillage.kernel.registry import introduce
        from maillage.outbox.listening import listen
        from maillage.outbox.manifest import MANIFEST

        introduce(MANIFEST)
        listen()
