"""The door of the back office, for whoever is signed in: the second factor first, then a mandate that runs."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from maillage.accounts import rules

GetResponse = Callable[[HttpRequest], HttpResponse]


def back_office_door(get_response: GetResponse) -> GetResponse:
    """Say why and what to do, where Wagtail would only send back to the sign-in page.

    Strangers are left to Wagtail, which asks them to sign in; every view keeps its own rule behind this door.
    """

    def guarded(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.is_authenticated:
            return get_response(request)
        decision = rules.may_enter_back_office(request.user, on=timezone.localdate())
        if decision == rules.NO_SECOND_FACTOR:
            messages.warning(request, decision.reason)
            return redirect("mfa_index")
        if not decision:
            return render(request, "accounts/refused.html", {"decision": decision}, status=403)
        return get_response(request)

    return guarded
