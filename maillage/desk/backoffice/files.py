"""Files as agents find them: the list with its filters, a request noted for somebody, the hand-over."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, show, today
from maillage.accounts.enums import Role
from maillage.accounts.queries import holders
from maillage.desk import actions, phrases, queries
from maillage.desk.forms.office import HandOverForm, ListForm
from maillage.desk.forms.requesting import NoteForm
from maillage.desk.queries.files import LISTS
from maillage.desk.rules import may_follow
from maillage.desk.views.own import note as note_request
from maillage.kernel.once import SentBefore
from maillage.territories.queries import home_epcis

TITLE, ICON, PER_PAGE = "Guichet", "help", 30


@require_GET
@behind(may_follow)
def files(request: OfficeRequest) -> HttpResponse:
    """One of eight lists; ?liste= chooses, the rest narrows."""
    colleagues = holders([Role.AGENT], on=today())
    form = ListForm(request.GET, epcis=home_epcis(), colleagues=colleagues)
    said = form.cleaned_data if form.is_valid() else {}
    which = request.GET.get("liste", "")
    adviser, epci = said.get("suivi"), said.get("cc")
    asked = queries.Asked(
        which=which if which in LISTS else "a-repondre", words=said.get("q", ""), stage=said.get("etape", ""),
        epci=epci.pk if epci else "", adviser=adviser.pk if adviser else None,
    )  # fmt: skip
    at = timezone.now()
    waiting, rows = queries.counts(by=request.user, at=at), queries.listed(asked, by=request.user, at=at)
    return show(
        request, "desk/backoffice/files.html", title=TITLE, icon=ICON, form=form, asked=asked,
        lists=[(key, label, waiting.get(key)) for key, label in LISTS.items()], today=today(),
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    )  # fmt: skip


@behind(may_follow)
def note(request: OfficeRequest) -> HttpResponse:
    """Note a request for somebody met or called."""
    form, status = NoteForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = note_request(request, form, by=request.user)
            except (actions.DeskRefused, SentBefore) as refusal:
                field = getattr(refusal, "field", "")
                form.add_error(field if field in form.fields else None, refusal.phrase)
                status = 409 if isinstance(refusal, SentBefore) else 422
            else:
                messages.success(request, f"Demande notée, référence {made.reference}.")
                return redirect("desk_office:project", made.pk)
    return show(
        request, "desk/backoffice/note.html", title="Noter une demande", icon="plus", status=status, form=form,
        crumbs=crumbs(), health=phrases.HEALTH,
    )  # fmt: skip


@behind(may_follow)
def hand_over(request: OfficeRequest) -> HttpResponse:
    """Every open file of one colleague goes to another, in one act."""
    colleagues = holders([Role.AGENT], on=today())
    form, status = HandOverForm(request.POST or None, colleagues=colleagues), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                count = actions.hand_over(by=request.user, at=timezone.now(), **form.facts)
            except actions.DeskRefused as refusal:
                form.add_error(refusal.field or None, refusal.phrase)
            else:
                messages.success(request, f"Dossiers passés : {count}. Leur histoire et leurs promesses suivent.")
                return redirect("desk_office:files")
    return show(
        request, "desk/backoffice/act.html", title="Passer tous les dossiers", icon="user", status=status, form=form,
        crumbs=crumbs(), button="Passer ces dossiers",
        lead="Les dossiers ouverts d’une personne passent à une autre, avec leur histoire et ce qui est promis.",
    )  # fmt: skip


def crumbs() -> list[tuple[str, str]]:
    return [(TITLE, reverse("desk_office:files"))]
