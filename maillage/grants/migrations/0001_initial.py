from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("calls", "0001_initial"),
        ("desk", "0001_initial"),
        ("directory", "0006_organisation_counts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Undertaking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="nom")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
            ],
            options={
                "verbose_name": "entreprise unique",
                "verbose_name_plural": "entreprises uniques",
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("granted", "Accordée"), ("refused", "Refusée"), ("dropped", "Sans suite")],
                        max_length=7,
                        verbose_name="décision",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="montant accordé"
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="raison")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("criterion", "Un critère de l’appel n’est pas assez rempli"),
                            ("envelope", "L’enveloppe est épuisée"),
                            ("subject", "Le projet n’entre pas dans l’objet de l’appel"),
                            ("costs", "Les dépenses ne peuvent pas être aidées"),
                            ("ceiling", "Le plafond des aides de minimis serait dépassé"),
                            ("other", "Une autre raison"),
                        ],
                        max_length=9,
                        verbose_name="motif",
                    ),
                ),
                ("override", models.CharField(blank=True, max_length=400, verbose_name="raison du dépassement")),
                (
                    "body",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "Le conseil de l’établissement"),
                            ("bureau", "Le bureau, par délégation du conseil"),
                            ("president", "La présidente ou le président, par délégation du conseil"),
                        ],
                        max_length=9,
                        verbose_name="qui a délibéré",
                    ),
                ),
                ("deliberation", models.CharField(blank=True, max_length=60, verbose_name="délibération n°")),
                ("deliberated_on", models.DateField(blank=True, null=True, verbose_name="délibération du")),
                ("prepared_at", models.DateTimeField(verbose_name="préparée le")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmée le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="calls.application",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calls.criterion",
                        verbose_name="critère",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="calls.envelopeline",
                        verbose_name="enveloppe",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="desk.project",
                        verbose_name="projet au guichet",
                    ),
                ),
            ],
            options={
                "verbose_name": "décision",
                "indexes": [models.Index(fields=["outcome", "-deliberated_on"], name="decision_published")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("line__isnull", False), ("outcome", "granted")),
                            models.Q(models.Q(("outcome", "granted"), _negated=True), ("amount", None), ("line", None)),
                            _connector="OR",
                        ),
                        name="decision_grants_an_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None),
                            ("outcome", "dropped"),
                            models.Q(
                                models.Q(("deliberation", ""), _negated=True),
                                models.Q(("body", ""), _negated=True),
                                ("deliberated_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_has_deliberation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            ("prepared_by", None),
                            models.Q(("outcome", "granted"), _negated=True),
                            models.Q(("confirmed_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_award_takes_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", None), ("confirmed_at__isnull", False), _connector="OR"),
                        name="decision_confirmed_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "granted"),
                            ("outcome", "dropped"),
                            models.Q(models.Q(("reason", ""), _negated=True), models.Q(("ground", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="decision_refusal_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("notice", "Notification"), ("convention", "Convention")],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("granted", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant accordé")),
                ("rate", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="part des dépenses (%)")),
                (
                    "paid",
                    models.DecimalField(decimal_places=2, default=Decimal(0), max_digits=12, verbose_name="déjà versé"),
                ),
                ("report_due_on", models.DateField(verbose_name="bilan attendu le")),
                ("reminded_for", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rappel à")),
                ("drawn_at", models.DateTimeField(verbose_name="établie le")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signée le")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publiée le")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreement", to="grants.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "convention",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("paid__gte", Decimal(0)), ("paid__lte", models.F("granted"))),
                        name="agreement_never_paid_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rate__gt", 0), ("rate__lte", 100)), name="agreement_rate_is_percent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("advance", "Avance"),
                            ("instalment", "Acompte"),
                            ("final", "Solde"),
                            ("clawback", "Reversement"),
                        ],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant")),
                ("planned_on", models.DateField(verbose_name="prévu le")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="versé le")),
                ("order_number", models.CharField(blank=True, max_length=40, verbose_name="mandat n°")),
                ("prepared_at", models.DateTimeField(blank=True, null=True, verbose_name="saisi le")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmé le")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="instalments", to="grants.agreement"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "versement",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_is_an_amount"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prepared_at", None),
                            models.Q(("paid_on__isnull", False), models.Q(("order_number", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="instalment_paid_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_at", None), ("prepared_at__isnull", False), _connector="OR"),
                        name="instalment_prepared_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            ("prepared_by", None),
                            models.Q(("confirmed_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="instalment_takes_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "instalment"), _negated=True),
                        fields=("agreement", "kind"),
                        name="instalment_kind_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done", models.TextField(blank=True, max_length=4000, verbose_name="ce qui a été fait")),
                ("public", models.TextField(blank=True, max_length=2000, verbose_name="pour qui")),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="personnes touchées")),
                ("places", models.TextField(blank=True, max_length=2000, verbose_name="où et quand")),
                ("goals", models.TextField(blank=True, max_length=4000, verbose_name="objectifs atteints")),
                ("gaps", models.TextField(blank=True, max_length=4000, verbose_name="explication des écarts")),
                ("volunteers", models.TextField(blank=True, max_length=2000, verbose_name="contributions volontaires")),
                ("honour_by", models.CharField(blank=True, max_length=120, verbose_name="attesté par")),
                ("changed_at", models.DateTimeField(verbose_name="modifié le")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="remis le")),
                ("asked_again", models.TextField(blank=True, max_length=1500, verbose_name="ce qui manque")),
                (
                    "eligible",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="dépenses retenues"
                    ),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepté le")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="report", to="grants.agreement"
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bilan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at", None), models.Q(("done", ""), _negated=True), _connector="OR"
                        ),
                        name="report_submitted_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at", None),
                            models.Q(("eligible__isnull", False), ("submitted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="report_accepted_has_costs",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=6, verbose_name="compte")),
                ("label", models.CharField(blank=True, max_length=120, verbose_name="précision")),
                (
                    "forecast",
                    models.DecimalField(decimal_places=2, default=Decimal(0), max_digits=12, verbose_name="prévu"),
                ),
                (
                    "realised",
                    models.DecimalField(decimal_places=2, default=Decimal(0), max_digits=12, verbose_name="réalisé"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="grants.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne de bilan",
                "verbose_name_plural": "lignes de bilan",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "code", "label"), name="report_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("forecast__gte", 0), ("realised__gte", 0)), name="report_line_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeMinimisAid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("granted_on", models.DateField(verbose_name="accordée le")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant")),
                ("funder", models.CharField(max_length=200, verbose_name="par")),
                ("scheme", models.CharField(blank=True, max_length=150, verbose_name="au titre de")),
                (
                    "regulation",
                    models.CharField(
                        choices=[
                            ("none", "Pas d’activité économique : hors aides d’État"),
                            ("de_minimis", "De minimis général, règlement (UE) 2023/2831"),
                            ("sgei", "De minimis SIEG, règlement (UE) 2023/2832"),
                            ("agriculture", "De minimis agricole, règlement (UE) 1408/2013"),
                            ("other", "Un autre régime, nommé dans la base juridique"),
                        ],
                        max_length=11,
                        verbose_name="règlement",
                    ),
                ),
                (
                    "declared_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="déclarée au registre national le"),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="de_minimis",
                        to="grants.decision",
                    ),
                ),
                (
                    "undertaking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aids", to="grants.undertaking"
                    ),
                ),
            ],
            options={
                "verbose_name": "aide de minimis",
                "verbose_name_plural": "aides de minimis",
                "indexes": [models.Index(fields=["undertaking", "granted_on"], name="de_minimis_sum")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="de_minimis_is_an_amount"),
                    models.CheckConstraint(
                        condition=models.Q(("regulation__in", ["de_minimis", "sgei", "agriculture"])),
                        name="de_minimis_regulation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision", None)),
                        fields=("undertaking", "granted_on", "funder", "amount", "regulation"),
                        name="de_minimis_declared_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UndertakingMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "undertaking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="grants.undertaking"
                    ),
                ),
            ],
            options={
                "verbose_name": "structure d’une entreprise unique",
                "verbose_name_plural": "structures des entreprises uniques",
            },
        ),
    ]
