from __future__ import annotations

from django.db import models

from maillage.governance.enums import ActionState, DecisionState
from maillage.governance.models.body import Body
from maillage.governance.models.meeting import AgendaItem, Meeting
from maillage.governance.models.member import Member
from maillage.strategy.models import Measure


class Decision(models.Model):
    """What a body decided, numbered within the body; the next meetings say whether it was kept."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    number = models.PositiveIntegerField("numéro")
    text = models.TextField("décision", max_length=1_000)
    state = models.CharField("suite", max_length=8, choices=DecisionState, default=DecisionState.FOLLOWED)
    note = models.CharField("ce qu’elle est devenue", max_length=300, blank=True)
    measure = models.ForeignKey(
        Measure, verbose_name="mesure", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField("changée le")

    class Meta:
        verbose_name = "décision"
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="decision_number_once")]

    def __str__(self) -> str:
        return f"Décision {self.number} : {self.text}"


class Action(models.Model):
    """Something that a member of the body does for a day; they tell where it stands from their letter."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="actions")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="actions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions")
    text = models.TextField("action", max_length=500)
    owner = models.ForeignKey(Member, verbose_name="qui", on_delete=models.PROTECT, related_name="actions")
    due_date = models.DateField("pour le")
    measure = models.ForeignKey(
        Measure, verbose_name="mesure", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField("état", max_length=7, choices=ActionState, default=ActionState.OPEN)
    news = models.CharField("nouvelles", max_length=500, blank=True)
    changed_at = models.DateTimeField("changée le")

    class Meta:
        verbose_name = "action"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=ActionState.STUCK) | ~models.Q(news=""), name="action_stuck_for_a_reason"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="action_of_owner"),
            models.Index(fields=["measure", "state"], name="action_of_measure"),
        ]

    def __str__(self) -> str:
        return self.text
