"""The jury's own pages: its calls, the promise, the files, one file beside its grid, a recusal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.calls import actions
from maillage.calls.forms.jury import GridForm, PledgeForm, RecuseForm
from maillage.calls.models import Application, Review, Reviewer
from maillage.calls.phrases import review as phrases
from maillage.calls.queries import jury as queries
from maillage.calls.views.held import person

BOTH = require_http_methods(["GET", "POST"])


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing at all; None when the page is only read."""
    return request.POST if request.method == "POST" else None


def _reviewer(request: HttpRequest, slug: str) -> Reviewer:
    """This person's place in the jury; for anybody else there is no jury."""
    found = queries.jury_of(person(request), slug)
    if found is None:
        raise Http404
    return found


@never_cache
@require_GET
def juries(request: HttpRequest) -> HttpResponse:
    """`/moi/jury/`"""
    return render(request, "calls/jury/juries.html", {"juries": queries.juries_of(person(request))})


@never_cache
@BOTH
def jury(request: HttpRequest, slug: str) -> HttpResponse:
    """`/moi/jury/<call>/`: titles and names before the promise, the files after."""
    reviewer = _reviewer(request, slug)
    form = PledgeForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        actions.pledge(reviewer=reviewer, by=person(request), at=timezone.now())
        return redirect("calls:jury", slug)
    is_in = reviewer.pledged_at is not None
    context = {
        "call": reviewer.call, "is_in": is_in, "form": form,
        "titles": [] if is_in else list(queries.to_choose_from(reviewer)),
        "files": queries.files_of(reviewer, person(request), on=timezone.localdate()) if is_in else [],
    }  # fmt: skip
    return render(request, "calls/jury/jury.html", context, status=422 if form.errors else 200)


@never_cache
@BOTH
def review(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """`/moi/jury/<call>/<reference>/`: the file beside the grid; a draft is kept, then handed in."""
    reviewer = _reviewer(request, slug)
    application = _file(request, reviewer, reference)
    own = queries.own_review(reviewer, application)
    criteria = queries.criteria_of(reviewer.call)
    form = GridForm(_typed(request), criteria=criteria, review=own)
    if request.method == "POST" and form.is_valid():
        is_last = "hand_in" in request.POST
        verb = actions.hand_in_review if is_last else actions.save_review
        try:
            verb(application=application, by=person(request), at=timezone.now(), **form.facts)
        except actions.CallRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, phrases.HANDED_IN if is_last else phrases.KEPT)
            return redirect("calls:review", slug, reference)
    actions.note_application_reading(application=application, by=person(request), at=timezone.now())
    return _page(request, reviewer, application, form, own)


@require_POST
def take_back(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """`…/reprendre/`: the review that was handed in is a draft again."""
    application = _file(request, _reviewer(request, slug), reference)
    try:
        actions.take_back_review(application=application, by=person(request), at=timezone.now())
    except actions.CallRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, phrases.TAKEN_BACK)
    return redirect("calls:review", slug, reference)


def _file(request: HttpRequest, reviewer: Reviewer, reference: str) -> Application:
    found = queries.file_for(reviewer, person(request), reference, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, reviewer: Reviewer, application: Application, form: GridForm, own: Review | None
) -> HttpResponse:
    context: dict[str, Any] = {
        "call": reviewer.call, "application": application, "form": form, "review": own,
        "is_sent": own is not None and own.sent_at is not None, "may_judge": application.state == "review",
        **queries.reading_of(application, person(request), on=timezone.localdate()),
    }  # fmt: skip
    return render(request, "calls/jury/review.html", context, status=422 if form.errors else 200)


@never_cache
@BOTH
def recuse(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """`…/deport/`: from here on this person meets the file nowhere."""
    reviewer = _reviewer(request, slug)
    found = get_object_or_404(queries.to_choose_from(reviewer), reference=reference)
    form = RecuseForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        user = person(request)
        try:
            actions.recuse(application=found, user=user, by=user, at=timezone.now(), **form.cleaned_data)
        except actions.CallRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.phrase)
        else:
            messages.success(request, phrases.RECUSED)
            return redirect("calls:jury", slug)
    context = {"call": reviewer.call, "application": found, "form": form}
    return render(request, "calls/jury/recuse.html", context, status=422 if form.errors else 200)
