from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from maillage.calls.enums import DecidingBody, StateAid
from maillage.strategy.models import Measure
from maillage.territories.models import Epci

NOTHING = Decimal(0)


class Authority(models.Model):
    """Who grants: the territory itself (no `epci`), or one of its communities of communes.

    siret: 14 digits, "" unknown. court: before which a refusal is contested, as its letters say.
    """

    name = models.CharField("nom officiel", max_length=200, unique=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    epci = models.OneToOneField(
        Epci, verbose_name="communauté de communes", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    court = models.CharField("tribunal administratif", max_length=80, blank=True)

    class Meta:
        verbose_name = "autorité qui attribue"
        verbose_name_plural = "autorités qui attribuent"

    def __str__(self) -> str:
        return self.name


class Scheme(models.Model):
    """What an authority may grant, on what legal ground, and who deliberates (*dispositif*).

    regional_agreement: reference of the agreement with the Région, when the aid is economic. defines_need: the
    authority says itself what it wants done: it looks like a purchase, and the screens warn.
    """

    authority = models.ForeignKey(Authority, verbose_name="autorité", on_delete=models.PROTECT, related_name="schemes")
    title = models.CharField("intitulé", max_length=150)
    purpose = models.TextField("but", max_length=1_000)
    legal_basis = models.CharField("base juridique", max_length=300)
    regional_agreement = models.CharField("convention avec la Région", max_length=150, blank=True)
    state_aid = models.CharField("régime d’aide", max_length=11, choices=StateAid, default=StateAid.NONE)
    deciding_body = models.CharField(
        "qui délibère", max_length=9, choices=DecidingBody, default=DecidingBody.COUNCIL
    )  # fmt: skip
    defines_need = models.BooleanField("la collectivité définit elle-même ce qui est à faire", default=False)
    measure = models.ForeignKey(
        Measure, verbose_name="mesure de la stratégie", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    opened_at = models.DateTimeField("créé le")
    is_example = models.BooleanField("donnée d’exemple", default=False)

    class Meta:
        verbose_name = "dispositif"
        constraints = [models.UniqueConstraint(fields=["authority", "title"], name="scheme_title_once")]

    def __str__(self) -> str:
        return self.title


class EnvelopeLine(models.Model):
    """What a scheme may spend in a year, in euros; several calls may draw on one line.

    `awarded` moves with each award, in its transaction, by a conditional update: the database refuses a cent too much.
    """

    scheme = models.ForeignKey(Scheme, verbose_name="dispositif", on_delete=models.PROTECT, related_name="lines")
    year = models.PositiveSmallIntegerField("année")
    amount = models.DecimalField("enveloppe", max_digits=12, decimal_places=2)
    awarded = models.DecimalField("déjà accordé", max_digits=12, decimal_places=2, default=NOTHING)

    class Meta:
        verbose_name = "ligne d’enveloppe"
        verbose_name_plural = "lignes d’enveloppe"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "year"], name="envelope_line_once"),
            models.CheckConstraint(
                condition=Q(awarded__gte=NOTHING) & Q(awarded__lte=F("amount")), name="envelope_never_passed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}, {self.year}"

    @property
    def left(self) -> Decimal:
        """Euros that may still be awarded."""
        return self.amount - self.awarded


class Numbering(models.Model):
    """The last number given in a series ("AAP-2026"): without a gap, for it moves in the transaction that uses it."""

    series = models.CharField("série", max_length=20, primary_key=True)
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "numérotation"

    def __str__(self) -> str:
        return f"{self.series} : {self.last}"
