from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.calls.enums import CallKind, CallState
from maillage.calls.models.scheme import EnvelopeLine, Scheme
from maillage.calls.querysets import CallQuerySet
from maillage.directory.models import Term
from maillage.needs.models import Theme
from maillage.territories.models import Commune, Epci

NOTHING = Decimal(0)
WHOLE = Decimal(100)


class Call(models.Model):
    """A call of a scheme: what it funds, for whom, until when. Moments are those of the server's clock.

    budget: what this call means to give, within what is left on its `line`. max_rate: percent of eligible costs.
    own_share: percent that the applicant must bring. families: values of directory `Family` (empty: all). epcis and
    communes: where a project must be (both empty: the whole territory). themes: those that a consultation chose;
    `theme_reason` says why another subject is funded. advance_rate: percent paid at the signature.
    """

    scheme = models.ForeignKey(Scheme, verbose_name="dispositif", on_delete=models.PROTECT, related_name="calls")
    line = models.ForeignKey(
        EnvelopeLine, verbose_name="enveloppe", null=True, blank=True, on_delete=models.PROTECT, related_name="calls"
    )
    slug = models.SlugField("adresse", max_length=80, unique=True)
    kind = models.CharField("nature", max_length=8, choices=CallKind, default=CallKind.PROJECTS)
    title = models.CharField("titre", max_length=120)
    summary = models.CharField("en une phrase", max_length=300)
    context = models.TextField("pourquoi cet appel", max_length=4_000, blank=True)
    goals = models.TextField("ce qu’il veut soutenir", max_length=4_000, blank=True)
    eligible_costs = models.TextField("dépenses prises en compte", max_length=2_000, blank=True)
    ineligible_costs = models.TextField("dépenses qui ne le sont pas", max_length=2_000, blank=True)
    rules = models.TextField("autres règles", max_length=4_000, blank=True)
    contact = models.CharField("à qui parler", max_length=200, blank=True)
    budget = models.DecimalField("montant de l’appel", max_digits=12, decimal_places=2, default=NOTHING)
    least = models.DecimalField("aide la plus petite", max_digits=12, decimal_places=2, null=True, blank=True)
    most = models.DecimalField("aide la plus grande", max_digits=12, decimal_places=2, null=True, blank=True)
    max_rate = models.DecimalField("part la plus grande (%)", max_digits=5, decimal_places=2, default=WHOLE)
    own_share = models.DecimalField("autofinancement demandé (%)", max_digits=5, decimal_places=2, default=NOTHING)
    advance_rate = models.DecimalField("versé à la signature (%)", max_digits=5, decimal_places=2, default=WHOLE / 2)
    report_months = models.PositiveSmallIntegerField("bilan, mois après la fin du projet", default=6)
    families = models.JSONField("familles de l’ESS", default=list, blank=True)
    epcis = models.ManyToManyField(Epci, verbose_name="communautés de communes", blank=True, related_name="+")
    communes = models.ManyToManyField(Commune, verbose_name="communes", blank=True, related_name="+")
    topics = models.ManyToManyField(Term, verbose_name="sujets", blank=True, related_name="+")
    themes = models.ManyToManyField(Theme, verbose_name="thèmes retenus", blank=True, related_name="+")
    theme_reason = models.CharField("pourquoi un autre sujet", max_length=400, blank=True)
    opens_at = models.DateTimeField("ouvre le", null=True, blank=True)
    closes_at = models.DateTimeField("clôt le", null=True, blank=True)
    committee_on = models.DateField("comité le", null=True, blank=True)
    decides_on = models.DateField("délibération le", null=True, blank=True)
    project_from = models.DateField("projets à partir du", null=True, blank=True)
    project_to = models.DateField("projets jusqu’au", null=True, blank=True)
    created_at = models.DateTimeField("créé le")
    changed_at = models.DateTimeField("modifié le")
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    review_at = models.DateTimeField("instruction ouverte le", null=True, blank=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    archived_at = models.DateTimeField("archivé le", null=True, blank=True)
    is_example = models.BooleanField("donnée d’exemple", default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "appel"
        indexes = [models.Index(fields=["published_at", "closes_at"], name="call_published")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | Q(line__isnull=False, opens_at__isnull=False, budget__gt=0)
                & (Q(closes_at__isnull=False) | Q(kind=CallKind.STANDING)),
                name="call_published_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(max_rate__gt=0, max_rate__lte=100, own_share__gte=0, own_share__lte=100)
                & Q(advance_rate__gte=0, advance_rate__lte=100),
                name="call_shares_are_percents",
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(most__gte=F("least")), name="call_amounts_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.slug])

    def state_at(self, at: datetime) -> CallState:
        """Where it stands at that moment (aware)."""
        if self.archived_at is not None:
            return CallState.ARCHIVED
        if self.decided_at is not None:
            return CallState.DECIDED
        if self.published_at is None:
            return CallState.DRAFT
        if self.opens_at is not None and at < self.opens_at:
            return CallState.PUBLISHED
        if self.closes_at is None or at < self.closes_at:
            return CallState.OPEN
        return CallState.REVIEW if self.review_at is not None else CallState.CLOSED


class CallForm(models.Model):
    """One version of what a call asks besides the common parts; an application keeps the version that it answers.

    blocks: in their order, {"key", "kind" (BlockKind), "label", "help", "required", "options", "most"}; `key` never
    changes and never serves twice. Once published (`fixed_at`), a version does not change: the next one is made.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="forms")
    number = models.PositiveSmallIntegerField("version")
    blocks = models.JSONField("questions", default=list, blank=True)
    made_at = models.DateTimeField("faite le")
    fixed_at = models.DateTimeField("fixée le", null=True, blank=True)

    class Meta:
        verbose_name = "formulaire d’un appel"
        verbose_name_plural = "formulaires des appels"
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="call_form_once")]

    def __str__(self) -> str:
        return f"{self.call}, formulaire {self.number}"


class Criterion(models.Model):
    """What reviewers give 0 to 5 to; weight: points of a hundred."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("critère", max_length=120)
    guide = models.CharField("comment noter", max_length=400, blank=True)
    weight = models.PositiveSmallIntegerField("poids")

    class Meta:
        verbose_name = "critère"
        constraints = [
            models.UniqueConstraint(fields=["call", "label"], name="criterion_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="criterion_weighs"),
        ]

    def __str__(self) -> str:
        return self.label


class Piece(models.Model):
    """A document that a call asks. kind: value of space `AttachmentKind` when the profile may hold it, or ""."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("pièce", max_length=120)
    guide = models.CharField("précision", max_length=300, blank=True)
    kind = models.CharField("pièce du profil", max_length=12, blank=True)
    is_required = models.BooleanField("obligatoire", default=True)

    class Meta:
        verbose_name = "pièce demandée"
        verbose_name_plural = "pièces demandées"
        constraints = [models.UniqueConstraint(fields=["call", "label"], name="piece_once")]

    def __str__(self) -> str:
        return self.label


class CallQuestion(models.Model):
    """A question on a call; once answered, both are read by everybody. email: where the answer is told, then erased."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField("question", max_length=500)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    asked_at = models.DateTimeField("posée le")
    answer = models.TextField("réponse", max_length=2_000, blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    set_aside_at = models.DateTimeField("mise de côté le", null=True, blank=True)

    class Meta:
        verbose_name = "question sur un appel"
        verbose_name_plural = "questions sur les appels"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="call_question_answer_is_dated",
            )
        ]

    def __str__(self) -> str:
        return f"Question n° {self.pk} sur {self.call}"


class Reopening(models.Model):
    """A call that takes applications again until a moment, for a reason that stays; for one application, or for all."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="reopenings")
    application = models.ForeignKey(
        "calls.Application", verbose_name="dossier", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    until = models.DateTimeField("jusqu’au")
    reason = models.CharField("raison", max_length=400)
    at = models.DateTimeField("rouvert le")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "réouverture"
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at")) & ~Q(reason=""), name="reopening_says_why")
        ]

    def __str__(self) -> str:
        return f"Réouverture de {self.call}"
