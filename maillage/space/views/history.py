"""`/moi/structures/<id>/historique/`: what was done to the sheet, by whom, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maillage.accounts.models import User
from maillage.directory import actions as directory
from maillage.directory import wording
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry
from maillage.space import actions, phrases, queries_history, rules
from maillage.space.forms import GiveBackForm
from maillage.space.views.own import opens_to

PAGE_SIZE = 20


@dataclass(frozen=True)
class Told:
    """One act as the page tells it."""

    act: JournalEntry
    label: str
    voice: str
    lines: list[wording.Line]
    is_givable: bool


@dataclass(frozen=True)
class Offer:
    """One field that can be given back. has_moved: somebody changed it after the act."""

    line: wording.Line
    has_moved: bool


@require_GET
@opens_to(rules.may_revise)
def history(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    user = cast("User", request.user)
    page = Paginator(queries_history.acts_on(organisation), PAGE_SIZE).get_page(request.GET.get("page"))
    acts = list(page)
    names, voices = wording.names_for(act.changes for act in acts), queries_history.voices(organisation, user, acts)
    may = bool(rules.may_give_back(user, organisation))
    told = [
        Told(act, wording.act_label(act), voices.of(act), wording.lines(act.changes, names),
             may and queries_history.is_givable(act))
        for act in acts
    ]  # fmt: skip
    return render(request, "space/history.html", {"organisation": organisation, "page": page, "acts": told})


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(rules.may_give_back)
def give_back(request: HttpRequest, organisation: Organisation, act_id: int) -> HttpResponse:
    """GET shows what the sheet would get back, POST does it."""
    user = cast("User", request.user)
    act = get_object_or_404(queries_history.acts_on(organisation), pk=min(act_id, 2**63 - 1))
    today = actions.shown_today(organisation, act)
    offers = _offers(act, today) if queries_history.is_givable(act) else []
    form = GiveBackForm(request.POST or None, fields=[one.line.field for one in offers], today=today)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            changes = actions.give_back(
                organisation=organisation, act=act, fields=form.cleaned_data["fields_back"],
                today=form.cleaned_data["today"], by=user, at=timezone.now(),
            )  # fmt: skip
        except actions.GiveBackRefused as refused:
            # Shown again, the page starts from today's values: saying it once more is then a choice.
            refusal, form = refused.phrase, GiveBackForm(None, fields=(), today=today)
        else:
            messages.success(request, "C’est remis comme avant." if changes else "Rien à remettre.")
            return redirect("space:history", organisation.pk)
    context = {
        "organisation": organisation,
        "told": act,
        "label": wording.act_label(act),
        "voice": queries_history.voices(organisation, user, [act]).of(act),
        "offers": offers,
        "is_picture_lost": bool({"picture_id"} & act.changes.keys() - directory.before(act).keys()),
        "why_not": "" if queries_history.is_givable(act) else phrases.NOT_THEIRS,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "space/give_back.html", context, status=409 if refusal else 422 if form.errors else 200)


def _offers(act: JournalEntry, today: dict[str, object]) -> list[Offer]:
    """Fields whose value before the act is not today's; what goes along with another is not asked."""
    back = directory.before(act)
    followers = actions.followers_in(back)
    changes = {field: [today[field], old] for field, old in back.items() if field not in followers}
    lines = wording.lines(changes, wording.names_for([changes]))
    return [Offer(one, today[one.field] != act.changes[one.field][1]) for one in lines if one.before != one.after]
