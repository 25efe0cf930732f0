"""A request, in seven questions at most; from a person, or noted for one by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from maillage.accounts.forms import PhoneField
from maillage.accounts.models import User
from maillage.accounts.strangers import StrangerForm
from maillage.desk import phrases
from maillage.desk.actions import Asked
from maillage.desk.enums import Channel, Help, Stage
from maillage.desk.models import LONGEST
from maillage.directory.enums import TermKind
from maillage.directory.models import Organisation, Term
from maillage.space.models import Membership
from maillage.territories.models import Commune
from maillage.territories.queries import home_towns
from ui.noted import Prefill, PrefilledForm

NOWHERE = "Je ne sais pas encore"


def themes() -> list[tuple[str, str]]:
    rows = Term.objects.filter(kind=TermKind.THEME).order_by("position", "label")
    return [(str(pk), label) for pk, label in rows.values_list("pk", "label")]


class _Questions(forms.Form):
    """The seven questions, whoever types them."""

    idea = forms.CharField(
        label="Votre idée, votre projet", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Comme vous le diriez à quelqu’un. Même floue, une idée suffit.",
        error_messages={"required": phrases.NO_IDEA, "max_length": phrases.TOO_LONG},
    )  # fmt: skip
    stage = forms.ChoiceField(
        label="Où en êtes-vous\u202f?", choices=Stage.choices, initial=Stage.IDEA, widget=forms.RadioSelect
    )
    commune = forms.ChoiceField(
        label="Dans quelle commune\u202f?", required=False,
        error_messages={"invalid_choice": "Choisissez une commune de la liste, ou laissez vide."},
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label="De quoi s’agit-il\u202f?", required=False, widget=forms.CheckboxSelectMultiple
    )
    seeks = forms.MultipleChoiceField(
        label="Que cherchez-vous\u202f?", choices=Help.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(
        label="Votre nom", max_length=120, error_messages={"required": phrases.NO_NAME},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    organisation = forms.ChoiceField(label="Au nom de", required=False)
    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    phone = PhoneField(label="Votre téléphone", required=False, widget=forms.TelInput(attrs={"autocomplete": "tel"}))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        """As `send_request` takes it."""
        said = self.cleaned_data
        chosen = said.get("organisation")
        return Asked(
            idea=said["idea"], name=said["name"], email=said.get("email", ""), phone=said["phone"],
            stage=Stage(said["stage"]), commune=Commune.objects.filter(pk=said["commune"]).first(),
            topics=tuple(Term.objects.filter(pk__in=said["topics"])), seeks=tuple(Help(one) for one in said["seeks"]),
            heard=said.get("heard", ""),
            organisation=Organisation.objects.filter(pk=chosen).first() if chosen else None,
        )  # fmt: skip


class RequestForm(PrefilledForm, StrangerForm, _Questions):
    """What somebody asks for themself. by: the account that is signed in; it is not asked for its address again."""

    field_order = ("idea", "stage", "commune", "topics", "seeks", "name", "organisation", "email", "phone")

    def __init__(
        self, data: Any = None, *, by: User | None = None, initial: Mapping[str, Any] | None = None,
        prefills: list[Prefill] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial, prefills=prefills or [])
        self.by = by
        self._choose("commune", [("", NOWHERE), *home_towns()])
        self._choose("topics", themes())
        held = [] if by is None else list(Membership.objects.filter(user=by).select_related("organisation"))
        if held:
            self._choose(
                "organisation", [("", "Moi"), *((str(one.organisation_id), str(one.organisation)) for one in held)]
            )
        else:
            del self.fields["organisation"]
        if by is not None:
            del self.fields["email"]

    def draft(self) -> dict[str, Any]:
        """What was typed so far, right or wrong, to be shown again; neither traps nor keys."""
        typed = cast("QueryDict", self.data)
        one = {name: typed.get(name, "")[:LONGEST] for name in self.fields if name not in ("fax", "seen")}
        return {**one, **{name: typed.getlist(name)[:20] for name in ("topics", "seeks")}}


_OF_ANOTHER = {
    "idea": "Son idée, son projet", "name": "Son nom", "email": "Son adresse électronique", "phone": "Son téléphone",
    "stage": "Où en est ce projet\u202f?", "seeks": "Ce qui est cherché",
}  # fmt: skip


class NoteForm(_Questions):
    """A request that an agent or a liaison officer notes for somebody met or called; the agreement is ticked.

    epcis: the CC of a liaison officer, whose communes alone are offered; None for an agent.
    """

    channel = forms.ChoiceField(
        label="Reçu", initial=Channel.PHONE, choices=[one for one in Channel.choices if one[0] != Channel.WEB.value]
    )
    heard = forms.CharField(label="Comment la personne a connu le guichet", max_length=120, required=False)
    has_consent = forms.BooleanField(
        label="La personne est d’accord pour que sa demande soit notée et suivie",
        error_messages={"required": phrases.NO_CONSENT},
    )
    field_order = (
        "idea", "stage", "commune", "topics", "seeks", "name", "email", "phone", "channel", "heard", "has_consent",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, epcis: set[str] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        del self.fields["organisation"]
        self._choose("commune", [("", "Pas encore connue"), *home_towns(epcis)])
        self._choose("topics", themes())
        for name, label in _OF_ANOTHER.items():
            self.fields[name].label = label
        self.fields["email"].help_text = "Une lettre lui demandera de confirmer, puis ouvrira son dossier."
        self.fields["idea"].widget.attrs["rows"] = 4
