"""`/moi/structures/<id>/image/`: the picture of one's own sheet, without a script."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from wagtail.images import get_image_model

from maillage.accounts.models import User
from maillage.directory.actions import SheetRefused
from maillage.directory.facts import facts_of
from maillage.directory.models import Organisation
from maillage.space import actions, phrases, queries_suggestions, rules
from maillage.space.forms import PictureForm
from maillage.space.models import Suggestion
from maillage.space.views.limits import takes_a_picture
from maillage.space.views.own import opens_to


@takes_a_picture
@opens_to(rules.may_revise)
def picture(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    user = cast("User", request.user)
    mine, decider = _waiting(user, organisation)
    shown = {**facts_of(organisation), **({} if mine is None else mine.facts)}
    present = shown["picture_id"]
    start = {"alt": shown["picture_alt"], "credit": shown["picture_credit"]}
    is_sent = request.method == "POST"
    if is_sent and "remove" in request.POST:
        waits = actions.remove_picture(organisation=organisation, by=user, at=timezone.now())
        return _done(request, organisation, "L’image est retirée, et son fichier effacé.", waits, decider)
    form = PictureForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, present=present, initial=start
    )
    if is_sent and form.is_valid():
        said = form.cleaned_data
        try:
            waits = actions.show_picture(
                organisation=organisation, picture=form.picture, alt=said["alt"], credit=said["credit"], by=user,
                at=timezone.now(),
            )  # fmt: skip
        except SheetRefused as refusal:
            form.add_error("alt" if refusal.field == "picture_alt" else None, refusal.phrase)
        else:
            return _done(request, organisation, phrases.SAVED, waits, decider)
    context: dict[str, Any] = {
        "organisation": organisation,
        "form": form,
        "image": None if present is None else get_image_model().objects.filter(pk=present).first(),
        "alt": start["alt"],
        "waits": f"Cette image attend {decider}." if mine is not None and "picture_id" in mine.facts else "",
    }
    return render(request, "space/picture.html", context, status=422 if form.errors else 200)


def _waiting(user: User, organisation: Organisation) -> tuple[Suggestion | None, str]:
    """What of this person waits, and « l’accord d’Alice »; (None, "") for those who need nobody's."""
    if not queries_suggestions.must_wait(user, organisation):
        return None, ""
    decider = phrases.agreement_of(queries_suggestions.decider_of(organisation))
    return queries_suggestions.waiting_by(user, organisation), decider


def _done(
    request: HttpRequest, organisation: Organisation, said: str, waits: Suggestion | None, decider: str
) -> HttpResponse:
    messages.success(request, f"Votre changement attend {decider}." if waits else said)
    return redirect("space:picture", organisation.pk)
