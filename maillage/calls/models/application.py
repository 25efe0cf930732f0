from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.calls.enums import WRITABLE, ApplicationState, CoApplicantState, Funding
from maillage.calls.models.call import Call, CallForm, Piece
from maillage.calls.querysets import ApplicationQuerySet
from maillage.directory.models import Organisation
from maillage.needs.models import Theme
from maillage.territories.models import Commune

FOLDER = "candidatures/"
LONGEST = 4_000


class Application(models.Model):
    """What an organisation asks to a call. Reached by `objects.visible_to(person, on=…)` alone.

    reference: drawn, for its address; number: given at the first submission, without a gap ("AAP-2026-0007").
    form: the version that it answers, for ever. answers: {key of a block: text, bool or list of texts}. origins:
    {field: « Repris de votre fiche »} for what was not typed again. version: grows with each writing, so that two
    people never write over each other. reopened: keys that a request for completion lets change ("" state incomplete).
    requested: euros asked. submitted_at: of the last submission; digest: SHA-256 of what was submitted.
    mean: of a hundred, over the reviews that count, None while there is none; reviews_counted: how many. Both are kept
    by the verbs that change a review (`actions.means`), so that lists are put in order without reading reviews.
    """

    call = models.ForeignKey(Call, verbose_name="appel", on_delete=models.PROTECT, related_name="applications")
    form = models.ForeignKey(CallForm, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField("référence", max_length=8, unique=True)
    number = models.CharField("numéro", max_length=20, null=True, blank=True, unique=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="applications"
    )
    author = models.ForeignKey(
        User, verbose_name="déposé par", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField("état", max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT)
    title = models.CharField("titre du projet", max_length=120, blank=True)
    summary = models.TextField("le projet en bref", max_length=LONGEST, blank=True)
    commune = models.ForeignKey(
        Commune, verbose_name="commune", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    theme = models.ForeignKey(
        Theme, verbose_name="thème", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_on = models.DateField("début", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    requested = models.DecimalField("montant demandé", max_digits=12, decimal_places=2, null=True, blank=True)
    is_economic = models.BooleanField("activité économique", null=True, blank=True)
    recovers_vat = models.BooleanField("récupère la TVA", null=True, blank=True)
    legal_name = models.CharField("nom légal", max_length=255, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    representative = models.CharField("représentante ou représentant légal", max_length=120, blank=True)
    representative_role = models.CharField("à quel titre", max_length=80, blank=True)
    answers = models.JSONField("réponses", default=dict, blank=True)
    origins = models.JSONField("origine des champs", default=dict, blank=True)
    reopened = models.JSONField("champs rouverts", default=list, blank=True)
    version = models.PositiveIntegerField("version", default=0)
    cer_at = models.DateTimeField("contrat d’engagement républicain souscrit le", null=True, blank=True)
    cer_version = models.CharField("texte souscrit", max_length=40, blank=True)
    honour_at = models.DateTimeField("attestation sur l’honneur du", null=True, blank=True)
    honour_by = models.CharField("attesté par", max_length=120, blank=True)
    created_at = models.DateTimeField("commencé le")
    changed_at = models.DateTimeField("modifié le")
    submitted_at = models.DateTimeField("déposé le", null=True, blank=True)
    digest = models.CharField("empreinte du dépôt", max_length=64, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    reminded_at = models.DateTimeField("rappel du brouillon le", null=True, blank=True)
    mean = models.DecimalField("note moyenne", max_digits=5, decimal_places=2, null=True, blank=True, editable=False)
    reviews_counted = models.PositiveSmallIntegerField("avis comptés", default=0, editable=False)
    is_example = models.BooleanField("donnée d’exemple", default=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier de demande"
        verbose_name_plural = "dossiers de demande"
        indexes = [
            models.Index(fields=["call", "state", "submitted_at"], name="application_list"),
            models.Index(fields=["organisation", "state"], name="application_of"),
            models.Index(fields=["state", "-submitted_at"], name="application_recent"),
            # Whole lists are put in order, and searched, from these alone: a file is long, and lists show thirty.
            models.Index(
                fields=["-submitted_at", "-id", "state", "call", "organisation", "number", "title"],
                name="application_newest",
            ),
            models.Index(fields=["-requested", "id", "state", "call"], name="application_dearest"),
            models.Index(fields=["call", "-mean", "reviews_counted", "state"], name="application_best"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "call"], condition=Q(state=ApplicationState.DRAFT), name="application_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
                | Q(number__isnull=False, submitted_at__isnull=False, requested__gt=0) & ~Q(title="") & ~Q(digest=""),
                name="application_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="application_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        # Neither title nor organisation: the journal keeps this one.
        return f"Dossier {self.number or self.reference}"

    def get_absolute_url(self) -> str:
        """The page of its people."""
        return reverse("calls:application", args=[self.reference])

    @property
    def is_writable(self) -> bool:
        """May its people still change something? The clock of the call decides besides."""
        return self.state in WRITABLE


class ForecastLine(models.Model):
    """One line of the forecast budget of a project, in euros. code: of the grid ("60", "740", "87"…), see `budget.py`.

    label: the funder's name on lines that ask for it; funding: where its money stands, "" elsewhere.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="forecast")
    code = models.CharField("compte", max_length=6)
    label = models.CharField("précision", max_length=120, blank=True)
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)
    funding = models.CharField("état", max_length=7, choices=Funding, blank=True)

    class Meta:
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        constraints = [
            models.UniqueConstraint(fields=["application", "code", "label"], name="forecast_line_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="forecast_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}, {self.application}"


class CoApplicant(models.Model):
    """Another organisation of the project; it reads and writes the file once it agreed. part: what it does there."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="co_applicants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    part = models.CharField("rôle dans le projet", max_length=200, blank=True)
    state = models.CharField("réponse", max_length=8, choices=CoApplicantState, default=CoApplicantState.ASKED)
    asked_at = models.DateTimeField("invitée le")
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "structure associée à une demande"
        verbose_name_plural = "structures associées à une demande"
        constraints = [models.UniqueConstraint(fields=["application", "organisation"], name="co_applicant_once")]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.application}"


class AppliedFile(models.Model):
    """A document of an application, cleaned by kernel.uploads and named by kernel.kept_files; `piece`: what it answers.

    Each one sent for a piece is a version of it; the last one counts, the others are kept.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nom", max_length=120)
    number = models.PositiveSmallIntegerField("version", default=1)
    file = models.FileField("fichier", upload_to=FOLDER, max_length=150)
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("taille en octets")
    scanned_at = models.DateTimeField("vérifié par un antivirus le", null=True, blank=True)
    from_profile = models.BooleanField("reprise du profil", default=False)
    added_at = models.DateTimeField("déposé le")
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "document d’une demande"
        verbose_name_plural = "documents des demandes"
        constraints = [
            models.UniqueConstraint(fields=["application", "piece", "number"], name="applied_file_version_once")
        ]

    def __str__(self) -> str:
        return f"Document n° {self.pk}, {self.application}"


class DeclaredAid(models.Model):
    """An aid *de minimis* that the applicant says it was given, by anybody, for its single undertaking."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="declared_aids")
    granted_on = models.DateField("accordée le")
    funder = models.CharField("par", max_length=150)
    scheme = models.CharField("au titre de", max_length=150, blank=True)
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)
    regulation = models.CharField("règlement", max_length=11)
    entity = models.CharField("à quelle entreprise du groupe", max_length=150, blank=True)

    class Meta:
        verbose_name = "aide de minimis déclarée"
        verbose_name_plural = "aides de minimis déclarées"
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="declared_aid_is_an_amount")]

    def __str__(self) -> str:
        return f"Aide déclarée n° {self.pk}, {self.application}"
