import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel", "0001_initial"),
        ("accounts", "__first__"),
        ("strategy", "0005_evidence_budget_questions"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommitteeFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField(verbose_name="au")),
                ("since", models.DateField(blank=True, null=True, verbose_name="comparé au")),
                ("document", models.JSONField(verbose_name="contenu")),
                ("made_at", models.DateTimeField(verbose_name="fait le")),
                ("discarded_at", models.DateTimeField(blank=True, null=True, verbose_name="écarté le")),
                ("discard_reason", models.CharField(blank=True, max_length=300, verbose_name="écarté parce que")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="fait par",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="committee_files",
                        to="strategy.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier du comité",
                "verbose_name_plural": "dossiers du comité",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("discarded_at", None)),
                        fields=("strategy", "as_of"),
                        name="committee_file_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("discard_reason", ""), ("discarded_at", None)),
                            models.Q(("discarded_at__isnull", False), models.Q(("discard_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="committee_file_discarded_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitteePaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("pdf", "À lire et à imprimer (PDF)"),
                            ("odt", "À compléter dans un traitement de texte (ODT)"),
                            ("odp", "À projeter (ODP)"),
                        ],
                        max_length=3,
                        verbose_name="forme",
                    ),
                ),
                ("content", models.BinaryField(verbose_name="fichier")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                ("size", models.PositiveIntegerField(verbose_name="taille, en octets")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="steering.committeefile"
                    ),
                ),
            ],
            options={
                "verbose_name": "fichier d’un dossier",
                "constraints": [models.UniqueConstraint(fields=("file", "form"), name="committee_paper_once")],
            },
        ),
    ]
