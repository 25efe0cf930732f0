"""Notes: a word for colleagues, or for oneself later."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.accounts.rules import may_enter_back_office
from maillage.kernel.once import SentBefore, once
from maillage.logbook import actions
from maillage.logbook.backoffice.find import choose
from maillage.logbook.backoffice.targets import page_of, target_of
from maillage.logbook.enums import EntryKind
from maillage.logbook.forms import NoteForm
from maillage.logbook.models import Entry


@behind(may_enter_back_office)
def new_note(request: OfficeRequest) -> HttpResponse:
    """`/gestion/notes/nouvelle/`, with `?structure=` or `?personne=`."""
    about = target_of(request).about
    if about is None:
        return choose(request, "Note", reverse("logbook_office:new_note"), "À propos de qui ?")
    form, status = NoteForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        words, is_pinned = form.cleaned_data["words"], form.cleaned_data["is_pinned"]
        try:
            once(request, actions.write_note, about=about, words=words, is_pinned=is_pinned, by=request.user,
                 at=timezone.now())  # fmt: skip
        except SentBefore as refusal:
            form.add_error(None, refusal.phrase)
            status = 409
        else:
            messages.success(request, "La note est gardée.")
            return redirect(page_of(about))
    return show(
        request, "logbook/backoffice/note.html", status=status, title=f"Note : {about}", icon="edit", form=form,
        about=about, back=page_of(about),
    )  # fmt: skip


@behind(may_enter_back_office)
def note(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct one's own; others read it."""
    found = find(Entry.objects.select_related("organisation", "user", "by").filter(kind=EntryKind.NOTE), pk)
    about = found.organisation or found.user
    assert about is not None
    form = NoteForm(request.POST or None, note=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.correct_note(
                note=found, words=said["words"], is_pinned=said["is_pinned"], by=request.user, at=timezone.now(),
                seen_at=said["seen_at"],
            )  # fmt: skip
        except actions.EntryRefused as refusal:
            form.add_error(None, refusal.phrase)
        else:
            messages.success(request, "La note est corrigée.")
            return redirect(page_of(about))
    return show(
        request, "logbook/backoffice/note.html", title=f"Note : {about}", icon="edit", form=form, about=about,
        back=page_of(about), note=found, is_own=found.by_id == request.user.pk, status=409 if form.errors else 200,
    )  # fmt: skip
