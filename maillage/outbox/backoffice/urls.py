"""Addresses of the mail's back office, under /gestion/courrier/."""

from __future__ import annotations

from django.urls import path

from maillage.outbox.backoffice import letters, mailboxes, to_dos

app_name = "mail_office"
urlpatterns = [
    path("", letters.letters, name="letters"),
    path("lot/", letters.bulk, name="bulk"),
    path("<int:pk>/", letters.letter, name="letter"),
    path("<int:pk>/<slug:verb>/", letters.act, name="act"),
    path("adresses/", mailboxes.stopped, name="stopped"),
    path("adresses/<int:pk>/reprendre/", mailboxes.resume, name="resume"),
    path("a-faire/", to_dos.to_dos, name="to_dos"),
    path("a-faire/<int:pk>/faite/", to_dos.done, name="done"),
    path("a-faire/<int:pk>/planifier/", to_dos.plan, name="plan"),
    path("a-faire/<int:pk>/refaire/", to_dos.undo, name="undo"),
]
