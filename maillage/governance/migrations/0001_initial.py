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
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("title", models.CharField(max_length=200, verbose_name="point")),
                ("speaker", models.CharField(blank=True, max_length=120, verbose_name="présenté par")),
                (
                    "is_follow_up",
                    models.BooleanField(default=False, verbose_name="suite des actions et décisions d’avant"),
                ),
                ("minutes", models.TextField(blank=True, max_length=20000, verbose_name="ce qui s’est dit")),
                ("changed_at", models.DateTimeField(verbose_name="changé le")),
            ],
            options={
                "verbose_name": "point de l’ordre du jour",
            },
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collective", "Collectif"),
                            ("working_group", "Groupe de travail"),
                            ("steering", "Comité de pilotage"),
                        ],
                        max_length=16,
                        verbose_name="sorte",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("purpose", models.TextField(max_length=2000, verbose_name="à quoi elle sert")),
                ("charter", models.TextField(blank=True, max_length=20000, verbose_name="charte")),
                ("charter_date", models.DateField(blank=True, null=True, verbose_name="charte du")),
                (
                    "joining",
                    models.CharField(
                        choices=[
                            ("open", "Ouverte à tous, avec une adresse électronique"),
                            ("on_acceptance", "Sur demande d’une structure, acceptée par l’équipe"),
                            ("named", "Sur nomination seulement"),
                        ],
                        max_length=13,
                        verbose_name="qui peut y entrer",
                    ),
                ),
                ("quorum_percent", models.PositiveSmallIntegerField(default=0, verbose_name="quorum")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                ("opened_at", models.DateTimeField(verbose_name="ouverte le")),
                ("changed_at", models.DateTimeField(verbose_name="changée le")),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="strategy.measure",
                        verbose_name="dans la stratégie",
                    ),
                ),
            ],
            options={
                "verbose_name": "instance",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quorum_percent__lte", 100)), name="body_quorum_is_a_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("charter", ""), ("charter_date__isnull", True)),
                            models.Q(models.Q(("charter", ""), _negated=True), ("charter_date__isnull", False)),
                            _connector="OR",
                        ),
                        name="body_charter_is_dated",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "collective")), fields=("kind",), name="body_one_collective"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="College",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=120, verbose_name="collège")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="colleges", to="governance.body"
                    ),
                ),
            ],
            options={
                "verbose_name": "collège",
                "constraints": [models.UniqueConstraint(fields=("body", "label"), name="body_college_once")],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="ce qu’elle en attend")),
                ("charter_at", models.DateTimeField(blank=True, null=True, verbose_name="charte acceptée le")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "À décider"), ("accepted", "Acceptée"), ("refused", "Refusée")],
                        default="open",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif")),
                ("opened_at", models.DateTimeField(verbose_name="demandée le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="governance.body"
                    ),
                ),
                (
                    "decided_by",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="structure",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d’entrée",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("body", "organisation"),
                        name="join_request_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="join_request_decision_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="titre")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="lien pour participer à distance")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="début")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="fin")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("choosing", "Date à choisir"),
                            ("announced", "Annoncée"),
                            ("held", "Tenue"),
                            ("drafted", "Compte rendu écrit"),
                            ("validated", "Compte rendu validé"),
                            ("cancelled", "Annulée"),
                        ],
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("is_public", models.BooleanField(default=True, verbose_name="publique")),
                ("sequence", models.PositiveSmallIntegerField(default=0, verbose_name="version de l’invitation")),
                ("check_in_code", models.CharField(max_length=6, verbose_name="code de présence")),
                ("quorum_percent", models.PositiveSmallIntegerField(default=0, verbose_name="quorum")),
                ("cancelled_reason", models.CharField(blank=True, max_length=300, verbose_name="annulée parce que")),
                ("announced_at", models.DateTimeField(blank=True, null=True, verbose_name="annoncée le")),
                ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="compte rendu validé le")),
                ("changed_at", models.DateTimeField(verbose_name="changée le")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="governance.body"
                    ),
                ),
                (
                    "validated_by",
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
                "verbose_name": "réunion",
                "indexes": [models.Index(fields=["body", "-starts_at"], name="meeting_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("choosing", "cancelled")),
                            models.Q(("ends_at__isnull", False), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at__isnull", True), ("starts_at__isnull", True)),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="meeting_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "validated"), ("validated_at__isnull", False)),
                            models.Q(models.Q(("state", "validated"), _negated=True), ("validated_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="meeting_validation_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                ("text", models.TextField(max_length=1000, verbose_name="décision")),
                (
                    "state",
                    models.CharField(
                        choices=[("followed", "À suivre"), ("kept", "Tenue"), ("not_kept", "Pas tenue")],
                        default="followed",
                        max_length=8,
                        verbose_name="suite",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ce qu’elle est devenue")),
                ("changed_at", models.DateTimeField(verbose_name="changée le")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="governance.body"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="governance.agendaitem",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="governance.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "décision",
                "constraints": [models.UniqueConstraint(fields=("body", "number"), name="decision_number_once")],
            },
        ),
        migrations.CreateModel(
            name="DateOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="début")),
                ("ends_at", models.DateTimeField(verbose_name="fin")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="governance.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "date proposée",
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "starts_at"), name="date_option_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="date_option_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="governance.meeting"
            ),
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="nom")),
                (
                    "function",
                    models.CharField(
                        choices=[("chair", "Présidence"), ("secretary", "Secrétariat"), ("member", "Membre")],
                        default="member",
                        max_length=9,
                        verbose_name="fonction",
                    ),
                ),
                ("since", models.DateField(verbose_name="depuis")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("charter_at", models.DateTimeField(blank=True, null=True, verbose_name="charte acceptée le")),
                (
                    "name_agreed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="accord pour publier le nom"),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="governance.body"
                    ),
                ),
                (
                    "college",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="members",
                        to="governance.college",
                        verbose_name="collège",
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
                        verbose_name="parle pour",
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
                    ),
                ),
            ],
            options={
                "verbose_name": "membre",
                "indexes": [models.Index(fields=["email"], name="member_address")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="member_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("body", "email", "since"),
                        name="member_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True), models.Q(("email", ""), _negated=True)),
                        fields=("body", "email"),
                        name="member_unended_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DateAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Oui"), ("if_needed", "S’il le faut"), ("no", "Non")],
                        max_length=9,
                        verbose_name="réponse",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="governance.dateoption"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="governance.member"
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse à une date",
                "constraints": [models.UniqueConstraint(fields=("option", "member"), name="date_answer_once")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("coming", "Viendra"),
                            ("present", "Présente, présent"),
                            ("excused", "Excusée, excusé"),
                            ("absent", "Absente, absent"),
                        ],
                        max_length=8,
                        verbose_name="présence",
                    ),
                ),
                ("said_at", models.DateTimeField(verbose_name="dite le")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="governance.meeting"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="governance.member"
                    ),
                ),
                (
                    "proxy_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="governance.member",
                        verbose_name="pouvoir donné à",
                    ),
                ),
            ],
            options={
                "verbose_name": "présence",
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "member"), name="attendance_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("proxy_to__isnull", True),
                            models.Q(
                                ("presence", "excused"), models.Q(("proxy_to", models.F("member")), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="attendance_proxy_of_the_excused",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="governance.member",
            ),
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=500, verbose_name="action")),
                ("due_date", models.DateField(verbose_name="pour le")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "En cours"),
                            ("done", "Faite"),
                            ("stuck", "Bloquée"),
                            ("dropped", "Abandonnée"),
                        ],
                        default="open",
                        max_length=7,
                        verbose_name="état",
                    ),
                ),
                ("news", models.CharField(blank=True, max_length=500, verbose_name="nouvelles")),
                ("changed_at", models.DateTimeField(verbose_name="changée le")),
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
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actions",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="governance.body"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="governance.meeting"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="governance.member",
                        verbose_name="qui",
                    ),
                ),
            ],
            options={
                "verbose_name": "action",
                "indexes": [
                    models.Index(fields=["owner", "state"], name="action_of_owner"),
                    models.Index(fields=["measure", "state"], name="action_of_measure"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stuck"), _negated=True),
                            models.Q(("news", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="action_stuck_for_a_reason",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_follow_up", True)), fields=("meeting",), name="agenda_item_one_follow_up"
            ),
        ),
    ]
