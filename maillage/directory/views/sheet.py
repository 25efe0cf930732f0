"""One sheet: the page, its visiting card, and what to say when it is not there any more."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.directory import rules
from maillage.directory.exports import json_ld, vcards
from maillage.directory.models import Organisation
from maillage.directory.queries import sheet as sheets
from maillage.directory.queries.vocabulary import vocabulary
from maillage.kernel.page_cache import cache_public
from maillage.kernel.registry import public_asides
from maillage.strategy.queries.evidence import measures_proved_by
from ui import french


@require_safe
@cache_public
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """`/annuaire/<slug>/`; moved: 301, withdrawn: 410, not published: 404 for those who may not see it."""
    found = sheets.find_sheet(slug)
    if found.moved_to:
        return HttpResponsePermanentRedirect(found.moved_to)
    if found.withdrawn is not None:
        return _withdrawn(request, found.withdrawn)
    if found.organisation is None or not rules.can_see(request.user, found.organisation, on=timezone.localdate()):
        raise Http404
    at = timezone.now()
    shown = sheets.sheet_of(found.organisation, at)
    context = {
        "sheet": shown,
        "organisation": found.organisation,
        "trail": _trail(shown),
        "map": sheets.map_of(shown),
        "neighbours": sheets.neighbours_of(shown, vocabulary(), at),
        "json_ld": json_ld.script_of(shown, site=settings.SITE_URL),
        "measures": measures_proved_by(found.organisation),
        "asides": public_asides(found.organisation),
        "is_preview": not found.organisation.is_public,
    }
    return render(request, "directory/sheet.html", context)


@require_safe
def vcard(request: HttpRequest, slug: str) -> HttpResponse:
    """`/annuaire/<slug>.vcf`: the visiting card of a published sheet."""
    found = sheets.find_sheet(slug)
    if found.organisation is None or not found.organisation.is_public:
        raise Http404
    shown = sheets.sheet_of(found.organisation, timezone.now())
    response = HttpResponse(vcards.card_of(shown, site=settings.SITE_URL), content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.vcf"'
    return response


def _trail(shown: sheets.Sheet) -> list[dict[str, str]]:
    """The pages above: the directory, then the commune in it."""
    trail = [{"label": "Annuaire", "url": reverse("directory:list")}]
    commune = None if shown.main is None else shown.main.place.commune
    if commune is not None:
        trail.append({"label": commune.name, "url": f"{reverse('directory:list')}?commune={commune.code}"})
    return trail


def _withdrawn(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    if organisation.closed_date is not None:
        title = f"{organisation.name} a fermé"
        message = f"Cette structure a cessé son activité : {french.day(organisation.closed_date)}."
    else:
        title = "Cette fiche a été retirée"
        message = "Elle n’est plus dans l’annuaire : la structure a cessé son activité ou a demandé ce retrait."
    todo = "D’autres structures rendent peut-être le même service près de chez vous : cherchez dans l’annuaire."
    context = {"code": 410, "title": title, "message": message, "todo": todo}
    return render(request, "ui/error.html", context, status=410)
