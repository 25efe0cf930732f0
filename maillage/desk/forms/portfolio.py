"""The filters of the portfolio, and what a holder says to be shown in it."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.desk import phrases
from maillage.desk.actions.showing import LONGEST_PUBLIC, LONGEST_TITLE
from maillage.desk.enums import Stage
from maillage.desk.models import Project
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.territories.queries import home_epcis


class PortfolioForm(forms.Form):
    """As the address holds them; `queries.PortfolioAsked` reads the address itself."""

    etape = forms.ChoiceField(label="Où en est le projet", required=False, choices=[("", "Partout"), *Stage.choices])
    sujet = forms.ChoiceField(label="Sujet", required=False)
    cc = forms.ChoiceField(label="Où", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filtre_%s")
        topics = Term.objects.filter(kind=TermKind.THEME).order_by("position", "label").values_list("code", "label")
        places = [(one.siren, one.short_name) for one in home_epcis()]
        self.fields["sujet"].choices = [("", "Tous"), *topics]  # type: ignore[attr-defined]
        self.fields["cc"].choices = [("", "Partout"), *places]  # type: ignore[attr-defined]


class ShowForm(forms.Form):
    """The words that everybody will read, and the agreement."""

    word = "show"
    title = forms.CharField(label="Le nom du projet", max_length=LONGEST_TITLE)
    words = forms.CharField(
        label="Ce que tous pourront lire", max_length=LONGEST_PUBLIC, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une à trois phrases, sans nom ni téléphone de personne.",
        error_messages={"required": phrases.PUBLIC_WORDS, "max_length": phrases.PUBLIC_WORDS},
    )  # fmt: skip
    has_consent = forms.BooleanField(
        label="Je suis d’accord pour que ces mots, le titre, la commune, l’étape et les structures soient lus de tous",
        error_messages={"required": phrases.NO_CONSENT_TO_SHOW},
    )

    def __init__(self, data: Any = None, *, project: Project, is_noted: bool = False) -> None:
        super().__init__(
            data, auto_id=f"{self.word}-%s", initial={"title": project.title, "words": project.public_words}
        )
        if is_noted:
            self.fields["has_consent"].label = "La personne qui porte le projet est d’accord, mot pour mot"

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
