from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from maillage.accounts.rules import Person
from maillage.calls.models import Application
from maillage.grants.enums import Outcome

if TYPE_CHECKING:
    from maillage.grants.models import Decision  # noqa: F401


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions on applications."""

    def visible_to(self, person: Person, *, on: date) -> DecisionQuerySet:
        """Those on applications that this person may read that day."""
        return self.filter(application__in=Application.objects.visible_to(person, on=on))

    def prepared(self) -> DecisionQuerySet:
        """They wait for a second person."""
        return self.filter(confirmed_at=None)

    def confirmed(self) -> DecisionQuerySet:
        return self.filter(confirmed_at__isnull=False)

    def awards(self) -> DecisionQuerySet:
        """Money was really given and not cancelled since; everybody may read them."""
        return self.confirmed().filter(outcome=Outcome.GRANTED, cancelled_at=None)
