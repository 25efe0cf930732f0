"""An organisation in its people's own space: who enters, its profile, its people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maillage.accounts.models import User
from maillage.accounts.rules import Decision, Person
from maillage.directory.models import Organisation
from maillage.kernel.once import SentBefore, once
from maillage.outbox.actions import AddressRefused
from maillage.space import actions, queries, queries_profile, rules
from maillage.space.enums import Part
from maillage.space.forms import InvitationForm, ProfileForm
from maillage.space.models import Membership, Profile

View = Callable[..., HttpResponse]


def opens_to(rule: Callable[[Person, Organisation], Decision]) -> Callable[[View], View]:
    """Give the view the organisation of this number, when the rule allows; others read why not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, organisation_id: int, **kwargs: Any) -> HttpResponse:
            if organisation_id >= 2**63:
                raise Http404
            organisation = get_object_or_404(Organisation, pk=organisation_id, merged_into=None)
            decision = rule(cast("Person", request.user), organisation)
            if decision:
                return view(request, organisation, **kwargs)
            if not organisation.is_public:  # unknown and forbidden answer alike
                raise Http404
            return render(
                request, "space/refused.html", {"decision": decision, "organisation": organisation}, status=403
            )

        return never_cache(guarded)

    return decorate


@opens_to(rules.may_revise)
def profile(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What forms ask again and again, kept once; read by the organisation's own people only."""
    kept = Profile.objects.filter(organisation=organisation).first()
    form, status = ProfileForm(request.POST or None, instance=kept), 422
    if request.method == "POST" and form.is_valid():
        try:
            once(request, actions.keep_profile, organisation=organisation, facts=form.facts(),
                 seen=form.cleaned_data["seen_at"], by=cast("User", request.user), at=timezone.now())  # fmt: skip
        except actions.ProfileMoved as moved:
            status = 409
            form.show_beside(moved.profile)
        except SentBefore as refusal:
            status = 409
            form.add_error(None, refusal.phrase)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("space:profile", organisation.pk)
    context = {
        "organisation": organisation, "form": form, "kept": kept, "used": queries_profile.bytes_held(organisation),
        "attachments": queries_profile.attachment_rows(organisation, on=timezone.localdate()),
        "add_url": reverse("space:add_attachment", args=[organisation.pk]),
    }  # fmt: skip
    return render(request, "space/profile.html", context, status=status if form.errors else 200)


@opens_to(rules.may_revise)
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who is there; the manager invites on POST."""
    user = cast("User", request.user)
    is_manager, status = rules.part_in(user, organisation) == Part.MANAGER, 422
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and is_manager and form.is_valid():
        try:
            once(request, actions.invite, organisation=organisation, email=form.cleaned_data["email"], by=user,
                 at=timezone.now())  # fmt: skip
        except AddressRefused:
            form.add_error("email", "Nous ne pouvons pas écrire à cette adresse.")
        except SentBefore as refusal:
            form.add_error(None, refusal.phrase)
            status = 409
        else:
            messages.success(request, "L’invitation part. La personne l’acceptera depuis sa lettre.")
            return redirect("space:people", organisation.pk)
    context = {
        "organisation": organisation,
        "members": queries.members_of(organisation.pk),
        "is_manager": is_manager,
        "form": form,
    }
    return render(request, "space/people.html", context, status=status if form.errors else 200)


@require_POST
@opens_to(rules.may_manage)
def hand_over(request: HttpRequest, organisation: Organisation, membership_id: int) -> HttpResponse:
    return _done(request, organisation, "La main est passée.", lambda user, one: actions.hand_over(
        organisation=organisation, to=one, by=user, at=timezone.now()), membership_id)  # fmt: skip


@require_POST
@opens_to(rules.may_manage)
def remove(request: HttpRequest, organisation: Organisation, membership_id: int) -> HttpResponse:
    return _done(request, organisation, "Cette personne ne contribue plus.", lambda user, one: actions.remove(
        membership=one, by=user, at=timezone.now()), membership_id)  # fmt: skip


@require_POST
@opens_to(rules.may_revise)
def leave(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    user = cast("User", request.user)
    own = get_object_or_404(Membership, user=user, organisation=organisation)
    try:
        actions.leave(membership=own, by=user, at=timezone.now())
    except actions.MemberRefused as refusal:
        messages.error(request, refusal.phrase)
        return redirect("space:people", organisation.pk)
    messages.success(request, f"Vous avez quitté {organisation.name}.")
    return redirect("own:home")


def _done(
    request: HttpRequest,
    organisation: Organisation,
    said: str,
    act: Callable[[User, Membership], None],
    membership_id: int,
) -> HttpResponse:
    one = get_object_or_404(Membership, pk=membership_id, organisation=organisation)
    try:
        act(cast("User", request.user), one)
    except actions.MemberRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, said)
    return redirect("space:people", organisation.pk)
