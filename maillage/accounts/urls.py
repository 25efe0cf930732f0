"""Addresses of one's own page and of the demo."""

from __future__ import annotations

from django.urls import path

from maillage.accounts.views import absence, card, own
from maillage.kernel.doors import open_to_all

app_name = "own"
urlpatterns = [
    path("moi/", own.home, name="home"),
    path("moi/donnees/", own.take_data, name="take_data"),
    path("moi/quitter/", own.leave, name="leave"),
    path("moi/absence/", absence.absence, name="absence"),
    path("moi/absence/<int:pk>/finir/", absence.end_absence, name="end_absence"),
    path("moi/referent/", card.card, name="card"),
    *open_to_all(
        [
            path("demo/", own.demo, name="demo"),
            path("au-revoir/", own.gone, name="gone"),
        ]
    ),
]
