from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.calls.enums import OutsideSense
from maillage.calls.models.application import Application, AppliedFile


class OutsideOpinion(models.Model):
    """An opinion on an application, asked by letter of a person or a body outside the jury, who has no account.

    parts: what they may read, values of `SharedPart`; files: documents that go with it; nothing else is shown to them.
    name, email: "" once they are forgotten. sense: "" when they only wrote words. withdrawn_at: not waited for any
    more. noted_by: of the team, who wrote down what the person said by telephone; None when they answered themselves.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="outside_opinions")
    name = models.CharField("personne ou organisme", max_length=150, blank=True)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    question = models.TextField("ce qui est demandé", max_length=1_500)
    parts = models.JSONField("parties montrées", default=list, blank=True)
    files = models.ManyToManyField(AppliedFile, verbose_name="documents montrés", blank=True, related_name="+")
    due_on = models.DateField("pour le")
    asked_at = models.DateTimeField("demandé le")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    reminded_at = models.DateTimeField("rappelé le", null=True, blank=True)
    sense = models.CharField("avis", max_length=12, choices=OutsideSense, blank=True)
    words = models.TextField("réponse", max_length=4_000, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "avis extérieur"
        verbose_name_plural = "avis extérieurs"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=Q(answered_at=None, withdrawn_at=None) & ~Q(email=""),
                name="outside_opinion_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, words="", sense="") | Q(answered_at__isnull=False, withdrawn_at=None),
                name="outside_opinion_answered_or_withdrawn",
            ),
            models.CheckConstraint(condition=Q(answered_at=None) | ~Q(words=""), name="outside_opinion_has_words"),
        ]

    def __str__(self) -> str:
        # Neither the name nor the application: to-dos and the journal keep this one.
        return f"Avis extérieur n° {self.pk}"

    @property
    def is_open(self) -> bool:
        """Is an answer still waited for?"""
        return self.answered_at is None and self.withdrawn_at is None
