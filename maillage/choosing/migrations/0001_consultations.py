import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0005_doubt_closed_siret"),
        ("strategy", "0004_indicators"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                ("question", models.CharField(max_length=200, verbose_name="question")),
                ("explanation", models.TextField(blank=True, max_length=4000, verbose_name="de quoi il s’agit")),
                (
                    "method",
                    models.CharField(
                        choices=[("consent", "Consentement"), ("dots", "Points à répartir"), ("ranking", "Classement")],
                        max_length=8,
                        verbose_name="méthode",
                    ),
                ),
                ("dots", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="points par voix")),
                ("is_secret", models.BooleanField(default=False, verbose_name="vote secret")),
                ("electorates", models.JSONField(default=list, verbose_name="qui vote")),
                ("opens_at", models.DateTimeField(verbose_name="ouvre le")),
                ("closes_at", models.DateTimeField(verbose_name="finit le")),
                ("paper_until", models.DateTimeField(verbose_name="bulletins de papier saisis jusqu’au")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("open", "Ouverte"),
                            ("closed", "Close"),
                            ("decided", "Décidée"),
                            ("cancelled", "Annulée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="électorat arrêté le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                ("result", models.JSONField(blank=True, null=True, verbose_name="résultat")),
                ("decision", models.TextField(blank=True, max_length=4000, verbose_name="décision")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="pourquoi elle est annulée"),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                ("changed_at", models.DateTimeField(verbose_name="changée le")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="préparée par",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consultations",
                        to="strategy.measure",
                        verbose_name="mesure",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "indexes": [models.Index(fields=["state", "-closes_at"], name="consultation_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="consultation_ends_after_its_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paper_until__gte", models.F("closes_at"))),
                        name="consultation_types_paper_after_the_vote",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dots__gte", 1), ("method", "dots")),
                            models.Q(models.Q(("method", "dots"), _negated=True), ("dots", None)),
                            _connector="OR",
                        ),
                        name="consultation_dots_when_it_has_dots",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("cancel_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consultation_cancelled_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("result__isnull", False),
                                ("state__in", ("closed", "decided")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("closed", "decided")), _negated=True),
                                ("closed_at", None),
                                ("result__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="consultation_result_when_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state", "decided"),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "decided"), _negated=True), ("decided_at", None), ("decision", "")
                            ),
                            _connector="OR",
                        ),
                        name="consultation_decision_when_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "cancelled"]), ("opened_at__isnull", False), _connector="OR"
                        ),
                        name="consultation_opened_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="College",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, verbose_name="clé")),
                ("label", models.CharField(max_length=80, verbose_name="nom")),
                ("is_open", models.BooleanField(default=False, verbose_name="ouvert pendant le vote")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="colleges", to="choosing.consultation"
                    ),
                ),
            ],
            options={
                "verbose_name": "collège",
                "constraints": [models.UniqueConstraint(fields=("consultation", "key"), name="college_once")],
            },
        ),
        migrations.CreateModel(
            name="Elector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organisation", "Structure"),
                            ("mandate", "Personne, au titre de son mandat"),
                            ("address", "Adresse confirmée"),
                            ("paper", "Feuille de vote"),
                        ],
                        max_length=12,
                        verbose_name="voix",
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="clé")),
                ("label", models.CharField(blank=True, max_length=255, verbose_name="nom")),
                ("has_voted", models.BooleanField(default=False, verbose_name="a voté")),
                ("on_paper", models.BooleanField(default=False, verbose_name="sur papier")),
                (
                    "college",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="electors", to="choosing.college"
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="electors", to="choosing.consultation"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="structure",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "électeur",
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "key"), name="elector_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "organisation"), ("organisation", None), _connector="OR"),
                        name="elector_organisation_by_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "mandate"), ("user", None), _connector="OR"),
                        name="elector_person_by_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_paper", False), ("has_voted", True), _connector="OR"),
                        name="elector_on_paper_has_voted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_secret", models.BooleanField(default=False, verbose_name="secret")),
                ("content", models.JSONField(verbose_name="contenu")),
                (
                    "channel",
                    models.CharField(
                        choices=[("web", "En ligne"), ("paper", "Sur papier")], max_length=5, verbose_name="voie"
                    ),
                ),
                ("receipt_digest", models.CharField(max_length=32, unique=True, verbose_name="empreinte du reçu")),
                ("cast_at", models.DateTimeField(blank=True, null=True, verbose_name="déposé le")),
                (
                    "college",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="choosing.college"
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="choosing.consultation"
                    ),
                ),
                (
                    "elector",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballot",
                        to="choosing.elector",
                    ),
                ),
            ],
            options={
                "verbose_name": "bulletin",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cast_at", None), ("elector", None), ("is_secret", True)),
                            models.Q(("cast_at__isnull", False), ("elector__isnull", False), ("is_secret", False)),
                            _connector="OR",
                        ),
                        name="ballot_secret_without_a_link",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter", models.CharField(max_length=1, verbose_name="lettre")),
                ("label", models.CharField(max_length=160, verbose_name="intitulé")),
                ("description", models.CharField(blank=True, max_length=500, verbose_name="en bref")),
                ("theme_key", models.SlugField(blank=True, max_length=80, null=True, verbose_name="thème")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="choosing.consultation"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposition",
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "letter"), name="option_letter_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "letter__in",
                                [
                                    "A",
                                    "B",
                                    "C",
                                    "D",
                                    "E",
                                    "F",
                                    "G",
                                    "H",
                                    "I",
                                    "J",
                                    "K",
                                    "L",
                                    "M",
                                    "N",
                                    "O",
                                    "P",
                                    "Q",
                                    "R",
                                    "S",
                                    "T",
                                ],
                            )
                        ),
                        name="option_letter_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperBallot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet", models.CharField(max_length=20, verbose_name="numéro de la feuille")),
                ("first", models.JSONField(verbose_name="première saisie")),
                ("first_at", models.DateTimeField(verbose_name="première saisie le")),
                ("second", models.JSONField(blank=True, null=True, verbose_name="deuxième saisie")),
                ("second_at", models.DateTimeField(blank=True, null=True, verbose_name="deuxième saisie le")),
                ("counted_at", models.DateTimeField(blank=True, null=True, verbose_name="compté le")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="choosing.consultation"
                    ),
                ),
                (
                    "first_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="première saisie par",
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deuxième saisie par",
                    ),
                ),
            ],
            options={
                "verbose_name": "bulletin de papier",
                "verbose_name_plural": "bulletins de papier",
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "sheet"), name="paper_sheet_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_by", None),
                            ("first_by", None),
                            models.Q(("first_by", models.F("second_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="paper_typed_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counted_at", None), ("second_at__isnull", False), _connector="OR"),
                        name="paper_counted_after_both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second__isnull", True), ("second_at", None)),
                            models.Q(("second__isnull", False), ("second_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="paper_second_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CollegeFollowing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "followed",
                    models.CharField(
                        choices=[("yes", "Suivi"), ("part", "Suivi en partie"), ("no", "Pas suivi")],
                        max_length=4,
                        verbose_name="suivi",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=600, verbose_name="pourquoi")),
                (
                    "college",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="following", to="choosing.college"
                    ),
                ),
            ],
            options={
                "verbose_name": "suite donnée à un collège",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("followed", "yes"), models.Q(("why", ""), _negated=True), _connector="OR"),
                        name="following_reason_when_not_followed",
                    )
                ],
            },
        ),
    ]
