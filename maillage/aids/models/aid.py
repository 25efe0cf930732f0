from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.aids.enums import AidType, Audience, Destination, Recurrence, Step
from maillage.aids.querysets import AidQuerySet

# What a source says and a person may correct, in the order of a form.
FIELDS = (
    "name", "short_title", "financers", "instructors", "programmes", "description", "eligibility", "perimeter",
    "coverage", "audiences", "types", "steps", "destinations", "themes", "recurrence", "is_call", "start_date",
    "predeposit_date", "deadline_date", "rate_min_percent", "rate_max_percent", "amount_min", "amount_max",
    "loan_amount", "advance_amount", "origin_url", "application_url", "contact",
)  # fmt: skip
_LABELS: dict[str, dict[str, str]] = {
    "audiences": dict(Audience.choices),
    "types": dict(AidType.choices),
    "steps": dict(Step.choices),
    "destinations": dict(Destination.choices),
}

_TROUBLES = {"host": "site inconnu", "404": "page introuvable", "410": "page retirée"}


class Aid(models.Model):
    """A help in money or in work that somebody may ask for, as its source says it and as people here corrected it.

    Lists hold codes of `enums`; `themes`, codes of the directory's theme terms; `coverage`, places as "country:FR",
    "region:32", "department:80", "epci:<SIREN>", "commune:<INSEE>", empty when nobody knows. Texts are clean HTML.
    Amounts are whole euros. `said`: {field: value} as the source last said it; `edited`: fields that a person
    corrected, which an import leaves alone. `keys`, `words_key`: made from the rest by the verbs, for the filters.
    """

    slug = models.SlugField("adresse", max_length=100, unique=True)
    name = models.CharField("nom", max_length=250)
    short_title = models.CharField("nom court", max_length=250, blank=True)
    financers = models.JSONField("qui finance", default=list, blank=True)
    instructors = models.JSONField("qui instruit", default=list, blank=True)
    programmes = models.JSONField("programmes", default=list, blank=True)
    description = models.TextField("en quoi elle consiste", blank=True)
    eligibility = models.TextField("conditions", blank=True)
    perimeter = models.CharField("où, en toutes lettres", max_length=250, blank=True)
    coverage = models.JSONField("lieux couverts", default=list, blank=True)
    audiences = models.JSONField("pour qui", default=list, blank=True)
    types = models.JSONField("ce qu’elle apporte", default=list, blank=True)
    steps = models.JSONField("à quel moment", default=list, blank=True)
    destinations = models.JSONField("pour payer", default=list, blank=True)
    themes = models.JSONField("sujets", default=list, blank=True)
    recurrence = models.CharField("fréquence", max_length=9, choices=Recurrence, blank=True)
    is_call = models.BooleanField("appel à projets", default=False)
    start_date = models.DateField("ouverture", null=True, blank=True)
    predeposit_date = models.DateField("prédépôt", null=True, blank=True)
    deadline_date = models.DateField("date limite", null=True, blank=True)
    rate_min_percent = models.PositiveSmallIntegerField("taux le plus bas (%)", null=True, blank=True)
    rate_max_percent = models.PositiveSmallIntegerField("taux le plus haut (%)", null=True, blank=True)
    amount_min = models.PositiveIntegerField("montant le plus bas (€)", null=True, blank=True)
    amount_max = models.PositiveIntegerField("montant le plus haut (€)", null=True, blank=True)
    loan_amount = models.PositiveIntegerField("montant du prêt (€)", null=True, blank=True)
    advance_amount = models.PositiveIntegerField("montant de l’avance (€)", null=True, blank=True)
    origin_url = models.URLField("page de l’aide", max_length=700, blank=True)
    application_url = models.URLField("où la demander", max_length=700, blank=True)
    contact = models.TextField("contact", blank=True)

    source = models.CharField("source", max_length=120, blank=True)
    source_key = models.CharField("clé dans la source", max_length=200, blank=True)
    read_date = models.DateField("lue le", null=True, blank=True)
    said = models.JSONField("tel que dit par la source", default=dict, blank=True)
    edited = models.JSONField("corrigé ici", default=list, blank=True)
    keys = models.TextField("clés des filtres", blank=True)
    words_key = models.TextField("mots cherchés", blank=True)
    first_seen_at = models.DateTimeField("entrée le")
    changed_at = models.DateTimeField("changée le")
    gone_date = models.DateField("partie de la source le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_reason = models.CharField("pourquoi", max_length=300, blank=True)
    link_trouble = models.CharField("lien qui ne répond pas", max_length=200, blank=True)
    link_checked_at = models.DateTimeField("liens vérifiés le", null=True, blank=True)
    is_example = models.BooleanField("donnée d’exemple", default=False)

    objects: ClassVar[AidQuerySet] = AidQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "aide"
        indexes = [
            models.Index(fields=["deadline_date", "name"], name="aid_list"),
            models.Index(fields=["first_seen_at"], name="aid_new"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], condition=~Q(source=""), name="aid_once_a_source"),
            models.CheckConstraint(
                condition=Q(rate_min_percent__isnull=True)
                | Q(rate_max_percent__isnull=True)
                | Q(rate_min_percent__lte=F("rate_max_percent")),
                name="aid_rates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(rate_max_percent__isnull=True) | Q(rate_max_percent__lte=100), name="aid_rate_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(amount_min__isnull=True) | Q(amount_max__isnull=True) | Q(amount_min__lte=F("amount_max")),
                name="aid_amounts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="aid_withdrawn_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("aids:aid", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.withdrawn_at is None

    def is_over(self, on: date) -> bool:
        """No more to be asked for that day: past its deadline, or gone from its source."""
        return self.gone_date is not None or (self.deadline_date is not None and self.deadline_date < on)

    def labels(self, field: str) -> list[str]:
        """The codes of a closed list in words, in the order of the list."""
        held: Any = set(getattr(self, field))
        return [label for code, label in _LABELS[field].items() if code in held]

    @property
    def trouble_words(self) -> str:
        """What is wrong with its links, in words; "" when nothing is."""
        return ", ".join(_TROUBLES.get(one, one) for one in self.link_trouble.split(", ") if one)

    @property
    def audience_labels(self) -> list[str]:
        return self.labels("audiences")

    @property
    def type_labels(self) -> list[str]:
        return self.labels("types")

    @property
    def step_labels(self) -> list[str]:
        return self.labels("steps")

    @property
    def destination_labels(self) -> list[str]:
        return self.labels("destinations")


# What people call each of FIELDS.
LABELS: dict[str, str] = {field: str(getattr(Aid._meta.get_field(field), "verbose_name", field)) for field in FIELDS}
