"""The open API, version 1."""

from __future__ import annotations

from django.urls import path

from maillage.api import views
from maillage.api.endpoints import api

app_name = "api"
urlpatterns = [
    path("openapi.json", views.openapi, name="openapi"),
    path("docs", views.docs, name="docs"),
    path("", views.docs, name="root"),
    path("", api.urls),
    path("<path:rest>", views.nothing_here, name="nothing"),
]
