from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from maillage.strategy.enums import STANDING_STILL, Framework, Priority, State
from maillage.territories.models import Territory


class Strategy(models.Model):
    """The plan a territory has voted, from a year to another."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="strategies")
    slug = models.SlugField("adresse", unique=True)
    title = models.CharField("titre", max_length=200)
    summary = models.TextField("en bref", blank=True)
    start_year = models.PositiveSmallIntegerField("première année")
    end_year = models.PositiveSmallIntegerField("dernière année")
    figures = models.JSONField("chiffres du document", default=list)
    source = models.CharField("document d’origine", max_length=500, blank=True)

    class Meta:
        verbose_name = "stratégie"

    def __str__(self) -> str:
        return self.title


class Axis(models.Model):
    """One of the great directions of the strategy."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="axes")
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("titre", max_length=200)
    summary = models.TextField("en bref", blank=True)

    class Meta:
        verbose_name = "axe"
        constraints = [models.UniqueConstraint(fields=["strategy", "number"], name="axis_once")]

    def __str__(self) -> str:
        return f"Axe {self.number} : {self.title}"


class Objective(models.Model):
    """What an axis wants to reach."""

    axis = models.ForeignKey(Axis, on_delete=models.CASCADE, related_name="objectives")
    number = models.PositiveSmallIntegerField("numéro")
    text = models.CharField("texte", max_length=300)

    class Meta:
        verbose_name = "objectif"
        constraints = [models.UniqueConstraint(fields=["axis", "number"], name="objective_once")]

    def __str__(self) -> str:
        return self.text


class Measure(models.Model):
    """A line of action (*piste d'action*), known by its code: `1.3` is the third of axis 1; `G.1` a body.

    The strategy's file owns code, title and summary; people own the rest, and all of a measure that they added.
    """

    axis = models.ForeignKey(Axis, null=True, blank=True, on_delete=models.CASCADE, related_name="measures")
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField("code", max_length=8)
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("titre", max_length=200)
    summary = models.TextField("en bref", blank=True)
    is_added = models.BooleanField("ajoutée par l’équipe", default=False)
    state = models.CharField("état", max_length=12, choices=State, default=State.TO_LAUNCH)
    state_note = models.CharField("pourquoi", max_length=300, blank=True)
    state_since = models.DateField("depuis le", null=True, blank=True)
    priority = models.PositiveSmallIntegerField("priorité", choices=Priority, default=Priority.NORMAL)
    carried_by = models.CharField("portée par", max_length=160, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name="suivie par",
    )  # fmt: skip
    partners = models.CharField("avec", max_length=500, blank=True)
    liaison_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name="référente ou référent",
    )  # fmt: skip
    start_date = models.DateField("début", null=True, blank=True)
    end_date = models.DateField("fin prévue", null=True, blank=True)
    risks = models.TextField("ce qui peut gêner", max_length=2_000, blank=True)
    frameworks = models.JSONField("aussi dans", default=list, blank=True)
    changed_at = models.DateTimeField("changée le", null=True, blank=True)

    class Meta:
        verbose_name = "mesure"
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="measure_once"),
            models.CheckConstraint(
                condition=~Q(state__in=STANDING_STILL) | ~Q(state_note=""), name="measure_stands_still_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="measure_ends_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("strategy:measure", args=[self.code])

    @property
    def framework_labels(self) -> list[str]:
        """In words, in the order of the enum; what is no longer known is left out."""
        return [str(one.label) for one in Framework if one.value in self.frameworks]
