import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("strategy", "0004_indicators"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="is_added",
            field=models.BooleanField(default=False, verbose_name="ajoutée par l’équipe"),
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("funder", models.CharField(max_length=120, verbose_name="qui finance")),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                (
                    "stage",
                    models.CharField(
                        choices=[("hoped", "Espéré"), ("promised", "Acquis"), ("spent", "Dépensé")],
                        max_length=8,
                        verbose_name="stade",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="budget", to="strategy.measure"
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne de budget",
                "verbose_name_plural": "lignes de budget",
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "funder", "year", "stage"), name="budget_line_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="budget_is_some_money"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_type", models.CharField(max_length=60, verbose_name="quoi")),
                ("object_id", models.BigIntegerField(verbose_name="lequel")),
                ("rule", models.CharField(blank=True, max_length=80, verbose_name="par la règle")),
                ("attached_at", models.DateTimeField(verbose_name="attachée le")),
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
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="strategy.measure"
                    ),
                ),
            ],
            options={
                "verbose_name": "preuve",
                "indexes": [
                    models.Index(fields=["object_type", "object_id"], name="evidence_of_object"),
                    models.Index(fields=["measure", "object_type", "-attached_at", "-id"], name="evidence_latest"),
                    models.Index(
                        condition=models.Q(("rule", ""), _negated=True),
                        fields=["measure", "rule"],
                        name="evidence_by_rule",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "object_type", "object_id"), name="evidence_once"),
                    models.CheckConstraint(
                        condition=models.Q(("rule", ""), ("by", None), _connector="OR"),
                        name="evidence_by_hand_or_by_rule",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_type", models.CharField(max_length=60, verbose_name="quoi")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="combien")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_counts",
                        to="strategy.measure",
                    ),
                ),
            ],
            options={
                "verbose_name": "compte de preuves",
                "constraints": [models.UniqueConstraint(fields=("measure", "object_type"), name="evidence_count_once")],
            },
        ),
        migrations.CreateModel(
            name="EvidenceRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, verbose_name="règle")),
                ("since", models.DateTimeField(verbose_name="depuis")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_rules",
                        to="strategy.measure",
                    ),
                ),
            ],
            options={
                "verbose_name": "règle de preuves",
                "constraints": [models.UniqueConstraint(fields=("measure", "key"), name="evidence_rule_once")],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=600, verbose_name="question")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("written", "À confirmer par son adresse"),
                            ("open", "Attend une réponse"),
                            ("answered", "Répondue et publiée"),
                            ("set_aside", "Écartée"),
                        ],
                        default="written",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="posée le")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="réponse")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondue le")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="strategy.measure"
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "indexes": [models.Index(fields=["measure", "state", "-answered_at"], name="question_answered")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("written", "open")),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="question_is_closed_with_words",
                    )
                ],
            },
        ),
    ]
