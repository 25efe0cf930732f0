from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.calls.enums import Sense
from maillage.calls.models.application import Application
from maillage.calls.models.call import Call, Criterion
from maillage.governance.models import Meeting

EXTREMES = (2, 4)  # a comment is compulsory under the first and over the second


class AdmissibilityCheck(models.Model):
    """One point of admissibility that somebody looked at. item: key of the list in `phrases`."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checks")
    item = models.CharField("point", max_length=30)
    is_met = models.BooleanField("rempli")
    note = models.CharField("précision", max_length=300, blank=True)
    at = models.DateTimeField("le")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "point de recevabilité"
        verbose_name_plural = "points de recevabilité"
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="admissibility_once"),
            models.CheckConstraint(condition=Q(is_met=True) | ~Q(note=""), name="admissibility_refused_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.application}"


class Completion(models.Model):
    """A request to complete an application: which fields are open again, why, until which day."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="completions")
    fields = models.JSONField("champs rouverts")
    words = models.TextField("ce qui manque", max_length=1_500)
    due_on = models.DateField("pour le")
    asked_at = models.DateTimeField("demandé le")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField("complété le", null=True, blank=True)
    reminded_at = models.DateTimeField("rappelé le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de complément"
        verbose_name_plural = "demandes de complément"
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None), name="completion_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Complément demandé, {self.application}"


class Reviewer(models.Model):
    """A person of the jury of a call; accepts to keep what is read confidential before the first file.

    user: None once the account was erased; what it wrote stays.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    named_at = models.DateTimeField("désigné le")
    pledged_at = models.DateTimeField("confidentialité acceptée le", null=True, blank=True)

    class Meta:
        verbose_name = "membre du jury"
        verbose_name_plural = "membres du jury"
        constraints = [models.UniqueConstraint(fields=["call", "user"], name="reviewer_once")]

    def __str__(self) -> str:
        return f"Jury de {self.call}, n° {self.pk}"


class Review(models.Model):
    """What one reviewer thinks of one application. total: of a hundred, known once every criterion has its points.

    sent_at: when it was handed in; before, it is a draft that nobody else reads. set_aside_at: since when it does not
    count, because its reviewer stays away from the application; kept on it, as accounts are erased.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="reviews")
    words = models.TextField("avis", max_length=2_000, blank=True)
    total = models.DecimalField("note sur 100", max_digits=5, decimal_places=2, null=True, blank=True)
    changed_at = models.DateTimeField("modifiée le")
    sent_at = models.DateTimeField("rendue le", null=True, blank=True)
    set_aside_at = models.DateTimeField("écartée le", null=True, blank=True)

    class Meta:
        verbose_name = "lecture d’un dossier"
        verbose_name_plural = "lectures des dossiers"
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="review_once"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(total__isnull=False), name="review_sent_has_total"),
        ]

    def __str__(self) -> str:
        return f"Lecture n° {self.pk}, {self.application}"


class Score(models.Model):
    """Points of one review on one criterion, 0 to 5."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField("points")
    comment = models.CharField("commentaire", max_length=600, blank=True)

    class Meta:
        verbose_name = "note sur un critère"
        verbose_name_plural = "notes sur les critères"
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(points__lte=5), name="score_of_five"),
        ]

    def __str__(self) -> str:
        return f"Note n° {self.pk}"


class Recusal(models.Model):
    """A person stays away from an application (*déport*): hidden from them everywhere, said in the minutes.

    user: None once the account was erased.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="recusals")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField("raison", max_length=300)
    declared_at = models.DateTimeField("déclaré le")
    declared_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "déport"
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="recusal_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_says_why"),
        ]

    def __str__(self) -> str:
        return f"Déport n° {self.pk}, {self.application}"


class Opinion(models.Model):
    """What the committee says of an application before the deciding body does; the last one counts.

    proposed: euros that it proposes, None when it proposes none. present: names as the minutes give them are not kept
    here: the meeting has them.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="opinions")
    sense = models.CharField("avis", max_length=12, choices=Sense)
    words = models.CharField("motif", max_length=1_000, blank=True)
    proposed = models.DecimalField("montant proposé", max_digits=12, decimal_places=2, null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, verbose_name="réunion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_on = models.DateField("rendu le")
    at = models.DateTimeField("noté le")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "avis du comité"
        verbose_name_plural = "avis du comité"
        constraints = [
            models.CheckConstraint(condition=Q(sense=Sense.FAVOURABLE) | ~Q(words=""), name="opinion_says_why"),
            models.CheckConstraint(condition=Q(proposed=None) | Q(proposed__gt=0), name="opinion_proposes_an_amount"),
        ]

    def __str__(self) -> str:
        return f"Avis du {self.given_on:%d/%m/%Y}, {self.application}"
