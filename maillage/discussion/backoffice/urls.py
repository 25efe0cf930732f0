"""Addresses of dialogues in the back office, under /gestion/dialogues/."""

from __future__ import annotations

from django.urls import path

from maillage.discussion.backoffice import dialogues

app_name = "discussion_office"
urlpatterns = [
    path("", dialogues.dialogues, name="dialogues"),
    path("nouveau/", dialogues.new, name="new"),
    path("<int:pk>/", dialogues.dialogue, name="dialogue"),
    path("<int:pk>/personnes/", dialogues.add_participant, name="add_participant"),
    path("<int:pk>/ordre-du-jour/", dialogues.send, name="send"),
    path("personnes/<int:pk>/retirer/", dialogues.remove_participant, name="remove_participant"),
    path("ordre-du-jour/<int:pk>/suite/", dialogues.record, name="record"),
]
