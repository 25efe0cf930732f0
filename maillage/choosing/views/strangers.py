"""What anybody may send: an address that wants a ballot, the code of a receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views import limits
from maillage.choosing import actions, receipts
from maillage.choosing import content as contents
from maillage.choosing.forms import AskForm, ReceiptForm
from maillage.choosing.models import Ballot, Consultation
from maillage.choosing.views.booth import ways
from maillage.choosing.views.pages import find

RECEIPTS = "10/m/ip,60/h/ip"


@never_cache
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """`/consultations/<slug>/voter/lettre/`: post a ballot to an address; the answer is the same for all addresses."""
    found, form = find(slug), AskForm(request.POST)
    if limits.is_too_fast(request, "ask_ballot", limits.MESSAGES):
        return limits.too_fast(request)
    if not form.is_valid():
        return ways(request, found, form, status=422)
    address = form.cleaned_data["email"]
    context = {"consultation": found, "address": address, "canonical_url": ""}
    if form.is_from_a_machine():
        return render(request, "choosing/asked.html", context)
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return ways(request, found, form, status=422)
    if limits.is_too_fast(request, "ballot_to", limits.LETTERS_TO_ONE_ADDRESS, key=address.lower()):
        return limits.too_fast(request)
    try:
        actions.ask_for_a_ballot(consultation=found, address=address, at=timezone.now())
    except actions.ConsultationRefused as refusal:
        form.add_error(None, refusal.phrase)
        return ways(request, found, form, status=422)
    return render(request, "choosing/asked.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """`/consultations/<slug>/recu/`: is my ballot there, and what does it say? Typed, so that no address holds it."""
    found = find(slug)
    if request.method == "POST" and limits.is_too_fast(request, "receipt", RECEIPTS):
        return limits.too_fast(request)
    form = ReceiptForm(request.POST or None)
    told = None
    if request.method == "POST" and form.is_valid():
        told = _told(found, form.cleaned_data["code"])
        if told is None:
            form.add_error(
                "code", "Aucun bulletin de ce vote n’a ce code. S’il a été changé depuis, un autre l’a remplacé."
            )
    context = {"consultation": found, "form": form, "told": told, "canonical_url": ""}
    return render(request, "choosing/receipt.html", context, status=422 if form.errors else 200)


def _told(consultation: Consultation, code: str) -> dict[str, Any] | None:
    """What the ballot of this receipt says; None when there is none."""
    digest = receipts.digest(code)
    ballot = Ballot.objects.filter(consultation=consultation, receipt_digest=digest).select_related("college").first()
    if ballot is None:
        return None
    titles = dict(consultation.options.values_list("letter", "label"))
    return {
        "lines": contents.told(consultation.method, ballot.content, titles), "college": ballot.college,
        "fingerprint": digest[: receipts.FINGERPRINT],
    }  # fmt: skip
