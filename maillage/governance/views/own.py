"""A member's own pages: bodies, next dates, papers, actions; one meeting before and after."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.accounts.models import User
from maillage.discussion.queries import glance
from maillage.governance import actions, paper, rules
from maillage.governance.actions.agenda import STILL_OPEN
from maillage.governance.circles import key_of
from maillage.governance.enums import ActionState, MeetingState, Presence
from maillage.governance.forms.meetings import AnswerForm, ItemForm, PollForm, PresenceForm
from maillage.governance.models import Meeting, Member
from maillage.governance.queries import actions as tasks
from maillage.governance.queries import bodies as reads
from maillage.governance.queries import meetings
from maillage.kernel.once import SentBefore, once


@never_cache
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """`/moi/instances/`: where I sit, when we meet, what I have to do."""
    user, at = cast("User", request.user), timezone.now()
    mandates = reads.mandates_of(user, at)
    seats = {one.body_id for one in mandates}
    context = {
        "mandates": [(one, glance(user, key_of(one.body))) for one in mandates],
        "to_come": meetings.to_come_for(seats, at), "papers": meetings.papers_for(seats),
        "actions": [(one, AnswerForm(auto_id=f"action-{one.pk}-%s", initial={"state": one.state, "news": one.news}))
                    for one in tasks.actions_of(user)],
        "today": timezone.localdate(at),
    }  # fmt: skip
    return render(request, "governance/own.html", context)


@never_cache
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """`/moi/reunions/<pk>/`: answer the dates, say whether one comes, propose a point, read the papers."""
    found, member = own_meeting(request, pk)
    return _show(request, found, member)


def _show(request: HttpRequest, found: Meeting, member: Member, *, status: int = 200, **refused: Any) -> HttpResponse:
    at, said = timezone.now(), meetings.presence_of(found, member)
    live, followed = meetings.followed_by(found)
    context = {
        "meeting": found, "member": member, "said": said, "items": meetings.agenda_of(found),
        "live": live, "followed": followed,
        "poll": refused.get("poll") or (_poll_form(found, member) if found.state == MeetingState.CHOOSING else None),
        "presence": refused.get("presence") or (
            PresenceForm(holders=_holders(found, member), said=said) if found.state == MeetingState.ANNOUNCED else None
        ),
        "item_form": refused.get("item_form") or (ItemForm() if found.state in STILL_OPEN else None),
        "is_written": found.state in (MeetingState.DRAFTED, MeetingState.VALIDATED),
        "was_there": said is not None and said.presence == Presence.PRESENT,
        "may_validate": found.state == MeetingState.DRAFTED
        and bool(rules.may_validate(cast("User", request.user), found.body, on=timezone.localdate(at))),
        "quorum": meetings.quorum_of(found, at),
    }  # fmt: skip
    return render(request, "governance/own_meeting.html", context, status=status)


@require_POST
def answer_dates(request: HttpRequest, pk: int) -> HttpResponse:
    found, member = own_meeting(request, pk)
    form = _poll_form(found, member, request.POST)
    if form.is_valid():
        try:
            actions.answer_dates(meeting=found, member=member, answers=form.answers, at=timezone.now())
        except actions.GovernanceRefused as refusal:
            form.add_error(None, refusal.phrase)
        else:
            return _done(request, pk, "Vos réponses sont notées.")
    return _show(request, found, member, poll=form, status=422)


@require_POST
def say_presence(request: HttpRequest, pk: int) -> HttpResponse:
    found, member = own_meeting(request, pk)
    form = PresenceForm(request.POST, holders=_holders(found, member), said=None)
    if form.is_valid():
        try:
            actions.say_presence(meeting=found, member=member, at=timezone.now(), **form.cleaned_data)
        except actions.GovernanceRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            return _done(request, pk, "C’est noté.")
    return _show(request, found, member, presence=form, status=422)


@require_POST
def propose_item(request: HttpRequest, pk: int) -> HttpResponse:
    found, member = own_meeting(request, pk)
    form = ItemForm(request.POST)
    if form.is_valid():
        try:
            once(
                request, actions.add_item, meeting=found, proposed_by=member, by=cast("User", request.user),
                at=timezone.now(), **form.cleaned_data,
            )  # fmt: skip
        except (actions.GovernanceRefused, SentBefore) as refusal:
            form.add_error(None, refusal.phrase)
        else:
            return _done(request, pk, "Le point est proposé.")
    return _show(request, found, member, item_form=form, status=422)


@require_POST
def validate(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair says that the minutes are right."""
    found, _ = own_meeting(request, pk)
    decision = rules.may_validate(cast("User", request.user), found.body, on=timezone.localdate())
    if not decision:
        messages.error(request, decision.reason)
        return redirect("governance:own_meeting", pk)
    try:
        actions.validate_minutes(meeting=found, by=cast("User", request.user), at=timezone.now())
    except actions.GovernanceRefused as refusal:
        messages.error(request, refusal.phrase)
        return redirect("governance:own_meeting", pk)
    return _done(request, pk, "Le compte rendu est validé. Les personnes présentes le reçoivent.")


