"""Propose a correction without an account; decide it from one's own space."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.images import get_image_model

from maillage.accounts.models import User
from maillage.accounts.queries import prefill_from_account
from maillage.accounts.rules import Person
from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views.limits import is_too_fast, too_fast
from maillage.directory import wording
from maillage.directory.models import Organisation
from maillage.kernel.once import SentBefore, once
from maillage.outbox import actions as outbox
from maillage.outbox import links
from maillage.outbox.views.links import by_letter, dead
from maillage.space import actions, deciding, queries_missing, queries_suggestions, rules
from maillage.space.actions.suggestions import values_now
from maillage.space.enums import SuggestionOrigin, SuggestionState
from maillage.space.forms import DecisionForm, SuggestionForm
from maillage.space.models import Suggestion
from maillage.space.notices import organisation_of
from maillage.space.views.limits import SUGGESTIONS
from maillage.space.views.own import opens_to as behind


def find_public(slug: str) -> Organisation:
    """The published sheet of this address, or 404."""
    return get_object_or_404(Organisation.objects.published(), slug=slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """`/annuaire/<slug>/corriger/`: the form, then thanks; nothing is published."""
    organisation = find_public(slug)
    if request.method == "POST" and is_too_fast(request, "suggest", SUGGESTIONS):
        return too_fast(request)
    known = prefill_from_account(cast("Person", request.user), name="author", email="author_email")
    form = SuggestionForm(request.POST or None, organisation=organisation, prefills=known)
    if request.method != "POST" or not form.is_valid():
        return _page(request, organisation, form)
    if form.is_from_a_machine():
        return _thanks(request, organisation, has_address=False)
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return _page(request, organisation, form)
    try:
        once(request, _propose, form, organisation, SuggestionOrigin.VISITOR, cast("Person", request.user))
    except (actions.SuggestionRefused, SentBefore) as refusal:
        form.add_error(None, refusal.phrase)
        return _page(request, organisation, form, status=409 if isinstance(refusal, SentBefore) else 422)
    return _thanks(request, organisation, has_address=bool(form.cleaned_data["author_email"]))


@by_letter
def correct_by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The same form for the organisation itself, opened by its letter; the link is spent when it is sent."""
    at = timezone.now()
    link = links.read(token, at=at)
    organisation = None if link.occasion is None else organisation_of(link.occasion)
    if link.standing != "good" or organisation is None or link.occasion is None:
        return dead(request, link)
    form = SuggestionForm(request.POST or None, organisation=organisation, is_own=True)
    if request.method != "POST" or not form.is_valid():
        return _page(request, organisation, form)
    try:
        with transaction.atomic():
            outbox.spend(link=link, at=at)
            _propose(form, organisation, SuggestionOrigin.LETTER, None, email=link.occasion.address)
            outbox.move(about=organisation, at=at)
    except outbox.LinkRefused as refusal:
        return dead(request, refusal.link)
    except actions.SuggestionRefused as refusal:
        form.add_error(None, refusal.phrase)
        return _page(request, organisation, form)
    return _thanks(request, organisation, has_address=True)


def _propose(
    form: SuggestionForm, organisation: Organisation, origin: SuggestionOrigin, by: Person | None, email: str = ""
) -> Suggestion:
    said, at = form.cleaned_data, timezone.now()
    return actions.propose(
        organisation=organisation, facts=form.facts(timezone.localdate(at).isoformat()), seen=form.as_seen(),
        note=said["note"], name=said["author"], email=email or said["author_email"], origin=origin, at=at,
        by=by if isinstance(by, User) else None,
    )  # fmt: skip


def _page(request: HttpRequest, organisation: Organisation, form: SuggestionForm, *, status: int = 422) -> HttpResponse:
    context = {"organisation": organisation, "form": form, "canonical_url": ""}
    return render(request, "space/correct.html", context, status=status if form.errors else 200)


def _thanks(request: HttpRequest, organisation: Organisation, *, has_address: bool) -> HttpResponse:
    context = {"organisation": organisation, "has_address": has_address, "canonical_url": ""}
    return render(request, "space/corrected.html", context)


