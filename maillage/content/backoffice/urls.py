"""Addresses of the room's back office, under /gestion/ressources/."""

from __future__ import annotations

from django.urls import path

from maillage.content.backoffice import screens

app_name = "content_office"
urlpatterns = [
    path("", screens.resources, name="resources"),
    path("nouvelle/", screens.new, name="new"),
    path("<int:pk>/verifier/", screens.verify, name="verify"),
    path("themes/", screens.hubs, name="hubs"),
    path("themes/<slug:code>/", screens.hub, name="hub"),
]
