"""Addresses of the plan's steering, under /gestion/strategie/."""

from __future__ import annotations

from django.urls import path

from maillage.strategy.backoffice import indicators, plan, steps

app_name = "strategy_office"
urlpatterns = [
    path("", plan.measures, name="measures"),
    path("ensemble/", plan.many, name="many"),
    path("mesures/<int:pk>/", plan.measure, name="measure"),
    path("mesures/<int:pk>/etapes/", steps.add, name="add_step"),
    path("mesures/<int:pk>/nouvelles/", steps.tell, name="tell_news"),
    path("etapes/<int:pk>/", steps.change, name="change_step"),
    path("etapes/<int:pk>/retirer/", steps.remove, name="remove_step"),
    path("nouvelles/<int:pk>/retirer/", steps.withdraw, name="withdraw_news"),
    path("indicateurs/", indicators.indicators, name="indicators"),
    path("indicateurs/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicateurs/<int:pk>/cible/", indicators.aim, name="aim"),
]
