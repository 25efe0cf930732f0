"""Screens of accounts and mandates, for administrators only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts import actions, queries, rules
from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.accounts.enums import Role
from maillage.accounts.forms import MandateForm, PersonForm
from maillage.accounts.models import Mandate, User

PAGE_SIZE = 50
administrators_only = behind(rules.may_manage_people)


@require_GET
@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100].strip()
    page = Paginator(queries.people(words), PAGE_SIZE).get_page(request.GET.get("page"))
    return show(
        request,
        "accounts/backoffice/people.html",
        title="Personnes",
        icon="user",
        rows=[(person, queries.running_roles_in_words(person, on=today())) for person in page],
        page=page,
        words=words,
    )


@administrators_only
@sensitive_variables("password")
def add_person(request: OfficeRequest) -> HttpResponse:
    form, mandate = PersonForm(request.POST or None), MandateForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and mandate.is_valid():
        password = actions.draw_password()
        try:
            user = actions.open_account(**form.cleaned_data, password=password, by=request.user, at=timezone.now())
        except actions.PersonRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            actions.give_mandate(user=user, **_mandate_facts(mandate), by=request.user, at=timezone.now())
            return _person_page(request, user, password=password)
    return show(
        request,
        "accounts/backoffice/add_person.html",
        title="Nouvelle personne",
        crumbs=[_people_crumb()],
        forms=[form, mandate],
    )


@administrators_only
def person(request: OfficeRequest, pk: int) -> HttpResponse:
    """One person: their mandates, and a new one on POST."""
    user = find(queries.people(), pk)
    form = MandateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_mandate(user=user, **_mandate_facts(form), by=request.user, at=timezone.now())
        except actions.PersonRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, "Le mandat est donné.")
            return redirect("people_office:person", user.pk)
    return _person_page(request, user, form=form)


@require_POST
@administrators_only
def end_mandate(request: OfficeRequest, pk: int) -> HttpResponse:
    mandate = find(Mandate.objects.select_related("user"), pk)
    try:
        actions.end_mandate(mandate=mandate, by=request.user, at=timezone.now())
    except actions.PersonRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "Le mandat est terminé : ses droits sont fermés dès maintenant.")
    return redirect("people_office:person", mandate.user_id)


@require_POST
@administrators_only
@sensitive_variables("password")
def renew_password(request: OfficeRequest, pk: int) -> HttpResponse:
    user = find(queries.people(), pk)
    password = actions.draw_password()
    actions.renew_password(user=user, password=password, by=request.user, at=timezone.now())
    if user.pk == request.user.pk:
        update_session_auth_hash(request, user)
    return _person_page(request, user, password=password)


@require_POST
@administrators_only
def reset_second_factor(request: OfficeRequest, pk: int) -> HttpResponse:
    user = find(queries.people(), pk)
    actions.reset_second_factor(user=user, by=request.user, at=timezone.now())
    messages.success(request, "Le deuxième moyen est oublié : la personne en mettra un autre en place en entrant.")
    return redirect("people_office:person", user.pk)


@require_POST
@administrators_only
def set_account_open(request: OfficeRequest, pk: int) -> HttpResponse:
    user, is_open = find(queries.people(), pk), request.POST.get("open") == "1"
    try:
        actions.set_account_open(user=user, is_open=is_open, by=request.user, at=timezone.now())
    except actions.PersonRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "Le compte est rouvert." if is_open else "Le compte est fermé.")
    return redirect("people_office:person", user.pk)


def _person_page(
    request: HttpRequest, user: User, *, form: MandateForm | None = None, password: str = ""
) -> HttpResponse:
    held = [(mandate, mandate.holds_on(today())) for mandate in user.mandates.all()]
    return show(
        request,
        "accounts/backoffice/person.html",
        title=str(user),
        icon="user",
        crumbs=[_people_crumb()],
        person=user,
        mandates=held,
        form=form or MandateForm(),
        password=password,
        roles=queries.roles_in_words(user, on=today()),
        absence=queries.own_absence(user),
    )


def _people_crumb() -> tuple[str, str]:
    return "Personnes", reverse("people_office:people")


def _mandate_facts(form: MandateForm) -> dict[str, Any]:
    return {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
