"""A reader's choices, opened from any letter, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.kernel.letters import Page
from maillage.outbox import actions, links, phrases
from maillage.outbox.forms import PreferencesForm
from maillage.outbox.views.links import by_letter, show


@by_letter
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the choices, POST keeps them."""
    mailbox = links.preferences_mailbox(token, at=timezone.now())
    if mailbox is None:
        title, sentence = phrases.LINK_EXPIRED
        return show(request, Page(title, (sentence,)), status=410, is_dead=True)
    form, is_done = PreferencesForm(request.POST or None, mailbox=mailbox), False
    if request.method == "POST" and form.is_valid():
        actions.set_preferences(mailbox=mailbox, **form.choices(), by=None, at=timezone.now())
        is_done = True
    context = {"form": form, "mailbox": mailbox, "is_done": is_done, "canonical_url": ""}
    return render(request, "outbox/preferences.html", context)
