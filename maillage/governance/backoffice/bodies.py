"""Bodies as agents keep them: the list, one page for a body, its members and requests."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.accounts.models import User
from maillage.governance import actions
from maillage.governance.forms.bodies import BodyForm, CollegeForm, DecideForm, MemberForm
from maillage.governance.forms.meetings import OfficeAnswerForm
from maillage.governance.models import Body, College, JoinRequest, Member
from maillage.governance.queries import actions as tasks
from maillage.governance.queries import bodies as reads
from maillage.governance.queries import meetings
from maillage.governance.rules import may_keep_bodies
from maillage.kernel.once import SentBefore, once
from maillage.strategy.queries import home_measures

TITLE, ICON = "Instances", "group"
MEMBERS_PER_PAGE = 50


@require_GET
@behind(may_keep_bodies)
def bodies(request: OfficeRequest) -> HttpResponse:
    """All bodies (some ten: no paging), and the requests that wait."""
    at = timezone.now()
    return show(
        request, "governance/backoffice/bodies.html", title=TITLE, icon=ICON, lines=reads.body_lines(at),
        requests=[(one, DecideForm(auto_id=f"request-{one.pk}-%s")) for one in reads.open_requests()[:50]],
    )  # fmt: skip


@behind(may_keep_bodies)
def new(request: OfficeRequest) -> HttpResponse:
    """Open a body."""
    form = BodyForm(request.POST or None, measures=home_measures())
    if request.method == "POST" and form.is_valid():
        try:
            made = once(request, actions.open_body, facts=form.facts, by=request.user, at=timezone.now())
        except (actions.GovernanceRefused, SentBefore) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "L’instance est ouverte.")
            return redirect("governance_office:body", made.pk)
    return show(
        request, "governance/backoffice/body_form.html", title="Une nouvelle instance", icon=ICON, form=form,
        crumbs=[(TITLE, reverse("governance_office:bodies"))], status=422 if form.errors else 200,
    )  # fmt: skip


@behind(may_keep_bodies)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change what a body is."""
    found = find(Body.objects.all(), pk)
    form = BodyForm(request.POST or None, measures=home_measures(), body=found)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen_at"]
        try:
            actions.revise_body(body=found, facts=form.facts, by=request.user, at=timezone.now(), seen_at=seen)
        except actions.GovernanceRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("governance_office:body", pk)
    return show(
        request, "governance/backoffice/body_form.html", title=f"Changer {found}", icon=ICON, form=form,
        crumbs=[*crumbs(), (str(found), reverse("governance_office:body", args=[pk]))],
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_GET
@behind(may_keep_bodies)
def body(request: OfficeRequest, pk: int) -> HttpResponse:
    """One body: colleges, members, meetings."""
    return show_body(request, find(Body.objects.select_related("measure"), pk))


def show_body(request: OfficeRequest, found: Body, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one body; a form that was refused takes the place of the fresh one."""
    page = Paginator(reads.members_of(found), MEMBERS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, one.runs_on(today())) for one in page]
    return show(
        request, "governance/backoffice/body.html", title=str(found), icon=ICON, crumbs=crumbs(), body=found,
        line=reads.line_of(found, timezone.now()), page=page, rows=rows, colleges=found.colleges.order_by("position"),
        college_form=forms.get("college_form") or CollegeForm(),
        meetings=Paginator(meetings.meetings_of(found), 20).get_page(request.GET.get("reunions")),
        actions=[(one, OfficeAnswerForm(auto_id=f"action-{one.pk}-%s", initial={"state": one.state}))
                 for one in tasks.live_actions(found)[:30]],
        new_member=forms.get("new_member") or MemberForm(body=found),
        status=status,
    )  # fmt: skip


@require_POST
@behind(may_keep_bodies)
def add_college(request: OfficeRequest, pk: int) -> HttpResponse:
    found, form = find(Body.objects.all(), pk), CollegeForm(request.POST)
    if form.is_valid():
        try:
            once(request, actions.add_college, body=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (actions.GovernanceRefused, SentBefore) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Le collège est ajouté.")
            return redirect("governance_office:body", pk)
    return show_body(request, found, college_form=form, status=422)


@require_POST
@behind(may_keep_bodies)
def remove_college(request: OfficeRequest, pk: int) -> HttpResponse:
    found = find(College.objects.select_related("body"), pk)
    try:
        actions.remove_college(college=found, by=request.user, at=timezone.now())
    except actions.GovernanceRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "Le collège est retiré.")
    return redirect("governance_office:body", found.body_id)


@require_POST
@behind(may_keep_bodies)
def add_member(request: OfficeRequest, pk: int) -> HttpResponse:
    found = find(Body.objects.all(), pk)
    form = MemberForm(request.POST, body=found)
    if form.is_valid():
        try:
            once(
                request, actions.admit_member, body=found, email=form.cleaned_data["email"], facts=form.facts,
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except (actions.GovernanceRefused, SentBefore) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Le membre est ajouté.")
            return redirect("governance_office:body", pk)
    return show_body(request, found, new_member=form, status=422)


@behind(may_keep_bodies)
def member(request: OfficeRequest, pk: int) -> HttpResponse:
    """One mandate: change it, or end it."""
    found = find(Member.objects.select_related("body", "organisation", "college"), pk)
    form = MemberForm(request.POST or None, body=found.body, member=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_member(member=found, facts=form.facts, by=request.user, at=timezone.now())
        except actions.GovernanceRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Le mandat est enregistré.")
            return redirect("governance_office:body", found.body_id)
    return show(
        request, "governance/backoffice/member.html", title=str(found), icon="user", member=found, form=form,
        crumbs=[*crumbs(), (str(found.body), reverse("governance_office:body", args=[found.body_id]))],
        is_running=found.runs_on(today()), status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
@behind(may_keep_bodies)
def end_member(request: OfficeRequest, pk: int) -> HttpResponse:
    found = find(Member.objects.select_related("body"), pk)
    actions.end_member(member=found, by=request.user, at=timezone.now())
    messages.success(request, "Le mandat finit aujourd’hui.")
    return redirect("governance_office:body", found.body_id)


@require_POST
@behind(may_keep_bodies)
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    """Accept or refuse a seat."""
    found, form = find(JoinRequest.objects.all(), pk), DecideForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.decide_request(
            request=found, is_accepted="accept" in request.POST, reason=reason, by=request.user, at=timezone.now()
        )
    except actions.GovernanceRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "La réponse part.")
    return redirect("governance_office:bodies")


def bodies_panel(user: User) -> dict[str, Any] | None:
    """On the home: requests that wait, dormant bodies; None when nothing asks for anybody."""
    if not may_keep_bodies(user, on=today()):
        return None
    at = timezone.now()
    late = tasks.late_actions(at)
    dormant = [line for line in reads.body_lines(at) if line.is_dormant]
    waiting = reads.open_requests().count()
    facts = {"dormant": dormant, "waiting": waiting, "late": late}
    return facts if any(facts.values()) else None


def crumbs() -> list[tuple[str, str]]:
    """The path to the list."""
    return [(TITLE, reverse("governance_office:bodies"))]


def refuse(form: Any, refusal: Any) -> None:
    """Say on the form why nothing was written, beside the field when it has it."""
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, refusal.phrase)
