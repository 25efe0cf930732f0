"""What a liaison officer hears in their CC: note it in a minute, see what becomes of it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.accounts.models import User
from maillage.accounts.rules import Person
from maillage.kernel.once import SentBefore, once
from maillage.needs import actions, phrases
from maillage.needs.enums import Channel
from maillage.needs.forms import NoteForm
from maillage.needs.queries.sorting import of_officer
from maillage.needs.rules import may_note_needs
from maillage.space.deciding import epcis_of_officer

PER_PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """`/moi/besoins/`, for liaison officers: the form first, then the needs of their CC."""
    today = timezone.localdate()
    decision = may_note_needs(cast("Person", request.user), on=today)
    if not decision:
        return render(request, "accounts/refused.html", {"decision": decision}, status=403)
    user = cast("User", request.user)
    form = NoteForm(
        request.POST or None, epcis=epcis_of_officer(user, on=today), initial={"channel": Channel.MET.value}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                once(request, actions.say_need, noted_by=user, at=timezone.now(), **form.facts())
            except (actions.NeedRefused, SentBefore) as refusal:
                field = getattr(refusal, "field", "")
                form.add_error(field if field in form.fields else None, refusal.phrase)
                status = 409 if isinstance(refusal, SentBefore) else 422
            else:
                messages.success(request, "Besoin noté\u00a0: l’équipe du territoire le lit, puis le publie.")
                return redirect("needs:own")
    page = Paginator(of_officer(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "health": phrases.HEALTH_NOTED}
    return render(request, "needs/own.html", context, status=status)
