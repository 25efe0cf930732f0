from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import User
from maillage.grants.enums import AgreementKind, InstalmentKind
from maillage.grants.models.decision import Decision

NOTHING = Decimal(0)


class Agreement(models.Model):
    """On what terms an award is paid: a notification, or over the threshold of the law a convention.

    granted: euros of the award. rate: percent of the eligible costs that are really spent. paid: euros really paid,
    clawbacks taken off; it moves by a conditional update, so that nothing over `granted` is ever paid; over: what was
    paid above an award that is smaller since, until it comes back. signed_on: of
    the convention by the authority, or the day of the notification; holder_signed_on: by the holder. report_due_on:
    when the report is expected. reminded_for: days before that day of the last reminder, None before the first.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="agreement")
    kind = models.CharField("nature", max_length=10, choices=AgreementKind)
    granted = models.DecimalField("montant accordé", max_digits=12, decimal_places=2)
    rate = models.DecimalField("part des dépenses (%)", max_digits=5, decimal_places=2)
    paid = models.DecimalField("déjà versé", max_digits=12, decimal_places=2, default=NOTHING)
    over = models.DecimalField("versé en trop", max_digits=12, decimal_places=2, default=NOTHING)
    report_due_on = models.DateField("bilan attendu le")
    reminded_for = models.PositiveSmallIntegerField("rappel à", null=True, blank=True)
    drawn_at = models.DateTimeField("établie le")
    drawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    signed_on = models.DateField("signée le", null=True, blank=True)
    holder_signed_on = models.DateField("signée par la structure le", null=True, blank=True)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)

    class Meta:
        verbose_name = "convention"
        constraints = [
            models.CheckConstraint(
                condition=Q(paid__gte=NOTHING, over__gte=NOTHING) & Q(paid__lte=F("granted") + F("over")),
                name="agreement_never_paid_over",
            ),
            models.CheckConstraint(condition=Q(rate__gt=0, rate__lte=100), name="agreement_rate_is_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {str(self.decision.application).lower()}"

    @property
    def written(self) -> Report | None:
        """Its report, None before one is begun; no query when it was selected with the row."""
        return getattr(self, "report", None)

    @property
    def left(self) -> Decimal:
        """Euros of the award that were not paid."""
        return self.granted - self.paid


class Instalment(models.Model):
    """A payment that is planned, then recorded: the accountant pays, two people here say that it was done.

    amount: euros, always positive. asks: the document without which it is not paid, "" for none. order_number: of the
    payment order (*mandat*), or of the receipt of a clawback.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="instalments")
    kind = models.CharField("nature", max_length=10, choices=InstalmentKind)
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)
    planned_on = models.DateField("prévu le")
    asks = models.CharField("pièce demandée", max_length=200, blank=True)
    paid_on = models.DateField("versé le", null=True, blank=True)
    order_number = models.CharField("mandat n°", max_length=40, blank=True)
    prepared_at = models.DateTimeField("saisi le", null=True, blank=True)
    prepared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "versement"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_is_an_amount"),
            models.CheckConstraint(
                condition=Q(prepared_at=None) | Q(paid_on__isnull=False) & ~Q(order_number=""),
                name="instalment_paid_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(prepared_at__isnull=False), name="instalment_prepared_first"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(prepared_by=None) | ~Q(confirmed_by=F("prepared_by")),
                name="instalment_takes_two",
            ),
            models.UniqueConstraint(
                fields=["agreement", "kind"],
                condition=Q(kind__in=[InstalmentKind.ADVANCE, InstalmentKind.FINAL]),
                name="instalment_kind_once",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(kind=InstalmentKind.CLAWBACK, confirmed_at=None),
                name="instalment_one_clawback_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n° {self.pk}"


class Report(models.Model):
    """What became of the money (*compte rendu financier*, Cerfa 15059): words, and a line for each account.

    eligible: euros of the costs that count, once an agent accepted it. people: how many the project served; jobs:
    created or kept thanks to it, in full-time equivalents.
    """

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="report")
    done = models.TextField("ce qui a été fait", max_length=4_000, blank=True)
    public = models.TextField("pour qui", max_length=2_000, blank=True)
    people = models.PositiveIntegerField("personnes touchées", null=True, blank=True)
    jobs = models.DecimalField("emplois (ETP)", max_digits=6, decimal_places=2, null=True, blank=True)
    places = models.TextField("où et quand", max_length=2_000, blank=True)
    goals = models.TextField("objectifs atteints", max_length=4_000, blank=True)
    gaps = models.TextField("explication des écarts", max_length=4_000, blank=True)
    volunteers = models.TextField("contributions volontaires", max_length=2_000, blank=True)
    honour_by = models.CharField("attesté par", max_length=120, blank=True)
    changed_at = models.DateTimeField("modifié le")
    submitted_at = models.DateTimeField("remis le", null=True, blank=True)
    submitted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_again = models.TextField("ce qui manque", max_length=1_500, blank=True)
    eligible = models.DecimalField("dépenses retenues", max_digits=12, decimal_places=2, null=True, blank=True)
    accepted_at = models.DateTimeField("accepté le", null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "bilan"
        constraints = [
            models.CheckConstraint(condition=Q(submitted_at=None) | ~Q(done=""), name="report_submitted_is_whole"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(submitted_at__isnull=False, eligible__isnull=False),
                name="report_accepted_has_costs",
            ),
            models.CheckConstraint(condition=Q(jobs=None) | Q(jobs__gte=0), name="report_jobs_not_negative"),
        ]

    def __str__(self) -> str:
        return f"Bilan, {str(self.agreement.decision.application).lower()}"


class ReportLine(models.Model):
    """One line of the report, in euros: forecast as it was asked, realised as it was spent or received."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField("compte", max_length=6)
    label = models.CharField("précision", max_length=120, blank=True)
    forecast = models.DecimalField("prévu", max_digits=12, decimal_places=2, default=NOTHING)
    realised = models.DecimalField("réalisé", max_digits=12, decimal_places=2, default=NOTHING)

    class Meta:
        verbose_name = "ligne de bilan"
        verbose_name_plural = "lignes de bilan"
        constraints = [
            models.UniqueConstraint(fields=["report", "code", "label"], name="report_line_once"),
            models.CheckConstraint(condition=Q(forecast__gte=0, realised__gte=0), name="report_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}, {self.report}"

    @property
    def gap(self) -> Decimal:
        """What was really spent or received, less what was forecast."""
        return self.realised - self.forecast
