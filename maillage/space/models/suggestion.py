from __future__ import annotations

from django.db import models

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.space.enums import SuggestionOrigin, SuggestionState


class Suggestion(models.Model):
    """A correction that somebody proposes and somebody else decides, field by field; nothing is published before.

    `facts` = {field of directory/facts.py: value proposed}; `seen` = {field: value the author was shown};
    `verdicts` = {field: true when it was kept}, empty until it is decided.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.CASCADE, related_name="suggestions"
    )
    origin = models.CharField("venue de", max_length=11, choices=SuggestionOrigin)
    facts = models.JSONField("ce qui est proposé", default=dict)
    seen = models.JSONField("ce qui était écrit", default=dict)
    note = models.TextField("pourquoi", max_length=1_000, blank=True)
    name = models.CharField("nom", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    user = models.ForeignKey(
        User, verbose_name="personne", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField("état", max_length=9, choices=SuggestionState, default=SuggestionState.OPEN)
    verdicts = models.JSONField("ce qui a été gardé", default=dict, blank=True)
    reason = models.CharField("pourquoi pas le reste", max_length=300, blank=True)
    opened_at = models.DateTimeField("proposée le")
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "proposition"
        indexes = [
            models.Index(fields=["opened_at"], name="suggestion_open", condition=models.Q(state=SuggestionState.OPEN))
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=SuggestionState.OPEN, decided_at__isnull=True)
                | (~models.Q(state=SuggestionState.OPEN) & models.Q(decided_at__isnull=False)),
                name="suggestion_decided_is_dated",
            )
        ]

    def __str__(self) -> str:
        return f"Proposition pour {self.organisation}"
