"""Addresses of the plan's steering, under /gestion/strategie/."""

from __future__ import annotations

from django.urls import path

from maillage.strategy.backoffice import indicators

app_name = "strategy_office"
urlpatterns = [
    path("indicateurs/", indicators.indicators, name="indicators"),
    path("indicateurs/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicateurs/<int:pk>/cible/", indicators.aim, name="aim"),
]
