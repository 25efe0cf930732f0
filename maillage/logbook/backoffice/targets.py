"""Whom a call or a note is about, from the address: `?structure=12`, `?personne=7`, `?tache=3`."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.http import Http404, HttpRequest
from django.urls import reverse

from maillage.accounts.backoffice.screens import find
from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.logbook.actions import About
from maillage.outbox.models import ToDo
from maillage.outbox.queries import to_dos


@dataclass(frozen=True)
class Target:
    """about: None when one has still to be found; to_do: what asked for the call, if anything did."""

    about: About | None
    to_do: ToDo | None

    @property
    def field(self) -> str:
        return "structure" if isinstance(self.about, Organisation) else "personne"


def target_of(request: HttpRequest) -> Target:
    """What the address names; 404 for a number that leads nowhere."""
    to_do = None
    if number := _number(request, "tache"):
        to_do = find(to_dos(is_done=False), number)
    if number := _number(request, "structure"):
        return Target(find(Organisation.objects.not_merged(), number), to_do)
    if number := _number(request, "personne"):
        return Target(find(User.objects.all(), number), to_do)
    return Target(_about(to_do) if to_do is not None else None, to_do)


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    if not given:
        return 0
    if not given.isascii() or not given.isdecimal() or len(given) > 18:
        raise Http404
    return int(given)


def _about(to_do: ToDo) -> About | None:
    if to_do.object_type in {Organisation._meta.label_lower, User._meta.label_lower}:
        found = apps.get_model(to_do.object_type)._default_manager.filter(pk=to_do.object_id).first()
        return found if isinstance(found, (Organisation, User)) else None
    return to_do.mailbox.user if to_do.mailbox else None


def page_of(about: About) -> str:
    """Where one goes on after having written something about it."""
    if isinstance(about, Organisation):
        return reverse("directory_office:sheet", args=[about.pk])
    return reverse("logbook_office:person", args=[about.pk])
