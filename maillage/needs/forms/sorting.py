from __future__ import annotations

from typing import Any

from django import forms

from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.needs.enums import REACHED_FROM, ThemeState
from maillage.needs.models import LONGEST, Need, Theme
from maillage.strategy.models import Measure
from maillage.strategy.queries import home_strategy

NEW = "new"


class PublishForm(forms.Form):
    """What everybody will read of a need; `seen` is its reading as the page showed it."""

    words = forms.CharField(
        label="Ce que tout le monde lira", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Retirez tout nom, et tout ce qui touche à la santé de quelqu’un. Ne changez pas le sens.",
    )  # fmt: skip
    topic = forms.ModelChoiceField(
        label="Sujet", queryset=Term.objects.none(), required=False, empty_label="Pas de sujet"
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, need: Need) -> None:
        shown = {"words": need.public_words or need.words, "topic": need.topic_id, "seen": need.reading}
        super().__init__(data, initial=shown, auto_id="publier_%s")
        topics = Term.objects.filter(kind=TermKind.THEME).order_by("position", "label")
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]


class SetAsideForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi ne pas le publier\u202f?", max_length=300,
        help_text="La personne le lira. Par exemple\u00a0: votre message parle de la santé d’une personne.",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, need: Need) -> None:
        super().__init__(data, initial={"seen": need.reading}, auto_id="ecarter_%s")


class GroupForm(forms.Form):
    """Needs that are ticked go in one theme, known or new."""

    needs = forms.ModelMultipleChoiceField(
        queryset=Need.objects.none(), error_messages={"required": "Cochez au moins un besoin."}
    )
    theme = forms.ChoiceField(label="Dans quel thème\u202f?")
    title = forms.CharField(label="Titre du nouveau thème", max_length=120, required=False)
    summary = forms.CharField(
        label="En bref", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Une ou deux phrases, que tout le monde lira.",
    )  # fmt: skip
    measure = forms.ModelChoiceField(
        label="Mesure de la stratégie", queryset=Measure.objects.none(), required=False, empty_label="Aucune"
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="groupe_%s")
        self.fields["needs"].queryset = Need.objects.published()  # type: ignore[attr-defined]
        known = [(str(one.pk), one.title) for one in Theme.objects.gathering().order_by("title", "pk")]
        self.fields["theme"].choices = [*known, (NEW, "Un nouveau thème")]  # type: ignore[attr-defined]
        measures = Measure.objects.filter(strategy=home_strategy()).order_by("position", "code")
        self.fields["measure"].queryset = measures  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("theme") == NEW and not data.get("title", "").strip():
            self.add_error("title", "Donnez un titre au nouveau thème.")
        return data


class TakeBackForm(forms.Form):
    """Why the last turn was a mistake."""

    reason = forms.CharField(
        label="Pourquoi la reprendre\u202f?", max_length=300,
        help_text="Les personnes qui ont déjà reçu la lettre de cette étape le liront.",
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="reprise_%s")


class TurnForm(forms.Form):
    """The next turn of a theme; only those that may come now are offered."""

    state = forms.ChoiceField(label="Que se passe-t-il\u202f?")
    sentence = forms.CharField(
        label="En une phrase", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Tout le monde la lit. Une décision se motive\u00a0: dites pourquoi.",
    )  # fmt: skip
    address = forms.CharField(
        label="Où le voir", max_length=300, required=False,
        help_text="Une page de ce site, qui commence par /, ou une adresse en https://. Vide s’il n’y a rien à voir.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, theme: Theme) -> None:
        super().__init__(data, auto_id="etape_%s")
        here = ThemeState(theme.state)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (state.value, state.label) for state, sources in REACHED_FROM.items() if here in sources
        ]

    @property
    def has_choices(self) -> bool:
        """May anything still happen?"""
        return bool(self.fields["state"].choices)  # type: ignore[attr-defined]
