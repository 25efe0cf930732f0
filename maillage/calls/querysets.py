from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.accounts.rules import Person, may_enter_back_office
from maillage.calls.enums import EXAMINED, ApplicationState, CoApplicantState

if TYPE_CHECKING:
    from maillage.calls.models import Application, Call  # noqa: F401


class CallQuerySet(models.QuerySet["Call"]):
    """Calls of the territory's authorities."""

    def published(self) -> CallQuerySet:
        """Everybody may read them."""
        return self.filter(published_at__isnull=False, archived_at=None)

    def open(self, at: datetime) -> CallQuerySet:
        """They take applications at that moment, reopenings left aside."""
        return self.published().filter(
            Q(closes_at=None) | Q(closes_at__gt=at), opens_at__lte=at, decided_at=None
        )  # fmt: skip

    def to_come(self, at: datetime) -> CallQuerySet:
        return self.published().filter(opens_at__gt=at)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications; `visible_to` is the only door for whoever asks."""

    def visible_to(self, person: Person, *, on: date) -> ApplicationQuerySet:
        """What that person may read that day; nothing that they stay away from, whatever their part.

        Agents: all that were submitted. Members of the applying organisations: theirs. Jury: submitted ones of its
        calls, once it pledged.
        """
        if not isinstance(person, User) or not person.is_active:
            return self.none()
        read = Q(pk__in=self._of_people(person))
        if may_enter_back_office(person, on=on):
            read |= ~Q(state=ApplicationState.DRAFT)
        else:
            read |= Q(pk__in=self._of_jury(person))
        return self.filter(read).exclude(pk__in=self._left_by(person))

    def received_by(self, person: Person, *, on: date) -> ApplicationQuerySet:
        """What that person may read and that was sent: the lists of the team. `visible_to` without drafts, asked so
        that whole lists are counted from an index."""
        if isinstance(person, User) and person.is_active and may_enter_back_office(person, on=on):
            sent = self.exclude(state=ApplicationState.DRAFT)
            return sent.exclude(pk__in=self._left_by(person))
        return self.visible_to(person, on=on).exclude(state=ApplicationState.DRAFT)

    def written_by(self, person: User) -> ApplicationQuerySet:
        """Those that this person's organisations hold, alone or with others."""
        return self.filter(pk__in=self._of_people(person))

    def _left_by(self, person: User) -> models.QuerySet[Application, int]:
        """Numbers of those that this person stays away from."""
        return self._all().filter(recusals__user=person).values_list("pk", flat=True)

    def _of_people(self, person: User) -> ApplicationQuerySet:
        agreed = Q(
            co_applicants__state=CoApplicantState.AGREED, co_applicants__organisation__memberships__user=person
        )  # fmt: skip
        return self._all().filter(Q(organisation__memberships__user=person) | agreed)

    def _of_jury(self, person: User) -> ApplicationQuerySet:
        named = self._all().filter(call__reviewers__user=person, call__reviewers__pledged_at__isnull=False)
        return named.exclude(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])

    def _all(self) -> ApplicationQuerySet:
        return ApplicationQuerySet(self.model)

    def submitted(self) -> ApplicationQuerySet:
        """Whatever became of them since."""
        return self.filter(submitted_at__isnull=False).exclude(state=ApplicationState.WITHDRAWN)

    def examined(self) -> ApplicationQuerySet:
        return self.filter(state__in=EXAMINED)
