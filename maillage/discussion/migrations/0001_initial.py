import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel", "0001_initial"),
        ("accounts", "__first__"),
        ("strategy", "0004_indicators"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dialogue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                ("title", models.CharField(max_length=150, verbose_name="titre")),
                ("question", models.TextField(max_length=500, verbose_name="question")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("commission", "Commission"),
                            ("film", "Ciné-débat"),
                            ("conference", "Conférence"),
                            ("other", "Autre rencontre"),
                        ],
                        max_length=10,
                        verbose_name="forme",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "En préparation"), ("open", "En cours"), ("closed", "Terminé")],
                        default="draft",
                        max_length=6,
                        verbose_name="état",
                    ),
                ),
                ("event_date", models.DateField(blank=True, null=True, verbose_name="date de la rencontre")),
                ("place", models.CharField(blank=True, max_length=150, verbose_name="lieu")),
                ("synthesis", models.TextField(blank=True, max_length=8000, verbose_name="synthèse")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                ("changed_at", models.DateTimeField(verbose_name="changé le")),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="strategy.measure",
                        verbose_name="mesure",
                    ),
                ),
            ],
            options={
                "verbose_name": "dialogue",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("question", ""), _negated=True)
                        ),
                        name="dialogue_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("synthesis", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dialogue_closed_with_synthesis",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=150, verbose_name="instance")),
                ("meeting_date", models.DateField(verbose_name="réunion du")),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                ("outcome", models.TextField(blank=True, max_length=2000, verbose_name="suite donnée")),
                ("outcome_date", models.DateField(blank=True, null=True, verbose_name="suite donnée le")),
                ("reference", models.CharField(blank=True, max_length=80, verbose_name="repère de l’ordre du jour")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dialogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda_items",
                        to="discussion.dialogue",
                    ),
                ),
            ],
            options={
                "verbose_name": "point à l’ordre du jour",
                "verbose_name_plural": "points à l’ordre du jour",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dialogue", "body", "meeting_date"), name="dialogue_on_agenda_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("outcome_date", None)),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("outcome_date__isnull", False)),
                            _connector="OR",
                        ),
                        name="agenda_outcome_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=8000, verbose_name="message")),
                (
                    "way",
                    models.CharField(
                        choices=[("site", "Sur le site"), ("mail", "Par courriel")],
                        default="site",
                        max_length=4,
                        verbose_name="venu",
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="écrit le")),
                ("edited_at", models.DateTimeField(blank=True, null=True, verbose_name="modifié le")),
                ("hidden_at", models.DateTimeField(blank=True, null=True, verbose_name="masqué le")),
                ("hidden_reason", models.CharField(blank=True, max_length=300, verbose_name="pourquoi")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hidden_by",
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
                "verbose_name": "message d’un fil",
                "verbose_name_plural": "messages des fils",
            },
        ),
        migrations.CreateModel(
            name="Edit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="texte d’avant")),
                ("at", models.DateTimeField(verbose_name="remplacé le")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="edits", to="discussion.message"
                    ),
                ),
            ],
            options={
                "verbose_name": "ancien texte d’un message",
                "verbose_name_plural": "anciens textes des messages",
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("sse", "Économie sociale et solidaire"), ("authority", "Collectivités")],
                        max_length=9,
                        verbose_name="côté",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom affiché")),
                ("quality", models.CharField(blank=True, max_length=150, verbose_name="structure ou fonction")),
                (
                    "dialogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="discussion.dialogue",
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
                "verbose_name": "participant",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("user", None), _negated=True),
                        fields=("dialogue", "user"),
                        name="dialogue_person_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="dialogue_participant_is_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivedMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=32, unique=True, verbose_name="empreinte")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("landed", "Publié dans le fil"),
                            ("ignored", "Réponse automatique, écartée"),
                            ("refused", "Refusé"),
                        ],
                        max_length=8,
                        verbose_name="suite",
                    ),
                ),
                ("trouble", models.CharField(blank=True, max_length=20, verbose_name="pourquoi")),
                ("at", models.DateTimeField(db_index=True, verbose_name="reçu le")),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="discussion.message",
                    ),
                ),
            ],
            options={
                "verbose_name": "courriel reçu",
                "verbose_name_plural": "courriels reçus",
            },
        ),
        migrations.CreateModel(
            name="SharedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("circle", models.CharField(db_index=True, max_length=80, verbose_name="cercle")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("is_public", models.BooleanField(default=False, verbose_name="à prendre par tous")),
                ("added_at", models.DateTimeField(verbose_name="déposé le")),
            ],
            options={
                "verbose_name": "fichier d’un cercle",
                "verbose_name_plural": "fichiers des cercles",
                "constraints": [models.UniqueConstraint(fields=("circle", "name"), name="circle_file_name_once")],
            },
        ),
        migrations.CreateModel(
            name="FileVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                ("file", models.FileField(max_length=150, upload_to="echanges/", verbose_name="fichier")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                ("size", models.PositiveIntegerField(verbose_name="taille en octets")),
                ("scanned_at", models.DateTimeField(blank=True, null=True, verbose_name="vérifié par un antivirus le")),
                ("added_at", models.DateTimeField(verbose_name="déposée le")),
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
                    "shared_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="discussion.sharedfile"
                    ),
                ),
            ],
            options={
                "verbose_name": "version d’un fichier",
                "verbose_name_plural": "versions des fichiers",
                "constraints": [
                    models.UniqueConstraint(fields=("shared_file", "number"), name="circle_file_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="circle_file_version_counts_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("circle", models.CharField(max_length=80, verbose_name="cercle")),
                (
                    "kind",
                    models.CharField(
                        choices=[("talk", "Discussion"), ("idea", "Idée")],
                        default="talk",
                        max_length=4,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="titre")),
                ("is_closed", models.BooleanField(default=False, verbose_name="fermé")),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                ("last_at", models.DateTimeField(verbose_name="dernière parole le")),
                (
                    "axis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="strategy.axis",
                        verbose_name="axe",
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
                        verbose_name="mesure",
                    ),
                ),
                (
                    "opened_by",
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
                "verbose_name": "fil",
                "indexes": [models.Index(fields=["circle", "-last_at"], name="thread_of_circle")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_at__gte", models.F("opened_at"))), name="thread_last_after_first"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("circle", ""), _negated=True)
                        ),
                        name="thread_is_named",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="discussion.thread"
            ),
        ),
        migrations.CreateModel(
            name="Following",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_on", models.BooleanField(default=True, verbose_name="suit le fil")),
                ("since", models.DateTimeField(verbose_name="depuis")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="followings", to="discussion.thread"
                    ),
                ),
            ],
            options={
                "verbose_name": "suivi d’un fil",
                "verbose_name_plural": "suivis des fils",
                "constraints": [models.UniqueConstraint(fields=("thread", "user"), name="thread_followed_once")],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                ("text", models.TextField(max_length=8000, verbose_name="texte")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="pourquoi")),
                ("at", models.DateTimeField(verbose_name="écrite le")),
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
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="discussion.thread"
                    ),
                ),
            ],
            options={
                "verbose_name": "version d’une idée",
                "verbose_name_plural": "versions des idées",
                "constraints": [
                    models.UniqueConstraint(fields=("thread", "number"), name="idea_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), models.Q(("text", ""), _negated=True)),
                        name="idea_version_says_something",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="thread_message_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hidden_at", None), ("hidden_reason", "")),
                    models.Q(("hidden_at__isnull", False), models.Q(("hidden_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="thread_message_hidden_with_reason",
            ),
        ),
    ]
