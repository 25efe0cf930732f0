"""What agents type in a file: each form of one act, as its verb takes it (`facts`)."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from maillage.accounts.forms import ColleagueField, PhoneField, day_input
from maillage.accounts.models import User
from maillage.content.models import Resource
from maillage.content.queries import published_choices
from maillage.desk import phrases
from maillage.desk.actions import PartnerFacts, Result, Talk
from maillage.desk.enums import (
    ANSWERS,
    LEVELS,
    Advice,
    Audience,
    Channel,
    ContactPart,
    Outcome,
    PartnerPart,
    Stage,
    Subject,
    Turn,
)
from maillage.desk.forms.requesting import themes
from maillage.desk.models import Partner, Project
from maillage.directory.models import Organisation, Term
from maillage.strategy.models import Measure
from maillage.territories.models import Commune, Epci
from maillage.territories.queries import home_towns
from ui.money import EurosField


def _text(label: str, rows: int, longest: int, *, required: bool = True, **words: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, **words)


class SheetField(forms.CharField):
    """A sheet of the directory by its address, whole or its end; None when left empty."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label, max_length=200, required=False,
            help_text="La fin de l’adresse de sa fiche, comme «\u00a0le-fil-vert\u00a0».",
        )  # fmt: skip

    def clean(self, value: Any) -> Organisation | None:
        slug = str(super().clean(value)).strip().strip("/").rpartition("/")[2]
        found = Organisation.objects.filter(slug=slug, merged_into=None).first() if slug else None
        if slug and found is None:
            raise forms.ValidationError("Aucune fiche n’a cette adresse.")
        return found


class OfficeForm(forms.Form):
    """A form of one act; `facts` are the arguments of its verb. Its ids begin with its word: many are on a page."""

    word = "form"

    def __init__(self, data: Any = None, *, project: Project | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{self.word}-%s", **kwargs)
        self.project = project

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AnswerForm(OfficeForm):
    word = "answer"
    words = _text("Votre message", 5, 8_000, help_text="La personne le reçoit par lettre, et peut y répondre.")


class NoteForm(OfficeForm):
    word = "note"
    words = _text("Note pour l’équipe", 3, 4_000, help_text="Jamais montrée à la personne.")


class InterviewForm(OfficeForm):
    word = "interview"
    day = forms.DateField(label="Jour", widget=day_input(), initial=timezone.localdate)
    channel = forms.ChoiceField(
        label="Comment", choices=[one for one in Channel.choices if one[0] != Channel.WEB.value], initial=Channel.PHONE
    )
    present = forms.CharField(label="Avec qui", max_length=200, required=False)
    words = _text("Ce qui a été dit", 6, 6_000)
    decisions = _text("Ce qui est décidé", 2, 2_000, required=False)
    next_step = forms.CharField(label="La suite", max_length=200, required=False)
    audience = forms.ChoiceField(label="Lu par", choices=Audience.choices, initial=Audience.HOLDER)

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = {"channel": Channel(said["channel"]), "audience": Audience(said["audience"])}
        return {"talk": Talk(**{**said, **chosen})}


class StageForm(OfficeForm):
    word = "stage"
    stage = forms.TypedChoiceField(label="Étape", choices=Stage.choices, coerce=Stage)
    why = forms.CharField(label="Pourquoi", max_length=300, required=False)

    def __init__(self, data: Any = None, *, project: Project, **kwargs: Any) -> None:
        super().__init__(data, project=project, initial={"stage": project.stage}, **kwargs)


class DiagnosisForm(OfficeForm):
    """Eight subjects, each with its level and a comment."""

    word = "diagnosis"

    def __init__(self, data: Any = None, *, project: Project, **kwargs: Any) -> None:
        super().__init__(data, project=project, **kwargs)
        latest = project.diagnoses.order_by("-at", "-pk").first()
        marks = latest.marks if latest else {}
        for subject in Subject:
            level, words = marks.get(subject, (None, ""))
            self.fields[subject] = forms.TypedChoiceField(
                label=str(subject.label), coerce=int, initial=level, required=False, empty_value=None,
                choices=[("", phrases.NOT_MARKED), *((value, f"{value} — {label}") for value, label in LEVELS)],
            )  # fmt: skip
            self.fields[f"{subject}_words"] = forms.CharField(
                label=f"{subject.label} : en un mot", max_length=300, required=False, initial=words
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[subject], self[f"{subject}_words"]) for subject in Subject]

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"marks": {one: (said[one], said[f"{one}_words"]) for one in Subject}}


