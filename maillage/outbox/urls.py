"""The doors of the outbox, open to all: links of letters, choices of a reader, samples, demonstration, events."""

from __future__ import annotations

from django.urls import path

from maillage.outbox.views import demonstration, events, gallery, links, preferences

app_name = "outbox"
urlpatterns = [
    path("l/<str:token>/", links.link, name="link"),
    path("lettres/<str:token>/", preferences.preferences, name="preferences"),
    path("composants/lettres/", gallery.gallery, name="gallery"),
    path("composants/lettres/<str:key>/lettre/", gallery.sample, name="sample"),
    path("composants/lettres/<str:key>/lettre.css", gallery.sample_css, name="sample_css"),
    path("boite-aux-lettres/", demonstration.mailbox, name="demonstration"),
    path("boite-aux-lettres/<int:pk>/", demonstration.caught, name="caught"),
    path("boite-aux-lettres/<int:pk>/lettre/", demonstration.caught_html, name="caught_html"),
    path("boite-aux-lettres/<int:pk>/lettre.css", demonstration.caught_css, name="caught_css"),
    path("courrier/evenements/", events.events, name="events"),
]
