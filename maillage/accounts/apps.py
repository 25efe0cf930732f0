from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "maillage.accounts"
    label = "accounts"
    verbose_name = "Personnes"

    def ready(self) -> None:
        from maillage.accounts.manifest import MANIFEST
        from maillage.accounts.sign_in.adapter import listen
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
        listen()
