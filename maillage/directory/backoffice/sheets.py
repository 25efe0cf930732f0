"""The list of sheets, and acts on many of them at once, confirmed first and undone in one go."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, show
from maillage.directory import actions, rules
from maillage.directory.backoffice import reads
from maillage.directory.backoffice.acts import signature
from maillage.directory.backoffice.forms import BULK_LIMIT, BULK_VERBS, ChosenSheets, SheetFilters
from maillage.directory.models import Organisation
from ui import french

PAGE_SIZE = 50
LIST = "directory_office:sheets"


def sheets_crumb() -> tuple[str, str]:
    return "Structures", reverse(LIST)


@require_GET
@behind(rules.may_edit_sheets)
def sheets(request: HttpRequest) -> HttpResponse:
    filters = SheetFilters(request.GET)
    page = Paginator(reads.sheets(filters.wanted()), PAGE_SIZE).get_page(request.GET.get("page"))
    return show(
        request,
        "directory/backoffice/sheets.html",
        title="Structures",
        icon="list-ul",
        filters=filters,
        page=page,
        verbs=[(verb, words) for verb, (words, _) in BULK_VERBS.items()],
        limit=BULK_LIMIT,
        query=request.GET.urlencode(),
        headers=headers(filters.wanted().get("tri") or "nom"),
    )


@require_POST
@behind(rules.may_edit_sheets)
def bulk(request: OfficeRequest) -> HttpResponse:
    """Show what will change; with `confirmed`, change it."""
    chosen = _chosen(request)
    if not chosen.is_valid():
        messages.warning(request, "Choisissez un acte dans la liste.")
        return redirect(_back(request))
    organisations = list(Organisation.objects.filter(pk__in=chosen.cleaned_data["ids"]).by_name())
    if not organisations:
        messages.warning(request, "Cochez d’abord au moins une fiche.")
        return redirect(_back(request))
    words, status = BULK_VERBS[chosen.cleaned_data["verb"]]
    if request.POST.get("confirmed"):
        return _apply(request, organisations, chosen.cleaned_data["verb"])
    return show(
        request,
        "directory/backoffice/bulk.html",
        title=f"{words} {french.plural(len(organisations), 'fiche')}",
        crumbs=[sheets_crumb()],
        organisations=organisations,
        words=words,
        verb=chosen.cleaned_data["verb"],
        moved=sum(organisation.status != status for organisation in organisations),
        back=_back(request),
        query=request.POST.get("query", ""),
    )


def _chosen(request: HttpRequest) -> ChosenSheets:
    if request.POST.get("everything"):
        filters = SheetFilters(QueryDict(request.POST.get("query", "")))
        found = list(reads.sheets(filters.wanted()).values_list("pk", flat=True)[:BULK_LIMIT])
        data = {"verb": request.POST.get("verb"), "ids": [str(pk) for pk in found]}
        return ChosenSheets(data, offered=found)
    offered = ChosenSheets.ids_in(request.POST.getlist("ids"))
    return ChosenSheets({"verb": request.POST.get("verb"), "ids": [str(pk) for pk in offered]}, offered=offered)


def _apply(request: OfficeRequest, organisations: list[Organisation], verb: str) -> HttpResponse:
    batch, signed = f"bulk:{uuid.uuid4().hex[:12]}", signature(request)
    facts = {"status": BULK_VERBS[verb][1].value}
    changed = sum(
        bool(actions.revise_organisation(organisation=one, facts=facts, verb=verb, batch=batch, **signed))
        for one in organisations
    )
    if changed:
        undo = messages.button(reverse("directory_office:undo_batch", args=[batch]), "Annuler")
        messages.success(request, f"{DONE[verb]} : {french.plural(changed, 'fiche')}.", buttons=[undo])
    else:
        messages.warning(request, "Rien à changer : ces fiches étaient déjà dans cet état.")
    return redirect(_back(request))


DONE = {"publish": "C’est publié", "archive": "C’est archivé", "review": "C’est remis à qualifier"}


def _back(request: HttpRequest) -> str:
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return f"{reverse(LIST)}?{query}" if query else reverse(LIST)


@behind(rules.may_edit_sheets)
def undo_batch(request: OfficeRequest, batch: str) -> HttpResponse:
    """GET shows the sheets that come back to their former state, POST does it."""
    acts = [act for act in reads.acts_of_batch(batch) if act.verb in BULK_VERBS]
    if request.method == "POST":
        signed = signature(request)
        undone = sum(bool(actions.revert_to(act=act, **signed)) for act in acts)
        messages.success(request, f"Annulé : {french.plural(undone, 'fiche')} dans l’état d’avant.")
        return redirect(LIST)
    return show(
        request,
        "directory/backoffice/undo_batch.html",
        title="Annuler un acte groupé",
        crumbs=[sheets_crumb()],
        acts=acts,
        act=acts[0] if acts else None,
    )


def headers(current: str) -> list[dict[str, str]]:
    """Columns of the list: label and, for those that sort, what to ask for and how it is sorted now."""
    sortable = {"Structure": "nom", "Complétude": "completude", "Modifiée": "modifiee"}
    columns = ("Structure", "Commune", "ESS", "État", "Complétude", "Doutes", "Modifiée")
    return [_header(label, sortable.get(label, ""), current) for label in columns]


def _header(label: str, name: str, current: str) -> dict[str, str]:
    state = {name: "ascending", f"-{name}": "descending"}.get(current, "") if name else ""
    return {"label": label, "name": name, "state": state, "ask": f"-{name}" if current == name else name}
