from __future__ import annotations

from typing import Any

from django import forms

from maillage.accounts.models import User
from maillage.accounts.strangers import StrangerForm
from maillage.directory.models import Organisation
from maillage.needs.enums import Audience, Channel
from maillage.needs.models import LONGEST
from maillage.space.models import Membership
from maillage.territories.models import Commune
from maillage.territories.queries import home_towns

EVERYWHERE = "Partout sur le territoire"


def _words() -> forms.CharField:
    return forms.CharField(
        label="Que manque-t-il\u202f?", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une phrase suffit. Par exemple\u00a0: un car pour aller au marché le samedi.",
        error_messages={
            "required": "Dites en quelques mots ce qui manque.",
            "max_length": "Cinq cents signes au plus\u00a0: dites l’essentiel.",
        },
    )  # fmt: skip


def _commune() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Où\u202f?", required=False,
        error_messages={"invalid_choice": "Choisissez une commune de la liste, ou « Partout ».",
                        "required": "Choisissez la commune."},
    )  # fmt: skip


def _audience() -> forms.ChoiceField:
    return forms.ChoiceField(label="Pour qui\u202f?", choices=Audience.choices, initial=Audience.EVERYBODY)


class SayForm(StrangerForm):
    """A need in four questions at most: what, for whom, where, and how to tell what becomes of it.

    by: whoever is signed in is not asked for an address, but in whose name they speak, when they hold a sheet.
    """

    words = _words()
    audience = _audience()
    commune = _commune()
    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Pour savoir ce que devient votre besoin. Elle n’est jamais publiée.",
    )  # fmt: skip
    organisation = forms.ChoiceField(label="Au nom de", required=False)

    def __init__(self, data: Any = None, *, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="id_%s", **kwargs)
        self.by = by
        self._choose("commune", [("", EVERYWHERE), *home_towns()])
        held = [] if by is None else list(Membership.objects.filter(user=by).select_related("organisation"))
        if held:
            self._choose(
                "organisation", [("", "Moi"), *((str(one.organisation_id), str(one.organisation)) for one in held)]
            )
        else:
            del self.fields["organisation"]
        if by is not None:
            del self.fields["email"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As `say_need` takes them, without the moment."""
        said = self.cleaned_data
        organisation = said.get("organisation")
        return {
            "words": said["words"], "audience": Audience(said["audience"]), "email": said.get("email", ""),
            "commune": Commune.objects.filter(pk=said["commune"]).first(), "user": self.by,
            "organisation": Organisation.objects.filter(pk=organisation).first() if organisation else None,
        }  # fmt: skip

    def kept(self) -> list[forms.BoundField]:
        """Every field, to be carried unseen through the step where needs that are alike are shown."""
        return [self[name] for name in self.fields]


class JoinForm(StrangerForm):
    """« Moi aussi »: an address, which a letter confirms; whoever is signed in is asked nothing."""

    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Nous y envoyons un lien à confirmer, puis ce que devient le besoin. Elle n’est jamais publiée.",
        error_messages={"required": "Donnez votre adresse\u00a0: c’est elle qui fait une voix, et une seule."},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, by: User | None = None) -> None:
        super().__init__(data, auto_id="id_%s")
        self.by = by
        if by is not None:
            del self.fields["email"]


class NoteForm(forms.Form):
    """A need that an agent or a liaison officer notes for somebody, in twenty seconds; the agreement is ticked.

    epcis: the CC of a liaison officer, whose communes alone are offered; None for an agent.
    """

    words = _words()
    commune = _commune()
    audience = _audience()
    channel = forms.ChoiceField(
        label="Reçu", initial=Channel.PHONE, choices=[one for one in Channel.choices if one[0] != Channel.WEB.value]
    )
    email = forms.EmailField(
        label="Son adresse électronique", max_length=254, required=False,
        help_text="Si la personne veut des nouvelles. Une lettre lui demande d’abord de confirmer.",
    )  # fmt: skip
    has_consent = forms.BooleanField(
        label="La personne est d’accord pour que son besoin soit noté, et publié sans son nom",
        error_messages={"required": "Sans son accord, on ne note pas son besoin."},
    )

    def __init__(self, data: Any = None, *, epcis: set[str] | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="id_%s", **kwargs)
        towns = home_towns(epcis)
        nowhere = ("", EVERYWHERE if epcis is None else "Choisissez la commune")
        self.fields["commune"].choices = [nowhere, *towns]  # type: ignore[attr-defined]
        self.fields["commune"].required = epcis is not None
        self.fields["words"].widget.attrs["rows"] = 3

    def facts(self) -> dict[str, Any]:
        """As `say_need` takes them, without the moment nor who notes."""
        said = self.cleaned_data
        return {
            "words": said["words"], "audience": Audience(said["audience"]), "channel": Channel(said["channel"]),
            "commune": Commune.objects.filter(pk=said["commune"]).first(), "email": said["email"],
            "has_consent": said["has_consent"],
        }  # fmt: skip
