"""The shapes of the open API, with the French words and examples its documentation shows."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema


class Filters(Schema):
    """The filters of the directory. A value that does not exist is left aside, and `avertissements` says so."""

    q: str = Field("", description="Mots cherchés : accents, pluriels et fautes légères sont tolérés.")
    famille: list[str] = Field([], description="Famille de l’ESS : `association`, `cooperative`, `mutual`…")
    secteur: list[str] = Field([], description="Secteur d’activité. Les valeurs sont dans `/facettes`.")
    theme: list[str] = Field([], description="Thème de la stratégie.")
    public: list[str] = Field([], description="Public accueilli.")
    cc: list[str] = Field([], description="SIREN d’une communauté de communes.")
    commune: list[str] = Field([], description="Code INSEE d’une commune.")
    qualification: list[str] = Field([], description="Agrément ou label valable aujourd’hui.")
    ouvert: str = Field("", description="`1` : seulement ce qui est ouvert maintenant.")
    bbox: str = Field("", description="Cadre : `ouest,sud,est,nord`, en degrés WGS 84.")
    lat: str = Field("", description="Latitude d’un point, avec `lon`.")
    lon: str = Field("", description="Longitude d’un point, avec `lat`.")
    rayon_km: str = Field("", description="Distance autour du point, ou de la seule commune demandée (1 à 200).")


class Page(Schema):
    """How the list is read page by page."""

    limit: int = Field(50, ge=1, le=100, description="Nombre de structures par page, 100 au plus.")
    cursor: str = Field(
        "", max_length=40, description="Valeur de `curseur_suivant` de la page précédente. Ne la fabriquez pas."
    )


class OrganisationOut(Schema):
    """One published organisation. No telephone, no e-mail, no name of a person."""

    identifiant: str = Field(description="Adresse de la fiche dans l’annuaire, stable.")
    nom: str
    sigle: str | None
    famille: str | None
    secteurs: list[str]
    themes: list[str]
    publics: list[str]
    presentation: str | None
    activites: str | None
    services: str | None
    qualifications: list[str] = Field(description="Agréments et labels, avec leurs dates.")
    adresse: str | None
    code_postal: str | None
    commune: str | None
    code_insee: str | None
    epci: str | None
    siren_epci: str | None
    latitude: float | None = Field(description="Degrés WGS 84 ; à défaut d’adresse, centre de la commune.")
    longitude: float | None
    point_exact: bool = Field(description="Vrai : point à l’adresse. Faux : centre de la commune.")
    horaires: str | None = Field(description="Syntaxe `opening_hours` d’OpenStreetMap.")
    site_internet: str | None
    siren: str | None
    siret: str | None
    rna: str | None
    ess: str = Field(description="Appartenance à l’économie sociale et solidaire.")
    date_de_creation: str | None
    fiche: str = Field(description="Page de la structure.")
    source: str | None = Field(description="Origine du nom. Les autres faits ont la leur sur la fiche.")
    date_de_la_source: str | None
    verifiee_le: str | None
    non_confirmee_depuis: str | None = Field(
        description="Dernière confirmation connue, quand personne n’a plus rien dit depuis 12 mois et 30 jours."
    )
    modifiee_le: str
    donnee_exemple: bool = Field(description="Vrai : fiche inventée pour la démonstration.")


class OrganisationsOut(Schema):
    total: int = Field(description="Nombre de structures qui répondent, toutes pages comprises.")
    organisations: list[OrganisationOut]
    curseur_suivant: str | None = Field(description="À donner dans `cursor` pour la suite ; vide à la fin.")
    suivant: str | None = Field(description="Adresse de la page suivante.")
    avertissements: list[str] = Field(description="Ce qui n’a pas été pris en compte, et pourquoi.")


class FacetOut(Schema):
    valeur: str
    libelle: str
    nombre: int


class FacetsOut(Schema):
    total: int
    ouvert_maintenant: int | None
    facettes: dict[str, list[FacetOut]] = Field(description="Par filtre, les valeurs possibles et leur nombre exact.")
    avertissements: list[str]


class CommuneOut(Schema):
    code: str = Field(description="Code INSEE.")
    nom: str
    codes_postaux: list[str]
    siren_epci: str | None
    latitude: float | None = Field(description="Centre, en degrés WGS 84.")
    longitude: float | None
    population: int | None = Field(description="Population municipale du dernier recensement.")
    annee_population: int | None


class EpciOut(Schema):
    siren: str
    nom: str
    nature: str
    communes: int


class TerritoryOut(Schema):
    siren: str
    nom: str
    nature: str
    epci: list[EpciOut]
    communes: list[CommuneOut]


class Problem(Schema):
    """An error, in the form of RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def example_organisation(site: str) -> dict[str, Any]:
    """An invented organisation, for the documentation."""
    return {
        "identifiant": "ressourcerie-du-port", "nom": "Ressourcerie du Port", "sigle": None,
        "famille": "Association", "secteurs": ["Commerce"], "themes": ["Réemploi"], "publics": ["Tout public"],
        "presentation": None, "activites": "Collecte, réparation et vente d’objets d’occasion.", "services": None,
        "qualifications": ["Atelier et chantier d’insertion (ACI) (depuis le 01/01/2024)"],
        "adresse": "12 quai du Port", "code_postal": "80200", "commune": "Péronne", "code_insee": "80620",
        "epci": "CC de la Haute Somme", "siren_epci": "200037059", "latitude": 49.93, "longitude": 2.935,
        "point_exact": True, "horaires": "Tu-Sa 09:00-12:00,14:00-18:00", "site_internet": None, "siren": None,
        "siret": None, "rna": "W802000000", "ess": "Relève de l’ESS", "date_de_creation": "2012-05-01",
        "fiche": f"{site}/annuaire/ressourcerie-du-port/", "source": "Répertoire national des associations",
        "date_de_la_source": "2026-11-01", "verifiee_le": None,
        "non_confirmee_depuis": None, "modifiee_le": "2026-11-20", "donnee_exemple": True,
    }  # fmt: skip
