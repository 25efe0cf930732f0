import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0005_doubt_closed_siret"),
        ("strategy", "0004_indicators"),
        ("territories", "0002_region_of_overseas_communities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("summary", models.TextField(blank=True, max_length=600, verbose_name="en bref")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gathered", "Besoins regroupés"),
                            ("to_vote", "Au vote"),
                            ("chosen", "Retenu"),
                            ("not_chosen", "Pas retenu"),
                            ("in_call", "Dans un appel à projets"),
                            ("open", "Ouvert"),
                            ("closed", "Terminé"),
                        ],
                        default="gathered",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
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
                "verbose_name": "thème",
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=8, unique=True, verbose_name="référence")),
                ("words", models.TextField(blank=True, max_length=500, verbose_name="ce qui manque")),
                ("public_words", models.TextField(blank=True, max_length=500, verbose_name="ce qui est publié")),
                ("stems", models.TextField(blank=True, verbose_name="racines")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everybody", "Tout le monde"),
                            ("young", "Les enfants et les jeunes"),
                            ("families", "Les familles"),
                            ("elderly", "Les personnes âgées"),
                            ("job_seekers", "Les personnes qui cherchent un emploi"),
                            ("without_car", "Les personnes sans voiture"),
                            ("organisations", "Les associations et les entreprises"),
                        ],
                        default="everybody",
                        max_length=13,
                        verbose_name="pour qui",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Sur le site"),
                            ("phone", "Au téléphone"),
                            ("paper", "Sur papier"),
                            ("met", "De vive voix"),
                        ],
                        default="web",
                        max_length=5,
                        verbose_name="reçu",
                    ),
                ),
                ("consent_at", models.DateTimeField(blank=True, null=True, verbose_name="accord de la personne, le")),
                ("said_at", models.DateTimeField(verbose_name="dit le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                (
                    "reading",
                    models.CharField(
                        choices=[("new", "À lire"), ("published", "Publié"), ("set_aside", "Mis de côté")],
                        default="new",
                        max_length=9,
                        verbose_name="lecture",
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="lu le")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="pourquoi")),
                ("grouped_at", models.DateTimeField(blank=True, null=True, verbose_name="regroupé le")),
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
                    "consent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        verbose_name="au nom de",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.term",
                        verbose_name="sujet",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="needs",
                        to="needs.theme",
                        verbose_name="thème",
                    ),
                ),
            ],
            options={
                "verbose_name": "besoin",
                "indexes": [
                    models.Index(fields=["reading", "said_at"], name="need_read"),
                    models.Index(condition=models.Q(("theme__isnull", False)), fields=["theme"], name="need_theme"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel", "web"), ("consent_at__isnull", False), _connector="OR"),
                        name="need_for_another_has_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at__isnull", True), ("reading", "new")),
                            models.Q(models.Q(("reading", "new"), _negated=True), ("read_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="need_read_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reading", "published"), _negated=True),
                            models.Q(("public_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="need_published_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reading", "set_aside"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="need_set_aside_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("theme__isnull", True),
                            models.Q(("grouped_at__isnull", False), ("reading", "published")),
                            _connector="OR",
                        ),
                        name="need_grouped_is_published",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gathered", "Besoins regroupés"),
                            ("to_vote", "Au vote"),
                            ("chosen", "Retenu"),
                            ("not_chosen", "Pas retenu"),
                            ("in_call", "Dans un appel à projets"),
                            ("open", "Ouvert"),
                            ("closed", "Terminé"),
                        ],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=400, verbose_name="en une phrase")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="où le voir")),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="needs.theme",
                        verbose_name="thème",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["chosen", "not_chosen"]), _negated=True),
                            models.Q(("sentence", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="theme_decision_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_author", models.BooleanField(default=False, verbose_name="l’a dit")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("said_at", models.DateTimeField(verbose_name="le")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="adresse confirmée le")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="ne suit plus depuis le")),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voices",
                        to="needs.need",
                        verbose_name="besoin",
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
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "voix",
                "verbose_name_plural": "voix",
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", True), models.Q(("email", ""), _negated=True)),
                        fields=["said_at"],
                        name="voice_unconfirmed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_author", True)), fields=("need",), name="need_has_one_author"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("need", "email"),
                        name="address_once_for_a_need",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("need", "user"),
                        name="account_once_for_a_need",
                    ),
                ],
            },
        ),
    ]
