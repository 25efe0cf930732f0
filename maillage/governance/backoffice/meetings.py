"""Meetings as agents prepare, note and close them; one page for a meeting, whatever its state."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.discussion.models import AgendaItem as DialogueItem
from maillage.governance import actions, paper
from maillage.governance.actions.agenda import STILL_OPEN
from maillage.governance.actions.minutes import BEING_WRITTEN
from maillage.governance.backoffice.bodies import crumbs, refuse
from maillage.governance.enums import ActionState, DecisionState, MeetingState
from maillage.governance.forms.meetings import (
    FollowForm,
    ItemForm,
    LineForm,
    MeetingForm,
    MinutesForm,
    OfficeAnswerForm,
    ReasonForm,
    ReviseForm,
    RollForm,
)
from maillage.governance.models import Action, AgendaItem, Body, DateOption, Decision, Meeting
from maillage.governance.queries import bodies as seats
from maillage.governance.queries import meetings as reads
from maillage.governance.queries.workshops import invitations_of
from maillage.governance.rules import may_keep_bodies
from maillage.kernel.once import SentBefore, once
from maillage.kernel.registry import asides
from maillage.strategy.queries import home_measures

MEETINGS = Meeting.objects.select_related("body")
NOTED = (MeetingState.ANNOUNCED, *BEING_WRITTEN)


def path_of(found: Body) -> list[tuple[str, str]]:
    """The path to a body."""
    return [*crumbs(), (str(found), f"/gestion/instances/{found.pk}/")]


@behind(may_keep_bodies)
def new(request: OfficeRequest, pk: int) -> HttpResponse:
    """One date announces the meeting at once; several ask the members."""
    found, form = find(Body.objects.all(), pk), MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = once(request, _make, found, form, request)
        except (actions.GovernanceRefused, SentBefore) as refusal:
            refuse(form, refusal)
        else:
            is_asked = made.state == MeetingState.CHOOSING
            messages.success(request, "Les membres reçoivent la question." if is_asked else "Les membres sont invités.")
            return redirect("governance_office:meeting", made.pk)
    return show(
        request, "governance/backoffice/meeting_form.html", title="Une nouvelle réunion", icon="date", form=form,
        crumbs=path_of(found), body=found, status=422 if form.errors else 200,
    )  # fmt: skip


def _make(body: Body, form: MeetingForm, request: OfficeRequest) -> Meeting:
    at, options = timezone.now(), form.options
    if form.series:
        return actions.announce_series(body=body, facts=form.facts, moments=form.series, by=request.user, at=at)[0]
    if len(options) > 1:
        return actions.propose_dates(body=body, facts=form.facts, options=options, by=request.user, at=at)
    [(starts, ends)] = options
    return actions.announce_meeting(
        body=body, facts=form.facts, starts_at=starts, ends_at=ends, by=request.user, at=at
    )  # fmt: skip


@require_GET
@behind(may_keep_bodies)
def meeting(request: OfficeRequest, pk: int) -> HttpResponse:
    """Everything about one meeting."""
    return show_meeting(request, find(MEETINGS, pk))


def show_meeting(request: OfficeRequest, found: Meeting, *, status: int = 200, **refused: Any) -> HttpResponse:
    """The page of one meeting; a form that was refused takes the place of the fresh one."""
    at = timezone.now()
    is_open, is_written = found.state in STILL_OPEN, found.state in BEING_WRITTEN
    live, followed = reads.followed_by(found) if found.state != MeetingState.CANCELLED else ([], [])
    roll = reads.roll_of(found, at) if found.state in NOTED else []
    return show(
        request, "governance/backoffice/meeting.html", title=found.title, icon="date", status=status,
        crumbs=path_of(found.body), meeting=found, is_open=is_open, is_written=is_written,
        poll=reads.poll_of(found) if found.state == MeetingState.CHOOSING else [],
        items=_points(found, refused) if found.state != MeetingState.CANCELLED else [],
        live=[(one, OfficeAnswerForm(auto_id=f"action-{one.pk}-%s", initial={"state": one.state})) for one in live],
        followed=[(one, FollowForm(auto_id=f"decision-{one.pk}-%s", initial={"state": one.state})) for one in followed],
        item_form=refused.get("item_form") or ItemForm(auto_id="item-%s"),
        roll_form=refused.get("roll_form") or (RollForm(roll=roll) if roll else None),
        revise_form=refused.get("revise_form") or (ReviseForm(meeting=found) if is_open else None),
        reason_form=refused.get("reason_form") or (ReasonForm(auto_id="cancel-%s") if is_open else None),
        invitations=invitations_of(found), dialogues=reads.waiting_dialogues(), quorum=reads.quorum_of(found, at),
        has_begun=bool(found.starts_at and found.starts_at <= at), asides=asides(found),
    )  # fmt: skip


def _points(found: Meeting, refused: dict[str, Any]) -> list[tuple[AgendaItem, Any, Any]]:
    """(point, form of its minutes, form of its lines); no forms unless the minutes are being written."""
    items = reads.agenda_of(found)
    if found.state not in BEING_WRITTEN:
        return [(item, None, None) for item in items]
    owners, measures = seats.running_members(found.body, found.starts_at or timezone.now()), home_measures()
    wrong, wrong_id = refused.get("point_form"), refused.get("point_id")
    rows = []
    for item in items:
        shown = {"minutes": item.minutes, "seen_at": item.changed_at.isoformat()}
        minutes: Any = MinutesForm(initial=shown, auto_id=f"minutes-{item.pk}-%s")
        line: Any = LineForm(item_id=item.pk, owners=owners, measures=measures)
        if wrong_id == item.pk:
            minutes, line = (wrong, line) if isinstance(wrong, MinutesForm) else (minutes, wrong)
        rows.append((item, minutes, line))
    return rows


def act(request: OfficeRequest, found: Meeting, said: str, verb: Any, **facts: Any) -> HttpResponse:
    """Do one thing that a button asks, and say what became of it."""
    try:
        verb(by=request.user, at=timezone.now(), **facts)
    except actions.GovernanceRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, said)
    return redirect("governance_office:meeting", found.pk)


@require_POST
@behind(may_keep_bodies)
def fix(request: OfficeRequest, pk: int) -> HttpResponse:
    option = find(DateOption.objects.select_related("meeting__body"), pk)
    return act(request, option.meeting, "La date est fixée, les membres sont invités.", actions.fix_date, option=option)


@require_POST
@behind(may_keep_bodies)
def revise(request: OfficeRequest, pk: int) -> HttpResponse:
    found = find(MEETINGS, pk)
    form = ReviseForm(request.POST, meeting=found)
    if form.is_valid():
        seen = form.cleaned_data["seen_at"]
        try:
            actions.revise_meeting(meeting=found, facts=form.facts, by=request.user, at=timezone.now(), seen_at=seen)
        except actions.GovernanceRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "La réunion est changée. Si elle était annoncée, les membres le savent.")
            return redirect("governance_office:meeting", pk)
    return show_meeting(request, found, revise_form=form, status=422)


@require_POST
@behind(may_keep_bodies)
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    found, form = find(MEETINGS, pk), ReasonForm(request.POST, auto_id="cancel-%s")
    if not form.is_valid():
        return show_meeting(request, found, reason_form=form, status=422)
    reason = form.cleaned_data["reason"]
    return act(request, found, "La réunion est annulée.", actions.cancel_meeting, meeting=found, reason=reason)


@require_POST
@behind(may_keep_bodies)
def add_item(request: OfficeRequest, pk: int) -> HttpResponse:
    found, form = find(MEETINGS, pk), ItemForm(request.POST, auto_id="item-%s")
    if form.is_valid():
        try:
            once(request, actions.add_item, meeting=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (actions.GovernanceRefused, SentBefore) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Le point est ajouté.")
            return redirect("governance_office:meeting", pk)
    return show_meeting(request, found, item_form=form, status=422)


@require_POST
@behind(may_keep_bodies)
def take_dialogue(request: OfficeRequest, pk: int) -> HttpResponse:
    """A dialogue that was sent to an agenda comes on this one."""
    found, key = find(MEETINGS, pk), request.POST.get("dialogue", "")
    asked = find(DialogueItem.objects.select_related("dialogue"), int(key) if key.isdecimal() else 0)
    told = "Le dialogue est à l’ordre du jour. Ce qui en sera dit ira sur sa page."
    return act(request, found, told, actions.take_dialogue, meeting=found, asked=asked)


@require_POST
@behind(may_keep_bodies)
def raise_item(request: OfficeRequest, pk: int) -> HttpResponse:
    item = find(AgendaItem.objects.select_related("meeting"), pk)
    return act(request, item.meeting, "L’ordre est changé.", actions.raise_item, item=item)


@require_POST
@behind(may_keep_bodies)
def remove_item(request: OfficeRequest, pk: int) -> HttpResponse:
    item = find(AgendaItem.objects.select_related("meeting"), pk)
    return act(request, item.meeting, "Le point est retiré.", actions.remove_item, item=item)


@require_POST
@behind(may_keep_bodies)
def roll(request: OfficeRequest, pk: int) -> HttpResponse:
    """Who was there."""
    found = find(MEETINGS, pk)
    form = RollForm(request.POST, roll=reads.roll_of(found, timezone.now()))
    if form.is_valid():
        try:
            actions.note_attendance(meeting=found, seen=form.seen, by=request.user, at=timezone.now())
        except actions.GovernanceRefused as refusal:
            form.add_error(None, refusal.phrase)
        else:
            messages.success(request, "Les présences sont notées.")
            return redirect("governance_office:meeting", pk)
    return show_meeting(request, found, roll_form=form, status=422)


@require_POST
@behind(may_keep_bodies)
def hold(request: OfficeRequest, pk: int) -> HttpResponse:
    found = find(MEETINGS, pk)
    return act(request, found, "La réunion s’est tenue. Le compte rendu peut s’écrire.", actions.hold, meeting=found)


@require_POST
@behind(may_keep_bodies)
def answer_action(request: OfficeRequest, pk: int) -> HttpResponse:
    """News of an action, told at a meeting or by telephone."""
    line, form = find(Action.objects.select_related("body"), pk), OfficeAnswerForm(request.POST)
    if form.is_valid():
        try:
            state = ActionState(form.cleaned_data["state"])
            news = form.cleaned_data["news"]
            actions.answer_action(action=line, state=state, news=news, by=request.user, at=timezone.now())
        except actions.GovernanceRefused as refusal:
            messages.error(request, refusal.phrase)
        else:
            messages.success(request, "C’est noté.")
    return _back(request, line.body_id)


@require_POST
@behind(may_keep_bodies)
def follow(request: OfficeRequest, pk: int) -> HttpResponse:
    """Was a decision kept?"""
    line, form = find(Decision.objects.select_related("body"), pk), FollowForm(request.POST)
    if form.is_valid():
        try:
            state = DecisionState(form.cleaned_data["state"])
            note = form.cleaned_data["note"]
            actions.follow_decision(decision=line, state=state, note=note, by=request.user, at=timezone.now())
        except actions.GovernanceRefused as refusal:
            messages.error(request, refusal.phrase)
        else:
            messages.success(request, "C’est noté.")
    return _back(request, line.body_id)


def _back(request: OfficeRequest, body_id: int) -> HttpResponse:
    """To the meeting where one was, else to the body."""
    meeting_id = request.POST.get("meeting", "")
    if meeting_id.isdecimal() and len(meeting_id) < 19:
        return redirect("governance_office:meeting", int(meeting_id))
    return redirect("governance_office:body", body_id)


@require_GET
@behind(may_keep_bodies)
def sign_sheet(request: OfficeRequest, pk: int) -> HttpResponse:
    """The sheet to sign, on paper."""
    found = find(MEETINGS.filter(starts_at__isnull=False), pk)
    headers = {"Content-Disposition": f'inline; filename="presence-{pk}.pdf"'}
    content = paper.sign_sheet_pdf(found, timezone.now())
    return HttpResponse(content, content_type="application/pdf", headers=headers)
