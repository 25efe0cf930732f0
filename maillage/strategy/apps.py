from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "maillage.strategy"
    label = "strategy"
    verbose_name = "Stratégie"

    def ready(self) -> None:
        from maillage.kernel.registry import introduce
        from maillage.strategy.manifest import MANIFEST

        introduce(MANIFEST)
