from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "maillage.strategy"
    label = "strategy"
    verbose_name = "Stratégie"
