from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from maillage.choosing.enums import Method, Phase, State
from maillage.strategy.models import Measure

MOST_OPTIONS = 20
LETTERS = "ABCDEFGHIJKLMNOPQRST"
WITH_RESULT = (State.CLOSED, State.DECIDED)


class Consultation(models.Model):
    """A question to a frozen electorate, from a moment to another; it lights a decision, it does not take it.

    electorates: keys of the manifest's. paper_until: until when sheets of paper are typed, the end of the vote or
    later; the worker counts then. result: {"tally": …, "electors": {college: number}, "ballots": {channel: number},
    "left_papers": number, "colleges_shown": bool}, written once at the closing. plans_paper: there are sheets to print.
    """

    slug = models.SlugField("adresse", max_length=80, unique=True)
    question = models.CharField("question", max_length=200)
    explanation = models.TextField("de quoi il s’agit", max_length=4_000, blank=True)
    method = models.CharField("méthode", max_length=8, choices=Method)
    dots = models.PositiveSmallIntegerField("points par voix", null=True, blank=True)
    is_secret = models.BooleanField("vote secret", default=False)
    electorates = models.JSONField("qui vote", default=list)
    opens_at = models.DateTimeField("ouvre le")
    closes_at = models.DateTimeField("finit le")
    paper_until = models.DateTimeField("bulletins de papier saisis jusqu’au")
    measure = models.ForeignKey(
        Measure, verbose_name="mesure", null=True, blank=True, on_delete=models.SET_NULL, related_name="consultations"
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    opened_at = models.DateTimeField("électorat arrêté le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    result = models.JSONField("résultat", null=True, blank=True)
    decision = models.TextField("décision", max_length=4_000, blank=True)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    cancel_reason = models.CharField("pourquoi elle est annulée", max_length=300, blank=True)
    is_example = models.BooleanField("donnée d’exemple", default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="préparée par", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    changed_at = models.DateTimeField("changée le")

    class Meta:
        verbose_name = "consultation"
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="consultation_ends_after_its_start"),
            models.CheckConstraint(
                condition=Q(paper_until__gte=F("closes_at")), name="consultation_types_paper_after_the_vote"
            ),
            models.CheckConstraint(
                condition=Q(method=Method.DOTS, dots__gte=1) | (~Q(method=Method.DOTS) & Q(dots=None)),
                name="consultation_dots_when_it_has_dots",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CANCELLED) | ~Q(cancel_reason=""), name="consultation_cancelled_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WITH_RESULT, closed_at__isnull=False, result__isnull=False)
                | (~Q(state__in=WITH_RESULT) & Q(closed_at=None, result__isnull=True)),
                name="consultation_result_when_closed",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.DECIDED, decided_at__isnull=False) & ~Q(decision=""))
                | (~Q(state=State.DECIDED) & Q(decided_at=None, decision="")),
                name="consultation_decision_when_decided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.CANCELLED]) | Q(opened_at__isnull=False),
                name="consultation_opened_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["state", "-closes_at"], name="consultation_latest")]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("choosing:consultation", args=[self.slug])

    @property
    def has_result(self) -> bool:
        return self.state in WITH_RESULT

    @property
    def has_sheet(self) -> bool:
        """A position is printed once its vote by consent is counted."""
        return self.method == Method.CONSENT and self.has_result

    @property
    def result_is_consent(self) -> bool:
        """Somebody answered, and nobody objected."""
        whole = (self.result or {"tally": {"whole": {}}})["tally"]["whole"]
        return self.method == Method.CONSENT and bool(whole.get("ballots")) and not whole["object"]

    def phase_at(self, moment: datetime) -> Phase:
        """Where it stands for a reader at this moment; the first second of the closing is no voting time any more."""
        if self.state != State.OPEN:
            return Phase(self.state)
        if moment < self.opens_at:
            return Phase.TO_COME
        return Phase.OPEN if moment < self.closes_at else Phase.COUNTING


class Option(models.Model):
    """One of the answers, named by its letter on screens, on paper and in the file of ballots."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="options")
    letter = models.CharField("lettre", max_length=1)
    label = models.CharField("intitulé", max_length=160)
    description = models.CharField("en bref", max_length=500, blank=True)
    theme_key = models.SlugField("thème", max_length=80, null=True, blank=True)
    is_chosen = models.BooleanField("retenue", default=False)

    class Meta:
        verbose_name = "proposition"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "letter"], name="option_letter_once"),
            models.CheckConstraint(condition=Q(letter__in=list(LETTERS)), name="option_letter_known"),
        ]

    def __str__(self) -> str:
        return f"{self.letter}. {self.label}"
