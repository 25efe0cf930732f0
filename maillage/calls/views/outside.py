"""The page that the letter of an outside opinion opens: what is shared, and a form; no account."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.calls import actions
from maillage.calls.forms.outside import AnswerOutsideForm
from maillage.calls.models import OutsideOpinion
from maillage.calls.notices.outside import waited_for
from maillage.calls.queries import shared
from maillage.kernel.handing import hand_over
from maillage.outbox import actions as outbox
from maillage.outbox import links
from maillage.outbox.links import Link
from maillage.outbox.views.links import by_letter, dead

PURPOSE = "calls.outside"


def _waited(token: str) -> tuple[Link, OutsideOpinion | None]:
    """Where the link stands, and what it asks while it is good."""
    link = links.read(token, at=timezone.now())
    if link.purpose is not None and link.purpose.key != PURPOSE:
        return Link("unknown"), None
    if link.standing != "good" or link.occasion is None:
        return link, None
    one = waited_for(link.occasion)
    return (link, one) if one else (Link("overtaken", purpose=link.purpose, occasion=link.occasion), None)


@by_letter
def outside(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what was shared; POST gives the opinion, once."""
    link, one = _waited(token)
    if one is None:
        return dead(request, link)
    form, at = AnswerOutsideForm(request.POST if request.method == "POST" else None), timezone.now()
    if form.is_valid():
        try:
            with transaction.atomic():
                outbox.spend(link=link, at=at)
                actions.answer_outside(opinion=one, at=at, **form.cleaned_data)
        except outbox.LinkRefused as refusal:
            return dead(request, refusal.link)
        except actions.CallRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            return render(request, "calls/outside/thanks.html", {"canonical_url": ""})
    context = {
        "one": one, "application": one.application, "token": token, "form": form, "canonical_url": "",
        **shared.shared_of(one),
    }  # fmt: skip
    return render(request, "calls/outside/opinion.html", context, status=422 if form.errors else 200)


@by_letter
def shared_file(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """A document that was shared, while the opinion is waited for; the journal keeps that it was taken."""
    link, one = _waited(token)
    if one is None:
        return dead(request, link)
    file = shared.shared_file(one, pk)
    if file is None:
        raise Http404
    note = partial(actions.note_shared_reading, file=file, at=timezone.now())
    return hand_over(request, file.file, name=file.name, scanned_at=file.scanned_at, note=note)
