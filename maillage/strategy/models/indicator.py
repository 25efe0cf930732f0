from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.strategy.models.plan import Axis, Measure, Strategy
from ui import french


class Kind(models.TextChoices):
    """What an indicator looks at: what was done, what came of it, what it changed."""

    OUTPUT = "output", "Réalisation : ce que l’on fait"
    RESULT = "result", "Résultat : ce que cela donne"
    IMPACT = "impact", "Effet : ce que cela change"


class Frequency(models.TextChoices):
    """How often a new value is due."""

    DAILY = "daily", "chaque jour"
    QUARTERLY = "quarterly", "chaque trimestre"
    YEARLY = "yearly", "chaque année"


class Better(models.TextChoices):
    HIGHER = "higher", "Plus c’est haut, mieux c’est"
    LOWER = "lower", "Plus c’est bas, mieux c’est"


class Indicator(models.Model):
    """A figure by which the strategy is judged, known by its code. The file owns it all, but targets and readings.

    unit: French, « fiche,fiches » (one, several) or a symbol. gauge: what the platform reads by itself (kernel
    registry), "" when somebody types it. Axis and measure may go away with an edition of the plan: the figure stays.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="indicators")
    axis = models.ForeignKey(Axis, null=True, blank=True, on_delete=models.SET_NULL, related_name="indicators")
    measure = models.ForeignKey(Measure, null=True, blank=True, on_delete=models.SET_NULL, related_name="indicators")
    code = models.CharField("code", max_length=8)
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("titre", max_length=200)
    definition = models.TextField("ce que c’est", max_length=1_000)
    formula = models.TextField("comment on le compte", max_length=1_000)
    unit = models.CharField("unité", max_length=80)
    kind = models.CharField("nature", max_length=6, choices=Kind)
    source = models.CharField("source", max_length=200)
    frequency = models.CharField("fréquence", max_length=9, choices=Frequency)
    gauge = models.CharField("jauge", max_length=60, blank=True)
    baseline = models.DecimalField("valeur de départ", max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_date = models.DateField("date de la valeur de départ", null=True, blank=True)
    decimals = models.PositiveSmallIntegerField("décimales", default=0)
    is_people = models.BooleanField("compte des personnes", default=False)
    better_is = models.CharField("sens", max_length=6, choices=Better, default=Better.HIGHER)

    class Meta:
        verbose_name = "indicateur"
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="indicator_once"),
            models.CheckConstraint(
                condition=Q(baseline=None, baseline_date=None) | ~Q(baseline=None) & ~Q(baseline_date=None),
                name="indicator_baseline_is_dated",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="indicator_kind_known"),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="indicator_frequency_known"),
            models.CheckConstraint(condition=Q(better_is__in=Better.values), name="indicator_sense_known"),
            models.CheckConstraint(condition=Q(decimals__lte=2), name="indicator_two_decimals"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("strategy:indicator", args=[self.code])

    @property
    def is_computed(self) -> bool:
        return bool(self.gauge)

    def number(self, value: Decimal) -> str:
        """« 1 234,5 »"""
        return french.number(value, self.decimals)

    def words(self, value: Decimal) -> str:
        """« 1 234 fiches », « 12,5 % »"""
        one, _, many = self.unit.partition(",")
        return f"{self.number(value)}{french.WIDE}{many if many and abs(value) >= 2 else one}"

    @property
    def unit_words(self) -> str:
        """The unit by itself, in the plural."""
        one, _, many = self.unit.partition(",")
        return many or one


class Target(models.Model):
    """What an indicator should reach by the end of a year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField("année")
    value = models.DecimalField("cible", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "cible"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="target_once"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="target_year_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} en {self.year}"


class Reading(models.Model):
    """The value of an indicator on a day. parts: {SIREN of EPCI: value as text}; whole: of how many.

    path: the list that was counted. is_people is kept with the value: what was read as people stays masked.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField("date")
    value = models.DecimalField("valeur", max_digits=14, decimal_places=2)
    whole = models.DecimalField("sur", max_digits=14, decimal_places=2, null=True, blank=True)
    parts = models.JSONField("par communauté de communes", default=dict, blank=True)
    path = models.CharField("liste comptée", max_length=200, blank=True)
    note = models.CharField("d’où vient la valeur", max_length=300, blank=True)
    is_computed = models.BooleanField("lue par la plateforme", default=False)
    is_people = models.BooleanField("compte des personnes", default=False)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "relevé"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "on"], name="reading_once_a_day"),
            models.CheckConstraint(condition=Q(is_computed=True) | ~Q(note=""), name="reading_typed_has_source"),
            models.CheckConstraint(
                condition=Q(whole=None) | Q(whole__gte=F("value")), name="reading_no_more_than_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} le {self.on}"

    @property
    def part_values(self) -> dict[str, Decimal]:
        return {siren: Decimal(value) for siren, value in self.parts.items()}
