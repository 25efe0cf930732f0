from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.content.models import Resource
from maillage.desk import phrases
from maillage.desk.enums import OPEN_ADVICE, Advice, Audience, Channel
from maillage.desk.models.project import Project


class Note(models.Model):
    """A word between people of the team. No page, letter, file nor export of a holder knows this table."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="notes")
    words = models.TextField("note", max_length=4_000)
    at = models.DateTimeField("le")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "note interne"
        verbose_name_plural = "notes internes"
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="desk_note_says_something")]

    def __str__(self) -> str:
        return f"Note n° {self.pk}"


class Interview(models.Model):
    """A talk with the holders, and what was said. `audience`: the team alone, or the holders too."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="interviews")
    day = models.DateField("jour")
    channel = models.CharField("comment", max_length=5, choices=Channel, default=Channel.MET)
    present = models.CharField("avec qui", max_length=200, blank=True)
    words = models.TextField("ce qui a été dit", max_length=6_000)
    decisions = models.TextField("ce qui est décidé", max_length=2_000, blank=True)
    next_step = models.CharField("la suite", max_length=200, blank=True)
    audience = models.CharField("lu par", max_length=6, choices=Audience, default=Audience.HOLDER)
    at = models.DateTimeField("écrit le")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "entretien"
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="interview_says_something")]

    def __str__(self) -> str:
        return f"Entretien du {self.day:%d/%m/%Y}, {self.project}"


class Diagnosis(models.Model):
    """Where a project stands on the eight subjects, as of a day. marks: {subject: [0 to 3, comment]}, all eight.

    null in place of a level: nobody spoke of this subject yet.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="diagnoses")
    marks = models.JSONField("repères")
    at = models.DateTimeField("le")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "diagnostic partagé"
        verbose_name_plural = "diagnostics partagés"

    def __str__(self) -> str:
        return f"Diagnostic n° {self.pk}"


class Recommendation(models.Model):
    """One thing that the desk proposes to do: a step of the plan. An open one always has its next reminder.

    `address`: a page of this site or an https address ("" when there is none). `asked`: how many times "where are you?"
    was asked without anything moving. `version` rises with each change, so that nobody overwrites another.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="recommendations")
    title = models.CharField("à faire", max_length=150)
    words = models.TextField("pourquoi, comment", max_length=2_000, blank=True)
    address = models.CharField("où le voir", max_length=300, blank=True)
    resource = models.ForeignKey(
        Resource, verbose_name="ressource", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_date = models.DateField("pour le", null=True, blank=True)
    state = models.CharField("état", max_length=8, choices=Advice, default=Advice.PROPOSED)
    answer = models.CharField("ce qu’en dit la personne", max_length=400, blank=True)
    remind_on = models.DateField("prochaine relance", null=True, blank=True)
    asked = models.PositiveSmallIntegerField("relances sans réponse", default=0)
    version = models.PositiveSmallIntegerField("version", default=1)
    at = models.DateTimeField("proposée le")
    changed_at = models.DateTimeField("changée le")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "recommandation"
        indexes = [models.Index(fields=["remind_on"], name="advice_to_remind", condition=Q(remind_on__isnull=False))]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="advice_is_named"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_ADVICE, remind_on__isnull=False)
                | ~Q(state__in=OPEN_ADVICE) & Q(remind_on__isnull=True),
                name="advice_open_has_a_reminder",
            ),
        ]

    def __str__(self) -> str:
        return f"Recommandation n° {self.pk}"

    @property
    def tone(self) -> str:
        """Of its badge."""
        return phrases.ADVICE_TONES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ADVICE


class Check(models.Model):
    """Six, twelve, thirty-six months after a file is closed: what the project has become.

    `asked`: how many times it was asked by letter; `called_at`: when a call was asked of the adviser, the last try.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="checks")
    months = models.PositiveSmallIntegerField("mois après la clôture")
    due_date = models.DateField("à demander le")
    asked_at = models.DateTimeField("demandé le", null=True, blank=True)
    asked = models.PositiveSmallIntegerField("lettres envoyées", default=0)
    called_at = models.DateTimeField("appel demandé le", null=True, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    is_alive = models.BooleanField("existe toujours", null=True)
    words = models.CharField("en une phrase", max_length=400, blank=True)

    class Meta:
        verbose_name = "nouvelles d’un projet"
        verbose_name_plural = "nouvelles d’un projet"
        constraints = [
            models.UniqueConstraint(fields=["project", "months"], name="project_check_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(is_alive__isnull=False),
                name="project_check_says_whether_alive",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Nouvelles à {self.months} mois, {self.project}"
