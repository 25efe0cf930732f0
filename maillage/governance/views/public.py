"""What everybody reads of bodies, and how one enters them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.accounts.models import User
from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views.limits import LETTERS_TO_ONE_ADDRESS, MESSAGES, is_too_fast, too_fast
from maillage.governance import actions
from maillage.governance.enums import Joining, Kind
from maillage.governance.forms.bodies import AskForm, EnterForm
from maillage.governance.models import Body
from maillage.governance.queries import actions as tasks
from maillage.governance.queries import bodies as reads
from maillage.governance.queries import meetings
from maillage.kernel.once import SentBefore, once
from maillage.kernel.page_cache import cache_public

MINUTES_PER_PAGE = 10


@require_safe
@cache_public
def index(request: HttpRequest) -> HttpResponse:
    """`/instances/`: every body, and how one enters."""
    return render(request, "governance/index.html", {"lines": reads.body_lines(timezone.now())})


@require_safe
def collective(request: HttpRequest) -> HttpResponse:
    """`/collectif/` leads to the collective of the territory."""
    found = Body.objects.filter(kind=Kind.COLLECTIVE).first()
    if found is None:
        raise Http404
    return HttpResponseRedirect(found.get_absolute_url())


@require_safe
@cache_public
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: purpose, next meetings, minutes, who agreed to be named, how to join."""
    found, at = get_object_or_404(Body.objects.select_related("measure"), slug=slug), timezone.now()
    context = {
        "body": found, "line": reads.line_of(found, at), "named": reads.named_members(found, at),
        "colleges": reads.colleges_of(found, at),
        "contact": settings.CONTACT, "may_ask": found.joining != Joining.NAMED,
        "to_come": meetings.upcoming(found, at), "decisions": tasks.public_decisions(found),
        "minuted": Paginator(meetings.minuted(found), MINUTES_PER_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "governance/body.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """`/instances/<slug>/rejoindre/`: an address for an open body, a manager's request for the others."""
    found = get_object_or_404(Body, slug=slug)
    if found.joining == Joining.OPEN:
        return _enter(request, found)
    if found.joining == Joining.ON_ACCEPTANCE:
        return _ask(request, found)
    return _page(request, found, None)


def _enter(request: HttpRequest, body: Body) -> HttpResponse:
    user = request.user
    known = {"name": user.get_full_name(), "email": user.email} if isinstance(user, User) else {}
    if request.method != "POST":
        return _page(request, body, EnterForm(body=body, initial=known))
    if is_too_fast(request, "enter_body", MESSAGES):
        return too_fast(request)
    form = EnterForm(request.POST, body=body)
    if not form.is_valid():
        return _page(request, body, form)
    if form.is_from_a_machine():
        return _thanks(request, body, is_letter=True)
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return _page(request, body, form)
    said = {name: form.cleaned_data[name] for name in ("name", "email")}
    if is_too_fast(request, "enter_body_address", LETTERS_TO_ONE_ADDRESS, key=said["email"].lower()):
        return too_fast(request)
    try:
        once(request, actions.ask_to_enter, body=body, at=timezone.now(), **said)
    except (actions.GovernanceRefused, SentBefore) as refusal:
        return _refused(request, body, form, refusal)
    return _thanks(request, body, is_letter=True)


def _ask(request: HttpRequest, body: Body) -> HttpResponse:
    if not isinstance(request.user, User):
        return _page(request, body, None)
    organisations = reads.managed_by(request.user)
    if not organisations.exists():
        return _page(request, body, None)
    form = AskForm(request.POST or None, body=body, organisations=organisations)
    if request.method != "POST" or not form.is_valid():
        return _page(request, body, form)
    said = form.cleaned_data
    try:
        once(
            request, actions.ask_to_join, body=body, organisation=said["organisation"], words=said["words"],
            accepts_charter=said.get("charter", True), by=request.user, at=timezone.now(),
        )  # fmt: skip
    except (actions.GovernanceRefused, SentBefore) as refusal:
        return _refused(request, body, form, refusal)
    return _thanks(request, body, is_letter=False)


def _refused(request: HttpRequest, body: Body, form: Any, refusal: Any) -> HttpResponse:
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, refusal.phrase)
    return _page(request, body, form, status=409 if isinstance(refusal, SentBefore) else 422)


def _page(request: HttpRequest, body: Body, form: Any, *, status: int = 422) -> HttpResponse:
    context = {"body": body, "form": form, "canonical_url": "", "contact": settings.CONTACT, "kind": body.joining}
    return render(request, "governance/join.html", context, status=status if form is not None and form.errors else 200)


def _thanks(request: HttpRequest, body: Body, *, is_letter: bool) -> HttpResponse:
    return render(request, "governance/asked.html", {"body": body, "is_letter": is_letter, "canonical_url": ""})
