"""Documents of an application: join one, take one from the profile, read one, remove one."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from maillage.calls import actions
from maillage.calls.enums import Step
from maillage.calls.forms.choosing import DocumentForm
from maillage.calls.models import Application
from maillage.calls.queries import own, pieces
from maillage.calls.views.held import attempt, held, person
from maillage.kernel.handing import hand_over
from maillage.kernel.once import SentBefore, once


@require_POST
@held
def add(request: HttpRequest, application: Application, pk: int) -> HttpResponse:
    """`…/pieces/<pk>/`: a document for a piece, or the newer version of it."""
    piece = get_object_or_404(application.call.pieces.order_by("pk"), pk=pk)
    form = DocumentForm(request.POST, request.FILES, auto_id=f"id_%s_{pk}")
    if form.is_valid():
        try:
            once(request, actions.add_file, application=application, piece=piece, by=person(request),
                 document=form.cleaned_data["document"], at=timezone.now())  # fmt: skip
            return redirect(_back(application, pk))
        except (actions.CallRefused, SentBefore) as refusal:
            form.add_error(None, refusal.phrase)
    context = {"application": application, "piece": piece, "form": form}
    return render(request, "calls/piece.html", context, status=422)


@require_POST
@held
def take(request: HttpRequest, application: Application, pk: int) -> HttpResponse:
    """`…/pieces/<pk>/reprendre/`: a copy of what the profile holds."""
    piece = get_object_or_404(application.call.pieces.order_by("pk"), pk=pk)
    attachment = pieces.attachment_for(application, piece, request.POST.get("attachment", ""))
    if attachment is None:
        raise Http404
    verb = partial(actions.take_from_profile, application=application, piece=piece, attachment=attachment,
                   by=person(request), at=timezone.now())  # fmt: skip
    attempt(request, "Le document est repris de votre profil.", partial(once, request, verb))
    return redirect(_back(application, pk))


@require_POST
@held
def remove(request: HttpRequest, application: Application, pk: int) -> HttpResponse:
    """`…/documents/<pk>/retirer/`"""
    file = get_object_or_404(application.files.select_related("application"), pk=pk)
    verb = partial(actions.remove_file, file=file, by=person(request), at=timezone.now())
    attempt(request, "Le document est retiré.", verb)
    return redirect(_back(application, file.piece_id or 0))


@never_cache
@require_GET
def read(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """`…/documents/<pk>/`: handed over, to whoever may read the application; the journal says who took it."""
    file = own.readable_file(person(request), reference, pk)
    if file is None:
        raise Http404
    note = partial(actions.note_reading, file=file, by=person(request), at=timezone.now())
    return hand_over(request, file.file, name=file.name, scanned_at=file.scanned_at, note=note)


def _back(application: Application, piece: int) -> str:
    return f"{application.get_absolute_url()}etapes/{Step.PIECES.value}/#piece-{piece}"
