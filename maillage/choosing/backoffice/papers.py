"""Sheets of paper as agents type them, and the list of voices."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.choosing import actions, phrases
from maillage.choosing.backoffice.drafts import ICON, TITLE
from maillage.choosing.enums import Phase
from maillage.choosing.forms import BallotForm
from maillage.choosing.forms.office import SheetForm
from maillage.choosing.models import Consultation, Elector, PaperBallot
from maillage.choosing.queries import watching
from maillage.choosing.rules import may_run
from maillage.choosing.voices import roll as roll_of

PER_PAGE = 100


@require_http_methods(["GET", "POST"])
@behind(may_run)
def papers(request: OfficeRequest, pk: int) -> HttpResponse:
    """Type a sheet; the sheets that wait. What a colleague typed is not shown: each reads the paper."""
    found = find(Consultation.objects.all(), pk)
    sheet = SheetForm(
        request.POST or None, colleges=found.colleges.order_by("pk"), electors=watching.named(found, roll_of(found)),
        is_secret=found.is_secret,
    )  # fmt: skip
    ballot = BallotForm(
        request.POST if request.method == "POST" else None, consultation=found,
        options=list(found.options.order_by("letter")), with_code=False,
    )  # fmt: skip
    if request.method == "POST" and all([sheet.is_valid(), ballot.is_valid()]):
        try:
            typed = actions.type_paper(
                consultation=found, content=ballot.content, by=request.user, at=timezone.now(), **sheet.facts
            )
        except actions.ConsultationRefused as refusal:
            name = "whose" if refusal.field in {"college", "elector"} else refusal.field
            if name in sheet.fields or not name:
                sheet.add_error(name or None, refusal.phrase)
            else:
                ballot.refuse(refusal.phrase, refusal.field)
        else:
            _tell(request, typed)
            return redirect("choosing_office:papers", pk)
    return _page(request, found, sheet, ballot)


def _tell(request: OfficeRequest, typed: PaperBallot) -> None:
    if typed.counted_at is not None:
        messages.success(request, f"{typed}\u00a0: les deux saisies disent la même chose. Elle est comptée.")
    elif typed.is_mismatched:
        messages.warning(request, f"{typed}\u00a0: {phrases.MISMATCH}")
    else:
        messages.success(request, f"{typed} saisie. Une ou un collègue la saisit à son tour, puis elle compte.")


def _page(request: OfficeRequest, found: Consultation, sheet: SheetForm, ballot: BallotForm) -> HttpResponse:
    phase = found.phase_at(timezone.now())
    return show(
        request, "choosing/backoffice/papers.html", title="Bulletins de papier", icon=ICON, crumbs=_crumbs(found),
        consultation=found, sheet=sheet, ballot=ballot, waiting=watching.waiting_papers(found),
        counted=found.papers.exclude(counted_at=None).count(), may_type=phase in {Phase.OPEN, Phase.COUNTING},
        status=422 if sheet.errors or ballot.errors else 200,
    )  # fmt: skip


def _crumbs(found: Consultation) -> list[tuple[str, str]]:
    return [
        (TITLE, reverse("choosing_office:consultations")),
        (str(found), reverse("choosing_office:consultation", args=[found.pk])),
    ]


@require_GET
@behind(may_run)
def roll(request: OfficeRequest, pk: int) -> HttpResponse:
    """The voices of the lists, who voted and who did not; never what."""
    found, words = find(Consultation.objects.all(), pk), request.GET.get("q", "").strip()
    page = Paginator(roll_of(found, words=words), PER_PAGE).get_page(request.GET.get("page"))
    may_tick = found.is_secret and found.phase_at(timezone.now()) in {Phase.OPEN, Phase.COUNTING}
    return show(
        request, "choosing/backoffice/roll.html", title="Liste des voix", icon=ICON, crumbs=_crumbs(found),
        consultation=found, page=page, rows=watching.named(found, page), words=words, may_tick=may_tick,
    )  # fmt: skip


@require_POST
@behind(may_run)
def tick(request: OfficeRequest, pk: int) -> HttpResponse:
    """Secret vote: this voice took a sheet."""
    voice = find(Elector.objects.select_related("consultation", "college", "user"), pk)
    try:
        actions.tick_paper(elector=voice, by=request.user, at=timezone.now())
    except actions.ConsultationRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        ((_, name),) = watching.named(voice.consultation, [voice])
        messages.success(request, f"{name}\u00a0: cochée, elle vote sur papier.")
    return redirect("choosing_office:roll", voice.consultation_id)
