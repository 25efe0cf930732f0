from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.governance.enums import Joining, Kind
from maillage.strategy.models import Measure


class Body(models.Model):
    """Where people meet and decide: the collective, a working group, the steering committee.

    `quorum_percent`: share of running members who must be there or represented; 0 asks for none.
    `measure`: what the plan says of it (« G.1 »). A charter has the day of its text.
    """

    kind = models.CharField("sorte", max_length=16, choices=Kind)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    name = models.CharField("nom", max_length=120)
    purpose = models.TextField("à quoi elle sert", max_length=2_000)
    charter = models.TextField("charte", max_length=20_000, blank=True)
    charter_date = models.DateField("charte du", null=True, blank=True)
    joining = models.CharField("qui peut y entrer", max_length=13, choices=Joining)
    quorum_percent = models.PositiveSmallIntegerField("quorum", default=0)
    measure = models.ForeignKey(
        Measure, verbose_name="dans la stratégie", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_example = models.BooleanField("donnée d’exemple", default=False)
    opened_at = models.DateTimeField("ouverte le")
    changed_at = models.DateTimeField("changée le")

    class Meta:
        verbose_name = "instance"
        constraints = [
            models.CheckConstraint(condition=Q(quorum_percent__lte=100), name="body_quorum_is_a_share"),
            models.CheckConstraint(
                condition=Q(charter="", charter_date__isnull=True) | (~Q(charter="") & Q(charter_date__isnull=False)),
                name="body_charter_is_dated",
            ),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind=Kind.COLLECTIVE), name="body_one_collective"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:body", args=[self.slug])


class College(models.Model):
    """A part of a body whose members speak for the same sort of people; a proxy goes to one's own college."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="colleges")
    label = models.CharField("collège", max_length=120)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "collège"
        constraints = [models.UniqueConstraint(fields=["body", "label"], name="body_college_once")]

    def __str__(self) -> str:
        return self.label
