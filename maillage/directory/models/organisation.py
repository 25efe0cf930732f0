from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from maillage.directory.enums import EssVerdict, Family, HeadcountBand, NafVersion, Status
from maillage.directory.models.term import Term
from maillage.directory.querysets import OrganisationQuerySet


class Organisation(models.Model):
    """A legal person, or a collective without one, that acts on the territory.

    `sources` = {field name: id of kernel.Source}; fields without a key have no known origin.
    `served_area` = list of codes: commune (5), EPCI or territory (9, SIREN); empty = its own commune.
    A SIREN is optional: a small association may have none, a collective never has one.
    """

    slug = models.SlugField("adresse", max_length=150, unique=True)
    name = models.CharField("nom", max_length=255)
    name_key = models.CharField("nom plié", max_length=255, db_index=True)
    acronym = models.CharField("sigle", max_length=100, blank=True)
    legal_name = models.CharField("dénomination légale", max_length=255, blank=True)
    siren = models.CharField("SIREN", max_length=9, null=True, blank=True)
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    family = models.CharField("famille de l’ESS", max_length=16, choices=Family, blank=True)
    legal_form = models.CharField("catégorie juridique", max_length=4, blank=True)
    naf_code = models.CharField("code NAF", max_length=6, blank=True)
    naf_version = models.CharField("version de la NAF", max_length=4, choices=NafVersion, blank=True)
    terms = models.ManyToManyField(Term, verbose_name="secteurs, thèmes, publics", blank=True, related_name="+")
    description = models.TextField("présentation", blank=True)
    activities = models.TextField("activités", blank=True)
    services = models.TextField("services rendus", blank=True)
    served_area = models.JSONField("zone d’action", default=list, blank=True)
    website = models.URLField("site internet", max_length=500, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    contact_consent_at = models.DateTimeField("accord pour publier le contact", null=True, blank=True)
    contact_consent_note = models.CharField("comment l’accord a été donné", max_length=200, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name="image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField("texte de remplacement de l’image", max_length=200, blank=True)
    picture_credit = models.CharField("crédit de l’image", max_length=200, blank=True)
    ess_verdict = models.CharField("ESS", max_length=12, choices=EssVerdict, default=EssVerdict.TO_CONFIRM)
    ess_reason = models.CharField("motif", max_length=40, blank=True)
    ess_overridden = models.BooleanField("décidé par une personne", default=False)
    ess_note = models.CharField("explication de la décision", max_length=300, blank=True)
    headcount_band = models.CharField("effectif salarié", max_length=2, choices=HeadcountBand, blank=True)
    headcount_note = models.CharField("effectif en clair", max_length=120, blank=True)
    creation_date = models.DateField("création", null=True, blank=True)
    closed_date = models.DateField("fermeture", null=True, blank=True)
    status = models.CharField("état", max_length=10, choices=Status, default=Status.TO_REVIEW)
    is_example = models.BooleanField("donnée d’exemple", default=False)
    is_partner = models.BooleanField("partenaire de l’accompagnement", default=False)
    completeness = models.PositiveSmallIntegerField("complétude (%)", default=0)
    sources = models.JSONField("origine des champs", default=dict, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="fusionnée dans",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verified_at = models.DateTimeField("vérifiée le", null=True, blank=True)
    created_at = models.DateTimeField("créée le")
    updated_at = models.DateTimeField("modifiée le")

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "structure"
        indexes = [
            models.Index(fields=["status", "name_key"], name="organisation_list"),
            # Counts of published sheets (gauges, proofs of measures) read this and not the wide rows of the table.
            models.Index(fields=["status", "is_example", "family", "verified_at"], name="organisation_counts"),
            models.Index(fields=["rna"], name="organisation_rna", condition=~models.Q(rna="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["siren"],
                condition=models.Q(merged_into__isnull=True, siren__isnull=False),
                name="organisation_siren_once",
            ),
            models.CheckConstraint(condition=~models.Q(siren=""), name="organisation_siren_null_not_empty"),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q(status=Status.ARCHIVED),
                name="organisation_merged_is_archived",
            ),
            models.CheckConstraint(
                condition=models.Q(picture__isnull=True) | ~models.Q(picture_alt=""),
                name="organisation_picture_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:sheet", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def has_public_contact(self) -> bool:
        """May e-mail and telephone be shown? Only with a recorded consent."""
        return self.contact_consent_at is not None and bool(self.email or self.phone)
