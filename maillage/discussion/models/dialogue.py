from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.discussion.enums import DialogueForm, DialogueState, Side
from maillage.strategy.models import Measure

PREFIX = "dialogue"


class Dialogue(models.Model):
    """A question between the people of the ESS and an authority, from its first words to its synthesis.

    A draft is seen by agents only. Its exchanges and files are a circle: participants with an account, and agents.
    """

    slug = models.SlugField("adresse", max_length=80, unique=True)
    title = models.CharField("titre", max_length=150)
    question = models.TextField("question", max_length=500)
    form = models.CharField("forme", max_length=10, choices=DialogueForm)
    state = models.CharField("état", max_length=6, choices=DialogueState, default=DialogueState.DRAFT)
    measure = models.ForeignKey(Measure, verbose_name="mesure", null=True, blank=True, on_delete=models.SET_NULL,
                                related_name="+")  # fmt: skip
    event_date = models.DateField("date de la rencontre", null=True, blank=True)
    place = models.CharField("lieu", max_length=150, blank=True)
    synthesis = models.TextField("synthèse", max_length=8_000, blank=True)
    is_example = models.BooleanField("donnée d’exemple", default=False)
    opened_at = models.DateTimeField("ouvert le")
    changed_at = models.DateTimeField("changé le")

    class Meta:
        verbose_name = "dialogue"
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(question=""), name="dialogue_asks_something"),
            models.CheckConstraint(
                condition=~Q(state=DialogueState.CLOSED) | ~Q(synthesis=""), name="dialogue_closed_with_synthesis"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("discussion:dialogue", args=[self.slug])

    @property
    def circle(self) -> str:
        """The key of its circle."""
        return f"{PREFIX}-{self.pk}"


class Participant(models.Model):
    """Who takes part, on one of the two sides: shown by name and quality; an account opens the exchanges to them."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="participants")
    side = models.CharField("côté", max_length=9, choices=Side)
    name = models.CharField("nom affiché", max_length=120)
    quality = models.CharField("structure ou fonction", max_length=150, blank=True)
    user = models.ForeignKey(User, verbose_name="compte", null=True, blank=True, on_delete=models.SET_NULL,
                             related_name="+")  # fmt: skip

    class Meta:
        verbose_name = "participant"
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "user"], name="dialogue_person_once", condition=~Q(user=None)),
            models.CheckConstraint(condition=~Q(name=""), name="dialogue_participant_is_named"),
        ]

    def __str__(self) -> str:
        return f"Participant n° {self.pk}"


class AgendaItem(models.Model):
    """A dialogue sent to the agenda of a body: where, for which meeting, and what came of it.

    `body` in words; `reference` is left to the room that keeps agendas ("" until it takes the item).
    """

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="agenda_items")
    body = models.CharField("instance", max_length=150)
    meeting_date = models.DateField("réunion du")
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField("demandé le")
    outcome = models.TextField("suite donnée", max_length=2_000, blank=True)
    outcome_date = models.DateField("suite donnée le", null=True, blank=True)
    reference = models.CharField("repère de l’ordre du jour", max_length=80, blank=True)

    class Meta:
        verbose_name = "point à l’ordre du jour"
        verbose_name_plural = "points à l’ordre du jour"
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "body", "meeting_date"], name="dialogue_on_agenda_once"),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_date=None) | (~Q(outcome="") & Q(outcome_date__isnull=False)),
                name="agenda_outcome_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.meeting_date:%d/%m/%Y}"
