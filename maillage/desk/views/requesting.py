"""Ask the desk for help: one page, seven questions, without an account; finish it later from a letter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.accounts.models import User
from maillage.accounts.queries import prefill_from_account
from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views import limits
from maillage.desk import actions, phrases
from maillage.desk.forms.requesting import RequestForm
from maillage.desk.models import Draft, Project
from maillage.kernel.once import SentBefore, once
from maillage.outbox import links
from maillage.outbox.links import Link
from maillage.outbox.views.links import by_letter, dead


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """`/guichet/`"""
    by = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        prefills = prefill_from_account(request.user, name="name", email="email")
        return _page(
            request, RequestForm(by=by, prefills=prefills, initial={"commune": request.GET.get("commune", "")})
        )
    return _answer(request, RequestForm(request.POST, by=by))


def _answer(request: HttpRequest, form: RequestForm) -> HttpResponse:
    """What was typed, from the page or from the letter of a draft."""
    if limits.is_too_fast(request, "desk", limits.MESSAGES):
        return limits.too_fast(request)
    if form.is_from_a_machine():
        return _thanks(request, None, address="")
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return _page(request, form)
    email = str(request.POST.get("email", "")).strip().lower()
    if email and limits.is_too_fast(request, "write_from", limits.LETTERS_TO_ONE_ADDRESS, key=email):
        return limits.too_fast(request)
    return _later(request, form) if "later" in request.POST else _send(request, form)


def _send(request: HttpRequest, form: RequestForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form)
    try:
        project = once(request, actions.send_request, asked=form.asked, user=form.by, at=timezone.now())
    except (actions.DeskRefused, SentBefore) as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, refusal.phrase)
        return _page(request, form, status=409 if isinstance(refusal, SentBefore) else 422)
    return _thanks(request, project, address=form.cleaned_data.get("email", ""))


def _later(request: HttpRequest, form: RequestForm) -> HttpResponse:
    """Keep what was typed, right or wrong; only the address has to be one."""
    email = form.by.email if form.by else str(request.POST.get("email", "")).strip()
    wrong = () if form.by else form.errors.get("email", ())
    if not email or wrong:
        return _page(request, _only_wrong(form, "email", phrases.ADDRESS_FOR_LATER))
    try:
        actions.keep_draft(email=email, answers=form.draft(), at=timezone.now())
    except actions.DeskRefused as refusal:
        return _page(request, _only_wrong(form, refusal.field, refusal.phrase))
    return render(request, "desk/kept.html", {"address": email, "canonical_url": ""})


def _only_wrong(form: RequestForm, field: str, phrase: str) -> RequestForm:
    """Nothing else is asked of a draft."""
    form.full_clean()
    form.errors.clear()
    form.add_error(field, phrase)
    return form


def _page(request: HttpRequest, form: RequestForm, *, status: int = 422, resumed: bool = False) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "health": phrases.HEALTH, "resumed": resumed, "canonical_url": ""}
    return render(request, "desk/ask.html", context, status=status if form.errors else 200)


def _thanks(request: HttpRequest, project: Project | None, *, address: str) -> HttpResponse:
    context = {"project": project, "address": address, "is_known": request.user.is_authenticated, "canonical_url": ""}
    return render(request, "desk/sent.html", context)


@by_letter
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """The draft of this letter, in the form again. It is sent here too: a page without referrer sends to no other."""
    link = links.read(token, at=timezone.now())
    if link.purpose is not None and link.purpose.key != "desk.resume":
        link = Link("unknown")
    draft = None
    if link.standing == "good" and link.occasion is not None:
        draft = Draft.objects.filter(pk=link.occasion.object_id or 0).first()
    if draft is None:
        gone = Link("overtaken", purpose=link.purpose, occasion=link.occasion)
        return dead(request, link if link.standing != "good" else gone)
    if request.method == "POST":
        return _answer(request, RequestForm(request.POST))
    return _page(request, RequestForm(initial={**draft.answers, "email": draft.email}), resumed=True)