class RecommendForm(OfficeForm):
    word = "advice"
    title = forms.CharField(label="À faire", max_length=150)
    words = _text("Pourquoi, comment", 3, 2_000, required=False)
    due_date = forms.DateField(label="Pour le", widget=day_input(), required=False)
    address = forms.CharField(
        label="Où le voir", max_length=300, required=False, help_text="Une page d’ici (/aides/…) ou https://…"
    )
    resource = forms.ModelChoiceField(
        Resource.objects.none(), label="Ressource à joindre", required=False, empty_label="Aucune"
    )

    def __init__(self, data: Any = None, *, project: Project, **kwargs: Any) -> None:
        super().__init__(data, project=project, **kwargs)
        cast("forms.ModelChoiceField[Resource]", self.fields["resource"]).queryset = published_choices()


class AdviceStateForm(OfficeForm):
    state = forms.TypedChoiceField(label="État", choices=Advice.choices, coerce=Advice)
    answer = forms.CharField(label="Un mot", max_length=400, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReferForm(OfficeForm):
    word = "refer"
    partner = forms.ModelChoiceField(Partner.objects.none(), label="Partenaire", empty_label="Choisissez un partenaire")
    why = forms.CharField(label="Pourquoi ce partenaire", max_length=300)
    shared = _text("Ce qui lui sera dit, mot pour mot", 4, 2_000, help_text="Rien sur la santé d’une personne.")

    def __init__(self, data: Any = None, *, project: Project, **kwargs: Any) -> None:
        super().__init__(data, project=project, **kwargs)
        partners = Partner.objects.filter(is_active=True).order_by("name")
        cast("forms.ModelChoiceField[Partner]", self.fields["partner"]).queryset = partners


class PartnerAnswerForm(OfficeForm):
    """What a partner said on the telephone."""

    state = forms.TypedChoiceField(
        label="Sa réponse", coerce=Turn, choices=[(one.value, one.label) for one in ANSWERS]
    )  # fmt: skip
    words = forms.CharField(label="Ses mots", max_length=400, required=False)


class PauseForm(OfficeForm):
    word = "pause"
    resume_on = forms.DateField(label="Reprendre le", widget=day_input())


class CloseForm(OfficeForm):
    word = "close"
    outcome = forms.TypedChoiceField(
        label="Issue", choices=[("", "Choisissez une issue"), *Outcome.choices], coerce=Outcome
    )
    words = forms.CharField(label="Ce que le projet est devenu, en une phrase", max_length=400)
    jobs = forms.IntegerField(label="Emplois", min_value=0, max_value=10_000, required=False)
    fte = forms.DecimalField(
        label="Équivalents temps plein", min_value=0, max_digits=6, decimal_places=2, required=False, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    raised = EurosField(label="Euros réunis", required=False)

    @property
    def facts(self) -> dict[str, Any]:
        return {"result": Result(**self.cleaned_data)}


class NewsForm(forms.Form):
    """What a closed project has become, heard on the telephone."""

    became = forms.ChoiceField(choices=[("alive", "existe toujours"), ("ended", "s’est arrêté")])
    words = forms.CharField(max_length=400, required=False)

    @property
    def facts(self) -> dict[str, Any]:
        return {"is_alive": self.cleaned_data["became"] == "alive", "words": self.cleaned_data["words"]}


class EffortForm(OfficeForm):
    word = "effort"
    day = forms.DateField(label="Jour", widget=day_input(), initial=timezone.localdate)
    half_days = forms.IntegerField(label="Demi-journées", min_value=1, max_value=20, initial=1)
    words = forms.CharField(label="À quoi", max_length=150, required=False)


class InvolveForm(OfficeForm):
    word = "involve"
    organisation = SheetField("Structure de l’annuaire")
    name = forms.CharField(label="Ou son nom", max_length=150, required=False)
    part = forms.TypedChoiceField(
        label="Rôle", choices=PartnerPart.choices, coerce=PartnerPart, initial=PartnerPart.PARTNER
    )  # fmt: skip
    share = EurosField(label="Part du budget, en euros", required=False)


class ContactForm(OfficeForm):
    word = "contact"
    part = forms.TypedChoiceField(label="Rôle", choices=ContactPart.choices, coerce=ContactPart)
    name = forms.CharField(label="Nom", max_length=120)
    quality = forms.CharField(label="Fonction ou structure", max_length=150, required=False)
    email = forms.EmailField(label="Adresse électronique", max_length=254, required=False)
    phone = PhoneField(label="Téléphone", required=False)


class ReviseForm(OfficeForm):
    """What the file is about; the idea stays as it was said."""

    word = "revise"
    title = forms.CharField(label="Titre", max_length=120)
    commune = forms.ChoiceField(label="Commune", required=False)
    topics = forms.MultipleChoiceField(label="Thèmes", required=False, widget=forms.CheckboxSelectMultiple)
    organisation = SheetField("Structure de l’annuaire")
    measure = forms.ModelChoiceField(
        Measure.objects.none(), label="Dans la stratégie", required=False, empty_label="Aucune mesure"
    )

    def __init__(self, data: Any = None, *, project: Project, measures: QuerySet[Measure], **kwargs: Any) -> None:
        shown = {
            "title": project.title, "commune": project.commune_id or "", "measure": project.measure_id,
            "topics": [str(pk) for pk in project.topics.values_list("pk", flat=True)],
            "organisation": project.organisation.slug if project.organisation else "",
        }  # fmt: skip
        super().__init__(data, project=project, initial=shown, **kwargs)
        self.fields["commune"].choices = [("", "Pas encore connue"), *home_towns()]  # type: ignore[attr-defined]
        self.fields["topics"].choices = themes()  # type: ignore[attr-defined]
        cast("forms.ModelChoiceField[Measure]", self.fields["measure"]).queryset = measures

    @property
    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["commune"] = Commune.objects.filter(pk=said["commune"]).first()
        said["topics"] = list(Term.objects.filter(pk__in=said["topics"]))
        return said


class AssignForm(OfficeForm):
    word = "assign"
    to = ColleagueField(User.objects.none(), label="À qui", empty_label="Choisissez une personne")

    def __init__(self, data: Any = None, *, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        cast("ColleagueField", self.fields["to"]).queryset = colleagues


class HandOverForm(AssignForm):
    """Every open file of one colleague goes to another."""

    word = "handover"
    giver = ColleagueField(User.objects.none(), label="Les dossiers de", empty_label="Choisissez une personne")
    field_order = ("giver", "to")

    def __init__(self, data: Any = None, *, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(data, colleagues=colleagues, **kwargs)
        cast("ColleagueField", self.fields["giver"]).queryset = User.objects.filter(
            pk__in=Project.objects.open().values("adviser")
        ).order_by("last_name", "first_name")


class PartnerForm(OfficeForm):
    word = "partner"
    name = forms.CharField(label="Nom", max_length=150)
    brings = forms.CharField(label="Ce qu’il apporte", max_length=300)
    organisation = SheetField("Fiche de l’annuaire")
    email = forms.EmailField(
        label="Adresse électronique", max_length=254, required=False,
        help_text="Le partenaire y reçoit les demandes, et répond d’un bouton. Sans adresse, il faut téléphoner.",
    )  # fmt: skip
    phone = PhoneField(label="Téléphone", required=False)
    website = forms.URLField(label="Site", max_length=200, required=False, assume_scheme="https")
    topics = forms.MultipleChoiceField(
        label="Thèmes", required=False, widget=forms.CheckboxSelectMultiple, help_text="Rien de coché\u00a0: tous."
    )
    places = forms.ModelMultipleChoiceField(
        Epci.objects.none(), label="Communautés de communes", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché\u00a0: tout le territoire.",
    )  # fmt: skip
    stages = forms.MultipleChoiceField(
        label="Étapes", required=False, choices=Stage.choices, widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché\u00a0: toutes.",
    )  # fmt: skip
    is_active = forms.BooleanField(label="Proposé aux projets", required=False, initial=True)
    checked_on = forms.DateField(label="Vérifié le", widget=day_input(), required=False)

    def __init__(
        self, data: Any = None, *, partner: Partner | None = None, epcis: QuerySet[Epci], **kwargs: Any
    ) -> None:
        shown: dict[str, Any] = {}
        if partner is not None:
            names = ("name", "brings", "email", "phone", "website", "stages", "is_active", "checked_on")
            shown = {name: getattr(partner, name) for name in names}
            shown["organisation"] = partner.organisation.slug if partner.organisation else ""
            shown["topics"] = [str(pk) for pk in partner.topics.values_list("pk", flat=True)]
            shown["places"] = list(partner.places.values_list("pk", flat=True))
        super().__init__(data, initial=shown, **kwargs)
        self.fields["topics"].choices = themes()  # type: ignore[attr-defined]
        cast("forms.ModelMultipleChoiceField[Epci]", self.fields["places"]).queryset = epcis

    @property
    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["topics"] = list(Term.objects.filter(pk__in=said["topics"]))
        said["stages"] = [Stage(one) for one in said["stages"]]
        return {"facts": PartnerFacts(**said)}


class ListForm(forms.Form):
    """Filters of the list, in its address."""

    q = forms.CharField(label="Titre, nom, référence", max_length=100, required=False)
    etape = forms.ChoiceField(label="Étape", required=False, choices=[("", "Toutes"), *Stage.choices])
    cc = forms.ModelChoiceField(
        Epci.objects.none(), label="Communauté de communes", required=False, empty_label="Toutes"
    )
    suivi = ColleagueField(User.objects.none(), label="Suivi par", required=False, empty_label="Tout le monde")

    def __init__(self, data: Any = None, *, epcis: QuerySet[Epci], colleagues: QuerySet[User]) -> None:
        super().__init__(data, auto_id="filtre-%s")
        cast("forms.ModelChoiceField[Epci]", self.fields["cc"]).queryset = epcis
        cast("ColleagueField", self.fields["suivi"]).queryset = colleagues
