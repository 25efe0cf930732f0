import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0005_doubt_closed_siret"),
        ("strategy", "0005_evidence_budget_questions"),
        ("territories", "0002_region_of_overseas_communities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="adresse électronique")),
                ("answers", models.JSONField(default=dict, verbose_name="réponses")),
                ("saved_at", models.DateTimeField(verbose_name="gardé le")),
            ],
            options={
                "verbose_name": "brouillon de demande",
                "verbose_name_plural": "brouillons de demande",
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, unique=True, verbose_name="nom")),
                ("brings", models.CharField(max_length=300, verbose_name="ce qu’il apporte")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                ("website", models.URLField(blank=True, verbose_name="site")),
                ("stages", models.JSONField(blank=True, default=list, verbose_name="étapes")),
                ("is_active", models.BooleanField(default=True, verbose_name="proposé")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="vérifié le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                ("changed_at", models.DateTimeField(verbose_name="changé le")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="fiche de l’annuaire",
                    ),
                ),
                (
                    "places",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="territories.epci", verbose_name="communautés de communes"
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(blank=True, related_name="+", to="directory.term", verbose_name="thèmes"),
                ),
            ],
            options={
                "verbose_name": "partenaire",
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=8, unique=True, verbose_name="référence")),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                (
                    "idea",
                    models.TextField(blank=True, max_length=2000, verbose_name="l’idée, telle qu’elle a été dite"),
                ),
                ("seeks", models.JSONField(blank=True, default=list, verbose_name="ce qui est cherché")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("idea", "Juste une idée"),
                            ("emergence", "L’idée prend forme"),
                            ("study", "Étude"),
                            ("creation", "Création"),
                            ("development", "Développement"),
                            ("scale", "Changement d’échelle"),
                        ],
                        default="idea",
                        max_length=11,
                        verbose_name="étape",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Sur le site"),
                            ("phone", "Au téléphone"),
                            ("met", "De vive voix"),
                            ("mail", "Par courriel"),
                        ],
                        default="web",
                        max_length=5,
                        verbose_name="reçu",
                    ),
                ),
                ("heard", models.CharField(blank=True, max_length=120, verbose_name="connu par")),
                ("consent_at", models.DateTimeField(blank=True, null=True, verbose_name="accord de la personne, le")),
                ("opened_at", models.DateTimeField(verbose_name="reçu le")),
                ("answer_by", models.DateField(verbose_name="réponse promise pour le")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="première réponse")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("new", "À répondre"),
                            ("followed", "Suivi"),
                            ("paused", "En pause"),
                            ("closed", "Clos"),
                        ],
                        default="new",
                        max_length=8,
                        verbose_name="suivi",
                    ),
                ),
                ("resume_on", models.DateField(blank=True, null=True, verbose_name="reprise le")),
                ("moved_at", models.DateTimeField(verbose_name="dernier mouvement")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Réalisé"),
                            ("transferred", "Suivi par un partenaire"),
                            ("abandoned", "Abandonné"),
                            ("no_news", "Sans nouvelles"),
                        ],
                        max_length=11,
                        verbose_name="issue",
                    ),
                ),
                ("outcome_words", models.CharField(blank=True, max_length=400, verbose_name="issue, en une phrase")),
                ("jobs", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="emplois")),
                (
                    "fte",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="équivalents temps plein"
                    ),
                ),
                (
                    "raised",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="euros réunis"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="clos le")),
                ("is_example", models.BooleanField(default=False, verbose_name="donnée d’exemple")),
                (
                    "adviser",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="suivi par",
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
                    "topics",
                    models.ManyToManyField(blank=True, related_name="+", to="directory.term", verbose_name="thèmes"),
                ),
            ],
            options={
                "verbose_name": "projet",
                "indexes": [
                    models.Index(fields=["standing", "answer_by"], name="project_standing"),
                    models.Index(fields=["adviser", "standing"], name="project_adviser"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel", "web"), ("consent_at__isnull", False), _connector="OR"),
                        name="project_for_another_has_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing__in", ["followed", "paused"]), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="project_followed_was_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("standing", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("outcome_words", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("standing", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="project_closed_says_its_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resume_on__isnull", False), ("standing", "paused")),
                            models.Q(models.Q(("standing", "paused"), _negated=True), ("resume_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="project_pause_has_an_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("idea", "Juste une idée"),
                            ("emergence", "L’idée prend forme"),
                            ("study", "Étude"),
                            ("creation", "Création"),
                            ("development", "Développement"),
                            ("scale", "Changement d’échelle"),
                        ],
                        max_length=11,
                        verbose_name="étape",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="pourquoi")),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="desk.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "passage d’une étape à l’autre",
                "verbose_name_plural": "passages d’une étape à l’autre",
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(max_length=4000, verbose_name="note")),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="desk.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "note interne",
                "verbose_name_plural": "notes internes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="desk_note_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(blank=True, max_length=150, verbose_name="nom, si elle n’est pas dans l’annuaire"),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "Chef de file"), ("partner", "Partenaire"), ("funder", "Financeur")],
                        default="partner",
                        max_length=7,
                        verbose_name="rôle",
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="part du budget"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="structure",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="involvements", to="desk.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "structure d’un projet",
                "verbose_name_plural": "structures d’un projet",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("project", "organisation"),
                        name="project_organisation_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("part", "lead")), fields=("project",), name="project_has_one_lead"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="project_organisation_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__isnull", True), ("share__gte", 0), _connector="OR"),
                        name="project_share_is_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="jour")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Sur le site"),
                            ("phone", "Au téléphone"),
                            ("met", "De vive voix"),
                            ("mail", "Par courriel"),
                        ],
                        default="met",
                        max_length=5,
                        verbose_name="comment",
                    ),
                ),
                ("present", models.CharField(blank=True, max_length=200, verbose_name="avec qui")),
                ("words", models.TextField(max_length=6000, verbose_name="ce qui a été dit")),
                ("decisions", models.TextField(blank=True, max_length=2000, verbose_name="ce qui est décidé")),
                ("next_step", models.CharField(blank=True, max_length=200, verbose_name="la suite")),
                (
                    "audience",
                    models.CharField(
                        choices=[("team", "L’équipe seule"), ("holder", "L’équipe et qui porte le projet")],
                        default="holder",
                        max_length=6,
                        verbose_name="lu par",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="écrit le")),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="interviews", to="desk.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "entretien",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="interview_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Effort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="jour")),
                ("half_days", models.PositiveSmallIntegerField(verbose_name="demi-journées")),
                ("words", models.CharField(blank=True, max_length=150, verbose_name="à quoi")),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="efforts", to="desk.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "temps d’ingénierie",
                "verbose_name_plural": "temps d’ingénierie",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("half_days__gte", 1), ("half_days__lte", 20)),
                        name="project_effort_is_sensible",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Diagnosis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("marks", models.JSONField(verbose_name="repères")),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="diagnoses", to="desk.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "diagnostic partagé",
                "verbose_name_plural": "diagnostics partagés",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("holder", "Porte le projet"), ("other", "À contacter")],
                        default="holder",
                        max_length=6,
                        verbose_name="rôle",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("quality", models.CharField(blank=True, max_length=150, verbose_name="fonction ou structure")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                ("added_at", models.DateTimeField(verbose_name="noté le")),
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
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="desk.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne d’un projet",
                "verbose_name_plural": "personnes d’un projet",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("project", "user"),
                        name="project_person_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("project", "email"),
                        name="project_address_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="project_contact_is_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            ("user__isnull", False),
                            _connector="OR",
                        ),
                        name="project_contact_can_be_reached",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("months", models.PositiveSmallIntegerField(verbose_name="mois après la clôture")),
                ("due_date", models.DateField(verbose_name="à demander le")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="demandé le")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                ("is_alive", models.BooleanField(null=True, verbose_name="existe toujours")),
                ("words", models.CharField(blank=True, max_length=400, verbose_name="en une phrase")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="desk.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "nouvelles d’un projet",
                "verbose_name_plural": "nouvelles d’un projet",
                "constraints": [
                    models.UniqueConstraint(fields=("project", "months"), name="project_check_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answered_at__isnull", True), ("is_alive__isnull", False), _connector="OR"),
                        name="project_check_says_whether_alive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="à faire")),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="pourquoi, comment")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="où le voir")),
                ("due_date", models.DateField(blank=True, null=True, verbose_name="pour le")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposée"),
                            ("seen", "Vue"),
                            ("doing", "En cours"),
                            ("stuck", "Bloquée"),
                            ("done", "Faite"),
                            ("declined", "Pas pour nous"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="ce qu’en dit la personne")),
                ("remind_on", models.DateField(blank=True, null=True, verbose_name="prochaine relance")),
                ("asked", models.PositiveSmallIntegerField(default=0, verbose_name="relances sans réponse")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("at", models.DateTimeField(verbose_name="proposée le")),
                ("changed_at", models.DateTimeField(verbose_name="changée le")),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recommendations", to="desk.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "recommandation",
                "indexes": [
                    models.Index(
                        condition=models.Q(("remind_on__isnull", False)), fields=["remind_on"], name="advice_to_remind"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="advice_is_named"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("remind_on__isnull", False), ("state__in", ("proposed", "seen", "doing", "stuck"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("proposed", "seen", "doing", "stuck")), _negated=True),
                                ("remind_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="advice_open_has_a_reminder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.CharField(max_length=300, verbose_name="pourquoi ce partenaire")),
                ("shared", models.TextField(max_length=2000, verbose_name="ce qui lui est dit")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Attend votre accord"),
                            ("refused", "Sans votre accord"),
                            ("asked", "Demandé au partenaire"),
                            ("taken", "Le partenaire prend le relais"),
                            ("not_for_us", "Pas pour ce partenaire"),
                            ("already", "Le partenaire aide déjà"),
                            ("closed", "Terminé"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="proposé le")),
                ("consent_at", models.DateTimeField(blank=True, null=True, verbose_name="accord du porteur, le")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="demandé le")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="réponse du partenaire")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                (
                    "usefulness",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Oui, utile"), ("partly", "En partie"), ("no", "Non")],
                        max_length=6,
                        verbose_name="utile",
                    ),
                ),
                (
                    "consent_noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="desk.partner",
                        verbose_name="partenaire",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="referrals", to="desk.project"
                    ),
                ),
                (
                    "proposed_by",
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
                "verbose_name": "mise en relation",
                "verbose_name_plural": "mises en relation",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True), models.Q(("state", "refused"), _negated=True)
                        ),
                        fields=("project", "partner"),
                        name="referral_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "refused", "closed"]),
                            ("consent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="referral_told_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["taken", "not_for_us", "already"]), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="referral_answer_is_dated",
                    ),
                ],
            },
        ),
    ]
