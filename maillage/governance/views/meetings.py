"""A meeting as everybody reads it: page, calendar, papers, presence by code."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.accounts.rules import Person
from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views.limits import is_too_fast, too_fast
from maillage.governance import actions, ics, paper, rules
from maillage.governance.enums import MeetingState
from maillage.governance.forms.meetings import CheckInForm
from maillage.governance.models import Body, Meeting
from maillage.governance.queries import meetings as reads
from maillage.kernel.page_cache import cache_public
from maillage.strategy.queries.evidence import measures_proved_by

# People in one room share one address.
CHECK_INS = "40/m/ip,200/h/ip"
# Of one address, whatever the meeting: a code is not found by trying.
TRIES = "6/h/key"
MEDIA_TYPES = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text"}


def find_public(slug: str, pk: int) -> Meeting:
    """A public meeting whose date was announced, or 404."""
    if pk >= 2**63:
        raise Http404
    found = Meeting.objects.select_related("body").filter(body__slug=slug, pk=pk, is_public=True)
    return get_object_or_404(found.exclude(state=MeetingState.CHOOSING).filter(starts_at__isnull=False))


@require_safe
@cache_public
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """When, where, about what; the minutes once they are validated."""
    found, at = find_public(slug, pk), timezone.now()
    is_minuted = found.state == MeetingState.VALIDATED
    live, followed = reads.followed_by(found) if found.state == MeetingState.ANNOUNCED else ([], [])
    items = reads.agenda_of(found)
    decided = [one for item in items for one in item.decisions.all()] if is_minuted else []
    context = {
        "meeting": found, "items": items, "measures": measures_proved_by(found, *decided),
        "is_minuted": is_minuted, "live": live,
        "followed": followed, "quorum": reads.quorum_of(found, at) if is_minuted else None,
        "is_to_come": found.state == MeetingState.ANNOUNCED and found.ends_at and found.ends_at >= at,
    }  # fmt: skip
    return render(request, "governance/meeting.html", context)


@require_safe
@cache_public
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """`/instances/<slug>.ics`: every public meeting of a body, to follow from a calendar."""
    body = get_object_or_404(Body, slug=slug)
    content = ics.calendar(reads.calendar_of(body), name=body.name)
    return calendar_answer(content, slug)


@require_safe
def one_calendar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One meeting, to put in a calendar."""
    found = find_public(slug, pk)
    return calendar_answer(ics.calendar([found], name=found.title, method=ics.method_for(found)), f"reunion-{pk}")


def calendar_answer(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(content, content_type=ics.CONTENT_TYPE, headers=headers)


@never_cache
@require_safe
def minutes(request: HttpRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Validated minutes of a public meeting are everybody's; a draft, or another meeting's, the members'."""
    if pk >= 2**63:
        raise Http404
    found = get_object_or_404(Meeting.objects.select_related("body"), body__slug=slug, pk=pk)
    is_written = found.state in (MeetingState.DRAFTED, MeetingState.VALIDATED)
    if not is_written or not rules.may_read_minutes(cast("Person", request.user), found, on=timezone.localdate()):
        raise Http404  # unknown and forbidden answer alike
    return paper_answer(found, kind)


def paper_answer(meeting: Meeting, kind: str) -> HttpResponse:
    """The minutes, as a PDF or an ODT."""
    draw = paper.minutes_pdf if kind == "pdf" else paper.minutes_odt
    headers = {"Content-Disposition": f'inline; filename="compte-rendu-{meeting.pk}.{kind}"'}
    return HttpResponse(draw(meeting, timezone.now()), content_type=MEDIA_TYPES[kind], headers=headers)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`…/presence/`: sign with the code said in the room."""
    if pk >= 2**63:
        raise Http404
    found = get_object_or_404(Meeting.objects.select_related("body"), body__slug=slug, pk=pk)
    if found.state == MeetingState.CHOOSING or (not found.is_public and not request.user.is_authenticated):
        raise Http404
    at = timezone.now()
    form = CheckInForm(request.POST or None)
    context = {"meeting": found, "form": form, "is_open": actions.is_check_in_open(found, at), "canonical_url": ""}
    if request.method != "POST" or not form.is_valid():
        return render(request, "governance/check_in.html", context, status=422 if form.errors else 200)
    if is_too_fast(request, "check_in", CHECK_INS) or is_too_fast(
        request, "check_in_one", TRIES, key=f"{pk}:{form.cleaned_data['email'].lower()}"
    ):
        return too_fast(request)
    if form.is_from_a_machine() or form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return render(request, "governance/check_in.html", context, status=422)
    try:
        actions.check_in(meeting=found, code=form.cleaned_data["code"], email=form.cleaned_data["email"], at=at)
    except actions.GovernanceRefused as refusal:
        form.add_error(refusal.field or None, refusal.phrase)
        return render(request, "governance/check_in.html", context, status=422)
    return render(request, "governance/checked_in.html", {"meeting": found, "canonical_url": ""})
