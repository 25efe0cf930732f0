"""Say without an account that the directory lacks an organisation; decide what becomes of it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.accounts.models import User
from maillage.accounts.rules import Person
from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views.limits import is_too_fast, too_fast
from maillage.directory import wording
from maillage.kernel.once import SentBefore, once
from maillage.space import actions, deciding, queries_missing
from maillage.space.enums import MissingState
from maillage.space.forms import MissingActorForm, MissingDecisionForm
from maillage.space.forms.missing import KNOWN, MAKE
from maillage.space.models import MissingActor
from maillage.space.views.limits import MISSING
from maillage.territories.models import Commune


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """`/annuaire/proposer/`: the questions, then likely sheets if there are any, then thanks; nothing is published."""
    if request.method != "POST":
        return _page(request, MissingActorForm(initial={"commune": request.GET.get("commune", "")}))
    if is_too_fast(request, "missing", MISSING):
        return too_fast(request)
    if "back" in request.POST:
        return _page(request, MissingActorForm(initial=request.POST.dict()))
    form = MissingActorForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if form.is_from_a_machine():
        return _thanks(request, form)
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return _page(request, form)
    found = [] if "missing" in request.POST else queries_missing.public_alike(**_words(form))
    if found:
        return render(request, "space/missing_alike.html", {"form": form, "alike": found, "canonical_url": ""})
    try:
        once(request, _propose, form, cast("Person", request.user))
    except SentBefore as refusal:
        form.add_error(None, refusal.phrase)
        return _page(request, form, status=409)
    return _thanks(request, form)


def _words(form: MissingActorForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {"name": said["name"], "commune_id": said["commune"] or None, "siren": said["number"][:9]}


def _propose(form: MissingActorForm, by: Person) -> MissingActor:
    said = form.cleaned_data
    return actions.propose_missing(
        commune=Commune.objects.filter(pk=said["commune"]).first(), facts=form.facts(), how_known=said["how_known"],
        name=said["author"], email=said["author_email"], by=by if isinstance(by, User) else None, at=timezone.now(),
    )  # fmt: skip


def _page(request: HttpRequest, form: MissingActorForm, *, status: int = 422) -> HttpResponse:
    context = {"form": form, "canonical_url": ""}
    return render(request, "space/missing.html", context, status=status if form.errors else 200)


def _thanks(request: HttpRequest, form: MissingActorForm) -> HttpResponse:
    said = form.cleaned_data
    context = {"name": said["name"], "has_address": bool(said["author_email"]), "canonical_url": ""}
    return render(request, "space/missing_sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`/moi/structures-proposees/<pk>/`, for whoever decides it."""
    if pk >= 2**63:
        raise Http404
    found = get_object_or_404(MissingActor.objects.select_related("commune__epci", "sheet", "decided_by"), pk=pk)
    decision = deciding.may_decide_missing(cast("Person", request.user), found, on=timezone.localdate())
    if not decision:
        return render(request, "space/not_officer.html", {"decision": decision}, status=403)
    context, told = answer(request, found)
    if told:
        messages.success(request, told)
        return redirect("space:officer_suggestions" if _is_officer(request) else "own:home")
    return render(request, "space/missing_decide.html", context, status=status_of(context))


def _is_officer(request: HttpRequest) -> bool:
    return bool(deciding.may_sit_as_officer(cast("Person", request.user), on=timezone.localdate()))


def answer(request: HttpRequest, found: MissingActor) -> tuple[dict[str, Any], str]:
    """What the page shows, and what was done in French ("" while nothing is). For the back office too."""
    likely = queries_missing.alike_for(found) if found.state == MissingState.OPEN else []
    form = MissingDecisionForm(request.POST if request.method == "POST" else None, actor=found, alike=likely)
    context = {
        "actor": found, "form": form, "alike": likely, "refusal": "", "lines": lines_of(found),
        "is_open": found.state == MissingState.OPEN,
        "ticked": set(request.POST.getlist("keep")) if request.method == "POST" else set(found.proposed()),
    }  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return context, ""
    try:
        return context, _decide(found, form.cleaned_data, cast("User", request.user))
    except actions.MissingRefused as refusal:
        return {**context, "refusal": refusal.phrase}, ""


def _decide(found: MissingActor, said: dict[str, Any], by: User) -> str:
    at = timezone.now()
    if said["outcome"] == MAKE:
        actions.make_sheet(actor=found, kept=said["keep"], reason=said["reason"], by=by, at=at)
        return "Sa fiche est faite\u00a0: elle attend que l’équipe du territoire la publie."
    if said["outcome"] == KNOWN:
        actions.link_sheet(actor=found, sheet=said["found"], reason=said["reason"], by=by, at=at)
        return "C’est noté\u00a0: elle était déjà dans l’annuaire."
    actions.refuse_missing(actor=found, reason=said["reason"], by=by, at=at)
    return "C’est noté\u00a0: elle n’est pas gardée."


def status_of(context: dict[str, Any]) -> int:
    """200, 422 for a form to mend, 409 when somebody was quicker or the sheet cannot be made."""
    return 409 if context["refusal"] else 422 if context["form"].errors else 200


def lines_of(found: MissingActor) -> list[wording.Line]:
    """What is proposed, field by field in French words."""
    changes = {field: [None, value] for field, value in found.proposed().items()}
    return wording.lines(changes, wording.names_for([changes]))
