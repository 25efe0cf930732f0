"""Other organisations in an application: find one, invite it, take it away; answer for one's own."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.accounts.rules import Decision
from maillage.calls import actions, keys, rules
from maillage.calls.forms.choosing import InviteForm
from maillage.calls.models import Application
from maillage.calls.queries import own, pieces
from maillage.calls.views.held import attempt, held, person
from maillage.kernel.once import once


@require_http_methods(["GET", "HEAD", "POST"])
@held
def invite(request: HttpRequest, application: Application) -> HttpResponse:
    """`…/structures/`: `?q=` finds, POST invites."""
    if request.method == "POST":
        form = InviteForm(request.POST)
        if not form.is_valid():
            raise Http404
        organisation = get_object_or_404(pieces.joinable(), pk=form.cleaned_data["organisation"])
        verb = partial(actions.invite_organisation, application=application, organisation=organisation,
                       part=form.cleaned_data["part"], by=person(request), at=timezone.now())  # fmt: skip
        attempt(request, f"L’invitation part à {organisation.name}.", partial(once, request, verb))
        return redirect("calls:join", application.reference)
    words = request.GET.get("q", "").strip()[:80]
    context = {
        "application": application, "words": words,
        "may_invite": keys.has_open_partners(application), "found": pieces.find_organisations(application, words),
        "co_applicants": application.co_applicants.select_related("organisation").order_by("pk"),
    }  # fmt: skip
    return render(request, "calls/joining.html", context)


@require_POST
@held
def remove(request: HttpRequest, application: Application, pk: int) -> HttpResponse:
    """`…/structures/<pk>/retirer/`"""
    invited = get_object_or_404(application.co_applicants.select_related("application"), pk=pk)
    verb = partial(actions.remove_organisation, invited=invited, by=person(request), at=timezone.now())
    attempt(request, "Cette structure ne fait plus partie du dossier.", verb)
    return redirect("calls:join", application.reference)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`/moi/demandes/invitations/<pk>/`: what the manager of the invited organisation says."""
    invited = own.invitations_of(person(request)).filter(pk=pk).first()
    decision: Decision | None = None if invited is None else rules.may_answer(person(request), invited)
    if invited is None or not decision:
        raise Http404
    agrees = "agree" in request.POST
    verb = partial(actions.answer_invitation, invited=invited, agrees=agrees, by=person(request), at=timezone.now())
    done = attempt(request, "C’est noté.", verb)
    return redirect(invited.application) if done and agrees else redirect("calls:mine")
