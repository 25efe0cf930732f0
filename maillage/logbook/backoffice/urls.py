"""Addresses of the agents' daily tools, under /gestion/; all for the back office only."""

from __future__ import annotations

from django.urls import path

from maillage.logbook.backoffice import calls, feed, find, notes

app_name = "logbook_office"
urlpatterns = [
    path("fil/", feed.feed_page, name="feed"),
    path("chercher/", find.find_page, name="find"),
    path("telephone/nouveau/", calls.new_call, name="new_call"),
    path("notes/nouvelle/", notes.new_note, name="new_note"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("suivi/structures/<int:pk>/", find.organisation, name="organisation"),
    path("suivi/personnes/<int:pk>/", find.person, name="person"),
]
