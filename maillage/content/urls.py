"""Addresses of the room, all public. Needs that were gathered have their own pages, at /besoins/themes/."""

from __future__ import annotations

from django.urls import path

from maillage.content import views
from maillage.kernel.doors import open_to_all

app_name = "content"
urlpatterns = [
    *open_to_all([
        path("ressources/", views.resources, name="resources"),
        path("ressources/<slug:slug>/", views.resource, name="resource"),
        path("ressources/<slug:slug>/ouvrir/", views.take, name="take"),
        path("themes/", views.hubs, name="hubs"),
        path("themes/<slug:code>/", views.hub, name="hub"),
    ]),
]  # fmt: skip
