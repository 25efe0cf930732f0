"""Addresses that get nothing more, and why; an agent who has heard from the person opens one again."""

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
from maillage.outbox.enums import StopReason

PAGE_SIZE = 50


@require_GET
@behind(rules.may_work_on_mail)
def stopped(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.stopped_mailboxes(), PAGE_SIZE).get_page(request.GET.get("page"))
    return show(
        request,
        "outbox/backoffice/stopped.html",
        title="Adresses arrêtées",
        icon="mail",
        crumbs=[letters_crumb()],
        page=page,
        erased=StopReason.ERASED.value,
    )


@require_POST
@behind(rules.may_work_on_mail)
def resume(request: OfficeRequest, pk: int) -> HttpResponse:
    actions.resume(mailbox=find(queries.stopped_mailboxes(), pk), by=request.user, at=timezone.now())
    messages.success(request, "Nous écrirons de nouveau à cette adresse.")
    return redirect("mail_office:stopped")