@never_cache
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """That I was there, on paper."""
    found, member = own_meeting(request, pk)
    said = meetings.presence_of(found, member)
    if said is None or said.presence != Presence.PRESENT:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="attestation-{pk}.pdf"'}
    content = paper.certificate_pdf(found, member, timezone.now())
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
def answer_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Where my action stands."""
    user = cast("User", request.user)
    found = next((one for one in tasks.actions_of(user) if one.pk == pk), None)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez où en est l’action.")
        return redirect("governance:own")
    try:
        state = ActionState(form.cleaned_data["state"])
        actions.answer_action(action=found, state=state, news=form.cleaned_data["news"], by=user, at=timezone.now())
    except actions.GovernanceRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "C’est noté.")
    return redirect("governance:own")


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """My mandate ends today."""
    member = own_mandate(request, pk)
    actions.end_member(member=member, by=cast("User", request.user), at=timezone.now())
    messages.success(request, f"Votre mandat dans « {member.body} » finit aujourd’hui.")
    return redirect("governance:own")


@require_POST
def be_named(request: HttpRequest, pk: int) -> HttpResponse:
    """My name on the public page, or no longer."""
    member, agrees = own_mandate(request, pk), request.POST.get("agrees") == "1"
    actions.agree_to_be_named(member=member, agrees=agrees, by=cast("User", request.user), at=timezone.now())
    messages.success(request, "Votre nom est public." if agrees else "Votre nom n’est plus public.")
    return redirect("governance:own")


def own_mandate(request: HttpRequest, pk: int) -> Member:
    """The running mandate of this number, when it is the person's; else 404."""
    mandates = reads.mandates_of(cast("User", request.user), timezone.now())
    found = next((one for one in mandates if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def own_meeting(request: HttpRequest, pk: int) -> tuple[Meeting, Member]:
    """A meeting of a body where the person sits today, with their mandate; else 404."""
    if pk >= 2**63:
        raise Http404
    found = get_object_or_404(Meeting.objects.select_related("body"), pk=pk)
    member = rules.member_of(cast("User", request.user), found.body, on=timezone.localdate())
    if member is None:
        raise Http404
    return found, member


def _poll_form(found: Meeting, member: Member, data: Any = None) -> PollForm:
    options, said = found.options.order_by("starts_at"), meetings.answers_of(found, member)
    return PollForm(data, options=options, said=said, at=timezone.now())


def _holders(found: Meeting, member: Member) -> Any:
    same = reads.running_members(found.body, found.starts_at or timezone.now()).filter(college=member.college)
    return same.exclude(pk=member.pk).exclude(email="")


def _done(request: HttpRequest, pk: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("governance:own_meeting", pk)
