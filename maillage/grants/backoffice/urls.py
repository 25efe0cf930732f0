"""Addresses of the room's back office, under /gestion/subventions/."""

from __future__ import annotations

from django.urls import path

from maillage.grants.backoffice import sheets

app_name = "grants_office"
urlpatterns = [
    path("", sheets.calls, name="calls"),
    path("appels/<int:pk>/", sheets.sheet, name="sheet"),
    path("appels/<int:pk>/confirmer/", sheets.confirm, name="confirm"),
    path("appels/<int:pk>/fiche.<slug:form>", sheets.export, name="export"),
]
