"""Addresses of the plan's steering, under /gestion/strategie/."""

from __future__ import annotations

from django.urls import path

from maillage.strategy.backoffice import adding, book, indicators, money, plan, proofs, questions, steps

app_name = "strategy_office"
urlpatterns = [
    path("", plan.measures, name="measures"),
    path("ensemble/", plan.many, name="many"),
    path("mesures/<int:pk>/", plan.measure, name="measure"),
    path("mesures/<int:pk>/etapes/", steps.add, name="add_step"),
    path("mesures/<int:pk>/nouvelles/", steps.tell, name="tell_news"),
    path("mesures/ajouter/", adding.add, name="add_measure"),
    path("mesures/<int:pk>/dupliquer/", adding.duplicate, name="duplicate_measure"),
    path("mesures/<int:pk>/titre/", adding.rename, name="rename_measure"),
    path("mesures/<int:pk>/retirer/", adding.remove, name="remove_measure"),
    path("mesures/<int:pk>/preuves/", proofs.attach, name="attach_evidence"),
    path("mesures/<int:pk>/regles/", proofs.rule, name="evidence_rule"),
    path("mesures/<int:pk>/budget/", money.add, name="add_budget_line"),
    path("preuves/<int:pk>/retirer/", proofs.detach, name="detach_evidence"),
    path("budget/<int:pk>/", money.change, name="change_budget_line"),
    path("budget/<int:pk>/retirer/", money.remove, name="remove_budget_line"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("classeur/", book.book, name="book"),
    path("classeur/plan.xlsx", book.download, name="download_book"),
    path("classeur/essai/", book.preview, name="preview_book"),
    path("classeur/import/", book.apply, name="apply_book"),
    path("etapes/<int:pk>/", steps.change, name="change_step"),
    path("etapes/<int:pk>/retirer/", steps.remove, name="remove_step"),
    path("nouvelles/<int:pk>/retirer/", steps.withdraw, name="withdraw_news"),
    path("indicateurs/", indicators.indicators, name="indicators"),
    path("indicateurs/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicateurs/<int:pk>/liste/", indicators.counted, name="counted"),
    path("indicateurs/<int:pk>/cible/", indicators.aim, name="aim"),
]
