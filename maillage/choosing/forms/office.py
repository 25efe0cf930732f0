"""What agents type: a draft, a sheet of paper, a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from maillage.choosing.actions import Draft
from maillage.choosing.actions.drafting import VOTABLE
from maillage.choosing.enums import Followed, Method
from maillage.choosing.models import College, Consultation, Elector, Option
from maillage.kernel.registry import electorates
from maillage.needs.models import Theme
from maillage.strategy.models import Measure

MOMENT = "%Y-%m-%dT%H:%M"
BAR = "|"


def moment_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateTimeField:
    """A day and an hour, in the browser's own field."""
    widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(
        label=label, help_text=help_text, required=required, widget=widget, input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S"]
    )


class DraftForm(forms.Form):
    """All that is prepared of a consultation."""

    question = forms.CharField(label="La question", max_length=200)
    explanation = forms.CharField(
        label="De quoi il s’agit", max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ce qu’il faut savoir pour répondre, et ce que l’on fera de la réponse.",
    )  # fmt: skip
    method = forms.ChoiceField(label="Comment on répond", choices=Method)
    dots = forms.IntegerField(
        label="Points par voix", min_value=1, max_value=100, required=False, help_text="Pour des points à répartir."
    )
    options = forms.CharField(
        label="Les propositions", required=False, widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Une par ligne. Après une barre | vous pouvez l’expliquer en une phrase. Rien pour un "
        "consentement\u00a0: il porte sur la question.",
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label="Thèmes des besoins à mettre au vote", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Chacun devient une proposition. Qui a dit un de ses besoins l’apprend par lettre.",
    )  # fmt: skip
    electorates = forms.MultipleChoiceField(label="Qui vote", widget=forms.CheckboxSelectMultiple)
    is_secret = forms.BooleanField(
        label="Vote secret", required=False,
        help_text="Rien ne relie un bulletin à une voix. Un collège qui a peu de bulletins n’est pas montré à part.",
    )  # fmt: skip
    opens_at = moment_field("Le vote ouvre le")
    closes_at = moment_field("Le vote finit le")
    paper_until = moment_field(
        "Dépouillement", "Jusqu’à ce moment, l’équipe saisit les bulletins de papier. Vide\u00a0: à la fin du vote.",
        required=False,
    )  # fmt: skip
    measure = forms.ModelChoiceField(
        Measure.objects.none(), label="Mesure servie", required=False, empty_label="Aucune"
    )
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, consultation: Consultation | None = None) -> None:
        super().__init__(data, initial=_typed(consultation) if consultation else {})
        self.fields["electorates"].choices = [(one.key, one.title) for one in electorates().values()]  # type: ignore[attr-defined]
        votable = Theme.objects.filter(state__in=VOTABLE).order_by("title")
        self.fields["themes"].choices = list(votable.values_list("slug", "title"))  # type: ignore[attr-defined]
        measures = Measure.objects.order_by("position", "code")
        self.fields["measure"].queryset = measures  # type: ignore[attr-defined]

    @property
    def draft(self) -> Draft:
        """What was typed, as the verbs take it."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"seen_at", "options"}}
        return Draft(
            **{**said, "electorates": tuple(said["electorates"]), "themes": tuple(said["themes"])},
            options=_lines(self.cleaned_data["options"]),
        )


def _lines(text: str) -> tuple[tuple[str, str], ...]:
    parted = (line.partition(BAR) for line in text.splitlines() if line.strip())
    return tuple((" ".join(label.split()), " ".join(brief.split())) for label, _, brief in parted)


def _typed(one: Consultation) -> dict[str, Any]:
    options = one.options.order_by("letter")
    plain = [option for option in options if not option.theme_key]
    lines = [f"{option.label} {BAR} {option.description}" if option.description else option.label for option in plain]
    shown = {
        name: getattr(one, name)
        for name in ("question", "explanation", "method", "dots", "electorates", "is_secret", "opens_at", "closes_at",
                     "paper_until", "measure")
    }  # fmt: skip
    themes = [option.theme_key for option in options if option.theme_key]
    return {**shown, "options": "\n".join(lines), "themes": themes, "seen_at": one.changed_at.isoformat()}


class SheetForm(forms.Form):
    """Which sheet, and whose voice; what it says is in a `BallotForm` beside. electors: with their names for agents."""

    sheet = forms.CharField(
        label="Numéro de la feuille", max_length=20, help_text="Celui que l’équipe a écrit en bas du bulletin."
    )
    whose = forms.ChoiceField(label="De qui")

    def __init__(
        self, data: Any = None, *, colleges: Iterable[College], electors: Iterable[tuple[Elector, str]], is_secret: bool
    ) -> None:
        super().__init__(data)
        named = list(electors)
        self.colleges, self.electors = {one.pk: one for one in colleges}, {one.pk: one for one, _ in named}
        choices: list[Any] = [("", "Choisissez")]
        for college in self.colleges.values():
            if college.is_open or is_secret:
                choices.append((f"college:{college.pk}", college.label))
                continue
            listed = [(f"elector:{one.pk}", name) for one, name in named if one.college_id == college.pk]
            choices.append((college.label, listed))
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """As `type_paper` takes them."""
        kind, _, pk = self.cleaned_data["whose"].partition(":")
        elector = self.electors[int(pk)] if kind == "elector" else None
        college = self.colleges[elector.college_id if elector else int(pk)]
        return {"sheet": self.cleaned_data["sheet"], "college": college, "elector": elector}


class DecisionForm(forms.Form):
    """What is decided, and how each college that voted was followed."""

    decision = forms.CharField(
        label="Ce qui est décidé, et pourquoi", max_length=4_000, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Écrivez ce qui est décidé."},
    )  # fmt: skip

    chosen = forms.MultipleChoiceField(
        label="Ce qui est retenu", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Les personnes qui ont dit un besoin apprennent si leur thème est retenu, et pourquoi.",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, options: Iterable[Option], colleges: Iterable[College], differ: Iterable[str]
    ) -> None:  # fmt: skip
        super().__init__(data)
        asked = list(options)
        choices: list[Any] = [(one.letter, str(one)) for one in asked]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]
        if not any(one.theme_key for one in asked):
            self.fields["chosen"].help_text = ""
        if not choices:
            del self.fields["chosen"]
        self.colleges, must = list(colleges), set(differ)
        for college in self.colleges:
            told = " (son résultat n’est pas celui de l’ensemble)" if college.key in must else ""
            self.fields[f"followed_{college.key}"] = forms.ChoiceField(
                label=f"{college.label}{told}", choices=[("", "Ne pas le dire"), *Followed.choices], required=False
            )
            self.fields[f"why_{college.key}"] = forms.CharField(
                label=f"Pourquoi – {college.label}", max_length=600, required=False,
                help_text="Demandé s’il n’est pas suivi, ou en partie.",
            )  # fmt: skip

    @property
    def followings(self) -> Mapping[str, tuple[str, str]]:
        """As `decide` takes them."""
        said = self.cleaned_data
        return {one.key: (said[f"followed_{one.key}"], said[f"why_{one.key}"]) for one in self.colleges}

    def refuse(self, phrase: str, field: str) -> None:
        """Beside the college, or the decision, that is wrong."""
        is_said = bool(self.cleaned_data.get(f"followed_{field}"))
        names = (field, f"why_{field}" if is_said else f"followed_{field}")
        self.add_error(next((name for name in names if name in self.fields), None), phrase)
