"""Dialogues as agents conduct them: their list, one page for each, who takes part, agendas and outcomes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.discussion import actions, queries
from maillage.discussion.forms import AgendaForm, DialogueForm, OutcomeForm, ParticipantForm
from maillage.discussion.models import AgendaItem, Dialogue, Participant
from maillage.discussion.rules import may_conduct
from maillage.kernel.once import SentBefore, once

PER_PAGE = 30
ICON = "comment"


@require_GET
@behind(may_conduct)
def dialogues(request: OfficeRequest) -> HttpResponse:
    """Every dialogue, drafts too, the latest change first."""
    page = Paginator(Dialogue.objects.order_by("-changed_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "discussion/backoffice/dialogues.html", title="Dialogues", icon=ICON, page=page)


@behind(may_conduct)
def new(request: OfficeRequest) -> HttpResponse:
    """Prepare one; nobody else sees it until it is open."""
    form, status = DialogueForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = once(request, actions.open_dialogue, facts=form.facts, by=request.user, at=timezone.now())
            except (actions.DiscussionRefused, SentBefore) as refusal:
                form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
            else:
                messages.success(request, "Le dialogue est préparé. Ajoutez qui prend part.")
                return redirect("discussion_office:dialogue", made.pk)
    return show(
        request, "discussion/backoffice/new.html", title="Préparer un dialogue", icon=ICON, status=status, form=form,
        crumbs=[("Dialogues", reverse("discussion_office:dialogues"))],
    )  # fmt: skip


@behind(may_conduct)
def dialogue(request: OfficeRequest, pk: int) -> HttpResponse:
    """Everything about one; POST changes its facts."""
    found = find(Dialogue.objects.select_related("measure"), pk)
    form, status = DialogueForm(request.POST or None, dialogue=found), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_dialogue(
                    dialogue=found, facts=form.facts, seen_at=form.cleaned_data["seen_at"], by=request.user,
                    at=timezone.now(),
                )  # fmt: skip
            except actions.DiscussionRefused as refusal:
                form.add_error(refusal.field or None, refusal.phrase)
                status = 422 if refusal.field else 409
            else:
                messages.success(request, "C’est enregistré.")
                return redirect("discussion_office:dialogue", found.pk)
    return show_dialogue(request, found, form=form, status=status)


def show_dialogue(request: OfficeRequest, found: Dialogue, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one dialogue; a form that was refused takes the place of the fresh one."""
    wrong = forms.get("outcome_form")
    items = [
        (item, wrong if wrong is not None and forms["item"] == item else _outcome(item))
        for item in found.agenda_items.order_by("-meeting_date", "-pk")
    ]  # fmt: skip
    return show(
        request, "discussion/backoffice/dialogue.html", title=str(found), icon=ICON, status=status,
        crumbs=[("Dialogues", reverse("discussion_office:dialogues"))], dialogue=found, items=items,
        sides=queries.sides_of(found), form=forms.get("form") or DialogueForm(dialogue=found),
        participant_form=forms.get("participant_form") or ParticipantForm(),
        agenda_form=forms.get("agenda_form") or AgendaForm(),
    )  # fmt: skip


def _outcome(item: AgendaItem) -> OutcomeForm:
    known = {"outcome": item.outcome, "outcome_date": item.outcome_date}
    return OutcomeForm(initial=known, auto_id=f"id_{item.pk}_%s")


@require_POST
@behind(may_conduct)
def add_participant(request: OfficeRequest, pk: int) -> HttpResponse:
    """One more person on one side."""
    found, form = find(Dialogue.objects.all(), pk), ParticipantForm(request.POST)
    if form.is_valid():
        try:
            once(
                request, actions.add_participant, dialogue=found, by=request.user, at=timezone.now(),
                **form.cleaned_data,
            )  # fmt: skip
        except (actions.DiscussionRefused, SentBefore) as refusal:
            form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
        else:
            messages.success(request, "La personne est ajoutée.")
            return redirect("discussion_office:dialogue", pk)
    return show_dialogue(request, found, participant_form=form, status=422)


@require_POST
@behind(may_conduct)
def remove_participant(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take somebody off; the journal keeps it."""
    found = find(Participant.objects.select_related("dialogue"), pk)
    actions.remove_participant(participant=found, by=request.user, at=timezone.now())
    messages.success(request, f"{found.name} ne prend plus part au dialogue.")
    return redirect("discussion_office:dialogue", found.dialogue_id)


@require_POST
@behind(may_conduct)
def send(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put the dialogue on an agenda."""
    found, form = find(Dialogue.objects.all(), pk), AgendaForm(request.POST)
    if form.is_valid():
        try:
            once(
                request, actions.send_to_agenda, dialogue=found, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except (actions.DiscussionRefused, SentBefore) as refusal:
            form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
        else:
            messages.success(request, "C’est à l’ordre du jour.")
            return redirect("discussion_office:dialogue", pk)
    return show_dialogue(request, found, agenda_form=form, status=422)


@require_POST
@behind(may_conduct)
def record(request: OfficeRequest, pk: int) -> HttpResponse:
    """What a meeting made of it."""
    item = find(AgendaItem.objects.select_related("dialogue__measure"), pk)
    form = OutcomeForm(request.POST, auto_id=f"id_{item.pk}_%s")
    if form.is_valid():
        try:
            actions.record_outcome(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.DiscussionRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, "La suite est notée.")
            return redirect("discussion_office:dialogue", item.dialogue_id)
    return show_dialogue(request, item.dialogue, outcome_form=form, item=item, status=422)
