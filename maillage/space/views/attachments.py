"""Documents of the private profile: put one there, put a newer one, take one, remove one. Members only."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.handing import hand_over
from maillage.kernel.once import SentBefore, once
from maillage.space import actions, rules
from maillage.space.forms import AttachmentForm, NewerAttachmentForm
from maillage.space.models import Attachment
from maillage.space.views.own import opens_to


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(rules.may_revise)
def add(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """`/moi/structures/<id>/profil/pieces/nouvelle/`."""
    form = AttachmentForm(request.POST or None, request.FILES or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            once(
                request, actions.add_attachment, organisation=organisation, by=cast("User", request.user),
                at=timezone.now(), **form.cleaned_data,
            )  # fmt: skip
        except (actions.AttachmentRefused, SentBefore) as refusal:
            return _page(request, organisation, form, None, refusal)
        messages.success(request, "La pièce est dans votre profil.")
        return redirect("space:profile", organisation.pk)
    return _page(request, organisation, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(rules.may_revise)
def replace(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """`…/pieces/<pk>/remplacer/`: a newer document in its place."""
    found = _find(organisation, pk)
    form = NewerAttachmentForm(request.POST or None, request.FILES or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            once(
                request, actions.replace_attachment, attachment=found, by=cast("User", request.user),
                at=timezone.now(), **form.cleaned_data,
            )  # fmt: skip
        except (actions.AttachmentRefused, SentBefore) as refusal:
            return _page(request, organisation, form, found, refusal)
        messages.success(request, "La nouvelle pièce a pris la place de l’ancienne, qui est effacée.")
        return redirect("space:profile", organisation.pk)
    return _page(request, organisation, form, found)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(rules.may_revise)
def remove(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """`…/pieces/<pk>/retirer/`: GET says what will be lost, POST erases it."""
    found = _find(organisation, pk)
    if request.method != "POST":
        return render(request, "space/attachment_remove.html", {"organisation": organisation, "attachment": found})
    try:
        actions.remove_attachment(attachment=found, by=cast("User", request.user), at=timezone.now())
    except actions.AttachmentRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "La pièce est effacée.")
    return redirect("space:profile", organisation.pk)


@require_GET
@opens_to(rules.may_revise)
def take(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """`…/pieces/<pk>/`: the document, handed over to be kept, never shown in place; the journal says who took it."""
    found = _find(organisation, pk)
    # A name of ours: the one that came with the file is not kept.
    name = f"{found.kind}-{organisation.slug[:60]}-{found.document_date}.{found.extension}"
    note = partial(actions.note_reading, attachment=found, by=cast("User", request.user), at=timezone.now())
    return hand_over(request, found.file, name=name, scanned_at=found.scanned_at, note=note)


def _find(organisation: Organisation, pk: int) -> Attachment:
    return get_object_or_404(Attachment, organisation=organisation, pk=min(pk, 2**63 - 1))


def _page(
    request: HttpRequest,
    organisation: Organisation,
    form: AttachmentForm,
    found: Attachment | None,
    refusal: actions.AttachmentRefused | SentBefore | None = None,
) -> HttpResponse:
    if refusal is not None:
        form.add_error(None, refusal.phrase)
    status = 409 if isinstance(refusal, SentBefore) else 422 if form.errors else 200
    context: dict[str, Any] = {"organisation": organisation, "form": form, "attachment": found}
    return render(request, "space/attachment.html", context, status=status)
