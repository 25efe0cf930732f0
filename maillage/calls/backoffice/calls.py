"""Calls as agents prepare, publish and follow them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.acting import pressed, tried
from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.calls import actions
from maillage.calls.forms import office_calls as forms
from maillage.calls.models import Call, Scheme
from maillage.calls.phrases.calls import LOOKS_LIKE_A_PURCHASE, STATE_TONES, STEPS
from maillage.calls.queries import calls as reads
from maillage.calls.rules import may_keep_calls
from maillage.calls.views.reading import page
from maillage.kernel.once import SentBefore, once

ICON, PER_PAGE = "form", 30
ROWS = Call.objects.select_related("scheme__authority", "scheme__measure", "line")


def crumbs(call: Call | None = None) -> list[tuple[str, str]]:
    path = [("Appels", reverse("calls_office:calls"))]
    return path if call is None else [*path, (call.title, reverse("calls_office:call", args=[call.pk]))]


@require_GET
@behind(may_keep_calls)
def calls(request: OfficeRequest) -> HttpResponse:
    """One of four lists; ?liste= chooses."""
    which, at = request.GET.get("liste", ""), timezone.now()
    which = which if which in reads.LISTS else "ouverts"
    found = Paginator(reads.office_calls(which, at, by=request.user), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request, "calls/backoffice/calls.html", title="Appels", icon=ICON, which=which, lists=reads.LISTS.items(),
        page=found, rows=[(one, one.state_at(at).label) for one in found], has_schemes=Scheme.objects.exists(),
    )  # fmt: skip


@behind(may_keep_calls)
def new(request: OfficeRequest, pk: int) -> HttpResponse:
    """A new call of a scheme."""
    scheme = find(Scheme.objects.select_related("authority"), pk)
    form, status = forms.CallWriteForm(request.POST or None, scheme=scheme), 200
    if request.method == "POST":
        status = 422
        made = tried(
            form,
            lambda: once(request, actions.draft_call, scheme=scheme, by=request.user, at=timezone.now(), **form.facts),
            (actions.CallRefused, SentBefore),
        )
        if made is not None:
            messages.success(request, "Brouillon gardé. La liste dit ce qui manque avant de publier.")
            return redirect("calls_office:call", made.pk)
    return show(
        request, "calls/backoffice/form.html", title="Nouvel appel", icon="plus", status=status, form=form,
        crumbs=crumbs(), button="Garder ce brouillon", lead=f"{scheme}, {scheme.authority}. Rien n’est public encore.",
    )  # fmt: skip


@require_GET
@behind(may_keep_calls)
def call(request: OfficeRequest, pk: int) -> HttpResponse:
    return _page(request, find(ROWS, pk))


def _page(request: OfficeRequest, found: Call, *, status: int = 200, **given: Any) -> HttpResponse:
    """Everything about one call; a form that was refused takes the place of the fresh one."""
    at = timezone.now()
    state = found.state_at(at)
    questions = [(one, forms.AnswerForm(auto_id=f"q{one.pk}-%s", initial={"answer": one.answer}))
                 for one in reads.questions_of(found)]  # fmt: skip
    return show(
        request, "calls/backoffice/call.html", title=found.title, icon=ICON, crumbs=crumbs(), status=status,
        call=found, state=state, tone=STATE_TONES[state], warning=_warning(found.scheme),
        preparation=reads.preparation(found, at), facts=reads.call_facts(found), office_questions=questions,
        reopenings=reads.reopenings_of(found, by=request.user),
        reopen_form=given.get("reopen_form") or forms.ReopenForm(auto_id="reopen-%s"),
        copy_form=given.get("copy_form") or forms.CopyForm(initial={"title": f"{found.title} (suite)"[:120]}),
        received=reads.received(found, by=request.user),
        steps=[(one, STEPS[one]) for one in reads.next_steps(found, at)],
    )  # fmt: skip


def _warning(scheme: Scheme) -> str:
    return LOOKS_LIKE_A_PURCHASE if scheme.defines_need else ""


@behind(may_keep_calls)
def text(request: OfficeRequest, pk: int) -> HttpResponse:
    """The words, the money, the dates and the places of a call."""
    found = find(ROWS, pk)
    form, status = forms.CallWriteForm(request.POST or None, scheme=found.scheme, call=found), 200
    if request.method == "POST":
        status = 422
        if tried(
            form,
            lambda: actions.revise_call(call=found, by=request.user, at=timezone.now(), **form.facts),
            actions.CallRefused,
        ):
            messages.success(request, "Enregistré.")
            return redirect("calls_office:call", pk)
    lead = "L’appel est publié : ses règles d’argent et ses lieux ne changent plus." if found.published_at else ""
    return show(
        request, "calls/backoffice/form.html", title="Texte, argent et dates", icon="edit", status=status, form=form,
        crumbs=crumbs(found), button="Enregistrer", lead=lead,
    )  # fmt: skip


def _table(
    kind: Any, title: str, lead: str, known: Callable[[Call], list[dict[str, Any]]],
    write: Callable[..., object],
) -> Callable[..., HttpResponse]:  # fmt: skip
    """The view of a table of rows that one writes: criteria, documents, questions of the form."""

    @behind(may_keep_calls)
    def view(request: OfficeRequest, pk: int) -> HttpResponse:
        found, status, refused = find(ROWS, pk), 200, ""
        table = forms.rows_of(kind, request.POST or None, known(found))
        if request.method == "POST":
            status = 422
            if table.is_valid():
                try:
                    write(call=found, table=table, by=request.user, at=timezone.now())
                except actions.CallRefused as refusal:
                    refused = refusal.phrase
                else:
                    messages.success(request, "Enregistré.")
                    return redirect("calls_office:call", pk)
        return show(
            request, "calls/backoffice/rows.html", title=title, icon="list-ul", status=status,
            crumbs=crumbs(found), call=found, table=table, lead=lead, noun=kind.noun, refused=refused,
        )  # fmt: skip

    return view


def _write_blocks(*, call: Call, table: Any, **signed: Any) -> None:
    actions.set_blocks(call=call, blocks=forms.blocks_in(table), **signed)


def _write_criteria(*, call: Call, table: Any, **signed: Any) -> None:
    actions.set_criteria(call=call, rows=forms.criteria_in(table), **signed)


def _write_pieces(*, call: Call, table: Any, **signed: Any) -> None:
    actions.set_pieces(call=call, rows=forms.pieces_in(table), **signed)


blocks = _table(
    forms.BlockRow, "Questions de cet appel",
    "Le projet, le budget, les pièces et les attestations sont toujours demandés : n’ajoutez que le reste. Une ligne "
    "sans question est retirée. Après la publication, un changement fait une nouvelle version ; les brouillons gardent "
    "la leur.",
    lambda call: forms.known_blocks(reads.latest_form(call).blocks), _write_blocks,
)  # fmt: skip
criteria = _table(
    forms.CriterionRow,
    "Critères",
    "Notés de 0 à 5 ; leurs poids font 100. Une ligne sans critère est retirée.",
    forms.known_criteria,
    _write_criteria,
)
pieces = _table(
    forms.PieceRow,
    "Pièces demandées",
    "Une pièce que le profil des structures garde déjà ne leur est pas redemandée : dites laquelle.",
    forms.known_pieces,
    _write_pieces,
)


@require_GET
@behind(may_keep_calls)
def preview(request: OfficeRequest, pk: int) -> HttpResponse:
    """The page of the call, as everybody will read it."""
    return page(request, find(ROWS, pk), None, is_preview=True)


def _plain(request: OfficeRequest, pk: int, done: str, verb: Callable[..., object], **facts: Any) -> HttpResponse:
    pressed(request, done, partial(verb, by=request.user, at=timezone.now(), **facts), actions.CallRefused)
    return redirect("calls_office:call", pk)


@require_POST
@behind(may_keep_calls)
def publish(request: OfficeRequest, pk: int) -> HttpResponse:
    done = "Publié : la page est publique, et la clôture est dans l’agenda."
    return _plain(request, pk, done, actions.publish_call, call=find(ROWS, pk))


@require_POST
@behind(may_keep_calls)
def move(request: OfficeRequest, pk: int) -> HttpResponse:
    """To the examination, to the decisions taken, to the archive."""
    found, form = find(ROWS, pk), forms.MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez une étape.")
        return redirect("calls_office:call", pk)
    return _plain(request, pk, "C’est noté.", actions.move_call, call=found, to=form.cleaned_data["to"])


@require_POST
@behind(may_keep_calls)
def reopen(request: OfficeRequest, pk: int) -> HttpResponse:
    """Until a moment, for a reason that stays."""
    found, form = find(ROWS, pk), forms.ReopenForm(request.POST, auto_id="reopen-%s")
    if tried(
        form,
        lambda: actions.reopen_call(call=found, by=request.user, at=timezone.now(), **form.cleaned_data),
        actions.CallRefused,
    ):
        messages.success(request, "Rouvert. La raison reste au dossier.")
        return redirect("calls_office:call", pk)
    return _page(request, found, status=422, reopen_form=form)


@require_POST
@behind(may_keep_calls)
def copy(request: OfficeRequest, pk: int) -> HttpResponse:
    """A draft that starts from this one."""
    found, form = find(ROWS, pk), forms.CopyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, copy_form=form)
    made = actions.copy_call(call=found, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "Copié : il reste à donner les dates et l’enveloppe.")
    return redirect("calls_office:call", made.pk)


@require_POST
@behind(may_keep_calls)
def question(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    """Answer a question in public, or set it aside."""
    found = find(ROWS, pk)
    row, form = find(found.questions.all(), item), forms.AnswerForm(request.POST)
    if "aside" in request.POST:
        return _plain(request, pk, "Mise de côté.", actions.set_question_aside, question=row)
    if not form.is_valid():
        messages.error(request, "Écrivez une réponse.")
        return redirect("calls_office:call", pk)
    done = "Réponse publiée."
    return _plain(request, pk, done, actions.answer_about_call, question=row, **form.cleaned_data)
