"""Addresses of the consultations' back office, under /gestion/consultations/."""

from __future__ import annotations

from django.urls import path

from maillage.choosing.backoffice import drafts, papers, running

app_name = "choosing_office"
urlpatterns = [
    path("", drafts.consultations, name="consultations"),
    path("nouvelle/", drafts.new, name="new"),
    path("<int:pk>/", running.consultation, name="consultation"),
    path("<int:pk>/brouillon/", drafts.revise, name="revise"),
    path("<int:pk>/ouvrir/", running.open_it, name="open"),
    path("<int:pk>/annuler/", running.cancel, name="cancel"),
    path("<int:pk>/depouiller/", running.close, name="close"),
    path("<int:pk>/decision/", running.decide, name="decide"),
    path("<int:pk>/papier/", papers.papers, name="papers"),
    path("<int:pk>/liste/", papers.roll, name="roll"),
    path("voix/<int:pk>/cocher/", papers.tick, name="tick"),
]
