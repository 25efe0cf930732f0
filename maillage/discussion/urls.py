"""Addresses of the room: dialogues and their kits for everybody, circles for their members."""

from __future__ import annotations

from django.urls import path

from maillage.discussion.views import dialogues, files, inbound, threads
from maillage.kernel.doors import open_to_all

app_name = "discussion"
C = "echanges/<slug:circle>/"
urlpatterns = [
    *open_to_all([
        path("dialogues/", dialogues.dialogues, name="dialogues"),
        path("dialogues/<slug:slug>/", dialogues.dialogue, name="dialogue"),
        path("courrier/entrant/", inbound.take, name="inbound"),
        # It answers strangers itself: 403 with the reason, or the file of a public kit.
        path(f"{C}fichiers/<int:pk>/", files.take, name="take_file"),
    ]),
    path(C, threads.threads, name="threads"),
    path(f"{C}nouvelle-discussion/", threads.new, {"kind": "talk"}, name="new_talk"),
    path(f"{C}nouvelle-idee/", threads.new, {"kind": "idea"}, name="new_idea"),
    path(f"{C}fils/<int:pk>/", threads.thread, name="thread"),
    path(f"{C}fils/<int:pk>/suivre/", threads.follow, name="follow"),
    path(f"{C}fils/<int:pk>/fermer/", threads.close, name="close"),
    path(f"{C}fils/<int:pk>/amender/", threads.amend, name="amend"),
    path(f"{C}fils/<int:pk>/versions/", threads.versions, name="versions"),
    path(f"{C}messages/<int:pk>/modifier/", threads.edit, name="edit"),
    path(f"{C}messages/<int:pk>/masquer/", threads.hide, name="hide"),
    path(f"{C}messages/<int:pk>/remontrer/", threads.show, name="show"),
    path(f"{C}fichiers/", files.files, name="files"),
    path(f"{C}fichiers/nouveau/", files.add, name="add_file"),
    path(f"{C}fichiers/<int:pk>/version/", files.renew, name="renew_file"),
    path(f"{C}fichiers/<int:pk>/retirer/", files.withdraw, name="withdraw_file"),
]  # fmt: skip
