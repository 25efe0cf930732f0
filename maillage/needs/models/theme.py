from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.needs.enums import ThemeState
from maillage.needs.querysets import ThemeQuerySet
from maillage.strategy.models import Measure


class Theme(models.Model):
    """Needs that are alike, followed from the day they are gathered to what they become.

    `state` is that of the last turn; `actions.turns` alone moves it.
    """

    slug = models.SlugField("adresse", max_length=80, unique=True)
    title = models.CharField("titre", max_length=120)
    summary = models.TextField("en bref", max_length=600, blank=True)
    measure = models.ForeignKey(
        Measure, verbose_name="mesure de la stratégie", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    state = models.CharField("état", max_length=10, choices=ThemeState, default=ThemeState.GATHERED)
    opened_at = models.DateTimeField("ouvert le")
    is_example = models.BooleanField("donnée d’exemple", default=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "thème"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("needs:theme", args=[self.slug])


class Turn(models.Model):
    """One turn in the life of a theme: what happened, said in a sentence, and where one may see it.

    `address`: a path of this site or an https address; "" when there is nothing to see. `is_workshop`: people meet
    about it; `is_project`: a project came of it; either way the theme stays where it is. One said by mistake is taken
    back the same day, with a reason.
    """

    theme = models.ForeignKey(Theme, verbose_name="thème", on_delete=models.CASCADE, related_name="turns")
    state = models.CharField("état", max_length=10, choices=ThemeState)
    sentence = models.CharField("en une phrase", max_length=400, blank=True)
    address = models.CharField("où le voir", max_length=300, blank=True)
    at = models.DateTimeField("le")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_workshop = models.BooleanField("atelier", default=False)
    is_project = models.BooleanField("projet", default=False)
    taken_back_at = models.DateTimeField("reprise le", null=True, blank=True)
    taken_back_reason = models.CharField("reprise parce que", max_length=300, blank=True)

    class Meta:
        verbose_name = "étape"
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_reason="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_reason="")),
                name="turn_taken_back_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(is_workshop=True, is_project=True), name="turn_is_one_thing"),
            models.CheckConstraint(
                condition=~Q(state__in=[ThemeState.CHOSEN, ThemeState.NOT_CHOSEN]) | ~Q(sentence=""),
                name="theme_decision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.theme}"

    @property
    def passing(self) -> str:
        """What it is when the theme stays where it was: "workshop" or "project"; "" for a turn that moves it."""
        return "workshop" if self.is_workshop else "project" if self.is_project else ""
