import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel", "0001_initial"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=120, verbose_name="source")),
                ("at", models.DateTimeField(verbose_name="le")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="créées")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="changées")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="inchangées")),
                ("gone", models.PositiveIntegerField(default=0, verbose_name="parties")),
            ],
            options={
                "verbose_name": "lecture d’une source",
                "verbose_name_plural": "lectures de sources",
            },
        ),
        migrations.CreateModel(
            name="Aid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="adresse")),
                ("name", models.CharField(max_length=250, verbose_name="nom")),
                ("short_title", models.CharField(blank=True, max_length=250, verbose_name="nom court")),
                ("financers", models.JSONField(blank=True, default=list, verbose_name="qui finance")),
                ("instructors", models.JSONField(blank=True, default=list, verbose_name="qui instruit")),
                ("programmes", models.JSONField(blank=True, default=list, verbose_name="programmes")),
                ("description", models.TextField(blank=True, verbose_name="en quoi elle consiste")),
                ("eligibility", models.TextField(blank=True, verbose_name="conditions")),
                ("perimeter", models.CharField(blank=True, max_length=250, verbose_name="où, en toutes lettres")),
                ("coverage", models.JSONField(blank=True, default=list, verbose_name="lieux couverts")),
                ("audiences", models.JSONField(blank=True, default=list, verbose_name="pour qui")),
                ("types", models.JSONField(blank=True, default=list, verbose_name="ce qu’elle apporte")),
                ("steps", models.JSONField(blank=True, default=list, verbose_name="à quel moment")),
                ("destinations", models.JSONField(blank=True, default=list, verbose_name="pour payer")),
                ("themes", models.JSONField(blank=True, default=list, verbose_name="sujets")),
                (
                    "recurrence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("oneoff", "Une seule fois"),
                            ("ongoing", "Ouverte toute l’année"),
                            ("recurring", "Revient chaque année"),
                        ],
                        max_length=9,
                        verbose_name="fréquence",
                    ),
                ),
                ("is_call", models.BooleanField(default=False, verbose_name="appel à projets")),
                ("start_date", models.DateField(blank=True, null=True, verbose_name="ouverture")),
                ("predeposit_date", models.DateField(blank=True, null=True, verbose_name="prédépôt")),
                ("deadline_date", models.DateField(blank=True, null=True, verbose_name="date limite")),
                (
                    "rate_min_percent",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="taux le plus bas (%)"),
                ),
                (
                    "rate_max_percent",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="taux le plus haut (%)"),
                ),
                (
                    "amount_min",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="montant le plus bas (€)"),
                ),
                (
                    "amount_max",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="montant le plus haut (€)"),
                ),
                ("loan_amount", models.PositiveIntegerField(blank=True, null=True, verbose_name="montant du prêt (€)")),
                (
                    "advance_amount",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="montant de l’avance (€)"),
                ),
                ("origin_url", models.URLField(blank=True, max_length=700, verbose_name="page de l’aide")),
                ("application_url", models.URLField(blank=True, max_length=700, verbose_name="où la demander")),
                ("contact", models.TextField(blank=True, verbose_name="contact")),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
                ("source_key", models.CharField(blank=True, max_length=200, verbose_name="clé dans la source")),
                ("read_date", models.DateField(blank=True, null=True, verbose_name="lue le")),
                ("said", models.JSONField(blank=True, default=dict, verbose_name="tel que dit par la source")),
                ("edited", models.JSONField(blank=True, default=list, verbose_name="corrigé ici")),
                ("keys", models.TextField(blank=True, verbose_name="clés des filtres")),
                ("words_key", models.TextField(blank=True, verbose_name="mots cherchés")),
                ("first_seen_at", models.DateTimeField(verbose_name="entrée le")),
                ("changed_at", models.DateTimeField(verbose_name="changée le")),
                ("gone_date", models.DateField(blank=True, null=True, verbose_name="partie de la source le")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300, verbose_name="pourquoi")),
                ("link_trouble", models.CharField(blank=True, max_length=200, verbose_name="lien qui ne répond pas")),
                ("link_checked_at", models.DateTimeField(blank=True, null=True, verbose_name="liens vérifiés le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                (
                    "withdrawn_by",
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
                "verbose_name": "aide",
                "indexes": [
                    models.Index(fields=["deadline_date", "name"], name="aid_list"),
                    models.Index(fields=["first_seen_at"], name="aid_new"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("source", "source_key"),
                        name="aid_once_a_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rate_min_percent__isnull", True),
                            ("rate_max_percent__isnull", True),
                            ("rate_min_percent__lte", models.F("rate_max_percent")),
                            _connector="OR",
                        ),
                        name="aid_rates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rate_max_percent__isnull", True), ("rate_max_percent__lte", 100), _connector="OR"
                        ),
                        name="aid_rate_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_min__isnull", True),
                            ("amount_max__isnull", True),
                            ("amount_min__lte", models.F("amount_max")),
                            _connector="OR",
                        ),
                        name="aid_amounts_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawn_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="aid_withdrawn_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AidAdvice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_type", models.CharField(max_length=100, verbose_name="type d’objet")),
                ("object_id", models.BigIntegerField(verbose_name="objet")),
                ("is_added", models.BooleanField(default=True, verbose_name="conseillée")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="conseil")),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "aid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="advice",
                        to="aids.aid",
                        verbose_name="aide",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "conseil sur une aide",
                "verbose_name_plural": "conseils sur des aides",
                "indexes": [models.Index(fields=["object_type", "object_id"], name="aid_advice_of_object")],
                "constraints": [
                    models.UniqueConstraint(fields=("aid", "object_type", "object_id"), name="aid_advice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("object_type", ""), _negated=True), name="aid_advice_is_about_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("asked", models.CharField(blank=True, max_length=500, verbose_name="recherche")),
                (
                    "pace",
                    models.CharField(
                        choices=[("daily", "Chaque jour"), ("weekly", "Chaque semaine"), ("monthly", "Chaque mois")],
                        default="weekly",
                        max_length=7,
                        verbose_name="fréquence",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="gardée le")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="adresse confirmée le")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="arrêtée le")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="regardée le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "recherche gardée",
                "verbose_name_plural": "recherches gardées",
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", False), ("stopped_at__isnull", True)),
                        fields=["told_at"],
                        name="watch_live",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("user__isnull", True), ("email", ""), _connector="OR"),
                        name="watch_has_one_reader",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("user", "asked"),
                        name="watch_once_an_account",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("email", "asked"),
                        name="watch_once_an_address",
                    ),
                ],
            },
        ),
    ]
