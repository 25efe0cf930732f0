from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.kernel.page_cache import cache_public
from maillage.portal import poster
from maillage.portal.phrases import COMMUNE_CAN_DO
from maillage.portal.queries.communes import commune_page
from maillage.portal.queries.home import commune_groups
from maillage.strategy.queries import current_strategy, measures_by_code
from maillage.territories.models import Commune
from maillage.territories.queries import commune_by_code, home_territory


@cache_public
def communes(request: HttpRequest) -> HttpResponse:
    """All communes, by community of communes, with a filter that works without script."""
    territory = home_territory()
    words, siren = request.GET.get("q", "")[:100], request.GET.get("cc", "")[:9]
    groups, picture, epcis = commune_groups(territory, words=words, siren=siren) if territory else ([], None, [])
    context = {
        "groups": groups,
        "picture": picture,
        "epcis": epcis,
        "words": words,
        "siren": siren,
        "total": sum(len(group.lines) for group in groups),
    }
    return render(request, "portal/communes.html", context)


@cache_public
def commune(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    """One commune; a former code, no name or a wrong name leads to its canonical address."""
    found = _commune_or_404(code)
    if (found.code, found.slug) != (code, slug):
        return redirect(found, permanent=True)
    territory = home_territory()
    measures = measures_by_code(current_strategy(territory))
    context = {
        "page": commune_page(territory, found),
        "can_do": [(sentence, measures.get(measure)) for sentence, measure in COMMUNE_CAN_DO],
    }
    return render(request, "portal/commune.html", context)


@cache_public
def commune_poster(request: HttpRequest, code: str) -> HttpResponse:
    """The A4 sheet of a commune, to hang in its town hall."""
    found = _commune_or_404(code)
    if found.code != code:
        return redirect("portal:commune_poster", found.code, permanent=True)
    territory = home_territory()
    content = poster.pdf_of(commune_page(territory, found), territory)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="affiche-{found.slug}.pdf"'},
    )


def _commune_or_404(code: str) -> Commune:
    found = commune_by_code(code)
    if found is None:
        raise Http404
    return found
