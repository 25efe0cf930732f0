"""Addresses of the room's back office, under /gestion/aides/."""

from __future__ import annotations

from django.urls import path

from maillage.aids.backoffice import aids

app_name = "aids_office"
urlpatterns = [
    path("", aids.aids, name="aids"),
    path("nouvelle/", aids.new, name="new"),
    path("<int:pk>/", aids.aid, name="aid"),
    path("<int:pk>/reprendre/<slug:name>/", aids.restore, name="restore"),
    path("<int:pk>/retirer/", aids.withdraw, name="withdraw"),
    path("<int:pk>/remettre/", aids.put_back, name="put_back"),
    path("<int:pk>/signaler/", aids.push, name="push"),
]
