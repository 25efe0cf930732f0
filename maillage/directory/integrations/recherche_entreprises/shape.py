"""An answer of the API as plain facts. Directors and elected members are not even read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


class BadAnswer(Exception):
    """The answer has not the documented shape; `phrase` says what is wrong, in French."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


@dataclass(frozen=True)
class FoundPlace:
    """One establishment; codes as published, "" where absent; coordinates are text in degrees."""

    siret: str
    is_head_office: bool
    is_open: bool
    sign: str
    address: str
    postal_code: str
    commune_code: str
    latitude: str
    longitude: str


@dataclass(frozen=True)
class FoundUnit:
    """One unit with its head office, then the establishments that answered the question."""

    siren: str
    name: str
    full_name: str
    acronym: str
    legal_form: str
    naf_code: str
    headcount_band: str
    creation_date: str
    is_open: bool
    is_public: bool
    rna: str
    is_ess: bool
    siae_kinds: tuple[str, ...]
    places: tuple[FoundPlace, ...]

    def dump(self) -> dict[str, Any]:
        return asdict(self)


def load_unit(dumped: Mapping[str, Any]) -> FoundUnit:
    """The inverse of `FoundUnit.dump`."""
    places = tuple(FoundPlace(**place) for place in dumped["places"])
    return FoundUnit(**{**dumped, "siae_kinds": tuple(dumped["siae_kinds"]), "places": places})


def read_unit(result: Any) -> FoundUnit:
    """One item of `results`. Raises BadAnswer when it has no SIREN or no head office."""
    if not isinstance(result, dict) or not isinstance(result.get("siren"), str):
        raise BadAnswer("Un résultat n’a pas de SIREN.")
    more, head = _mapping(result, "complements"), _mapping(result, "siege")
    others = result.get("matching_etablissements")
    places = [_place(head, is_head_office=True)] if head else []
    places += [_place(one) for one in others if isinstance(one, dict)] if isinstance(others, list) else []
    kinds = more.get("type_siae") or ()
    return FoundUnit(
        siren=result["siren"],
        name=_text(result, "nom_raison_sociale"),
        full_name=_text(result, "nom_complet"),
        acronym=_text(result, "sigle"),
        legal_form=_text(result, "nature_juridique"),
        naf_code=_text(result, "activite_principale"),
        headcount_band=_text(result, "tranche_effectif_salarie"),
        creation_date=_text(result, "date_creation"),
        is_open=_text(result, "etat_administratif") == "A",
        is_public=_text(result, "statut_diffusion") in {"O", ""},
        rna=_text(more, "identifiant_association"),
        is_ess=more.get("est_ess") is True,
        siae_kinds=tuple(str(kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)),
        places=tuple({place.siret: place for place in reversed(places) if place.siret}.values())[::-1],
    )


def _place(place: Mapping[str, Any], *, is_head_office: bool | None = None) -> FoundPlace:
    signs = place.get("liste_enseignes")
    sign = (
        signs[0] if isinstance(signs, list) and signs and isinstance(signs[0], str) else _text(place, "nom_commercial")
    )
    return FoundPlace(
        siret=_text(place, "siret"),
        is_head_office=bool(place.get("est_siege")) if is_head_office is None else is_head_office,
        is_open=_text(place, "etat_administratif") == "A",
        sign=sign,
        address=_text(place, "adresse"),
        postal_code=_text(place, "code_postal"),
        commune_code=_text(place, "commune"),
        latitude=_text(place, "latitude"),
        longitude=_text(place, "longitude"),
    )


def _mapping(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, (int, float)) else ""
