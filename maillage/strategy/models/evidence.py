from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.strategy.models.plan import Measure


class Evidence(models.Model):
    """An object of the platform that shows what a measure became, attached by hand or by a rule.

    object_type: "app.model" of a kind that a room declares; rule: key of the rule that attached it, "" by hand.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="evidence")
    object_type = models.CharField("quoi", max_length=60)
    object_id = models.BigIntegerField("lequel")
    rule = models.CharField("par la règle", max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    attached_at = models.DateTimeField("attachée le")

    class Meta:
        verbose_name = "preuve"
        constraints = [
            models.UniqueConstraint(fields=["measure", "object_type", "object_id"], name="evidence_once"),
            models.CheckConstraint(condition=Q(rule="") | Q(by=None), name="evidence_by_hand_or_by_rule"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="evidence_of_object"),
            models.Index(fields=["measure", "object_type", "-attached_at", "-id"], name="evidence_latest"),
            models.Index(fields=["measure", "rule"], name="evidence_by_rule", condition=~Q(rule="")),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class EvidenceRule(models.Model):
    """A rule that somebody switched on for a measure; a room says what it attaches."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="evidence_rules")
    key = models.CharField("règle", max_length=80)
    since = models.DateTimeField("depuis")

    class Meta:
        verbose_name = "règle de preuves"
        constraints = [models.UniqueConstraint(fields=["measure", "key"], name="evidence_rule_once")]

    def __str__(self) -> str:
        return self.key


class EvidenceCount(models.Model):
    """How many proofs of a kind a measure has, kept by the verbs: pages count nothing, however many there are."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="evidence_counts")
    object_type = models.CharField("quoi", max_length=60)
    count = models.PositiveIntegerField("combien", default=0)

    class Meta:
        verbose_name = "compte de preuves"
        constraints = [models.UniqueConstraint(fields=["measure", "object_type"], name="evidence_count_once")]

    def __str__(self) -> str:
        return f"{self.object_type} : {self.count}"
