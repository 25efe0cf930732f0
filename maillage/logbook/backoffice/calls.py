"""« Appel »: one line and Enter; first whom, when the address does not say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, show
from maillage.accounts.rules import may_enter_back_office
from maillage.kernel.once import SentBefore, once
from maillage.logbook import actions, queries
from maillage.logbook.backoffice.find import choose
from maillage.logbook.backoffice.targets import Target, page_of, target_of
from maillage.logbook.enums import EntryKind
from maillage.logbook.forms import CallForm
from maillage.logbook.models import Entry


@behind(may_enter_back_office)
def new_call(request: OfficeRequest) -> HttpResponse:
    """`/gestion/telephone/nouveau/`, with `?structure=`, `?personne=` or `?tache=`."""
    target = target_of(request)
    if target.about is None:
        return choose(request, "Appel", reverse("logbook_office:new_call"), "Qui avez-vous au téléphone ?")
    kind = EntryKind.CALL_OUT if target.to_do else EntryKind.CALL_IN
    desk = queries.colleagues_of_the_desk(timezone.localdate())
    form, status = CallForm(request.POST or None, desk=desk, me=request.user, initial={"kind": kind}), 200
    if request.method == "POST" and form.is_valid():
        try:
            once(request, _log, asked=request, target=target, form=form)
        except SentBefore as refusal:
            form.add_error(None, refusal.phrase)
            status = 409
        else:
            messages.success(request, "L’appel est noté.")
            return redirect(page_of(target.about))
    return _page(request, target, form, 422 if form.errors and status == 200 else status)


def _log(*, asked: OfficeRequest, target: Target, form: CallForm) -> Entry:
    said = form.cleaned_data
    assert target.about is not None
    step = None
    if said["next_step"]:
        step = actions.NextStep(said["next_step"], said["due_date"], form.who_does_it)
    return actions.log_call(
        about=target.about, kind=EntryKind(said["kind"]), words=said["words"], who=said["who"], by=asked.user,
        at=timezone.now(), next_step=step, answers=target.to_do if asked.POST.get("is_done") else None,
    )  # fmt: skip


def _page(request: HttpRequest, target: Target, form: CallForm, status: int) -> HttpResponse:
    return show(
        request,
        "logbook/backoffice/call.html",
        status=status,
        title=f"Appel : {target.about}",
        icon="comment",
        form=form,
        target=target,
        last=list(queries.entries_about(target.about)[:3]) if target.about else [],
    )
