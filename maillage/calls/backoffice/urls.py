"""Addresses of the room's back office, under /gestion/appels/."""

from __future__ import annotations

from django.urls import path

from maillage.calls.backoffice import calls, schemes

app_name = "calls_office"
urlpatterns = [
    path("", calls.calls, name="calls"),
    path("dispositifs/", schemes.schemes, name="schemes"),
    path("dispositifs/nouveau/", schemes.new, name="new_scheme"),
    path("dispositifs/<int:pk>/", schemes.scheme, name="scheme"),
    path("dispositifs/<int:pk>/enveloppe/", schemes.envelope, name="envelope"),
    path("dispositifs/<int:pk>/appel/", calls.new, name="new"),
    path("<int:pk>/", calls.call, name="call"),
    path("<int:pk>/texte/", calls.text, name="text"),
    path("<int:pk>/formulaire/", calls.blocks, name="blocks"),
    path("<int:pk>/criteres/", calls.criteria, name="criteria"),
    path("<int:pk>/pieces/", calls.pieces, name="pieces"),
    path("<int:pk>/apercu/", calls.preview, name="preview"),
    path("<int:pk>/publier/", calls.publish, name="publish"),
    path("<int:pk>/rouvrir/", calls.reopen, name="reopen"),
    path("<int:pk>/avancer/", calls.move, name="move"),
    path("<int:pk>/copier/", calls.copy, name="copy"),
    path("<int:pk>/questions/<int:item>/", calls.question, name="question"),
]
