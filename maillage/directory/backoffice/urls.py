"""Addresses of the directory's back office, under /gestion/annuaire/."""

from __future__ import annotations

from django.urls import path

from maillage.directory.backoffice import duplicates, history, imports, sheet, sheets, sources, verdict

app_name = "directory_office"
urlpatterns = [
    path("", sheets.sheets, name="sheets"),
    path("lot/", sheets.bulk, name="bulk"),
    path("lot/<str:batch>/annuler/", sheets.undo_batch, name="undo_batch"),
    path("nouvelle/", sheet.add_sheet, name="add_sheet"),
    path("<int:pk>/", sheet.sheet, name="sheet"),
    path("<int:pk>/etat/", sheet.set_status, name="set_status"),
    path("<int:pk>/verifiee/", sheet.verify, name="verify"),
    path("<int:pk>/regle/", verdict.follow_rule, name="follow_rule"),
    path("<int:pk>/historique/", history.history, name="history"),
    path("actes/<int:pk>/revenir/", history.revert, name="revert"),
    path("doutes/<int:pk>/regle/", sheet.settle_doubt, name="settle_doubt"),
    path("imports/", imports.imports, name="imports"),
    path("imports/nouveau/", imports.new_import, name="new_import"),
    path("imports/recherche-entreprises/", sources.from_api, name="new_api_import"),
    path("imports/sirene/", sources.from_sirene, name="new_sirene_import"),
    path("imports/<int:pk>/arreter/", sources.stop, name="stop_import"),
    path("imports/<int:pk>/abandonner/", sources.abandon, name="abandon_import"),
    path("imports/<int:pk>/continuer/", sources.force, name="force_import"),
    path("imports/<int:pk>/", imports.import_run, name="import"),
    path("imports/<int:pk>/colonnes/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/apercu/", imports.preview_import, name="preview_import"),
    path("imports/<int:pk>/lancer/", imports.start_import, name="start_import"),
    path("imports/<int:pk>/annuler/", imports.undo, name="undo_import"),
    path("imports/<int:pk>/rapport.csv", imports.import_report, name="import_report"),
    path("doublons/", duplicates.duplicates, name="duplicates"),
    path("doublons/<int:pk>/", duplicates.duplicate, name="duplicate"),
    path("doublons/<int:pk>/differentes/", duplicates.distinct, name="distinct"),
    path("doublons/<int:pk>/separer/", duplicates.unmerge, name="unmerge"),
]
