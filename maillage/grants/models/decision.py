from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import User
from maillage.calls.enums import DecidingBody
from maillage.calls.models import Application, Criterion, EnvelopeLine
from maillage.desk.models import Project
from maillage.grants.enums import Ground, Outcome
from maillage.grants.querysets import DecisionQuerySet

if TYPE_CHECKING:
    from maillage.grants.models.agreement import Agreement
    from maillage.grants.models.cancellation import Cancellation


class Decision(models.Model):
    """What the deciding body says of an application: prepared by one person, confirmed with its deliberation.

    amount, line: euros and envelope of an award. reason: words that the letter of a refusal says; ground, criterion:
    for the statistics. override: why an aid *de minimis* passes its ceiling, "" when it does not. body, deliberation,
    deliberated_on: known at the confirmation; nothing is granted or refused without them. project: its file at the
    desk. by whom: None once the account was erased. cancelled_at: an award that ended after its signature
    (`Cancellation`): it counts nowhere any more, and its amount stays written. first_amount: what it was before a
    `Reduction`, None without. is_example: as its application.
    """

    application = models.OneToOneField(
        Application, verbose_name="dossier", on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField("décision", max_length=7, choices=Outcome)
    amount = models.DecimalField("montant accordé", max_digits=12, decimal_places=2, null=True, blank=True)
    first_amount = models.DecimalField("montant d’abord", max_digits=12, decimal_places=2, null=True, blank=True)
    line = models.ForeignKey(
        EnvelopeLine, verbose_name="enveloppe", null=True, blank=True, on_delete=models.PROTECT,
        related_name="decisions",
    )  # fmt: skip
    reason = models.TextField("raison", max_length=1_000, blank=True)
    ground = models.CharField("motif", max_length=9, choices=Ground, blank=True)
    criterion = models.ForeignKey(
        Criterion, verbose_name="critère", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    override = models.CharField("raison du dépassement", max_length=400, blank=True)
    body = models.CharField("qui a délibéré", max_length=9, choices=DecidingBody, blank=True)
    deliberation = models.CharField("délibération n°", max_length=60, blank=True)
    deliberated_on = models.DateField("délibération du", null=True, blank=True)
    prepared_at = models.DateTimeField("préparée le")
    prepared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)
    project = models.ForeignKey(
        Project, verbose_name="projet au guichet", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_example = models.BooleanField("donnée d’exemple", default=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision"
        indexes = [models.Index(fields=["outcome", "-deliberated_on"], name="decision_published")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GRANTED, amount__gt=0, line__isnull=False)
                | ~Q(outcome=Outcome.GRANTED) & Q(amount=None, line=None),
                name="decision_grants_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(outcome=Outcome.DROPPED)
                | ~Q(deliberation="") & ~Q(body="") & Q(deliberated_on__isnull=False),
                name="decision_has_deliberation",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(prepared_by=None) | ~Q(outcome=Outcome.GRANTED)
                | ~Q(confirmed_by=F("prepared_by")),
                name="decision_award_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(confirmed_at__isnull=False), name="decision_confirmed_is_dated"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GRANTED) | Q(outcome=Outcome.DROPPED) | ~Q(reason="") & ~Q(ground=""),
                name="decision_refusal_says_why",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(outcome=Outcome.GRANTED, confirmed_at__isnull=False),
                name="decision_cancelled_was_award",
            ),
            models.CheckConstraint(
                condition=Q(first_amount=None) | Q(first_amount__gt=F("amount")), name="decision_only_comes_down"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Décision sur le {str(self.application).lower()}"

    @property
    def is_award(self) -> bool:
        """Money was really given: confirmed, with its deliberation, and not cancelled since."""
        return self.outcome == Outcome.GRANTED and self.confirmed_at is not None and self.cancelled_at is None

    @property
    def decided_amount(self) -> Decimal | None:
        """Euros as the deciding body first granted them, which letters and the agreement of that day say."""
        return self.amount if self.first_amount is None else self.first_amount

    @property
    def drawn(self) -> Agreement | None:
        """Its agreement, None before one is drawn; no query when it was selected with the row."""
        return getattr(self, "agreement", None)

    @property
    def ending(self) -> Cancellation | None:
        """What would end it, or did; None without; no query when it was selected with the row."""
        return getattr(self, "cancellation", None)
