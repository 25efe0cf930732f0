"""The doors of the directory, all public; the map has its own list of doors."""

from __future__ import annotations

from django.urls import path

from maillage.directory.views import exports, listing, sheet, suggestions

app_name = "directory"
urlpatterns = [
    path("annuaire/", listing.listing, name="list"),
    path("annuaire.csv", exports.export_csv, name="export_csv"),
    path("annuaire.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("annuaire.geojson", exports.export_geojson, name="export_geojson"),
    path("annuaire/<slug:slug>.vcf", sheet.vcard, name="vcard"),
    path("annuaire/<slug:slug>/", sheet.sheet, name="sheet"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
]
