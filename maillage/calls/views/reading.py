"""What everybody reads of calls, and the questions that anybody asks about one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views import limits
from maillage.calls import actions, call_paper, ics
from maillage.calls.forms.asking import CallQuestionForm
from maillage.calls.models import Call
from maillage.calls.phrases.calls import STATE_TONES
from maillage.calls.queries import calls as reads
from maillage.directory.enums import Family
from maillage.kernel.once import SentBefore, once


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """`/appels/`: open ones first."""
    topic = request.GET.get("sujet", "")[:60]
    return render(request, "calls/calls.html", {**_lists(topic), "topic": topic})


def _lists(topic: str) -> dict[str, Any]:
    at = timezone.now()
    return {
        name: [(call, call.state_at(at), STATE_TONES[call.state_at(at)]) for call in rows]
        for name, rows in reads.public_calls(at, topic=topic).items()
    }


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """`/appels/calendrier.ics`: the ends to come, for a calendar that follows them."""
    told = reads.public_calls(timezone.now())
    return HttpResponse(ics.closings([*told["open"], *told["to_come"]]), content_type=ics.CONTENT_TYPE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """`/appels/<slug>/`: the call, and its questions; POST asks one."""
    found = _found(slug)
    if request.method != "POST":
        return page(request, found, CallQuestionForm())
    form = CallQuestionForm(request.POST)
    if limits.is_too_fast(request, "call_question", limits.MESSAGES):
        return limits.too_fast(request)
    if form.is_from_a_machine():
        return redirect(found)
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
    elif form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("text", "email")}
        try:
            once(request, actions.ask_about_call, call=found, at=timezone.now(), **said)
        except (actions.CallRefused, SentBefore) as refusal:
            form.add_error(None, refusal.phrase)
        else:
            messages.success(request, "Votre question est arrivée. La réponse paraîtra ici, pour tous.")
            return redirect(f"{found.get_absolute_url()}#questions")
    return page(request, found, form, status=422)


def _found(slug: str) -> Call:
    found = reads.public_call(slug)
    if found is None:
        raise Http404
    return found


def page(
    request: HttpRequest, found: Call, form: CallQuestionForm | None, *, status: int = 200, is_preview: bool = False
) -> HttpResponse:
    """The page of a call, published or looked at before."""
    state = found.state_at(timezone.now())
    context = {
        "call": found, "state": state, "tone": STATE_TONES[state], "form": form, "is_preview": is_preview,
        "is_open": state == "open" and not is_preview, **reads.call_facts(found),
        "families": [Family(one).label for one in found.families],
        "trail": [{"label": "Appels", "url": reverse("calls:calls")}],
    }  # fmt: skip
    return render(request, "calls/call.html", context, status=status)


@require_safe
def rules_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """`/appels/<slug>/reglement.pdf`: the whole of a call on paper."""
    found = _found(slug)
    answer = HttpResponse(call_paper.rules(found, on=timezone.localdate()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="reglement-{found.slug}.pdf"'
    return answer
