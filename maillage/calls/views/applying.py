"""Ask for an aid: begin, see what is missing, send, take back."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.calls import actions, keys, paper
from maillage.calls.enums import REACHED_FROM, ApplicationState, Step
from maillage.calls.forms.choosing import ApplyForm
from maillage.calls.models import Application, Call
from maillage.calls.phrases import applying as phrases
from maillage.calls.queries import missing, own
from maillage.calls.views.held import attempt, held, person
from maillage.kernel.once import SentBefore, once
from ui import french

PER_PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """`/appels/<slug>/demander/`: in whose name; the draft that was begun is gone on with."""
    call = get_object_or_404(Call.objects.published().select_related("scheme"), slug=slug)
    organisations, at = own.own_organisations(person(request)), timezone.now()
    form, status = ApplyForm(request.POST or None, organisations=organisations), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                begun = once(request, actions.begin_application, call=call, organisation=form.chosen,
                             by=person(request), at=at)  # fmt: skip
                return redirect("calls:step", begun.reference, Step.STRUCTURE.value)
            except (actions.CallRefused, SentBefore) as refusal:
                form.add_error(None, refusal.phrase)
                status = 409
    context = {
        "call": call, "form": form, "organisations": organisations, "decision": own.is_open_for(call, None, at),
        "misfits": [(one, missing.misfits(call, one, None)) for one in organisations],
    }  # fmt: skip
    return render(request, "calls/apply.html", context, status=status)


@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """`/moi/demandes/`"""
    page = Paginator(own.own_applications(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(one, phrases.OWN_STATES[ApplicationState(one.state)]) for one in page],
        "invitations": own.invitations_of(person(request)),
        "not_retyped": french.plural(own.not_retyped(person(request)), *phrases.NOT_RETYPED),
    }  # fmt: skip
    return render(request, "calls/mine.html", context)


@require_GET
@held
def application(request: HttpRequest, application: Application) -> HttpResponse:
    """`/moi/demandes/<reference>/`: where it stands, and what is missing."""
    return _page(request, application)


@require_POST
@held
def submit(request: HttpRequest, application: Application) -> HttpResponse:
    """Send it, by the clock of the server."""
    version = request.POST.get("version", "")
    try:
        sent = once(request, actions.submit_application, application=application, by=person(request),
                    version=int(version) if version.isdecimal() else -1, at=timezone.now())  # fmt: skip
    except (actions.CallRefused, actions.ApplicationMoved, SentBefore) as refusal:
        messages.error(request, refusal.phrase)
        return _page(request, application, status=409)
    messages.success(
        request, (phrases.COMPLETED if sent.completions.exists() else phrases.SUBMITTED).format(number=sent.number)
    )
    return redirect(sent)


@require_http_methods(["GET", "HEAD", "POST"])
@held
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """GET says what will happen, POST takes it back."""
    if request.method == "POST":
        verb = partial(
            actions.withdraw_application, application=application, by=person(request), at=timezone.now(),
            why=request.POST.get("why", "")[:400],
        )  # fmt: skip
        attempt(request, phrases.WITHDRAWN, verb)
        return redirect(application)
    return render(request, "calls/withdraw.html", {"application": application})


@require_GET
@held
def receipt(request: HttpRequest, application: Application) -> HttpResponse:
    """`…/recepisse.pdf`: what was sent, when, under which number."""
    found = own.receipt_of(application)
    if found is None:
        raise Http404
    return _pdf(paper.receipt_pdf(application, found), f"recepisse-{found.number}.pdf")


@require_GET
@held
def whole(request: HttpRequest, application: Application) -> HttpResponse:
    """`…/dossier.pdf`: all that it holds, as it stands."""
    return _pdf(paper.application_pdf(application), f"demande-{application.number or application.reference}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _page(request: HttpRequest, application: Application, *, status: int = 200) -> HttpResponse:
    at, steps = timezone.now(), missing.lacks_by_step(application) if application.is_writable else []
    state = ApplicationState(application.state)
    context = {
        "application": application, "state": phrases.OWN_STATES[state], "steps": steps,
        "is_whole": not any(lacks for _, _, lacks in steps),
        "decision": own.is_open_for(application.call, application, at),
        "closes_at": own.closing_for(application, at), "today": timezone.localdate(at),
        "misfits": missing.misfits(application.call, application.organisation, application.commune),
        "receipt": own.receipt_of(application), "completion": own.completion_of(application),
        "co_applicants": application.co_applicants.select_related("organisation").order_by("pk"),
        "not_retyped": french.plural(len(application.origins), *phrases.NOT_RETYPED) if application.origins else "",
        "may_invite": keys.has_open_partners(application),
        "may_withdraw": state in REACHED_FROM[ApplicationState.WITHDRAWN],
    }  # fmt: skip
    return render(request, "calls/application.html", context, status=status)
