"""Addresses of the room: everybody reads the catalogue and keeps a search; one's own are stopped under /moi/."""

from __future__ import annotations

from django.urls import path

from maillage.aids.views import possible, reading, watching
from maillage.kernel.doors import open_to_all

app_name = "aids"
urlpatterns = [
    *open_to_all([
        path("aides/", reading.aids, name="aids"),
        path("aides.csv", reading.aids_csv, name="aids_csv"),
        path("aides/echeances.ics", reading.deadlines, name="deadlines"),
        path("aides/possibles/", possible.possible, name="possible"),
        path("aides/alerte/", watching.watch, name="watch"),
        path("aides/<slug:slug>/", reading.aid, name="aid"),
    ]),
    path("moi/aides/<int:pk>/arreter/", watching.stop, name="stop"),
]  # fmt: skip
