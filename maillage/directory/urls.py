"""The doors of the directory, all public; the map has its own list of doors."""

from __future__ import annotations

from django.urls import path

from maillage.directory.views import exports, listing, sheet, suggestions
from maillage.directory.views import map as map_views

app_name = "directory"
urlpatterns = [
    path("annuaire/", listing.listing, name="list"),
    path("annuaire.csv", exports.export_csv, name="export_csv"),
    path("annuaire.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("annuaire.geojson", exports.export_geojson, name="export_geojson"),
    path("annuaire/<slug:slug>.vcf", sheet.vcard, name="vcard"),
    path("annuaire/<slug:slug>/", sheet.sheet, name="sheet"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("carte/", map_views.page, name="map"),
    path("carte/vue/", map_views.in_view, name="map_view"),
    path("carte/vue/pile/", map_views.stack, name="map_stack"),
    path("carte/fiche/<int:number>/", map_views.card, name="map_card"),
    path("carte/contours/<slug:edition>.json", map_views.ground, name="map_ground"),
    path("carte/tuiles/<str:edition>/<int:level>/<int:x>/<int:y>.json", map_views.tile, name="map_tile"),
]
