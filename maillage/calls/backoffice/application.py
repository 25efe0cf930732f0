"""One application, and each act on it. An act is one small form: `_act` reads it and calls its verb."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.acting import pressed, tried
from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.calls import actions, report
from maillage.calls.backoffice.applications import ICON, crumbs
from maillage.calls.enums import EXAMINED, ApplicationState
from maillage.calls.forms import review as forms
from maillage.calls.forms.outside import AskOutsideForm, NoteOutsideForm
from maillage.calls.models import Application, OutsideOpinion
from maillage.calls.phrases import outside as outside_phrases
from maillage.calls.phrases import review as phrases
from maillage.calls.queries import office
from maillage.calls.queries.admissibility import points_of
from maillage.calls.queries.jury import may_stay_away
from maillage.calls.queries.meetings import dated_meetings
from maillage.calls.queries.pieces import documents_of
from maillage.calls.queries.reopening import keys_of
from maillage.calls.rules import may_examine

Verb = Callable[..., object]
MEDIA_TYPES = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text"}


def _found(request: OfficeRequest, pk: int) -> Application:
    """What this person stays away from is not there."""
    return find(office.office_applications(request.user, today()), pk)


@require_GET
@behind(may_examine)
def application(request: OfficeRequest, pk: int) -> HttpResponse:
    """The whole file; that it was read is written down."""
    found = _found(request, pk)
    actions.note_application_reading(application=found, by=request.user, at=timezone.now())
    return _file(request, found)


def _file(request: OfficeRequest, found: Application, *, wrong: Any = None) -> HttpResponse:
    """The page of a file; a form that was refused takes the place of the fresh one."""
    file = office.file_of(found, by=request.user, on=today())
    fresh = {
        "points": forms.PointsForm(points=file["points"]), "inadmissible": forms.ReasonForm(),
        "completion": forms.CompletionForm(choices=keys_of(found)), "close": forms.CloseForm(),
        "opinion": forms.OpinionForm(meetings=dated_meetings()),
        "recusal": forms.RecusalForm(people=may_stay_away(found, today())), "back": forms.TakeBackForm(),
        "outside": AskOutsideForm(files=documents_of(found)),
    }  # fmt: skip
    state = ApplicationState(found.state)
    named = {**fresh, **({wrong.word: wrong} if wrong else {})}
    outside = [(one, _note_form(one, wrong) if one.is_open else None) for one in file.pop("outside")]
    return show(
        request, "calls/backoffice/applications/application.html", title=found.title, icon=ICON, crumbs=crumbs(),
        status=422 if wrong else 200, application=found, wrong=wrong.word if wrong else "",
        forms=named, outside=outside, **file,
        is_looked_at=state in (ApplicationState.SUBMITTED, ApplicationState.INADMISSIBLE),
        is_completed=state in (ApplicationState.SUBMITTED, ApplicationState.REVIEW),
        is_incomplete=state == ApplicationState.INCOMPLETE,
        is_asked=state in EXAMINED,
        is_judged=state in (ApplicationState.REVIEW, ApplicationState.OPINION),
    )  # fmt: skip


def _note_form(one: OutsideOpinion, wrong: Any) -> NoteOutsideForm:
    form = NoteOutsideForm(opinion=one)
    return wrong if wrong is not None and wrong.word == form.word else form


def _act(request: OfficeRequest, found: Application, form: Any, verb: Verb, done: str) -> HttpResponse:
    """Read the form, call the verb, say that it is done; refused, the file shows the form with its faults."""

    def act() -> bool:
        verb(application=found, by=request.user, at=timezone.now(), **form.facts)
        return True

    if tried(form, act, actions.CallRefused):
        messages.success(request, done)
        return _back(request, found)
    return _file(request, found, wrong=form)


def _back(request: OfficeRequest, found: Application) -> HttpResponse:
    """To the file, or to the list when it is hidden from this person now."""
    if office.office_applications(request.user, today()).filter(pk=found.pk).exists():
        return redirect("applications_office:application", found.pk)
    return redirect("applications_office:applications")


@require_POST
@behind(may_examine)
def points(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = forms.PointsForm(request.POST, points=points_of(found))
    return _act(request, found, form, actions.check_admissibility, "Points de recevabilité enregistrés.")


@require_POST
@behind(may_examine)
def admit(request: OfficeRequest, pk: int) -> HttpResponse:
    found, done = _found(request, pk), "Recevable\u00a0: le jury peut le lire."
    verb = partial(actions.declare_admissible, application=found, by=request.user, at=timezone.now())
    pressed(request, done, verb, actions.CallRefused)
    return redirect("applications_office:application", pk)


@require_POST
@behind(may_examine)
def reject(request: OfficeRequest, pk: int) -> HttpResponse:
    done = "Déclaré irrecevable. La structure reçoit la raison par lettre."
    return _act(request, _found(request, pk), forms.ReasonForm(request.POST), actions.declare_inadmissible, done)


@require_POST
@behind(may_examine)
def complete(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = forms.CompletionForm(request.POST, choices=keys_of(found))
    return _act(
        request, found, form, actions.ask_completion, "Complément demandé\u00a0: la structure reçoit une lettre."
    )


@require_POST
@behind(may_examine)
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    done = "Le complément n’est plus attendu."
    return _act(request, _found(request, pk), forms.CloseForm(request.POST), actions.close_completion, done)


@require_POST
@behind(may_examine)
def opinion(request: OfficeRequest, pk: int) -> HttpResponse:
    form = forms.OpinionForm(request.POST, meetings=dated_meetings())
    return _act(request, _found(request, pk), form, actions.give_opinion, "Avis du comité noté.")


@require_POST
@behind(may_examine)
def ask_outside(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = AskOutsideForm(request.POST, files=documents_of(found))
    return _act(request, found, form, actions.ask_outside, outside_phrases.ASKED)


@require_POST
@behind(may_examine)
def withdraw_outside(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    row = find(_found(request, pk).outside_opinions.all(), item)
    verb = partial(actions.withdraw_outside, opinion=row, by=request.user, at=timezone.now())
    pressed(request, outside_phrases.WITHDRAWN, verb, actions.CallRefused)
    return redirect("applications_office:application", pk)


@require_POST
@behind(may_examine)
def note_outside(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    """What the person said by telephone."""
    found = _found(request, pk)
    row = find(found.outside_opinions.all(), item)

    def verb(*, application: Application, **said: Any) -> object:
        return actions.note_outside(opinion=row, **said)

    return _act(request, found, NoteOutsideForm(request.POST, opinion=row), verb, outside_phrases.NOTED)


@require_POST
@behind(may_examine)
def recuse(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = forms.RecusalForm(request.POST, people=may_stay_away(found, today()))
    return _act(request, found, form, actions.recuse, "Déport noté. Ce dossier ne lui est plus montré.")


@require_POST
@behind(may_examine)
def take_back(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    found, form = _found(request, pk), forms.TakeBackForm(request.POST)
    row = find(found.recusals.all(), item)
    if not form.is_valid():
        messages.error(request, phrases.RECUSAL_WHY)
        return redirect("applications_office:application", pk)
    verb = partial(actions.take_back_recusal, recusal=row, by=request.user, at=timezone.now(), **form.facts)
    pressed(request, "Ce déport est retiré, et la raison gardée.", verb, actions.CallRefused)
    return redirect("applications_office:application", pk)


@require_GET
@behind(may_examine)
def report_file(request: OfficeRequest, pk: int, kind: str) -> HttpResponse:
    """The report on this application, as this person may read it."""
    found = _found(request, pk)
    file, at = office.file_of(found, by=request.user, on=today()), timezone.now()
    actions.note_application_reading(application=found, by=request.user, at=at)
    draw = report.report_pdf if kind == "pdf" else report.report_odt
    answer = HttpResponse(draw(found, file, at), content_type=MEDIA_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="rapport-{found.number}.{kind}"'
    return answer
