"""Addresses of the room: everybody reads calls and asks."""

from __future__ import annotations

from django.urls import path

from maillage.calls.views import reading
from maillage.kernel.doors import open_to_all

app_name = "calls"
urlpatterns = [
    *open_to_all([
        path("appels/", reading.calls, name="calls"),
        path("appels/calendrier.ics", reading.calendar, name="calendar"),
        path("appels/<slug:slug>/", reading.call, name="call"),
        path("appels/<slug:slug>/reglement.pdf", reading.rules_pdf, name="rules"),
    ]),
]  # fmt: skip
