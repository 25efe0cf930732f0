"""Addresses of the room: everybody reads and may find how to vote."""

from __future__ import annotations

from django.urls import path

from maillage.choosing.views import booth, pages, strangers
from maillage.kernel.doors import open_to_all

app_name = "choosing"
urlpatterns = open_to_all(
    [
        path("consultations/", pages.consultations, name="consultations"),
        # Before the slugs: no consultation is called « voter ».
        path("consultations/voter/<str:token>/", booth.vote_by_letter, name="vote_by_letter"),
        path("consultations/<slug:slug>/", pages.consultation, name="consultation"),
        path("consultations/<slug:slug>/voter/", booth.vote, name="vote"),
        path("consultations/<slug:slug>/voter/lettre/", strangers.ask, name="ask"),
        path("consultations/<slug:slug>/recu/", strangers.receipt, name="receipt"),
        path("consultations/<slug:slug>/bulletin.pdf", pages.paper_ballot, name="paper_ballot"),
        path("consultations/<slug:slug>/position.pdf", pages.position, name="position"),
        path("consultations/<slug:slug>/bulletins.csv", pages.ballots, name="ballots"),
    ]
)
