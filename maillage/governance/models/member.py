from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.governance.enums import Function, RequestState
from maillage.governance.models.body import Body, College


class Member(models.Model):
    """Somebody in a body, from a day to a day: known by an address, with or without an account.

    A mandate ends by itself after `until`; the row stays, since presences lean on it. Without address and name, it is
    somebody who was erased. `name_agreed_at`: when the person said that their name may be public.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    name = models.CharField("nom", max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name="parle pour", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    college = models.ForeignKey(
        College, verbose_name="collège", null=True, blank=True, on_delete=models.SET_NULL, related_name="members"
    )
    function = models.CharField("fonction", max_length=9, choices=Function, default=Function.MEMBER)
    since = models.DateField("depuis")
    until = models.DateField("jusqu’au", null=True, blank=True)
    charter_at = models.DateTimeField("charte acceptée le", null=True, blank=True)
    name_agreed_at = models.DateTimeField("accord pour publier le nom", null=True, blank=True)

    class Meta:
        verbose_name = "membre"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="member_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["body", "email", "since"], condition=~Q(email=""), name="member_once"),
            models.UniqueConstraint(
                fields=["body", "email"], condition=Q(until__isnull=True) & ~Q(email=""), name="member_unended_once"
            ),
        ]
        indexes = [models.Index(fields=["email"], name="member_address")]

    def __str__(self) -> str:
        return self.name or (self.email.partition("@")[0] if self.email else "Une personne partie")

    def runs_on(self, day: date) -> bool:
        """Does the mandate run that day?"""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def recipient(self) -> User | str:
        """Whom to write to; "" when nobody can be any more."""
        return self.user if self.user is not None and self.user.is_active else self.email


class JoinRequest(models.Model):
    """An organisation asks for a seat in a body; its manager accepted the charter, an agent decides."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="requests")
    organisation = models.ForeignKey(Organisation, verbose_name="structure", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, verbose_name="demandée par", on_delete=models.CASCADE, related_name="+")
    words = models.TextField("ce qu’elle en attend", max_length=1_000, blank=True)
    charter_at = models.DateTimeField("charte acceptée le", null=True, blank=True)
    state = models.CharField("état", max_length=8, choices=RequestState, default=RequestState.OPEN)
    reason = models.CharField("motif", max_length=300, blank=True)
    opened_at = models.DateTimeField("demandée le")
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "demande d’entrée"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "organisation"], condition=Q(state=RequestState.OPEN), name="join_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, decided_at__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(decided_at__isnull=False)),
                name="join_request_decision_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} : {self.body}"
