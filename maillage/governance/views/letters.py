"""Pages that the letters open, without an account: the date poll, a calendar, minutes, what blocks an action."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.governance import actions, ics
from maillage.governance.enums import LIVE_ACTIONS, ActionState, MeetingState
from maillage.governance.forms.meetings import PollForm, StuckForm
from maillage.governance.notices.actions import action_of
from maillage.governance.notices.meetings import meeting_of, reader_of
from maillage.governance.queries import meetings as reads
from maillage.governance.views.meetings import calendar_answer, paper_answer
from maillage.kernel.letters import Page
from maillage.outbox import actions as outbox
from maillage.outbox import links
from maillage.outbox.links import Link
from maillage.outbox.views.links import by_letter, dead, show

OWN = (("Voir les instances", "/instances/"),)


def _good(token: str, purpose: str) -> Link:
    """The link of this purpose; one of another purpose opens nothing here."""
    found = links.read(token, at=timezone.now())
    return found if found.purpose is None or found.purpose.key == purpose else Link("unknown")


@by_letter
def poll(request: HttpRequest, token: str) -> HttpResponse:
    """Say of each date whether one can; said again, it replaces."""
    link, at = _good(token, "governance.poll"), timezone.now()
    meeting = None if link.standing != "good" or link.occasion is None else meeting_of(link.occasion)
    member = None if meeting is None or link.occasion is None else reader_of(link.occasion, meeting)
    if meeting is None or member is None or meeting.state != MeetingState.CHOOSING:
        return dead(request, link if link.standing != "good" else Link("overtaken", purpose=link.purpose,
                                                                       occasion=link.occasion))  # fmt: skip
    options, said = meeting.options.order_by("starts_at"), reads.answers_of(meeting, member)
    form = PollForm(request.POST if request.method == "POST" else None, options=options, said=said, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                outbox.spend(link=link, at=at)
                actions.answer_dates(meeting=meeting, member=member, answers=form.answers, at=at)
        except outbox.LinkRefused as refusal:
            return dead(request, refusal.link)
        except actions.GovernanceRefused as refusal:
            form.add_error(None, refusal.phrase)
        else:
            done = Page("Merci, c’est noté", ("Vous pouvez répondre de nouveau depuis la même lettre.",), links=OWN)
            return show(request, done, is_done=True)
    context = {"meeting": meeting, "form": form, "canonical_url": ""}
    return render(request, "governance/poll.html", context, status=422 if form.errors else 200)


@by_letter
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The meeting for one's calendar, with all those of its series; cancelled, it leaves it."""
    link = _good(token, "governance.calendar")
    meeting = None if link.standing != "good" or link.occasion is None else meeting_of(link.occasion)
    if meeting is None or meeting.starts_at is None:
        return dead(request, link)
    content = ics.calendar(reads.series_of(meeting), name=meeting.title, method=ics.method_for(meeting))
    return calendar_answer(content, f"reunion-{meeting.pk}")


@by_letter
def papers(request: HttpRequest, token: str) -> HttpResponse:
    """The validated minutes, for those who were there."""
    link = _good(token, "governance.papers")
    meeting = None if link.standing != "good" or link.occasion is None else meeting_of(link.occasion)
    if meeting is None or meeting.state != MeetingState.VALIDATED:
        return dead(request, link)
    return paper_answer(meeting, "pdf")


@by_letter
def stuck(request: HttpRequest, token: str) -> HttpResponse:
    """What blocks an action; the link is spent when it is sent."""
    link, at = _good(token, "governance.action_stuck"), timezone.now()
    action = None if link.standing != "good" or link.occasion is None else action_of(link.occasion)
    if action is None or action.state not in LIVE_ACTIONS:
        return dead(request, link)
    form = StuckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                outbox.spend(link=link, at=at)
                news = form.cleaned_data["news"]
                actions.answer_action(action=action, state=ActionState.STUCK, news=news, at=at)
        except outbox.LinkRefused as refusal:
            return dead(request, refusal.link)
        except actions.GovernanceRefused as refusal:
            form.add_error(None, refusal.phrase)
        else:
            done = Page("Merci de nous l’avoir dit", ("Une personne de l’équipe va vous appeler.",), links=OWN)
            return show(request, done, is_done=True)
    context = {"action": action, "form": form, "canonical_url": ""}
    return render(request, "governance/stuck.html", context, status=422 if form.errors else 200)