def lines_of(suggestion: Suggestion) -> list[wording.Line]:
    """Its differences in words, from what the sheet says today (from what the author saw, once it is decided)."""
    is_open = suggestion.state == SuggestionState.OPEN
    before = values_now(suggestion) if is_open else suggestion.seen
    # What goes along with a picture is decided with it.
    followers = actions.followers_in(suggestion.facts) if is_open else set()
    said = {field: value for field, value in suggestion.facts.items() if field not in followers}
    changes = {field: [before.get(field), value] for field, value in said.items()}
    return wording.lines(changes, wording.names_for([changes]))


@require_GET
@behind(rules.may_revise)
def of_organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """`/moi/structures/<id>/propositions/`: what waits for its manager."""
    context = {
        "organisation": organisation,
        "suggestions": queries_suggestions.waiting_of(organisation.pk),
        "is_manager": bool(rules.may_manage(cast("Person", request.user), organisation)),
    }
    return render(request, "space/suggestions.html", context)


@require_GET
@never_cache
def of_officer(request: HttpRequest) -> HttpResponse:
    """`/moi/propositions/`: what waits for a liaison officer, in their EPCI only."""
    on = timezone.localdate()
    decision = deciding.may_sit_as_officer(cast("Person", request.user), on=on)
    if not decision:
        return render(request, "space/not_officer.html", {"decision": decision}, status=403)
    epcis = deciding.epcis_of_officer(cast("Person", request.user), on=on)
    context = {
        "organisation": None, "suggestions": queries_suggestions.waiting_in(epcis), "is_manager": True,
        "missing": queries_missing.missing_waiting_in(epcis),
    }  # fmt: skip
    return render(request, "space/suggestions.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggestion, for whoever decides it: keep a field, leave another."""
    if pk >= 2**63:
        raise Http404
    found = get_object_or_404(Suggestion.objects.select_related("organisation"), pk=pk)
    decision = deciding.may_decide(cast("Person", request.user), found, on=timezone.localdate())
    if not decision:
        return render(request, "space/not_officer.html", {"decision": decision}, status=403)
    form, told, refusal = answer(request, found)
    if told:
        messages.success(request, told)
        return redirect(_back(cast("Person", request.user), found))
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "space/decide.html", show(found, form, refusal), status=status)


def answer(request: HttpRequest, found: Suggestion) -> tuple[DecisionForm, str, str]:
    """The form, what was done and why it was refused, in French ("" each while it is not). For the back office too."""
    form = DecisionForm(request.POST or None, suggestion=found, today=values_now(found))
    if request.method != "POST" or not form.is_valid():
        return form, "", ""
    said = form.cleaned_data
    try:
        done = actions.decide(
            suggestion=found, kept=said["keep"], reason=said["reason"], today=said["today"],
            by=cast("User", request.user), at=timezone.now(),
        )  # fmt: skip
    except actions.SuggestionRefused as refusal:
        # Shown again, the page starts from today's values: saying it once more is then a choice.
        return DecisionForm(None, suggestion=found, today=values_now(found)), "", refusal.phrase
    if any(done.verdicts.values()):
        return form, "La fiche est corrigée.", ""
    return form, "La fiche reste comme elle est." if done.verdicts else "C’est noté.", ""


def show(found: Suggestion, form: DecisionForm, refusal: str) -> dict[str, Any]:
    """What the page of one suggestion shows."""
    return {
        "suggestion": found,
        "organisation": found.organisation,
        "is_open": found.state == SuggestionState.OPEN,
        "lines": lines_of(found),
        "image": proposed_image(found),
        "image_alt": found.facts.get("picture_alt", ""),
        "form": form,
        "refusal": refusal,
    }


def proposed_image(found: Suggestion) -> Any:
    """The picture that this suggestion would show, while it is there."""
    pk = found.facts.get("picture_id")
    return get_image_model().objects.filter(pk=pk).first() if pk else None


def _back(person: Person, found: Suggestion) -> str:
    if rules.may_revise(person, found.organisation):
        return f"/moi/structures/{found.organisation_id}/propositions/"
    return "/moi/propositions/" if deciding.epcis_of_officer(person, on=timezone.localdate()) else "/moi/"
