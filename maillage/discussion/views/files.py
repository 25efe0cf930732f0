"""Files of a circle: their list, take one, put one there, a newer version, withdraw."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.accounts.models import User
from maillage.accounts.rules import Person
from maillage.discussion import actions, queries, rules
from maillage.discussion.forms import FileForm, NewerFileForm
from maillage.discussion.models import SharedFile
from maillage.discussion.views.doors import MemberRequest, found, in_circle, refused
from maillage.kernel.handing import hand_over
from maillage.kernel.once import SentBefore, once
from maillage.kernel.registry import Circle

PER_PAGE = 20
both = require_http_methods(["GET", "HEAD", "POST"])


def file_in(circle: Circle, pk: int) -> SharedFile:
    """The file of this number in this circle, or a 404."""
    known = SharedFile.objects.filter(pk=pk, circle=circle.key).first() if pk < 2**63 else None
    if known is None:
        raise Http404
    return known


@require_safe
@in_circle(rules.may_read)
def files(request: MemberRequest, circle: Circle) -> HttpResponse:
    """`/echanges/<circle>/fichiers/`."""
    page = Paginator(queries.files_of(circle.key), PER_PAGE).get_page(request.GET.get("page"))
    context = {"circle": circle, "page": page, "may_write": rules.may_write(request.user, circle)}
    return render(request, "discussion/files.html", context)


@never_cache
@require_safe
def take(request: HttpRequest, circle: str, pk: int) -> HttpResponse:
    """The file itself, handed over to be kept: 403 to whoever may not read the circle, said before anything else."""
    known = found(circle)
    person = cast("Person", request.user)
    reads = rules.may_read(person, known)
    is_kit = known.is_open and SharedFile.objects.filter(pk=min(pk, 2**63 - 1), circle=circle, is_public=True).exists()
    if not reads and not is_kit:
        return refused(request, known, reads)
    shared_file = file_in(known, pk)
    number = request.GET.get("version", "")
    version = queries.current_version(shared_file, int(number) if number.isdecimal() and len(number) < 5 else None)
    if version is None:
        raise Http404

    def note() -> None:
        if reads:  # of a kit that anybody may take, nothing is written down
            actions.note_reading(shared_file=shared_file, by=cast("User", person), at=timezone.now())

    name = f"{slugify(shared_file.name)[:80] or 'fichier'}-v{version.number}.{version.extension}"
    return hand_over(request, version.file, name=name, scanned_at=version.scanned_at, note=note)


@both
@in_circle(rules.may_write)
def add(request: MemberRequest, circle: Circle) -> HttpResponse:
    """Put a file there."""
    may_publish = circle.is_open and bool(rules.may_moderate(request.user, circle))
    form, status = FileForm(request.POST or None, request.FILES or None, may_publish=may_publish), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                once(request, actions.add_file, circle=circle, by=request.user, at=timezone.now(), **form.facts())
            except (actions.DiscussionRefused, SentBefore) as refusal:
                form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
                status = 409
            else:
                messages.success(request, "Le fichier est déposé.")
                return redirect("discussion:files", circle.key)
    return render(request, "discussion/file.html", {"circle": circle, "form": form, "file": None}, status=status)


@both
@in_circle(rules.may_write)
def renew(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """A newer version; those of before stay."""
    known = file_in(circle, pk)
    decision = rules.may_renew(request.user, circle, known)
    if not decision:
        return refused(request, circle, decision)
    form, status = NewerFileForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                once(
                    request, actions.add_version, shared_file=known, by=request.user, at=timezone.now(),
                    document=form.cleaned_data["document"],
                )  # fmt: skip
            except (actions.DiscussionRefused, SentBefore) as refusal:
                form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
                status = 409
            else:
                messages.success(request, "La nouvelle version est déposée ; les autres restent.")
                return redirect("discussion:files", circle.key)
    return render(request, "discussion/file.html", {"circle": circle, "form": form, "file": known}, status=status)


@both
@in_circle(rules.may_read)
def withdraw(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """GET says what will be lost, POST erases it."""
    known = file_in(circle, pk)
    first = known.versions.order_by("number").first()
    decision = rules.may_withdraw(request.user, circle, first)
    if not decision:
        return refused(request, circle, decision)
    if request.method != "POST":
        context = {"circle": circle, "file": known, "versions": known.versions.count()}
        return render(request, "discussion/withdraw.html", context)
    try:
        actions.withdraw_file(shared_file=known, by=request.user, at=timezone.now())
    except actions.DiscussionRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "Le fichier est effacé, avec toutes ses versions.")
    return redirect("discussion:files", circle.key)
