"""Addresses of the room: bodies are everybody's, `/moi/instances/` is the members'."""

from __future__ import annotations

from django.urls import path

from maillage.governance.views import own, public
from maillage.kernel.doors import open_to_all

app_name = "governance"
urlpatterns = [
    *open_to_all([
        path("collectif/", public.collective, name="collective"),
        path("instances/", public.index, name="index"),
        path("instances/<slug:slug>/", public.body, name="body"),
        path("instances/<slug:slug>/rejoindre/", public.join, name="join"),
    ]),
    path("moi/instances/", own.bodies, name="own"),
    path("moi/instances/<int:pk>/quitter/", own.leave, name="leave"),
    path("moi/instances/<int:pk>/nom/", own.be_named, name="be_named"),
]  # fmt: skip
