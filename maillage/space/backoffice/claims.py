"""« C'est ma structure », as agents decide it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.space import actions, queries, rules
from maillage.space.models import Claim

PAGE_SIZE = 50


@require_GET
@behind(rules.may_decide_claims)
def claims(request: HttpRequest) -> HttpResponse:
    """Those that wait; with ?decidees=1 the decided ones."""
    is_decided = request.GET.get("decidees") == "1"
    rows = queries.decided_claims() if is_decided else queries.open_claims()
    return show(
        request,
        "space/backoffice/claims.html",
        title="Demandes de reprise",
        icon="key",
        page=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        is_decided=is_decided,
    )


@require_POST
@behind(rules.may_decide_claims)
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    claim, is_granted = find(Claim.objects.all(), pk), request.POST.get("decision") == "accepter"
    try:
        actions.decide_claim(
            claim=claim, is_granted=is_granted, reason=request.POST.get("reason", "")[:300], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except actions.ClaimRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "C’est décidé. La personne reçoit une lettre.")
    return redirect("space_office:claims")
