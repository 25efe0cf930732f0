"""Make a signed grant smaller, from its page: prepare, confirm with the deliberation, or give it up."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.backoffice.screens import OfficeRequest, behind
from maillage.grants import actions
from maillage.grants.backoffice.grants import act, found_grant, plain, with_known
from maillage.grants.forms import office as forms
from maillage.grants.models import Decision, Reduction
from maillage.grants.queries.grants import reductions_of
from maillage.grants.rules import may_decide


def _waiting(found: Decision) -> Reduction:
    """The reduction that waits for its second person."""
    for one in reductions_of(found):
        if one.confirmed_at is None:
            return one
    raise Http404


@require_POST
@behind(may_decide)
def reduce(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write to how much a signed award would come down; another person confirms it."""
    found = found_grant(request, pk)
    verb = with_known(actions.prepare_reduction, decision=found)
    done = "Réduction préparée. Une autre personne la confirme."
    return act(request, found, forms.ReduceForm(request.POST), verb, done)


@require_POST
@behind(may_decide)
def confirm_reduce(request: OfficeRequest, pk: int) -> HttpResponse:
    """The second person writes the deliberation, and the award is smaller."""
    found = found_grant(request, pk)
    verb = with_known(actions.reduce_grant, reduction=_waiting(found))
    done = "Aide réduite. L’argent revient à l’enveloppe, et la structure reçoit une lettre."
    return act(request, found, forms.ConfirmReduceForm(request.POST), verb, done)


@require_POST
@behind(may_decide)
def drop_reduce(request: OfficeRequest, pk: int) -> HttpResponse:
    found = found_grant(request, pk)
    back = reverse("grants_office:grant", args=[pk])
    return plain(request, back, "Réduction abandonnée.", actions.drop_reduction, reduction=_waiting(found))
