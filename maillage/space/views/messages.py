"""Write to an organisation, or to a liaison officer, without seeing their address."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.accounts.models import User
from maillage.accounts.queries import prefill_from_account
from maillage.accounts.rules import Person
from maillage.accounts.views.limits import LETTERS_TO_ONE_ADDRESS, MESSAGES, is_too_fast, too_fast
from maillage.directory.models import Organisation
from maillage.kernel.once import SentBefore, once
from maillage.kernel.page_cache import cache_public
from maillage.space import actions, queries_officers
from maillage.space.forms import MessageForm
from maillage.space.views import limits
from maillage.space.views.suggestions import find_public


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """`/annuaire/<slug>/ecrire/`."""
    organisation = find_public(slug)
    return _write(request, organisation, organisation.name, organisation.get_absolute_url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_to_officer(request: HttpRequest, siren: str) -> HttpResponse:
    """`/referents/<SIREN>/ecrire/`."""
    found = queries_officers.officer_of(siren, timezone.localdate())
    if found is None:
        raise Http404
    epci, officer = found
    return _write(request, officer, f"{officer.get_full_name() or 'la personne référente'}, {epci.name}", "/referents/")


def _write(request: HttpRequest, to: Organisation | User, reader: str, back: str) -> HttpResponse:
    known = prefill_from_account(cast("Person", request.user), name="name", email="email")
    form = MessageForm(request.POST or None, prefills=known)
    context = {"reader": reader, "back": back, "form": form}
    if request.method != "POST":
        return render(request, "space/write.html", context)
    if is_too_fast(request, "write", MESSAGES):
        return too_fast(request)
    if not form.is_valid():
        return render(request, "space/write.html", context, status=422)
    said = {name: form.cleaned_data[name] for name in ("name", "email", "words")}
    if form.is_from_a_machine():
        return render(request, "space/written.html", {**context, "address": said["email"]})
    about = f"{type(to).__name__}:{to.pk}"
    if is_too_fast(request, "write_to", limits.MESSAGES_TO_ONE, key=about) or is_too_fast(
        request, "write_from", LETTERS_TO_ONE_ADDRESS, key=said["email"].lower()
    ):
        return too_fast(request)
    try:
        once(request, actions.write_message, to=to, at=timezone.now(), **said)
    except (actions.MessageRefused, SentBefore) as refusal:
        form.add_error(None, refusal.phrase)
        return render(request, "space/write.html", context, status=409 if isinstance(refusal, SentBefore) else 422)
    return render(request, "space/written.html", {**context, "address": said["email"]})


@require_safe
@cache_public
def officers(request: HttpRequest) -> HttpResponse:
    """`/referents/`: who answers for which communes."""
    today = timezone.localdate()
    seats = queries_officers.with_portraits(queries_officers.seats(today), today)
    return render(request, "space/officers.html", {"seats": seats})
