"""Duplicates: two records side by side; a person says whether they are one, and which value stays."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory import rules, wording
from maillage.directory.actions.duplicates import set_distinct
from maillage.directory.actions.merging import CHOOSABLE, GROUPS, LISTS, Choice, MergeRefused, merge, undo_merge
from maillage.directory.actions.undoing import UndoRefused
from maillage.directory.backoffice.acts import signature
from maillage.directory.facts import Facts, facts_of
from maillage.directory.models import DuplicatePair, Organisation

PAGE_SIZE = 30
LIST = "directory_office:duplicates"
GROUP_LABELS = {"email": "Contact", "place.latitude": "Point sur la carte", "place.commune_id": "Adresse"}
NOTHING: tuple[object, ...] = ("", None, [], False)


@dataclass(frozen=True)
class Row:
    """One field (or group of fields) of both records. side: what is chosen at first."""

    name: str
    label: str
    first: str
    second: str
    differs: bool
    may_join: bool
    side: str


def duplicates_crumb() -> tuple[str, str]:
    return "Doublons", reverse(LIST)


@require_GET
@behind(rules.may_merge)
def duplicates(request: HttpRequest) -> HttpResponse:
    waiting = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN).select_related("first", "second")
    page = Paginator(waiting.order_by("-likeness", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return show(request, "directory/backoffice/duplicates.html", title="Doublons", icon="copy", page=page)


@behind(rules.may_merge)
def duplicate(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET shows both records, POST merges them as chosen."""
    pair = find(DuplicatePair.objects.all(), pk)
    both = Organisation.objects.filter(pk__in=[pair.first_id, pair.second_id]).with_places().with_words()
    first, second = (next(one for one in both if one.pk == pk) for pk in (pair.first_id, pair.second_id))
    if request.method == "POST" and pair.state == DuplicatePair.State.OPEN:
        return _merge(request, pair, first, second)
    return show(
        request,
        "directory/backoffice/duplicate.html",
        title="Une seule structure, ou deux ?",
        icon="copy",
        crumbs=[duplicates_crumb()],
        pair=pair,
        first=first,
        second=second,
        rows=rows(facts_of(first), facts_of(second)),
        is_open=pair.state == DuplicatePair.State.OPEN,
    )


def _merge(request: OfficeRequest, pair: DuplicatePair, first: Organisation, second: Organisation) -> HttpResponse:
    """The record of the chosen name is kept; each other field comes from the side that was ticked."""
    keeps_first = request.POST.get("keep") != "second"
    keep, drop = (first, second) if keeps_first else (second, first)
    mine = "first" if keeps_first else "second"
    choices: dict[str, Choice] = {}
    for name in CHOOSABLE:
        side = request.POST.get(f"side_{name}")
        if side == "both" and name in LISTS:
            choices[name] = "both"
        elif side in {"first", "second"}:
            choices[name] = "keep" if side == mine else "drop"
    try:
        merge(keep=keep, drop=drop, choices=choices, **signature(request))
    except MergeRefused as refusal:
        messages.error(request, refusal.phrase)
        return redirect("directory_office:duplicate", pair.pk)
    undo = messages.button(reverse("directory_office:unmerge", args=[pair.pk]), "Annuler")
    messages.success(request, f"C’est fusionné dans « {keep} ».", buttons=[undo])
    return redirect("directory_office:sheet", keep.pk)


@require_POST
@behind(rules.may_merge)
def distinct(request: OfficeRequest, pk: int) -> HttpResponse:
    pair = find(DuplicatePair.objects.select_related("first", "second"), pk)
    set_distinct(pair=pair, by=request.user, at=timezone.now())
    messages.success(request, "C’est noté : ce sont deux structures. Cette paire ne reviendra pas.")
    return redirect(LIST)


@behind(rules.may_merge)
def unmerge(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET says what parting the two records does, POST does it."""
    pair = find(DuplicatePair.objects.select_related("first", "second"), pk)
    if request.method == "POST":
        try:
            undone = undo_merge(pair=pair, by=request.user, at=timezone.now())
        except UndoRefused as refusal:
            messages.error(request, refusal.phrase)
        else:
            messages.success(request, " ".join(["Les deux fiches sont séparées.", *undone.kept[:5]]))
        return redirect("directory_office:duplicate", pk)
    return show(
        request,
        "directory/backoffice/unmerge.html",
        title="Annuler cette fusion",
        icon="copy",
        crumbs=[duplicates_crumb()],
        pair=pair,
        is_merged=pair.state == DuplicatePair.State.MERGED,
    )


def rows(first: Facts, second: Facts) -> list[Row]:
    """What both records say, field by field; fields empty on both sides are left out."""
    heads = [name for name in CHOOSABLE if any(_says(facts, name) for facts in (first, second))]
    names = wording.names_for([{field: [first[field], second[field]] for field in first}])
    return [_row(name, first, second, names) for name in heads]


def _row(name: str, first: Facts, second: Facts, names: wording.Names) -> Row:
    differs = any(_bare(first.get(field)) != _bare(second.get(field)) for field in GROUPS.get(name, (name,)))
    may_join = name in LISTS and differs
    side = "both" if may_join else "first" if _says(first, name) else "second"
    said = [_in_words(name, facts, names) for facts in (first, second)]
    return Row(name, GROUP_LABELS.get(name) or wording.label(name), said[0], said[1], differs, may_join, side)


def _says(facts: Facts, name: str) -> bool:
    return any(_bare(facts.get(field)) is not None for field in GROUPS.get(name, (name,)))


def _bare(value: object) -> object:
    return None if value in NOTHING else value


def _in_words(name: str, facts: Facts, names: wording.Names) -> str:
    fields = [field for field in GROUPS.get(name, (name,)) if _bare(facts.get(field)) is not None]
    if len(fields) == 1 and fields[0] == name:
        return wording.say(name, facts[name], names)
    return (
        "\n".join(
            wording.say(field, facts[field], names)
            if field == name
            else f"{wording.label(field)} : {wording.say(field, facts[field], names)}"
            for field in fields
        )
        or wording.EMPTY
    )
