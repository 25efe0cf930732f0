"""What letters cannot do: calls and checks, asked by ladders and by letters that died."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.kernel import registry
from maillage.outbox import actions, queries, rules
from maillage.outbox.backoffice.letters import letters_crumb
from maillage.outbox.forms import DoneForm, PlanForm

PAGE_SIZE = 50


@require_GET
@behind(rules.may_work_on_mail)
def to_dos(request: HttpRequest) -> HttpResponse:
    """What is open; with ?faites=1 what was done."""
    is_done = request.GET.get("faites") == "1"
    page = Paginator(queries.to_dos(is_done=is_done), PAGE_SIZE).get_page(request.GET.get("page"))
    names = queries.names_of(page.object_list)
    return show(
        request,
        "outbox/backoffice/to_dos.html",
        title="À faire",
        icon="tasks",
        crumbs=[letters_crumb()],
        page=page,
        rows=[(one, names.get((one.object_type, one.object_id)), registry.asides(one)) for one in page],
        is_done=is_done,
        form=DoneForm(auto_id=False),
        today=today(),
    )


@require_POST
@behind(rules.may_work_on_mail)
def done(request: OfficeRequest, pk: int) -> HttpResponse:
    to_do, form = find(queries.to_dos(is_done=False), pk), DoneForm(request.POST)
    if form.is_valid():
        actions.do(to_do=to_do, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
        messages.success(request, "C’est noté.")
    else:
        messages.error(request, "Cinq cents signes au plus : le reste n’a pas été enregistré.")
    return redirect("mail_office:to_dos")


@require_POST
@behind(rules.may_work_on_mail)
def plan(request: OfficeRequest, pk: int) -> HttpResponse:
    """Another day, or somebody who takes it."""
    to_do, form = find(queries.to_dos(is_done=False), pk), PlanForm(request.POST)
    if form.is_valid():
        # Not ticked, it stays with the colleague who has it; it is given back only when it was mine.
        kept = None if to_do.owner == request.user else to_do.owner
        owner = request.user if form.cleaned_data["is_mine"] else kept
        actions.plan_to_do(
            to_do=to_do, due_date=form.cleaned_data["due_date"], owner=owner, by=request.user, at=timezone.now()
        )  # fmt: skip
        messages.success(request, "C’est noté.")
    else:
        messages.error(request, "Ce jour ne se lit pas : choisissez-le dans le calendrier.")
    return redirect("mail_office:to_dos")


@require_POST
@behind(rules.may_work_on_mail)
def undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put back what was ticked by mistake, the same day."""
    if actions.undo_done(to_do=find(queries.to_dos(is_done=True), pk), by=request.user, at=timezone.now()):
        messages.success(request, "C’est de nouveau à faire.")
    else:
        messages.error(request, "Cela ne se défait que le jour même.")
    return redirect("mail_office:to_dos")
