"""A member's own page: bodies, next dates, papers, actions."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.accounts.models import User
from maillage.governance import actions
from maillage.governance.models import Member
from maillage.governance.queries import bodies as reads


@never_cache
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """`/moi/instances/`: where I sit."""
    mandates = reads.mandates_of(cast("User", request.user), timezone.now())
    return render(request, "governance/own.html", {"mandates": mandates})


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """My mandate ends today."""
    member = own_mandate(request, pk)
    actions.end_member(member=member, by=cast("User", request.user), at=timezone.now())
    messages.success(request, f"Votre mandat dans « {member.body} » finit aujourd’hui.")
    return redirect("governance:own")


@require_POST
def be_named(request: HttpRequest, pk: int) -> HttpResponse:
    """My name on the public page, or no longer."""
    member, agrees = own_mandate(request, pk), request.POST.get("agrees") == "1"
    actions.agree_to_be_named(member=member, agrees=agrees, by=cast("User", request.user), at=timezone.now())
    messages.success(request, "Votre nom est public." if agrees else "Votre nom n’est plus public.")
    return redirect("governance:own")


def own_mandate(request: HttpRequest, pk: int) -> Member:
    """The running mandate of this number, when it is the person's; else 404."""
    mandates = reads.mandates_of(cast("User", request.user), timezone.now())
    found = next((one for one in mandates if one.pk == pk), None)
    if found is None:
        raise Http404
    return found
