"""Threads of a circle: their list, one of them, open one, write, change, hide, follow."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.discussion import actions, queries, rules
from maillage.discussion.enums import ThreadKind
from maillage.discussion.forms import AmendForm, EditForm, HideForm, MessageForm, ThreadForm
from maillage.discussion.models import Following, Message, Thread
from maillage.discussion.views.doors import MemberRequest, in_circle, refused
from maillage.kernel.once import SentBefore, once
from maillage.kernel.registry import Circle

PER_PAGE, MESSAGES_PER_PAGE, VERSIONS_PER_PAGE = 20, 30, 10
both = require_http_methods(["GET", "HEAD", "POST"])


def thread_in(circle: Circle, pk: int) -> Thread:
    """The thread of this number in this circle, or a 404."""
    rows = Thread.objects.select_related("axis", "measure", "opened_by")
    found = rows.filter(pk=pk, circle=circle.key).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


def message_in(circle: Circle, pk: int) -> Message:
    """The message of this number in this circle, or a 404."""
    rows = Message.objects.select_related("thread", "author")
    found = rows.filter(pk=pk, thread__circle=circle.key).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


@require_safe
@in_circle(rules.may_read)
def threads(request: MemberRequest, circle: Circle) -> HttpResponse:
    """`/echanges/<circle>/`: what is talked about there, and its latest files."""
    page = Paginator(queries.threads_of(circle.key), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "circle": circle, "page": page, "files": queries.files_of(circle.key)[:5],
        "may_write": rules.may_write(request.user, circle),
    }  # fmt: skip
    return render(request, "discussion/threads.html", context)


@both
@in_circle(rules.may_write)
def new(request: MemberRequest, circle: Circle, kind: str) -> HttpResponse:
    """`/echanges/<circle>/nouvelle-discussion/` and `/nouvelle-idee/`."""
    form = ThreadForm(request.POST or None, kind=ThreadKind(kind))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = once(
                    request, actions.open_thread, circle=circle, kind=ThreadKind(kind), by=request.user,
                    at=timezone.now(), **form.facts(),
                )  # fmt: skip
            except (actions.DiscussionRefused, SentBefore) as refusal:
                form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
                status = 409 if isinstance(refusal, SentBefore) else 422
            else:
                messages.success(request, "C’est publié : les membres du cercle en seront prévenus.")
                return redirect(made)
    return render(request, "discussion/new.html", {"circle": circle, "form": form, "kind": kind}, status=status)


@both
@in_circle(rules.may_read)
def thread(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """One thread; POST says something in it."""
    found = thread_in(circle, pk)
    form, status = MessageForm(request.POST or None), 200
    if request.method == "POST":
        writes = rules.may_write(request.user, circle)
        if not writes:
            return refused(request, circle, writes)
        status = 422
        if form.is_valid():
            try:
                made = once(request, actions.say, thread=found, by=request.user, at=timezone.now(), **form.cleaned_data)
            except (actions.DiscussionRefused, SentBefore) as refusal:
                form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
                status = 409
            else:
                messages.success(request, "Votre message est publié.")
                return redirect(f"{found.get_absolute_url()}?page={last_page(found)}#message-{made.pk}")
    return _thread_page(request, circle, found, form, status)


def last_page(thread: Thread) -> int:
    """The number of the page that holds the latest message."""
    return max(1, -(-thread.messages.count() // MESSAGES_PER_PAGE))


def _thread_page(
    request: MemberRequest, circle: Circle, found: Thread, form: MessageForm, status: int
) -> HttpResponse:  # fmt: skip
    page: Page[Message] = Paginator(queries.messages_of(found), MESSAGES_PER_PAGE).get_page(request.GET.get("page"))
    follows = Following.objects.filter(thread=found, user=request.user, is_on=True).exists()
    context = {
        "circle": circle, "thread": found, "page": page, "form": form, "follows": follows,
        "version": found.versions.select_related("by").order_by("-number").first() if found.is_idea else None,
        "may_write": rules.may_write_in(request.user, circle, found),
        "may_moderate": rules.may_moderate(request.user, circle),
    }  # fmt: skip
    return render(request, "discussion/thread.html", context, status=status)


@require_POST
@in_circle(rules.may_read)
def follow(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """Be told of what is said there, or no more."""
    found, is_on = thread_in(circle, pk), request.POST.get("follow") == "1"
    actions.follow(thread=found, user=request.user, is_on=is_on, at=timezone.now())
    messages.success(request, "Vous suivez ce fil." if is_on else "Vous ne suivez plus ce fil.")
    return redirect(found)


@require_POST
@in_circle(rules.may_moderate)
def close(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """Close the thread to new words, or open it again."""
    found, is_closed = thread_in(circle, pk), request.POST.get("close") == "1"
    actions.set_closed(thread=found, is_closed=is_closed, by=request.user, at=timezone.now())
    messages.success(request, "Le fil est fermé." if is_closed else "Le fil est rouvert.")
    return redirect(found)


@both
@in_circle(rules.may_write)
def amend(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """Write a new version of an idea."""
    found = thread_in(circle, pk)
    last = found.versions.order_by("-number").first()
    if not found.is_idea or last is None:
        raise Http404
    decision = rules.may_write_in(request.user, circle, found)
    if not decision:
        return refused(request, circle, decision)
    form, status = AmendForm(request.POST or None, initial={"text": last.text, "seen": last.number}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                once(request, actions.amend, thread=found, by=request.user, at=timezone.now(), **form.cleaned_data)
            except (actions.DiscussionRefused, SentBefore) as refusal:
                form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
                status = 409
            else:
                messages.success(request, "Votre version est publiée ; les autres se lisent encore.")
                return redirect(found)
    context = {"circle": circle, "thread": found, "form": form, "last": last}
    return render(request, "discussion/amend.html", context, status=status)


@require_safe
@in_circle(rules.may_read)
def versions(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """What each version of an idea changed."""
    found = thread_in(circle, pk)
    if not found.is_idea:
        raise Http404
    page = Paginator(found.versions.order_by("-number"), VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    lines = queries.version_lines(found, start=page.start_index() - 1, limit=VERSIONS_PER_PAGE)
    return render(
        request, "discussion/versions.html", {"circle": circle, "thread": found, "lines": lines, "page": page}
    )


@both
@in_circle(rules.may_write)
def edit(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """Change one's own message."""
    found = message_in(circle, pk)
    decision = rules.may_edit(request.user, circle, found)
    if not decision:
        return refused(request, circle, decision)
    form, status = EditForm(request.POST or None, message=found), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.edit_message(message=found, by=request.user, at=timezone.now(), **form.cleaned_data)
            except actions.DiscussionRefused as refusal:
                form.add_error(refusal.field or None, refusal.phrase)
                status = 409
            else:
                messages.success(request, "Votre message est changé.")
                return redirect(found.thread)
    context = {"circle": circle, "thread": found.thread, "message": found, "form": form}
    return render(request, "discussion/edit.html", context, status=status)


@both
@in_circle(rules.may_moderate)
def hide(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """Take a message out of sight; GET asks why."""
    found = message_in(circle, pk)
    form, status = HideForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.hide_message(message=found, by=request.user, at=timezone.now(), **form.cleaned_data)
            except actions.DiscussionRefused as refusal:
                form.add_error(refusal.field or None, refusal.phrase)
                status = 409
            else:
                messages.success(request, "Le message est masqué. Son auteur en est prévenu.")
                return redirect(found.thread)
    context = {"circle": circle, "thread": found.thread, "message": found, "form": form}
    return render(request, "discussion/hide.html", context, status=status)


@require_POST
@in_circle(rules.may_moderate)
def show(request: MemberRequest, circle: Circle, pk: int) -> HttpResponse:
    """Put a hidden message back."""
    found = message_in(circle, pk)
    try:
        actions.show_message(message=found, by=request.user, at=timezone.now())
    except actions.DiscussionRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "Le message se lit de nouveau.")
    return redirect(found.thread)
