"""Addresses of the room: everybody says and reads needs; liaison officers note them under /moi/."""

from __future__ import annotations

from django.urls import path

from maillage.kernel.doors import open_to_all
from maillage.needs.views import joining, officers, reading, saying

app_name = "needs"
urlpatterns = [
    *open_to_all([
        path("besoins/", reading.needs, name="needs"),
        path("besoins.csv", reading.needs_csv, name="needs_csv"),
        path("besoins/dire/", saying.say, name="say"),
        path("besoins/semblables/", saying.resembling, name="resembling"),
        path("besoins/formulaire.pdf", reading.paper_form, name="paper_form"),
        path("besoins/themes/<slug:slug>/", reading.theme, name="theme"),
        path("besoins/<slug:reference>/", reading.need, name="need"),
        path("besoins/<slug:reference>/moi-aussi/", joining.join, name="join"),
    ]),
    path("moi/besoins/", officers.own, name="own"),
]  # fmt: skip
