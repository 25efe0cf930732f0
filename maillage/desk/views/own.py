"""The page of a project, for who holds it; and what a liaison officer notes and sees of their CC."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.accounts.models import User
from maillage.accounts.rules import Person
from maillage.desk import actions, paper, phrases, queries
from maillage.desk.enums import Advice, Channel, Turn, Usefulness
from maillage.desk.forms.own import AdviceForm, RateForm, WordsForm
from maillage.desk.forms.portfolio import ShowForm
from maillage.desk.forms.requesting import NoteForm
from maillage.desk.models import Project
from maillage.desk.rules import may_relay
from maillage.discussion import actions as discussion
from maillage.kernel.once import SentBefore, once
from maillage.space.deciding import epcis_of_officer

PER_PAGE = 20


def held(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the project that this person holds; for anybody else there is none."""

    @wraps(view)
    def guarded(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        project = queries.own_project(cast("User", request.user), reference)
        if project is None:
            raise Http404
        return view(request, project, **kwargs)

    return never_cache(guarded)


@require_GET
@held
def project(request: HttpRequest, project: Project) -> HttpResponse:
    """`/moi/projets/<reference>/`"""
    return _page(request, project)


@require_GET
@held
def sheet(request: HttpRequest, project: Project) -> HttpResponse:
    """`…/fiche.pdf`: the project on paper."""
    return sheet_answer(project)


def sheet_answer(project: Project) -> HttpResponse:
    """The sheet of a project, handed over to be kept."""
    response = HttpResponse(paper.sheet(project, on=timezone.localdate()), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"projet-{project.reference}.pdf"
    )
    return response


def _page(
    request: HttpRequest, project: Project, *, status: int = 200, form: WordsForm | None = None,
    showing: ShowForm | None = None,
) -> HttpResponse:  # fmt: skip
    file = queries.public_file(project, cast("User", request.user))
    steps = [(one, AdviceForm(recommendation=one) if one.is_open else None) for one in file["recommendations"]]
    context = {
        **file, "project": project, "steps": steps, "form": form or WordsForm(),
        "showing": showing or ShowForm(project=project),
        "is_open": project.standing != "closed", "usefulness": Usefulness.choices,
    }  # fmt: skip
    return render(request, "desk/project.html", context, status=status)


@require_POST
@held
def seen(request: HttpRequest, project: Project) -> HttpResponse:
    """The page tells, once it is read, that what it proposes was seen."""
    actions.note_seen(project=project, by=cast("User", request.user), at=timezone.now())
    return HttpResponse(status=204)


@require_POST
@held
def say(request: HttpRequest, project: Project) -> HttpResponse:
    """A word to the desk, in the thread of the project."""
    form, user = WordsForm(request.POST), cast("User", request.user)
    if not form.is_valid():
        return _page(request, project, status=422, form=form)
    try:
        once(request, actions.write_from_holder, project=project, words=form.cleaned_data["words"], by=user,
             at=timezone.now())  # fmt: skip
    except (actions.DeskRefused, discussion.DiscussionRefused, SentBefore) as refusal:
        form.add_error("words", refusal.phrase)
        return _page(request, project, status=409, form=form)
    messages.success(request, "Votre message est parti. La personne qui vous suit le reçoit.")
    return redirect(project)


@require_POST
@held
def advice(request: HttpRequest, project: Project, pk: int) -> HttpResponse:
    """Where a recommendation stands."""
    found = get_object_or_404(project.recommendations, pk=pk)
    form = AdviceForm(request.POST, recommendation=found)
    if form.is_valid():
        said = form.cleaned_data
        _do(request, "C’est noté.", actions.move_advice, recommendation=found, state=Advice(said["state"]),
            answer=said["answer"], seen=said["seen"])  # fmt: skip
    else:
        messages.error(request, "Choisissez où vous en êtes.")
    return redirect(f"{project.get_absolute_url()}#etape-{found.pk}")


@require_POST
@held
def agree(request: HttpRequest, project: Project, pk: int) -> HttpResponse:
    """Agree to what is told to a partner, or not."""
    found = get_object_or_404(project.referrals, pk=pk)
    if "refuse" in request.POST:
        _do(request, "C’est noté : rien ne sera dit à ce partenaire.", actions.refuse_referral, referral=found)
    else:
        _do(
            request,
            "C’est noté : nous contactons ce partenaire, et vous saurez sa réponse.",
            actions.agree_referral,
            referral=found,
        )
    return redirect(project)


@require_POST
@held
def rate(request: HttpRequest, project: Project, pk: int) -> HttpResponse:
    """Did the partner help?"""
    found = get_object_or_404(project.referrals.filter(state=Turn.CLOSED), pk=pk)
    form = RateForm(request.POST)
    if form.is_valid():
        usefulness = Usefulness(form.cleaned_data["usefulness"])
        _do(request, "Merci de votre réponse.", actions.rate_referral, referral=found, usefulness=usefulness)
    return redirect(project)


@require_POST
@held
def show(request: HttpRequest, project: Project) -> HttpResponse:
    """In the portfolio with these words, or out of it."""
    if "hide" in request.POST:
        _do(request, "Votre projet n’est plus montré.", actions.hide_project, project=project)
        return redirect(project)
    form = ShowForm(request.POST, project=project)
    if not form.is_valid():
        return _page(request, project, status=422, showing=form)
    _do(request, "Votre projet est montré à tous.", actions.show_project, project=project, **form.facts)
    return redirect(f"{project.get_absolute_url()}#montrer")


@require_POST
@held
def news(request: HttpRequest, project: Project, pk: int) -> HttpResponse:
    """What the project has become."""
    found = get_object_or_404(project.checks.filter(asked_at__isnull=False), pk=pk)
    _do(request, "Merci des nouvelles.", actions.answer_check, check=found, is_alive="alive" in request.POST,
        words=request.POST.get("words", ""))  # fmt: skip
    return redirect(project)


def _do(request: HttpRequest, done: str, verb: Callable[..., object], **facts: Any) -> None:
    try:
        verb(by=request.user, at=timezone.now(), **facts)
    except actions.DeskRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, done)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def relay(request: HttpRequest) -> HttpResponse:
    """`/moi/guichet/`, for liaison officers: note a request for somebody, then the files of their CC."""
    today = timezone.localdate()
    decision = may_relay(cast("Person", request.user), on=today)
    if not decision:
        return render(request, "accounts/refused.html", {"decision": decision}, status=403)
    user = cast("User", request.user)
    epcis = epcis_of_officer(user, on=today)
    form, status = NoteForm(request.POST or None, epcis=epcis, initial={"channel": Channel.MET.value}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = note(request, form, by=user)
            except (actions.DeskRefused, SentBefore) as refusal:
                field = getattr(refusal, "field", "")
                form.add_error(field if field in form.fields else None, refusal.phrase)
                status = 409 if isinstance(refusal, SentBefore) else 422
            else:
                messages.success(request, f"Demande notée, référence {made.reference}. {made.adviser or ''} répondra.")
                return redirect("desk:relay")
    page = Paginator(queries.of_officer(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "health": phrases.HEALTH, "today": today}
    return render(request, "desk/relay.html", context, status=status)


def note(request: HttpRequest, form: NoteForm, *, by: User) -> Project:
    """Note a request for somebody; the form is valid."""
    return once(
        request, actions.send_request, asked=form.asked, channel=Channel(form.cleaned_data["channel"]), noted_by=by,
        has_consent=form.cleaned_data["has_consent"], at=timezone.now(),
    )  # fmt: skip
