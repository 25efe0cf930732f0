"""What letters cannot do: calls and checks, asked by ladders and by letters that died."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.outbox import actions, queries, rules
from maillage.outbox.backoffice.letters import letters_crumb
from maillage.outbox.forms import DoneForm

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
        rows=[(one, names.get((one.object_type, one.object_id))) for one in page],
        is_done=is_done,
        form=DoneForm(auto_id=False),
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
