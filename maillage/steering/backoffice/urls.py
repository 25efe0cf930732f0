"""Addresses of the committee's files, under /gestion/comite/."""

from __future__ import annotations

from django.urls import path

from maillage.steering.backoffice import files

app_name = "steering_office"
urlpatterns = [
    path("", files.files, name="files"),
    path("preparer/", files.prepare, name="prepare"),
    path("<int:pk>/", files.file, name="file"),
    path("<int:pk>/dossier.<str:form>", files.paper, name="paper"),
    path("<int:pk>/ecarter/", files.discard, name="discard"),
]
