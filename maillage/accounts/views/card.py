"""How a liaison officer is reached, said by themself."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.accounts import actions, queries, rules
from maillage.accounts.forms import CardForm
from maillage.accounts.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """`/moi/referent/`: telephone, and when to come or call."""
    user, at = cast("User", request.user), timezone.now()
    mandate = queries.own_card(user, on=timezone.localdate(at))
    if mandate is None:
        return render(request, "accounts/refused.html", {"decision": rules.NO_CARD}, status=403)
    shown = {"phone": mandate.phone, "how_to_reach": mandate.how_to_reach}
    form = CardForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        actions.describe_mandate(mandate=mandate, by=user, at=at, **form.cleaned_data)
        messages.success(request, "C’est enregistré : votre page publique le dit.")
        return redirect("own:card")
    context = {"form": form, "mandate": mandate}
    return render(request, "accounts/card.html", context, status=422 if form.errors else 200)
