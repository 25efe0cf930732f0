"""One file, and each act on it. An act is one small form: `_act` reads it and calls its verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.accounts.enums import Role
from maillage.accounts.queries import holders
from maillage.desk import actions, phrases, queries
from maillage.desk.backoffice.files import ICON, crumbs
from maillage.desk.enums import ANSWERS, ASKED_LATER, Advice, Standing
from maillage.desk.forms import office as forms
from maillage.desk.forms.portfolio import ShowForm
from maillage.desk.models import Project
from maillage.desk.rules import may_follow
from maillage.desk.views.own import sheet_answer
from maillage.discussion.actions import DiscussionRefused
from maillage.discussion.queries import glance
from maillage.kernel.once import SentBefore, once
from maillage.strategy.queries import home_measures

Verb = Callable[..., Model | None]


@require_GET
@behind(may_follow)
def project(request: OfficeRequest, pk: int) -> HttpResponse:
    """The whole file; that it was read is written down."""
    found = find(_rows(), pk)
    actions.note_reading(project=found, by=request.user, at=timezone.now())
    return _file(request, found)


@require_GET
@behind(may_follow)
def sheet(request: OfficeRequest, pk: int) -> HttpResponse:
    """`…/fiche.pdf`: what the holder may read, on paper; that it was taken is written down too."""
    found = find(_rows(), pk)
    actions.note_reading(project=found, by=request.user, at=timezone.now())
    return sheet_answer(found)


def _rows() -> Any:
    return Project.objects.select_related(
        "commune__epci", "adviser", "organisation", "measure", "consent_by", "workshop"
    )


def _file(request: OfficeRequest, found: Project, *, status: int = 200, wrong: Any = None) -> HttpResponse:
    """The page of a file; a form that was refused takes the place of the fresh one."""
    named: dict[str, Any] = {
        "answer": forms.AnswerForm, "note": forms.NoteForm, "interview": forms.InterviewForm,
        "stage": forms.StageForm, "diagnosis": forms.DiagnosisForm, "advice": forms.RecommendForm,
        "refer": forms.ReferForm, "pause": forms.PauseForm, "close": forms.CloseForm, "effort": forms.EffortForm,
        "involve": forms.InvolveForm, "contact": forms.ContactForm,
    }  # fmt: skip
    fresh = {name: kind(project=found) for name, kind in named.items()}
    fresh["assign"] = forms.AssignForm(colleagues=holders([Role.AGENT], on=today()))
    fresh["show"] = ShowForm(project=found, is_noted=True)
    return show(
        request, "desk/backoffice/project.html", title=found.title, icon=ICON, crumbs=crumbs(), status=status,
        project=found, is_open=found.standing != Standing.CLOSED, is_new=found.standing == Standing.NEW,
        forms={**fresh, **({wrong.word: wrong} if wrong else {})},
        wrong=wrong.word if wrong else "", today=today(), **queries.office_file(found),
        states=Advice.choices, answers=[(one.value, one.label) for one in ANSWERS],
        circle=glance(request.user, found.circle), diagnosis=queries.diagnosis_rows(found),
        moments=queries.timeline(found), proposals=queries.proposals(found)[:6],
        aids=queries.aids_for(found, on=today()).fitting[: queries.SHOWN],
    )  # fmt: skip


def _act(request: OfficeRequest, found: Project, form: Any, verb: Verb, done: str) -> HttpResponse:
    """Read the form, call the verb once, say that it is done; refused, the file shows the form with its faults."""
    if form.is_valid():
        try:
            once(request, verb, project=found, by=request.user, at=timezone.now(), **form.facts)
        except (actions.DeskRefused, DiscussionRefused, SentBefore) as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, refusal.phrase)
        else:
            messages.success(request, done)
            return redirect(f"{reverse('desk_office:project', args=[found.pk])}#{form.word}")
    return _file(request, found, status=422, wrong=form)


def act(kind: Any, verb: Verb, done: str) -> Callable[..., HttpResponse]:
    """The view of one act on a file."""

    @require_POST
    @behind(may_follow)
    def view(request: OfficeRequest, pk: int) -> HttpResponse:
        found = find(_rows(), pk)
        return _act(request, found, kind(request.POST, project=found), verb, done)

    return view


answer = act(forms.AnswerForm, actions.write_to_holder, "Message envoyé. La personne le reçoit par lettre.")
note = act(forms.NoteForm, actions.write_note, "Note gardée, pour l’équipe seule.")
interview = act(forms.InterviewForm, actions.log_interview, "Entretien noté.")
stage = act(forms.StageForm, actions.move_stage, "Étape enregistrée.")
diagnosis = act(forms.DiagnosisForm, actions.diagnose, "Le point est fait. Celui d’avant est gardé.")
advice = act(forms.RecommendForm, actions.recommend, "Étape proposée. La personne la reçoit par lettre.")
refer = act(forms.ReferForm, actions.propose_referral, "Proposé. Rien n’est dit au partenaire avant l’accord.")
effort = act(forms.EffortForm, actions.log_effort, "Temps noté.")
involve = act(forms.InvolveForm, actions.involve, "Structure ajoutée au projet.")
contact = act(forms.ContactForm, actions.add_contact, "Personne ajoutée. Si elle porte le projet, une lettre lui part.")


def _nothing(verb: Callable[..., object]) -> Verb:
    """A verb that makes no row, as `once` wants it."""

    def done(**facts: Any) -> None:
        verb(**facts)

    return done


pause = act(forms.PauseForm, _nothing(actions.pause), "En pause : plus de relance jusqu’à ce jour.")


@require_POST
@behind(may_follow)
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    """End the file; whether news will be asked depends on what became of the project."""
    found = find(_rows(), pk)
    form = forms.CloseForm(request.POST, project=found)
    is_asked = form.is_valid() and form.cleaned_data["outcome"] in ASKED_LATER
    done = phrases.CLOSED_NEWS_LATER if is_asked else phrases.CLOSED_FOR_GOOD
    return _act(request, found, form, actions.close_project, done)


@require_POST
@behind(may_follow)
def assign(request: OfficeRequest, pk: int) -> HttpResponse:
    found = find(_rows(), pk)
    form = forms.AssignForm(request.POST, colleagues=holders([Role.AGENT], on=today()))
    return _act(request, found, form, _nothing(actions.assign), "Dossier confié.")


@require_POST
@behind(may_follow)
def show_to_all(request: OfficeRequest, pk: int) -> HttpResponse:
    """In the portfolio, as the holder agreed on the telephone; or out of it."""
    found = find(_rows(), pk)
    if "hide" in request.POST:
        return _plain(request, found, "Retiré du portefeuille.", actions.hide_project, project=found)
    form = ShowForm(request.POST, project=found, is_noted=True)
    return _act(request, found, form, _nothing(actions.show_project), "Le projet est montré à tous.")


@require_POST
@behind(may_follow)
def resume(request: OfficeRequest, pk: int) -> HttpResponse:
    """Go on with what was paused, or open again what was closed."""
    found = find(_rows(), pk)
    verb = actions.reopen_project if found.standing == Standing.CLOSED else actions.resume
    return _plain(request, found, "Le suivi reprend.", verb, project=found)


@behind(may_follow)
def revise(request: OfficeRequest, pk: int) -> HttpResponse:
    """What the file is about."""
    found = find(_rows(), pk)
    form = forms.ReviseForm(request.POST or None, project=found, measures=home_measures())
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_project(project=found, by=request.user, at=timezone.now(), **form.facts)
        except actions.DeskRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("desk_office:project", pk)
    return show(
        request, "desk/backoffice/act.html", title="De quoi parle ce projet", icon=ICON, form=form,
        crumbs=[*crumbs(), (str(found), reverse("desk_office:project", args=[pk]))], button="Enregistrer",
        lead="L’idée reste telle qu’elle a été dite.", status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
@behind(may_follow)
def advice_state(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    """Where a recommendation stands, said for the holder."""
    found = find(_rows(), pk)
    row, form = find(found.recommendations, item), forms.AdviceStateForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez un état.")
        return redirect("desk_office:project", pk)
    return _plain(request, found, "C’est noté.", actions.move_advice, recommendation=row, **form.facts)


@require_POST
@behind(may_follow)
def referral(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    """What happens to a referral: the holder agreed on the telephone, the partner answered, it is over."""
    found = find(_rows(), pk)
    row, what = find(found.referrals, item), request.POST.get("what", "")
    if what == "agree":
        done = "Accord noté : le partenaire est sollicité."
        return _plain(request, found, done, actions.agree_referral, referral=row, noted_by=request.user)
    if what == "close":
        return _plain(request, found, "Terminé.", actions.close_referral, referral=row)
    form = forms.PartnerAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez la réponse du partenaire.")
        return redirect("desk_office:project", pk)
    return _plain(request, found, "Réponse notée.", actions.answer_referral, referral=row, **form.facts)


@require_POST
@behind(may_follow)
def news(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    """What a closed project has become, as its holder said it on the telephone."""
    found = find(_rows(), pk)
    row, form = find(found.checks, item), forms.NewsForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Dites si le projet existe toujours.")
        return redirect("desk_office:project", pk)
    return _plain(request, found, "Nouvelles notées.", actions.answer_check, check=row, **form.facts)


@require_POST
@behind(may_follow)
def remove(request: OfficeRequest, pk: int, what: str, item: int) -> HttpResponse:
    """Take back a structure, a person, a half-day."""
    found = find(_rows(), pk)
    verbs: dict[str, tuple[Any, str, Callable[..., object]]] = {
        "structure": (found.involvements, "involvement", actions.uninvolve),
        "personne": (found.contacts, "contact", actions.remove_contact),
        "temps": (found.efforts, "effort", actions.remove_effort),
    }
    if what not in verbs:
        raise Http404
    rows, name, verb = verbs[what]
    return _plain(request, found, "Retiré.", verb, **{name: find(rows, item)})


def _plain(
    request: OfficeRequest, found: Project, done: str, verb: Callable[..., object], **facts: Any
) -> HttpResponse:
    """Call a verb that needs no form of its own, and go back to the file."""
    try:
        verb(by=request.user, at=timezone.now(), **facts)
    except actions.DeskRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, done)
    return redirect("desk_office:project", found.pk)
