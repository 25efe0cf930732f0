"""Who gets what and when; agents hold, let go, send now, cancel, and settle what left perhaps."""

from __future__ import annotations

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.kernel.registry import letter_kinds
from maillage.outbox import actions, phrases, queries, rules, writing
from maillage.outbox.enums import State
from maillage.outbox.forms import LetterFilters
from maillage.outbox.models import Letter
from ui import french

PAGE_SIZE = 50
LIST = "mail_office:letters"
GATHERED = "Lettre groupée"
# Verb, its words, the states from which it may be asked.
VERBS: dict[str, tuple[str, frozenset[str], Callable[..., None]]] = {
    "hold": ("Retenir", frozenset({State.WAITING, State.PENDING}), actions.hold),
    "release": ("Remettre en route", frozenset({State.HELD}), actions.release),
    "send_now": (
        "Envoyer maintenant",
        frozenset({State.WAITING, State.PENDING, State.HELD, State.FAILED}),
        actions.send_now,
    ),
    "cancel": ("Annuler", frozenset({State.WAITING, State.PENDING, State.HELD}), actions.cancel),
    "has_left": (
        "Elle est bien arrivée",
        frozenset({State.UNCERTAIN}),
        lambda **facts: actions.settle(has_left=True, **facts),
    ),
    "send_again": (
        "La renvoyer",
        frozenset({State.UNCERTAIN}),
        lambda **facts: actions.settle(has_left=False, **facts),
    ),
}
IN_BULK = ("hold", "release", "send_now", "cancel")


def letters_crumb() -> tuple[str, str]:
    return "Courrier", reverse(LIST)


@require_GET
@behind(rules.may_work_on_mail)
def letters(request: HttpRequest) -> HttpResponse:
    filters = LetterFilters(request.GET)
    page = Paginator(queries.letters(filters.wanted()), PAGE_SIZE).get_page(request.GET.get("page"))
    return show(
        request,
        "outbox/backoffice/letters.html",
        title="Courrier",
        icon="mail",
        filters=filters,
        page=page,
        rows=[(letter, label_of(letter)) for letter in page],
        today=queries.mail_today(),
        verbs=[(verb, VERBS[verb][0]) for verb in IN_BULK],
        query=request.GET.urlencode(),
    )


def label_of(letter: Letter) -> str:
    """What sort of letter it is, in French."""
    kind = letter_kinds().get(letter.kind)
    return kind.label if kind else GATHERED


@require_GET
@behind(rules.may_work_on_mail)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: what it would say now, what it carries, what was decided."""
    found = find(queries.letter(pk), pk)
    carried = list(queries.carried_by(found))
    return show(
        request,
        "outbox/backoffice/letter.html",
        title=label_of(found),
        icon="mail",
        crumbs=[letters_crumb()],
        letter=found,
        carried=[(one, label_of(one)) for one in carried],
        about=queries.names_of([found]).get((found.object_type, found.object_id)),
        preview=_preview(found),
        verbs=[(verb, words) for verb, (words, states, _) in VERBS.items() if found.state in states],
        acts=[(act, phrases.VERBS.get(act.verb, act.verb)) for act in queries.acts_on(found)],
    )


def _preview(found: Letter) -> str:
    kind = letter_kinds().get(found.kind)
    if kind is not None and kind.is_secret:
        return "Cette lettre contient un secret qui n’appartient qu’à son destinataire : personne d’autre ne la lit."
    try:
        rendered = writing.preview(found, at=timezone.now())
    except Exception:  # noqa: BLE001 — the fault of a room's kind is what an agent comes here to see
        return "Cette lettre ne peut pas être écrite : prévenez la personne qui s’occupe du logiciel."
    return "Il n’y a plus rien à dire : cette lettre ne partira pas." if rendered is None else rendered.text


@require_POST
@behind(rules.may_work_on_mail)
def act(request: OfficeRequest, pk: int, verb: str) -> HttpResponse:
    found = find(queries.letter(pk), pk)
    if verb in VERBS:
        try:
            VERBS[verb][2](letter=found, by=request.user, at=timezone.now())
        except actions.LetterMoved as refusal:
            messages.error(request, refusal.phrase)
        else:
            messages.success(request, f"C’est fait : {VERBS[verb][0].lower()}.")
    return redirect("mail_office:letter", pk)


@require_POST
@behind(rules.may_work_on_mail)
def bulk(request: OfficeRequest) -> HttpResponse:
    """The same act on each letter that is ticked; those that moved meanwhile are left alone, and counted."""
    verb, done, moved = request.POST.get("verb", ""), 0, 0
    ids = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal() and len(pk) < 19]
    if verb in IN_BULK:
        for one in queries.letters({}).filter(pk__in=ids[:PAGE_SIZE]):
            try:
                VERBS[verb][2](letter=one, by=request.user, at=timezone.now())
            except actions.LetterMoved:
                moved += 1
            else:
                done += 1
    if done:
        messages.success(request, f"{VERBS[verb][0]} : {french.plural(done, 'lettre')}.")
    if moved:
        left = french.plural(moved, "lettre")
        messages.warning(request, f"{left} : pas dans un état qui le permet. Rien n’y a été changé.")
    if not done and not moved:
        messages.warning(request, "Cochez d’abord au moins une lettre.")
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return redirect(f"{reverse(LIST)}?{query}" if query else reverse(LIST))
