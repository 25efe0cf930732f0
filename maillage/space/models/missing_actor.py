from __future__ import annotations

from django.db import models

from maillage.accounts.models import User
from maillage.directory.facts import Facts
from maillage.directory.models import Organisation
from maillage.space.enums import MissingState
from maillage.territories.models import Commune


class MissingActor(models.Model):
    """An organisation that somebody says the directory lacks; nothing is public before an agent publishes its sheet.

    Not a Suggestion: that one belongs to a sheet and is decided by its manager; this one belongs to a commune.
    `facts` = {field of directory/facts.py: value proposed}; `verdicts` = {field: true when it was kept}, empty until
    a sheet is made of it. `sheet`: what it became, made or already there.
    """

    commune = models.ForeignKey(
        Commune, verbose_name="commune", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    facts = models.JSONField("ce qui est proposé", default=dict)
    how_known = models.TextField("comment la personne le sait", max_length=1_000, blank=True)
    name = models.CharField("nom", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    user = models.ForeignKey(
        User, verbose_name="personne", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_example = models.BooleanField("donnée d’exemple", default=False)
    state = models.CharField("état", max_length=7, choices=MissingState, default=MissingState.OPEN)
    verdicts = models.JSONField("ce qui a été gardé", default=dict, blank=True)
    reason = models.CharField("pourquoi", max_length=300, blank=True)
    sheet = models.ForeignKey(
        Organisation, verbose_name="fiche", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField("proposée le")
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_told_at = models.DateTimeField("parution annoncée le", null=True, blank=True)

    class Meta:
        verbose_name = "structure proposée"
        verbose_name_plural = "structures proposées"
        indexes = [
            models.Index(fields=["opened_at"], name="missing_open", condition=models.Q(state=MissingState.OPEN)),
            models.Index(
                fields=["sheet"], name="missing_to_tell",
                condition=models.Q(sheet__isnull=False, published_told_at__isnull=True),
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=MissingState.OPEN, decided_at__isnull=True)
                | (~models.Q(state=MissingState.OPEN) & models.Q(decided_at__isnull=False)),
                name="missing_decided_is_dated",
            )
        ]

    def __str__(self) -> str:
        # Not the proposed name: the words of a stranger may hold anything, and the journal keeps this one.
        return f"Structure proposée n° {self.pk}"

    def proposed(self) -> Facts:
        """What is proposed of its sheet, its commune included."""
        return {**self.facts, "place.commune_id": self.commune_id} if self.commune_id else dict(self.facts)

    @property
    def proposed_name(self) -> str:
        return str(self.facts.get("name", "")) or "Structure sans nom"

    @property
    def what_it_does(self) -> str:
        return str(self.facts.get("activities", ""))
