"""What agents type of schemes and calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from maillage.accounts.forms import day_input
from maillage.calls.actions import Block, CallFacts, SchemeFacts
from maillage.calls.enums import BlockKind, CallKind, CallState, DecidingBody, StateAid
from maillage.calls.models import Authority, Call, EnvelopeLine, Piece, Scheme
from maillage.calls.queries.calls import lines_of, offered_themes
from maillage.directory.enums import Family, TermKind
from maillage.directory.models import Term
from maillage.needs.models import Theme
from maillage.space.enums import AttachmentKind
from maillage.strategy.models import Measure
from maillage.strategy.queries import home_measures
from maillage.territories.models import Commune, Epci
from maillage.territories.queries import home_epcis, home_towns
from ui.money import EurosField

SPARE_ROWS = 3


def _text(label: str, rows: int, longest: int, **words: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget, **words)


def _percent(label: str, **words: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=100, max_digits=5, decimal_places=2, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), **words,
    )  # fmt: skip


class SchemeForm(forms.Form):
    """A scheme: whose it is, on which ground, who deliberates."""

    authority = forms.ModelChoiceField(Authority.objects.none(), label="Autorité qui attribue", empty_label=None)
    title = forms.CharField(label="Intitulé", max_length=150)
    purpose = _text("But", 3, 1_000)
    legal_basis = forms.CharField(
        label="Base juridique", max_length=300, help_text="La délibération qui crée le dispositif, et les textes."
    )
    regional_agreement = forms.CharField(
        label="Convention avec la Région", max_length=150, required=False,
        help_text="Sa référence, si l’aide est économique.",
    )  # fmt: skip
    state_aid = forms.TypedChoiceField(label="Régime d’aide", choices=StateAid.choices, coerce=StateAid)
    deciding_body = forms.TypedChoiceField(label="Qui délibère", choices=DecidingBody.choices, coerce=DecidingBody)
    defines_need = forms.BooleanField(
        label="La collectivité définit elle-même ce qui est à faire", required=False,
        help_text="Si oui, c’est peut-être un marché public : l’écran le rappellera.",
    )  # fmt: skip
    measure = forms.ModelChoiceField(
        Measure.objects.none(), label="Mesure de la stratégie", required=False, empty_label="Aucune"
    )

    def __init__(self, data: Any = None, *, scheme: Scheme | None = None) -> None:
        known: dict[str, Any] = {"state_aid": StateAid.NONE, "deciding_body": DecidingBody.COUNCIL}
        if scheme is not None:
            known = {name: getattr(scheme, name) for name in SchemeFacts.__annotations__}
        super().__init__(data, initial=known)
        self.fields["authority"].queryset = Authority.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["measure"].queryset = home_measures()  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        return {"facts": SchemeFacts(**self.cleaned_data)}


class EnvelopeForm(forms.Form):
    year = forms.IntegerField(label="Année", min_value=2020, max_value=2100)
    amount = EurosField(label="Enveloppe")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="envelope-%s", initial={"year": timezone.localdate().year})


class MomentField(forms.SplitDateTimeField):
    """A day and an hour of Paris."""

    def __init__(self, label: str, **words: Any) -> None:
        widget = forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": f"{label} : jour"}, date_format="%Y-%m-%d",
            time_attrs={"type": "time", "aria-label": f"{label} : heure"}, time_format="%H:%M",
        )  # fmt: skip
        super().__init__(label=label, widget=widget, required=False, **words)


class CallWriteForm(forms.Form):
    """The text, the money, the dates and the places of a call."""

    title = forms.CharField(label="Titre", max_length=120)
    kind = forms.TypedChoiceField(label="Nature", choices=CallKind.choices, coerce=CallKind)
    summary = forms.CharField(label="En une phrase", max_length=300)
    context = _text("Pourquoi cet appel", 3, 4_000)
    goals = _text("Ce qu’il veut soutenir", 4, 4_000)
    eligible_costs = _text("Dépenses prises en compte", 3, 2_000)
    ineligible_costs = _text("Dépenses qui ne le sont pas", 2, 2_000)
    rules = _text("Autres règles", 3, 4_000, help_text="Cumul, démarrage avant l’accord, logo, comptes à rendre…")
    contact = forms.CharField(label="À qui parler", max_length=200, required=False)
    line = forms.ModelChoiceField(
        EnvelopeLine.objects.none(), label="Enveloppe", required=False, empty_label="À choisir"
    )
    budget = EurosField(label="Montant de l’appel", required=False)
    least = EurosField(label="Aide la plus petite", required=False)
    most = EurosField(label="Aide la plus grande", required=False)
    max_rate = _percent("Part la plus grande des dépenses (%)", initial=Decimal(80))
    own_share = _percent("Autofinancement demandé (%)", initial=Decimal(0))
    advance_rate = _percent("Versé à la signature (%)", initial=Decimal(50))
    report_months = forms.IntegerField(label="Bilan, mois après la fin du projet", min_value=1, max_value=36, initial=6)
    opens_at = MomentField("Ouverture")
    closes_at = MomentField("Clôture", help_text="Heure de Paris. Un dépôt une seconde après est refusé.")
    committee_on = forms.DateField(label="Comité", required=False, widget=day_input())
    decides_on = forms.DateField(label="Délibération", required=False, widget=day_input())
    project_from = forms.DateField(label="Projets à partir du", required=False, widget=day_input())
    project_to = forms.DateField(label="Projets jusqu’au", required=False, widget=day_input())
    families = forms.MultipleChoiceField(
        label="Familles de l’ESS", choices=Family.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Aucune cochée : toutes peuvent demander.",
    )  # fmt: skip
    epcis = forms.ModelMultipleChoiceField(
        Epci.objects.none(), label="Communautés de communes", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché, ici ni dans les communes : tout le territoire.",
    )  # fmt: skip
    communes = forms.MultipleChoiceField(
        label="Communes", required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    topics = forms.ModelMultipleChoiceField(
        Term.objects.none(), label="Sujets", required=False, widget=forms.CheckboxSelectMultiple
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label="Thèmes retenus par les consultations", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    theme_reason = forms.CharField(
        label="Pourquoi un autre sujet", max_length=400, required=False, help_text="Sans thème retenu, dites pourquoi."
    )

    LINKED = ("epcis", "communes", "topics", "themes")

    def __init__(self, data: Any = None, *, scheme: Scheme, call: Call | None = None) -> None:
        super().__init__(data, initial=self._known(call) if call else {})
        self.fields["line"].queryset = lines_of(scheme)  # type: ignore[attr-defined]
        self.fields["epcis"].queryset = home_epcis()  # type: ignore[attr-defined]
        terms = Term.objects.filter(kind=TermKind.THEME).order_by("position", "label")
        self.fields["topics"].queryset = terms  # type: ignore[attr-defined]
        self.fields["communes"].choices = home_towns()  # type: ignore[attr-defined]
        chosen = offered_themes() if call is None else offered_themes() | call.themes.all()
        self.fields["themes"].queryset = chosen.distinct()  # type: ignore[attr-defined]
        if not self.fields["themes"].queryset.exists():  # type: ignore[attr-defined]
            self.fields["themes"].help_text = "Aucun thème n’est retenu aujourd’hui."

    def _known(self, call: Call) -> dict[str, Any]:
        plain = {name: getattr(call, name) for name in self.base_fields if name not in self.LINKED}
        links = {name: list(getattr(call, name).values_list("pk", flat=True)) for name in self.LINKED}
        return plain | links

    @property
    def facts(self) -> dict[str, Any]:
        """As `draft_call` and `revise_call` take it."""
        said = dict(self.cleaned_data)
        links = {name: list(said.pop(name)) for name in self.LINKED}
        links["communes"] = list(Commune.objects.filter(pk__in=links["communes"]))
        said["budget"] = said["budget"] if said["budget"] is not None else Decimal(0)
        return {"facts": CallFacts(said, **links)}


class _Row(forms.Form):
    """A line of a table that one writes; without its first word it is left out."""

    noun = "Ligne"
    label = forms.CharField(label="Intitulé", required=False, max_length=120)

    @property
    def is_kept(self) -> bool:
        return bool(self.cleaned_data.get("label", "").strip())


class CriterionRow(_Row):
    noun = "Critère"
    weight = forms.IntegerField(label="Poids sur 100", required=False, min_value=1, max_value=100)
    guide = forms.CharField(label="Ce qui est regardé", required=False, max_length=400)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("label") and not said.get("weight") and "weight" not in self.errors:
            self.add_error("weight", "Donnez un poids.")
        return said


class PieceRow(_Row):
    noun = "Pièce"
    guide = forms.CharField(label="Précision", required=False, max_length=300)
    kind = forms.ChoiceField(
        label="Dans le profil des structures", required=False, choices=[("", "Aucune"), *AttachmentKind.choices]
    )
    is_required = forms.BooleanField(label="Obligatoire", required=False)


class BlockRow(_Row):
    noun = "Question"
    label = forms.CharField(label="La question", required=False, max_length=300)
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    kind = forms.TypedChoiceField(label="On y répond par", choices=BlockKind.choices, coerce=BlockKind)
    help = forms.CharField(label="Aide, sous la question", required=False, max_length=300)
    options = forms.CharField(
        label="Choix, un par ligne", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    rank = forms.IntegerField(label="Rang", required=False, min_value=1, max_value=99)
    required = forms.BooleanField(label="Réponse obligatoire", required=False)


def rows_of(kind: type[_Row], data: Any, known: Iterable[dict[str, Any]]) -> Any:
    """The table: what is there, then rows to fill. Rank orders blocks when it is typed."""
    made = forms.formset_factory(kind, extra=SPARE_ROWS, max_num=40)
    return made(data, initial=list(known), prefix="rang")


def criteria_in(table: Any) -> list[tuple[str, str, int]]:
    said = [row.cleaned_data for row in table if row.is_kept]
    return [(one["label"], one["guide"], one["weight"]) for one in said]


def pieces_in(table: Any) -> list[tuple[str, str, str, bool]]:
    said = [row.cleaned_data for row in table if row.is_kept]
    return [(one["label"], one["guide"], one["kind"], one["is_required"]) for one in said]


def blocks_in(table: Any) -> list[Block]:
    said = [row.cleaned_data for row in table if row.is_kept]
    said.sort(key=lambda one: one["rank"] or 99)
    return [
        Block(
            kind=BlockKind(one["kind"]), label=one["label"], key=one["key"], help=one["help"],
            required=one["required"], options=tuple(one["options"].splitlines()),
        )
        for one in said
    ]  # fmt: skip


def known_pieces(call: Call) -> list[dict[str, Any]]:
    rows: Iterable[Piece] = call.pieces.order_by("position")
    return [{name: getattr(one, name) for name in ("label", "guide", "kind", "is_required")} for one in rows]


def known_criteria(call: Call) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "guide": one.guide, "weight": one.weight} for one in call.criteria.order_by("position")
    ]


def known_blocks(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**one, "options": "\n".join(one.get("options", ())), "rank": rank} for rank, one in enumerate(blocks, start=1)
    ]


class ReopenForm(forms.Form):
    until = MomentField("Jusqu’au")
    reason = forms.CharField(label="Pourquoi", max_length=400)

    def clean_until(self) -> datetime:
        until: datetime | None = self.cleaned_data["until"]
        if until is None:
            raise forms.ValidationError("Donnez un jour et une heure.")
        return until


class AnswerForm(forms.Form):
    answer = forms.CharField(label="Réponse, lue de tous", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class MoveForm(forms.Form):
    to = forms.TypedChoiceField(
        choices=[(one.value, one.label) for one in (CallState.REVIEW, CallState.DECIDED, CallState.ARCHIVED)],
        coerce=CallState,
    )  # fmt: skip


class CopyForm(forms.Form):
    title = forms.CharField(label="Titre du nouvel appel", max_length=120)
