from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.desk import phrases
from maillage.desk.enums import Channel, Outcome, Stage, Standing
from maillage.desk.querysets import ProjectQuerySet
from maillage.directory.models import Organisation, Term
from maillage.governance.models import Meeting
from maillage.strategy.models import Measure
from maillage.territories.models import Commune

PREFIX = "projet"
LONGEST = 2_000


class Project(models.Model):
    """A project that the desk helps, from what its holder first wrote. Confidential, unless its holder shows it.

    `reference` is drawn, so that nobody finds one by counting. `idea`, `seeks` (values of `Help`): as they were asked;
    `stage` moves by `Passage`. `answer_by`: the day that was promised; `answered_at`: of the first answer.
    `moved_at`: when the holder or the team last did something. `resume_on`: end of a pause. `outcome` and what follows:
    told at the closing. Who holds it is in `Contact`. `workshop`: the meeting that it came of. `public_words`: what the
    portfolio says of it, once its holder agreed (`shown_at`).
    """

    reference = models.CharField("référence", max_length=8, unique=True)
    title = models.CharField("titre", max_length=120)
    idea = models.TextField("l’idée, telle qu’elle a été dite", max_length=LONGEST, blank=True)
    commune = models.ForeignKey(
        Commune, verbose_name="commune", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    topics = models.ManyToManyField(Term, verbose_name="thèmes", blank=True, related_name="+")
    seeks = models.JSONField("ce qui est cherché", default=list, blank=True)
    stage = models.CharField("étape", max_length=11, choices=Stage, default=Stage.IDEA)
    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    measure = models.ForeignKey(
        Measure, verbose_name="mesure de la stratégie", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    workshop = models.ForeignKey(
        Meeting, verbose_name="né de l’atelier", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    public_words = models.CharField("ce que tous peuvent en lire", max_length=400, blank=True)
    shown_at = models.DateTimeField("montré à tous depuis le", null=True, blank=True)
    channel = models.CharField("reçu", max_length=5, choices=Channel, default=Channel.WEB)
    heard = models.CharField("connu par", max_length=120, blank=True)
    consent_at = models.DateTimeField("accord de la personne, le", null=True, blank=True)
    consent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField("reçu le")
    adviser = models.ForeignKey(
        User, verbose_name="suivi par", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer_by = models.DateField("réponse promise pour le")
    answered_at = models.DateTimeField("première réponse", null=True, blank=True)
    standing = models.CharField("suivi", max_length=8, choices=Standing, default=Standing.NEW)
    resume_on = models.DateField("reprise le", null=True, blank=True)
    moved_at = models.DateTimeField("dernier mouvement")
    outcome = models.CharField("issue", max_length=11, choices=Outcome, blank=True)
    outcome_words = models.CharField("issue, en une phrase", max_length=400, blank=True)
    jobs = models.PositiveSmallIntegerField("emplois", null=True, blank=True)
    fte = models.DecimalField("équivalents temps plein", max_digits=6, decimal_places=2, null=True, blank=True)
    raised = models.DecimalField("euros réunis", max_digits=12, decimal_places=2, null=True, blank=True)
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    is_example = models.BooleanField("donnée d’exemple", default=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "projet"
        indexes = [
            models.Index(fields=["standing", "answer_by"], name="project_standing"),
            models.Index(fields=["adviser", "standing"], name="project_adviser"),
            models.Index(fields=["-shown_at"], name="project_shown", condition=~Q(shown_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel=Channel.WEB) | Q(consent_at__isnull=False), name="project_for_another_has_consent"
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=[Standing.FOLLOWED, Standing.PAUSED]) | Q(answered_at__isnull=False),
                name="project_followed_was_answered",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.CLOSED, closed_at__isnull=False) & ~Q(outcome="") & ~Q(outcome_words="")
                | ~Q(standing=Standing.CLOSED) & Q(closed_at__isnull=True, outcome=""),
                name="project_closed_says_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.PAUSED, resume_on__isnull=False)
                | ~Q(standing=Standing.PAUSED) & Q(resume_on__isnull=True),
                name="project_pause_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(shown_at=None) | ~Q(public_words=""), name="project_shown_says_something"
            ),
        ]

    def __str__(self) -> str:
        # Neither title nor idea: the journal keeps this one.
        return f"Projet {self.reference}"

    def get_absolute_url(self) -> str:
        """The page of its holders."""
        return reverse("desk:project", args=[self.reference])

    @property
    def public_address(self) -> str:
        """Of what everybody reads of it, while it is shown."""
        return f"{reverse('desk:portfolio')}?projet={self.reference}"

    @property
    def circle(self) -> str:
        """The key of its circle: what is said with its holders, and its files."""
        return f"{PREFIX}-{self.pk}"

    @property
    def tone(self) -> str:
        """Of its badge."""
        return phrases.STANDING_TONES[self.standing]

    @property
    def place(self) -> str:
        return self.commune.name if self.commune else "lieu à trouver"


class Passage(models.Model):
    """From one stage to another, on a day; the first one is that of the request."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="passages")
    stage = models.CharField("étape", max_length=11, choices=Stage)
    why = models.CharField("pourquoi", max_length=300, blank=True)
    at = models.DateTimeField("le")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "passage d’une étape à l’autre"
        verbose_name_plural = "passages d’une étape à l’autre"

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.project}"


class Draft(models.Model):
    """Answers of somebody who will finish later, under the address that a letter brings them back to.

    answers: {field of the form: what was typed}; forgotten when the request is sent, or after some days.
    """

    email = models.EmailField("adresse électronique", max_length=254, unique=True)
    answers = models.JSONField("réponses", default=dict)
    saved_at = models.DateTimeField("gardé le")

    class Meta:
        verbose_name = "brouillon de demande"
        verbose_name_plural = "brouillons de demande"

    def __str__(self) -> str:
        return f"Brouillon n° {self.pk}"
