"""The plan as agents steer it: what is late first, one page for a measure, one change for several."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.accounts.models import User
from maillage.strategy import actions, queries
from maillage.strategy.forms.book import RenameForm
from maillage.strategy.forms.money import BudgetChangeForm, BudgetLineForm
from maillage.strategy.forms.plan import BulkForm, NewsForm, PlanFilters, SteerForm, StepForm
from maillage.strategy.models import BudgetLine, Measure, Strategy
from maillage.strategy.queries import standings
from maillage.strategy.queries.budget import budget_of
from maillage.strategy.queries.evidence import groups_of, likely, rules_offered
from maillage.strategy.queries.questions import waiting_count
from maillage.strategy.rules import may_steer

LATEST_PROOFS = 30


@require_GET
@behind(may_steer)
def measures(request: OfficeRequest) -> HttpResponse:
    """All measures of the plan (some thirty: no paging), filtered by the address."""
    strategy = queries.home_strategy()
    if strategy is None:
        return show(request, "strategy/backoffice/measures.html", title="Plan d’action", icon="list-ul")
    return _list(request, strategy, BulkForm(measures=Measure.objects.none(), on=today()))


def _list(request: OfficeRequest, strategy: Strategy, bulk: BulkForm, status: int = 200) -> HttpResponse:
    every = standings.standings(standings.measures_of(strategy), today())
    filters = PlanFilters(request.GET, axes=queries.axes_of(strategy))
    return show(
        request, "strategy/backoffice/measures.html", title="Plan d’action", icon="list-ul", status=status,
        strategy=strategy, rows=standings.wanted(every, filters.wanted(), request.user),
        sums=standings.sums(every), questions=waiting_count(strategy), filters=filters,
        is_filtered=bool(filters.wanted()), bulk=bulk,
    )  # fmt: skip


@require_POST
@behind(may_steer)
def many(request: OfficeRequest) -> HttpResponse:
    """One change for the measures that are ticked."""
    strategy = queries.home_strategy()
    if strategy is None:
        raise Http404
    form = BulkForm(request.POST, measures=standings.measures_of(strategy), on=today())
    if form.is_valid():
        chosen = list(form.cleaned_data["measures"])
        try:
            changed = actions.steer_many(measures=chosen, facts=form.facts, by=request.user, at=timezone.now())
        except actions.SteeringRefused as refusal:
            form.add_error(None, refusal.phrase)
        else:
            messages.success(request, f"Mesures changées : {changed} sur {len(chosen)} cochées.")
            return redirect("strategy_office:measures")
    return _list(request, strategy, form, status=422)


@behind(may_steer)
def measure(request: OfficeRequest, pk: int) -> HttpResponse:
    """Everything about one measure; POST changes where it stands."""
    found = find(Measure.objects.select_related("axis", "strategy"), pk)
    form, status = SteerForm(request.POST or None, measure=found, on=today()), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.steer_measure(
                    measure=found, facts=form.facts, by=request.user, at=timezone.now(),
                    seen_at=form.cleaned_data["seen_at"],
                )  # fmt: skip
            except actions.SteeringRefused as refusal:
                form.add_error(refusal.field or None, refusal.phrase)
                status = 422 if refusal.field else 409
            else:
                messages.success(request, "C’est enregistré.")
                return redirect("strategy_office:measure", found.pk)
    return show_measure(request, found, form=form, status=status)


def show_measure(request: OfficeRequest, found: Measure, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one measure; a form that was refused takes the place of the fresh one."""
    [standing] = standings.standings([found], today())
    wrong_step = forms.get("step_form")
    steps = [
        (step, wrong_step if wrong_step and wrong_step.step == step else StepForm(step=step))
        for step in standing.steps
    ]  # fmt: skip
    return show(
        request, "strategy/backoffice/measure.html", title=str(found), icon="list-ul", status=status,
        crumbs=[("Plan d’action", reverse("strategy_office:measures"))], measure=found, standing=standing, steps=steps,
        form=forms.get("form") or SteerForm(measure=found, on=today()),
        new_step=forms.get("new_step") or StepForm(), news_form=forms.get("news_form") or NewsForm(),
        budget=budget_of(found), lines=_lines(found, forms.get("line_form")), groups=groups_of(found, LATEST_PROOFS),
        new_line=forms.get("new_line") or BudgetLineForm(year=today().year), rules=rules_offered(found),
        words=request.GET.get("preuve", ""), likely=likely(request.GET.get("preuve", "")),
        rename=RenameForm(initial={"title": found.title, "summary": found.summary}),
        news=found.news.select_related("by").order_by("-news_date", "-pk")[:20],
    )  # fmt: skip


def _lines(found: Measure, wrong: BudgetChangeForm | None) -> list[tuple[BudgetLine, BudgetChangeForm]]:
    lines = found.budget.order_by("year", "stage", "funder")
    return [(one, wrong if wrong and wrong.line == one else BudgetChangeForm(line=one)) for one in lines]


def plan_panel(user: User) -> dict[str, Any] | None:
    """On the home: what is late, what comes within two weeks, what nobody answers for; None without a plan."""
    strategy = queries.home_strategy()
    if strategy is None or not may_steer(user, on=today()):
        return None
    every = standings.standings(standings.measures_of(strategy), today())
    return {"watch": standings.watch(every, today()), "questions": waiting_count(strategy)}
