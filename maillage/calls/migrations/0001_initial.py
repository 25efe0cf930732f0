from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0006_organisation_counts"),
        ("governance", "0004_workshops"),
        ("needs", "0002_turns_taken_back"),
        ("strategy", "0005_evidence_budget_questions"),
        ("territories", "0002_region_of_overseas_communities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="nom officiel")),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                ("court", models.CharField(blank=True, max_length=80, verbose_name="tribunal administratif")),
                (
                    "epci",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.epci",
                        verbose_name="communauté de communes",
                    ),
                ),
            ],
            options={
                "verbose_name": "autorité qui attribue",
                "verbose_name_plural": "autorités qui attribuent",
            },
        ),
        migrations.CreateModel(
            name="Scheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="intitulé")),
                ("purpose", models.TextField(max_length=1000, verbose_name="but")),
                ("legal_basis", models.CharField(max_length=300, verbose_name="base juridique")),
                (
                    "regional_agreement",
                    models.CharField(blank=True, max_length=150, verbose_name="convention avec la Région"),
                ),
                (
                    "state_aid",
                    models.CharField(
                        choices=[
                            ("none", "Pas d’activité économique : hors aides d’État"),
                            ("de_minimis", "De minimis général, règlement (UE) 2023/2831"),
                            ("sgei", "De minimis SIEG, règlement (UE) 2023/2832"),
                            ("agriculture", "De minimis agricole, règlement (UE) 1408/2013"),
                            ("other", "Un autre régime, nommé dans la base juridique"),
                        ],
                        default="none",
                        max_length=11,
                        verbose_name="régime d’aide",
                    ),
                ),
                (
                    "deciding_body",
                    models.CharField(
                        choices=[
                            ("council", "Le conseil de l’établissement"),
                            ("bureau", "Le bureau, par délégation du conseil"),
                            ("president", "La présidente ou le président, par délégation du conseil"),
                        ],
                        default="council",
                        max_length=9,
                        verbose_name="qui délibère",
                    ),
                ),
                (
                    "defines_need",
                    models.BooleanField(
                        default=False, verbose_name="la collectivité définit elle-même ce qui est à faire"
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="créé le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schemes",
                        to="calls.authority",
                        verbose_name="autorité",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="strategy.measure",
                        verbose_name="mesure de la stratégie",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispositif",
                "constraints": [models.UniqueConstraint(fields=("authority", "title"), name="scheme_title_once")],
            },
        ),
        migrations.CreateModel(
            name="EnvelopeLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="enveloppe")),
                (
                    "awarded",
                    models.DecimalField(
                        decimal_places=2, default=Decimal(0), max_digits=12, verbose_name="déjà accordé"
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="calls.scheme",
                        verbose_name="dispositif",
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne d’enveloppe",
                "verbose_name_plural": "lignes d’enveloppe",
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "year"), name="envelope_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("awarded__gte", Decimal(0)), ("awarded__lte", models.F("amount"))),
                        name="envelope_never_passed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Numbering",
            fields=[
                ("series", models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="série")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="dernier numéro")),
            ],
            options={
                "verbose_name": "numérotation",
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("projects", "Appel à projets"),
                            ("interest", "Appel à manifestation d’intérêt"),
                            ("standing", "Aide ouverte toute l’année"),
                        ],
                        default="projects",
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("summary", models.CharField(max_length=300, verbose_name="en une phrase")),
                ("context", models.TextField(blank=True, max_length=4000, verbose_name="pourquoi cet appel")),
                ("goals", models.TextField(blank=True, max_length=4000, verbose_name="ce qu’il veut soutenir")),
                (
                    "eligible_costs",
                    models.TextField(blank=True, max_length=2000, verbose_name="dépenses prises en compte"),
                ),
                (
                    "ineligible_costs",
                    models.TextField(blank=True, max_length=2000, verbose_name="dépenses qui ne le sont pas"),
                ),
                ("rules", models.TextField(blank=True, max_length=4000, verbose_name="autres règles")),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="à qui parler")),
                (
                    "budget",
                    models.DecimalField(
                        decimal_places=2, default=Decimal(0), max_digits=12, verbose_name="montant de l’appel"
                    ),
                ),
                (
                    "least",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="aide la plus petite"
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="aide la plus grande"
                    ),
                ),
                (
                    "max_rate",
                    models.DecimalField(
                        decimal_places=2, default=Decimal(100), max_digits=5, verbose_name="part la plus grande (%)"
                    ),
                ),
                (
                    "own_share",
                    models.DecimalField(
                        decimal_places=2, default=Decimal(0), max_digits=5, verbose_name="autofinancement demandé (%)"
                    ),
                ),
                (
                    "advance_rate",
                    models.DecimalField(
                        decimal_places=2, default=Decimal(50), max_digits=5, verbose_name="versé à la signature (%)"
                    ),
                ),
                (
                    "report_months",
                    models.PositiveSmallIntegerField(default=6, verbose_name="bilan, mois après la fin du projet"),
                ),
                ("families", models.JSONField(blank=True, default=list, verbose_name="familles de l’ESS")),
                ("theme_reason", models.CharField(blank=True, max_length=400, verbose_name="pourquoi un autre sujet")),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="ouvre le")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="clôt le")),
                ("committee_on", models.DateField(blank=True, null=True, verbose_name="comité le")),
                ("decides_on", models.DateField(blank=True, null=True, verbose_name="délibération le")),
                ("project_from", models.DateField(blank=True, null=True, verbose_name="projets à partir du")),
                ("project_to", models.DateField(blank=True, null=True, verbose_name="projets jusqu’au")),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("changed_at", models.DateTimeField(verbose_name="modifié le")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publié le")),
                ("review_at", models.DateTimeField(blank=True, null=True, verbose_name="instruction ouverte le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="archivé le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                (
                    "communes",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="territories.commune", verbose_name="communes"
                    ),
                ),
                (
                    "epcis",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="territories.epci", verbose_name="communautés de communes"
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="needs.theme", verbose_name="thèmes retenus"
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(blank=True, related_name="+", to="directory.term", verbose_name="sujets"),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="calls.envelopeline",
                        verbose_name="enveloppe",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="calls.scheme",
                        verbose_name="dispositif",
                    ),
                ),
            ],
            options={
                "verbose_name": "appel",
                "indexes": [models.Index(fields=["published_at", "closes_at"], name="call_published")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("closes_at", None),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="call_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(
                                ("budget__gt", 0),
                                ("line__isnull", False),
                                ("opens_at__isnull", False),
                                models.Q(("closes_at__isnull", False), ("kind", "standing"), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="call_published_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_rate__gt", 0),
                            ("max_rate__lte", 100),
                            ("own_share__gte", 0),
                            ("own_share__lte", 100),
                            ("advance_rate__gte", 0),
                            ("advance_rate__lte", 100),
                        ),
                        name="call_shares_are_percents",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least", None), ("most", None), ("most__gte", models.F("least")), _connector="OR"
                        ),
                        name="call_amounts_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("blocks", models.JSONField(blank=True, default=list, verbose_name="questions")),
                ("made_at", models.DateTimeField(verbose_name="faite le")),
                ("fixed_at", models.DateTimeField(blank=True, null=True, verbose_name="fixée le")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="forms", to="calls.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "formulaire d’un appel",
                "verbose_name_plural": "formulaires des appels",
                "constraints": [models.UniqueConstraint(fields=("call", "number"), name="call_form_once")],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=8, unique=True, verbose_name="référence")),
                ("number", models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name="numéro")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("submitted", "Déposé"),
                            ("incomplete", "À compléter"),
                            ("inadmissible", "Irrecevable"),
                            ("review", "En instruction"),
                            ("opinion", "Avis rendu"),
                            ("granted", "Accordé"),
                            ("refused", "Refusé"),
                            ("dropped", "Sans suite"),
                            ("withdrawn", "Retiré"),
                            ("agreed", "Notifié"),
                            ("paying", "En cours de versement"),
                            ("reporting", "Bilan attendu"),
                            ("settled", "Soldé"),
                            ("cancelled", "Annulé"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="titre du projet")),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="le projet en bref")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                (
                    "requested",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="montant demandé"
                    ),
                ),
                ("is_economic", models.BooleanField(blank=True, null=True, verbose_name="activité économique")),
                ("recovers_vat", models.BooleanField(blank=True, null=True, verbose_name="récupère la TVA")),
                ("legal_name", models.CharField(blank=True, max_length=255, verbose_name="nom légal")),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                ("rna", models.CharField(blank=True, max_length=10, verbose_name="numéro RNA")),
                (
                    "representative",
                    models.CharField(blank=True, max_length=120, verbose_name="représentante ou représentant légal"),
                ),
                ("representative_role", models.CharField(blank=True, max_length=80, verbose_name="à quel titre")),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="réponses")),
                ("origins", models.JSONField(blank=True, default=dict, verbose_name="origine des champs")),
                ("reopened", models.JSONField(blank=True, default=list, verbose_name="champs rouverts")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                (
                    "cer_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="contrat d’engagement républicain souscrit le"
                    ),
                ),
                ("cer_version", models.CharField(blank=True, max_length=40, verbose_name="texte souscrit")),
                ("honour_at", models.DateTimeField(blank=True, null=True, verbose_name="attestation sur l’honneur du")),
                ("honour_by", models.CharField(blank=True, max_length=120, verbose_name="attesté par")),
                ("created_at", models.DateTimeField(verbose_name="commencé le")),
                ("changed_at", models.DateTimeField(verbose_name="modifié le")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="déposé le")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="empreinte du dépôt")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="rappel du brouillon le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déposé par",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territories.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="directory.organisation",
                        verbose_name="structure",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="needs.theme",
                        verbose_name="thème",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="calls.call",
                        verbose_name="appel",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="calls.callform"
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier de demande",
                "verbose_name_plural": "dossiers de demande",
                "indexes": [
                    models.Index(fields=["call", "state", "submitted_at"], name="application_list"),
                    models.Index(fields=["organisation", "state"], name="application_of"),
                    models.Index(fields=["state", "-submitted_at"], name="application_recent"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "withdrawn"]),
                            models.Q(
                                ("number__isnull", False),
                                ("requested__gt", 0),
                                ("submitted_at__isnull", False),
                                models.Q(("title", ""), _negated=True),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="application_submitted_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="application_dates_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("organisation", "call"),
                        name="application_one_draft",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="question")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("asked_at", models.DateTimeField(verbose_name="posée le")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="réponse")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondue le")),
                ("set_aside_at", models.DateTimeField(blank=True, null=True, verbose_name="mise de côté le")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="calls.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "question sur un appel",
                "verbose_name_plural": "questions sur les appels",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_question_answer_is_dated",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoApplicant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, max_length=200, verbose_name="rôle dans le projet")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Invitée"), ("agreed", "D’accord"), ("declined", "Ne participe pas")],
                        default="asked",
                        max_length=8,
                        verbose_name="réponse",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="invitée le")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="co_applicants",
                        to="calls.application",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "structure associée à une demande",
                "verbose_name_plural": "structures associées à une demande",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "organisation"), name="co_applicant_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Completion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fields", models.JSONField(verbose_name="champs rouverts")),
                ("words", models.TextField(max_length=1500, verbose_name="ce qui manque")),
                ("due_on", models.DateField(verbose_name="pour le")),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="complété le")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="rappelé le")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="completions", to="calls.application"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de complément",
                "verbose_name_plural": "demandes de complément",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("application",),
                        name="completion_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("label", models.CharField(max_length=120, verbose_name="critère")),
                ("guide", models.CharField(blank=True, max_length=400, verbose_name="comment noter")),
                ("weight", models.PositiveSmallIntegerField(verbose_name="poids")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="calls.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "critère",
                "constraints": [
                    models.UniqueConstraint(fields=("call", "label"), name="criterion_once"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 100)), name="criterion_weighs"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclaredAid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("granted_on", models.DateField(verbose_name="accordée le")),
                ("funder", models.CharField(max_length=150, verbose_name="par")),
                ("scheme", models.CharField(blank=True, max_length=150, verbose_name="au titre de")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant")),
                ("regulation", models.CharField(max_length=11, verbose_name="règlement")),
                ("entity", models.CharField(blank=True, max_length=150, verbose_name="à quelle entreprise du groupe")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declared_aids",
                        to="calls.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "aide de minimis déclarée",
                "verbose_name_plural": "aides de minimis déclarées",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="declared_aid_is_an_amount")
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=6, verbose_name="compte")),
                ("label", models.CharField(blank=True, max_length=120, verbose_name="précision")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant")),
                (
                    "funding",
                    models.CharField(
                        blank=True,
                        choices=[("asked", "Demandé"), ("granted", "Acquis"), ("refused", "Refusé")],
                        max_length=7,
                        verbose_name="état",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="forecast", to="calls.application"
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne de budget",
                "verbose_name_plural": "lignes de budget",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "code", "label"), name="forecast_line_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="forecast_line_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sense",
                    models.CharField(
                        choices=[
                            ("favourable", "Favorable"),
                            ("reserved", "Favorable avec réserves"),
                            ("adjourned", "Ajourné"),
                            ("unfavourable", "Défavorable"),
                        ],
                        max_length=12,
                        verbose_name="avis",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="motif")),
                (
                    "proposed",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="montant proposé"
                    ),
                ),
                ("given_on", models.DateField(verbose_name="rendu le")),
                ("at", models.DateTimeField(verbose_name="noté le")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinions", to="calls.application"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="governance.meeting",
                        verbose_name="réunion",
                    ),
                ),
            ],
            options={
                "verbose_name": "avis du comité",
                "verbose_name_plural": "avis du comité",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sense", "favourable"), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="opinion_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposed", None), ("proposed__gt", 0), _connector="OR"),
                        name="opinion_proposes_an_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("label", models.CharField(max_length=120, verbose_name="pièce")),
                ("guide", models.CharField(blank=True, max_length=300, verbose_name="précision")),
                ("kind", models.CharField(blank=True, max_length=12, verbose_name="pièce du profil")),
                ("is_required", models.BooleanField(default=True, verbose_name="obligatoire")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="calls.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce demandée",
                "verbose_name_plural": "pièces demandées",
                "constraints": [models.UniqueConstraint(fields=("call", "label"), name="piece_once")],
            },
        ),
        migrations.CreateModel(
            name="AppliedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("file", models.FileField(max_length=150, upload_to="candidatures/", verbose_name="fichier")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                ("size", models.PositiveIntegerField(verbose_name="taille en octets")),
                ("scanned_at", models.DateTimeField(blank=True, null=True, verbose_name="vérifié par un antivirus le")),
                ("from_profile", models.BooleanField(default=False, verbose_name="reprise du profil")),
                ("added_at", models.DateTimeField(verbose_name="déposé le")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="calls.application"
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calls.piece",
                    ),
                ),
            ],
            options={
                "verbose_name": "document d’une demande",
                "verbose_name_plural": "documents des demandes",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "piece", "number"), name="applied_file_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="raison")),
                ("declared_at", models.DateTimeField(verbose_name="déclaré le")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="calls.application"
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "déport",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "user"), name="recusal_once"),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="recusal_says_why"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(verbose_name="jusqu’au")),
                ("reason", models.CharField(max_length=400, verbose_name="raison")),
                ("at", models.DateTimeField(verbose_name="rouvert le")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="calls.application",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reopenings", to="calls.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "réouverture",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("at")), models.Q(("reason", ""), _negated=True)),
                        name="reopening_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField(verbose_name="désigné le")),
                ("pledged_at", models.DateTimeField(blank=True, null=True, verbose_name="confidentialité acceptée le")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviewers", to="calls.call"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "membre du jury",
                "verbose_name_plural": "membres du jury",
                "constraints": [models.UniqueConstraint(fields=("call", "user"), name="reviewer_once")],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="avis")),
                (
                    "total",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="note sur 100"
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="modifiée le")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="rendue le")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="calls.application"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="calls.reviewer"
                    ),
                ),
            ],
            options={
                "verbose_name": "lecture d’un dossier",
                "verbose_name_plural": "lectures des dossiers",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "reviewer"), name="review_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sent_at", None), ("total__isnull", False), _connector="OR"),
                        name="review_sent_has_total",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                ("comment", models.CharField(blank=True, max_length=600, verbose_name="commentaire")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="calls.criterion"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="calls.review"
                    ),
                ),
            ],
            options={
                "verbose_name": "note sur un critère",
                "verbose_name_plural": "notes sur les critères",
                "constraints": [
                    models.UniqueConstraint(fields=("review", "criterion"), name="score_once"),
                    models.CheckConstraint(condition=models.Q(("points__lte", 5)), name="score_of_five"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdmissibilityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=30, verbose_name="point")),
                ("is_met", models.BooleanField(verbose_name="rempli")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="précision")),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="calls.application"
                    ),
                ),
            ],
            options={
                "verbose_name": "point de recevabilité",
                "verbose_name_plural": "points de recevabilité",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "item"), name="admissibility_once"),
                    models.CheckConstraint(
                        condition=models.Q(("is_met", True), models.Q(("note", ""), _negated=True), _connector="OR"),
                        name="admissibility_refused_says_why",
                    ),
                ],
            },
        ),
    ]
