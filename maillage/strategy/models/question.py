from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.strategy.enums import Asking
from maillage.strategy.models.plan import Measure


class Question(models.Model):
    """What an inhabitant asks about a measure, and what they are answered; public together, without a name.

    It reaches the team once the address that was given confirmed it. email: where the answer goes, "" when forgotten.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField("question", max_length=600)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    state = models.CharField("état", max_length=10, choices=Asking, default=Asking.WRITTEN)
    asked_at = models.DateTimeField("posée le")
    answer = models.TextField("réponse", max_length=2_000, blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "question"
        indexes = [models.Index(fields=["measure", "state", "-answered_at"], name="question_answered")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=(Asking.WRITTEN, Asking.OPEN)) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="question_is_closed_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"
