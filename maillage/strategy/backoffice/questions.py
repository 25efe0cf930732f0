"""What inhabitants asked: the one that waits longest first, then its answer."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.strategy import actions
from maillage.strategy.enums import Asking
from maillage.strategy.forms.questions import AnswerForm
from maillage.strategy.models import Question
from maillage.strategy.queries import home_strategy
from maillage.strategy.queries.questions import for_the_team
from maillage.strategy.rules import may_steer

PER_PAGE = 20
STATES = (Asking.OPEN, Asking.ANSWERED, Asking.SET_ASIDE)
CRUMB = ("Plan d’action", "strategy_office:measures")


@require_GET
@behind(may_steer)
def questions(request: OfficeRequest) -> HttpResponse:
    """`?etat=` one of STATES."""
    strategy, state = home_strategy(), request.GET.get("etat", "")
    if strategy is None:
        raise Http404
    state = state if state in STATES else Asking.OPEN
    page = Paginator(for_the_team(strategy, state), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request, "strategy/backoffice/questions.html", title="Questions des habitants", icon="help",
        crumbs=[(CRUMB[0], reverse(CRUMB[1]))], page=page, state=state, states=STATES,
    )  # fmt: skip


@behind(may_steer)
def question(request: OfficeRequest, pk: int) -> HttpResponse:
    """Answer it, or set it aside; again changes the words."""
    found = find(Question.objects.exclude(state=Asking.WRITTEN).select_related("measure"), pk)
    form, status = AnswerForm(request.POST or None, question=found), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            words, is_answer = form.cleaned_data["answer"], form.cleaned_data["outcome"] == AnswerForm.ANSWER
            try:
                if is_answer:
                    actions.answer_question(question=found, answer=words, by=request.user, at=timezone.now())
                else:
                    actions.set_aside_question(question=found, reason=words, by=request.user, at=timezone.now())
            except actions.SteeringRefused as refusal:
                form.add_error(refusal.field or None, refusal.phrase)
            else:
                told = "La réponse est publiée, et part par lettre." if is_answer else "C’est dit à la personne seule."
                messages.success(request, told)
                return redirect("strategy_office:questions")
    return show(
        request, "strategy/backoffice/question.html", title="Une question", icon="help", status=status,
        crumbs=[(CRUMB[0], reverse(CRUMB[1])), ("Questions", reverse("strategy_office:questions"))],
        question=found, form=form,
    )  # fmt: skip
