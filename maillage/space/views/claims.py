"""« C'est ma structure »."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.accounts.queries import prefill_from_account
from maillage.accounts.rules import Person
from maillage.directory.models import Organisation
from maillage.kernel.once import SentBefore, once
from maillage.space import actions
from maillage.space.forms import ClaimForm
from maillage.space.notices import has_manager


def _find(slug: str) -> Organisation:
    organisation = Organisation.objects.published().filter(slug=slug).first()
    if organisation is None:
        raise Http404
    return organisation


def _form(request: HttpRequest, *, is_sent: bool = False) -> ClaimForm:
    known = prefill_from_account(cast("Person", request.user), name="name", email="email")
    return ClaimForm(request.POST if is_sent else None, prefills=known)


def _page(
    request: HttpRequest, organisation: Organisation, form: ClaimForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "organisation": organisation,
        "form": form,
        "hint": masked(organisation.email),
        "has_manager": has_manager(organisation),
        "refusal": refusal,
    }
    return render(request, "space/claim.html", context, status=status)


def masked(email: str) -> str:
    """Enough of an address to recognise one's own: « c…@ressourcerie.fr »; "" without one."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}" if domain else ""


@require_safe
@never_cache
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """The two ways: a letter to the known address, or a word to the territory's team."""
    return _page(request, _find(slug), _form(request))


@require_POST
def by_letter(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = _find(slug)
    try:
        once(request, actions.ask_by_letter, organisation=organisation, at=timezone.now())
    except (actions.ClaimRefused, SentBefore) as refusal:
        return _page(request, organisation, _form(request), refusal=refusal.phrase, status=409)
    return render(request, "space/claimed.html", {"organisation": organisation, "hint": masked(organisation.email)})


@require_POST
def by_agent(request: HttpRequest, slug: str) -> HttpResponse:
    organisation, form = _find(slug), _form(request, is_sent=True)
    if not form.is_valid():
        return _page(request, organisation, form, status=422)
    if not form.is_from_a_machine():
        said = {name: form.cleaned_data[name] for name in ("name", "email", "proof")}
        try:
            once(request, actions.open_claim, organisation=organisation, at=timezone.now(), **said)
        except actions.ClaimRefused:  # it waits already: to say so would tell others who asked for what
            pass
        except SentBefore as refusal:
            return _page(request, organisation, form, refusal=refusal.phrase, status=409)
    return render(request, "space/claimed.html", {"organisation": organisation, "hint": ""})
