from __future__ import annotations

from django.db import models
from django.urls import reverse

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
    """A line of action (*piste d’action*), known by its code: `1.3` is the third of axis 1; `G.1` a body."""

    axis = models.ForeignKey(Axis, null=True, blank=True, on_delete=models.CASCADE, related_name="measures")
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField("code", max_length=8)
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("titre", max_length=200)
    summary = models.TextField("en bref", blank=True)

    class Meta:
        verbose_name = "mesure"
        constraints = [models.UniqueConstraint(fields=["strategy", "code"], name="measure_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return f"{reverse('strategy:index')}#mesure-{self.code.replace('.', '-').lower()}"
