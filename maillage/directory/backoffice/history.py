"""The history of a sheet: each act with its differences, and the way back from one of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory import actions, rules, wording
from maillage.directory.backoffice import reads
from maillage.directory.backoffice.acts import signature
from maillage.directory.backoffice.sheets import sheets_crumb
from maillage.directory.facts import OTHER_PLACES, PLACE_FIELDS, PLAIN_FIELDS, facts_of
from maillage.directory.models import DuplicatePair, Organisation
from maillage.kernel.chain import has_lost_changes
from maillage.kernel.models import JournalEntry

PAGE_SIZE = 20
FACTS = {*PLAIN_FIELDS, *(f"place.{name}" for name in PLACE_FIELDS), "terms", "qualifications", OTHER_PLACES}
# A birth is not turned back (archive the sheet); a merge has its own way back.
ONE_WAY = frozenset({"create", "merge", "settle", "set_distinct"})


@require_GET
@behind(rules.may_edit_sheets)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = find(Organisation.objects.all(), pk)
    page = Paginator(reads.history(organisation), PAGE_SIZE).get_page(request.GET.get("page"))
    names, merges = wording.names_for(act.changes for act in page), _merges(page)
    return show(
        request,
        "directory/backoffice/history.html",
        title="Historique",
        icon="history",
        crumbs=_crumbs(organisation),
        organisation=organisation,
        page=page,
        acts=[
            (
                act,
                wording.act_label(act),
                wording.lines(act.changes, names),
                is_reversible(act),
                merges.get(act.pk),
            )
            for act in page
        ],
    )


@behind(rules.may_edit_sheets)
def revert(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET shows what the sheet would get back, POST does it."""
    act = find(JournalEntry.objects.filter(object_type=reads.OBJECT_TYPE), pk)
    organisation = find(Organisation.objects.with_places().with_words(), act.object_id)
    if request.method == "POST" and is_reversible(act):
        return _reverted(request, act)
    now = facts_of(organisation)
    changes = {field: [now.get(field), old] for field, old in actions.before(act).items() if now.get(field) != old}
    return show(
        request,
        "directory/backoffice/revert.html",
        title="Revenir avant cet acte",
        crumbs=[*_crumbs(organisation), ("Historique", reverse("directory_office:history", args=[organisation.pk]))],
        organisation=organisation,
        act=act,
        label=wording.act_label(act),
        reversible=is_reversible(act),
        lines=wording.lines(changes, wording.names_for([changes])),
    )


def _merges(acts: Iterable[JournalEntry]) -> dict[int, int]:
    """{act: pair} of the merges that can be turned back; one query."""
    pairs = {act.pk: act.batch.removeprefix("merge:") for act in acts if act.verb == "merge"}
    numbers = [int(pair) for pair in pairs.values() if pair.isdigit()]
    merged = set(
        DuplicatePair.objects.filter(pk__in=numbers, state=DuplicatePair.State.MERGED).values_list("pk", flat=True)
    )
    return {act: int(pair) for act, pair in pairs.items() if pair.isdigit() and int(pair) in merged}


def is_reversible(act: JournalEntry) -> bool:
    """May one go back to before this act?"""
    told = bool(act.changes) and act.changes.keys() <= FACTS
    return act.verb not in ONE_WAY and told and not has_lost_changes(act)


def _reverted(request: OfficeRequest, act: JournalEntry) -> HttpResponse:
    try:
        changes = actions.revert_to(act=act, **signature(request))
    except actions.SheetRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "La fiche a retrouvé ses valeurs d’avant." if changes else "Rien à remettre.")
    return redirect("directory_office:history", act.object_id)


def _crumbs(organisation: Organisation) -> list[tuple[str, str]]:
    return [sheets_crumb(), (organisation.name, reverse("directory_office:sheet", args=[organisation.pk]))]
