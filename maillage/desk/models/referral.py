from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.desk import phrases
from maillage.desk.enums import Turn, Usefulness
from maillage.desk.models.project import Project
from maillage.directory.models import Organisation, Term
from maillage.territories.models import Epci


class Partner(models.Model):
    """Who helps projects besides us: what it brings, for which themes, stages and places. Nothing ticked: for all.

    `email`: where it is asked; it never signs in. stages: values of `Stage`.
    """

    name = models.CharField("nom", max_length=150, unique=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name="fiche de l’annuaire", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    brings = models.CharField("ce qu’il apporte", max_length=300)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    website = models.URLField("site", max_length=200, blank=True)
    topics = models.ManyToManyField(Term, verbose_name="thèmes", blank=True, related_name="+")
    places = models.ManyToManyField(Epci, verbose_name="communautés de communes", blank=True, related_name="+")
    stages = models.JSONField("étapes", default=list, blank=True)
    is_active = models.BooleanField("proposé", default=True)
    checked_on = models.DateField("vérifié le", null=True, blank=True)
    is_example = models.BooleanField("donnée d’exemple", default=False)
    changed_at = models.DateTimeField("changé le")

    class Meta:
        verbose_name = "partenaire"

    def __str__(self) -> str:
        return self.name


class Referral(models.Model):
    """A project introduced to a partner, once its holder agreed to what is told. A partner never reads another's.

    `shared`: the very words that the partner reads, as the holder agreed to them. `why`: why this partner.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="referrals")
    partner = models.ForeignKey(Partner, verbose_name="partenaire", on_delete=models.PROTECT, related_name="referrals")
    why = models.CharField("pourquoi ce partenaire", max_length=300)
    shared = models.TextField("ce qui lui est dit", max_length=2_000)
    state = models.CharField("état", max_length=10, choices=Turn, default=Turn.PROPOSED)
    proposed_at = models.DateTimeField("proposé le")
    proposed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    consent_at = models.DateTimeField("accord du porteur, le", null=True, blank=True)
    consent_noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField("demandé le", null=True, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answer = models.CharField("réponse du partenaire", max_length=400, blank=True)
    closed_at = models.DateTimeField("terminé le", null=True, blank=True)
    usefulness = models.CharField("utile", max_length=6, choices=Usefulness, blank=True)

    class Meta:
        verbose_name = "mise en relation"
        verbose_name_plural = "mises en relation"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "partner"], condition=~Q(state=Turn.CLOSED) & ~Q(state=Turn.REFUSED),
                name="referral_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[Turn.PROPOSED, Turn.REFUSED, Turn.CLOSED]) | Q(consent_at__isnull=False),
                name="referral_told_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[Turn.TAKEN, Turn.NOT_FOR_US, Turn.ALREADY]) | Q(answered_at__isnull=False),
                name="referral_answer_is_dated",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Mise en relation n° {self.pk}"

    @property
    def tone(self) -> str:
        """Of its badge."""
        return phrases.TURN_TONES[self.state]
