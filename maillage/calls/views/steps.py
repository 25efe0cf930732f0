"""The pages of an application, one by one: saved by their button, or as one goes when scripts run."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.calls import actions, budget, keys
from maillage.calls.enums import Step
from maillage.calls.forms.applying import PledgesForm, ProjectForm, StepForm, StructureForm
from maillage.calls.forms.budget import BudgetForm
from maillage.calls.forms.questions import QuestionsForm
from maillage.calls.models import Application
from maillage.calls.phrases import applying as phrases
from maillage.calls.plots import plots_of
from maillage.calls.queries import missing, pieces
from maillage.calls.views.held import held, person
from maillage.kernel.once import SentBefore, once
from ui import french

FORMS: dict[Step, type[StepForm]] = {
    Step.STRUCTURE: StructureForm, Step.PROJECT: ProjectForm, Step.BUDGET: BudgetForm,
    Step.QUESTIONS: QuestionsForm, Step.PLEDGES: PledgesForm,
}  # fmt: skip
STEPS = list(Step)


@require_http_methods(["GET", "HEAD", "POST"])
@held
def step(request: HttpRequest, application: Application, step: str) -> HttpResponse:
    """`/moi/demandes/<reference>/etapes/<step>/`"""
    if step not in Step.values or (request.method == "POST" and step == Step.PIECES):
        raise Http404
    here = Step(step)
    if here == Step.PIECES:
        return _page(request, application, here, None)
    if request.method != "POST":
        return _page(request, application, here, FORMS[here](application=application))
    return _save(request, application, here)


def _save(request: HttpRequest, application: Application, here: Step) -> HttpResponse:
    form = FORMS[here](request.POST, application=application)
    if not form.is_valid():
        return _page(request, application, here, form, status=422)
    save = partial(
        actions.save_application, application=application, values=form.values(), by=person(request),
        version=form.cleaned_data["version"], at=timezone.now(),
    )  # fmt: skip
    try:
        # As one goes, the same page is sent many times with other words: the version keeps them in order.
        kept = save() if request.headers.get("HX-Request") else once(request, save)
    except actions.ApplicationMoved as moved:
        form.show_beside(moved.application)
        return _page(request, application, here, form, status=409)
    except (actions.CallRefused, SentBefore) as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, refusal.phrase)
        return _page(request, application, here, form, status=409)
    if request.headers.get("HX-Request"):
        return _saved(request, here, kept, was=application)
    messages.success(request, f"{phrases.SAVED}.")
    return redirect(_next(here, kept))


def _next(here: Step, application: Application) -> Any:
    """The page that comes after, or the whole of the application."""
    rank = STEPS.index(here) + 1
    return application if rank == len(STEPS) else f"{application.get_absolute_url()}etapes/{STEPS[rank].value}/"


def _saved(request: HttpRequest, here: Step, kept: Application, *, was: Application) -> HttpResponse:
    """What changed on the page: the version, what is missing, the notes of what is retyped, the totals."""
    at = french.time(timezone.localtime(timezone.now()))
    context = {
        "said": f"{phrases.SAVED} ({at}).", "version": kept.version,
        "retyped": [keys.anchor_of(key) for key in sorted(was.origins.keys() - kept.origins)],
        "lacks": _lacks(here, missing.lacks_by_step(kept)),
        **(_sums(kept) if here == Step.BUDGET else {}),
    }  # fmt: skip
    return render(request, "calls/_saved.html", context)


def _lacks(here: Step, steps: list[tuple[Step, str, list[missing.Lack]]]) -> list[missing.Lack]:
    return next(lacks for one, _, lacks in steps if one == here)


def _page(
    request: HttpRequest, application: Application, here: Step, form: StepForm | None, *, status: int = 200
) -> HttpResponse:
    if request.headers.get("HX-Request") and form is not None:
        lost = phrases.MOVED if status == 409 else phrases.NOT_SAVED.format(fields=form.faults())
        return render(request, "calls/_saved.html", {"said": lost, "retyped": []}, status=422)
    steps = missing.lacks_by_step(application)
    context: dict[str, Any] = {
        "application": application, "form": form, "steps": steps, "here": here, "rank": STEPS.index(here) + 1,
        "lacks": _lacks(here, steps),
        "misfits": missing.misfits(application.call, application.organisation, application.commune),
    }  # fmt: skip
    if here == Step.BUDGET:
        context |= _sums(application)
    elif here == Step.PIECES:
        context["pieces"] = pieces.rows_of(application, on=timezone.localdate())
    elif here == Step.PLEDGES:
        context |= {"promises": phrases.CER_PROMISES, "cer_version": phrases.CER_VERSION}
    return render(request, f"calls/steps/{here.value}.html", context, status=status)


def _sums(application: Application) -> dict[str, Any]:
    lines = list(application.forecast.order_by("code", "pk"))
    on = timezone.localdate(application.created_at)
    return {"totals": budget.totals(lines), "plots": plots_of(lines, on=on)}
