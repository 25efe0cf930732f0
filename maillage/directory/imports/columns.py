"""What a column may hold, and the titles under which people write it.

Words: a *target* is what a column is read as; most are fields of `directory/facts.py`, the others are pieces
from which `rows` makes facts. Titles come from our own files, Sirene, RNA, SCDL, the list of ESS France, the
Marché de l'inclusion, data.inclusion, the Recherche d'entreprises, and usual spreadsheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from maillage.kernel.text import fold


@dataclass(frozen=True)
class Target:
    """code; label: French, for the screen where columns are matched; titles: folded or not, best first."""

    code: str
    label: str
    titles: tuple[str, ...]


TARGETS: tuple[Target, ...] = (
    Target("external_id", "Identifiant dans votre fichier", (
        "id", "identifiant", "uid", "id structure", "structure id", "code structure",
    )),
    Target("name", "Nom de la structure", (
        "nom", "name", "nom de la structure", "nom structure", "structure", "nom de l'association", "association",
        "nom complet", "nom usuel", "titre", "organisme", "nom de l'organisme", "nom de l'organisation",
        "organisation", "raison sociale", "denomination", "denominationUniteLegale", "nom_raison_sociale",
        "nomBeneficiaire", "nom beneficiaire", "nom du beneficiaire", "nom attributaire", "entreprise",
        "nom de l'entreprise", "nom entreprise", "intitule", "libelle", "denomination usuelle",
    )),
    Target("legal_name", "Dénomination légale", (
        "legal_name", "denomination legale", "raison sociale legale", "nom legal", "nom officiel",
        "denomination sociale", "nom juridique",
    )),
    Target("acronym", "Sigle", ("acronym", "sigle", "sigleUniteLegale", "acronyme", "titre_court", "abreviation")),
    Target("siren", "SIREN", ("siren", "n siren", "numero siren", "code siren", "no siren", "numero de siren")),
    Target("place.siret", "SIRET", (
        "siret", "n siret", "numero siret", "code siret", "no siret", "idBeneficiaire", "siret siege",
        "siret du siege", "numero de siret", "siret de l'etablissement",
    )),
    Target("rna", "Numéro RNA", (
        "rna", "n rna", "numero rna", "code rna", "id rna", "waldec", "numero waldec", "rnaBeneficiaire",
        "identifiantAssociationUniteLegale", "identifiant association", "id association", "numero d'association",
    )),
    Target("family", "Famille de l’ESS", (
        "family", "famille", "famille ess", "famille de l'ess", "famille juridique", "type de structure ess",
    )),
    Target("legal_form", "Catégorie juridique", (
        "legal_form", "categorie juridique", "categorieJuridiqueUniteLegale", "nature juridique", "forme juridique",
        "statut juridique", "code categorie juridique", "nature",
    )),
    Target("naf_code", "Activité principale (NAF)", (
        "naf_code", "naf", "ape", "code naf", "code ape", "activite principale", "activitePrincipaleUniteLegale",
        "activitePrincipaleEtablissement", "naf ape",
    )),
    Target("description", "Présentation", (
        "description", "presentation", "presentation detail", "presentation_resume", "objet", "objet social",
        "resume", "descriptif", "en quelques mots",
    )),
    Target("activities", "Activités", ("activities", "activites", "activite", "domaine d'activite", "domaines")),
    Target("services", "Services rendus", ("services", "services rendus", "prestations", "offre de services")),
    Target("sector", "Secteur", ("secteur", "secteurs", "secteur d'activite", "secteur ess", "sectors")),
    Target("theme", "Thème", ("theme", "themes", "thematique", "thematiques")),
    Target("target_group", "Public", ("public", "publics", "public vise", "publics cibles", "beneficiaires")),
    Target("qualification", "Qualification (ESUS, ACI, ESAT…)", (
        "qualification", "qualifications", "type siae", "type_siae", "type de siae", "kind", "type de structure",
        "typologie", "labels", "agrement", "agrements",
    )),
    Target("is_esus", "Agrément ESUS (oui ou non)", ("esus", "agrement esus", "est esus", "is_esus")),
    Target("ess_flag", "Mention ESS au répertoire (oui ou non)", (
        "economieSocialeSolidaireUniteLegale", "est_ess", "ess", "appartenance ess",
    )),
    Target("website", "Site internet", (
        "website", "site internet", "site web", "site_web", "site", "url", "adresse internet", "contact_website",
        "web", "lien", "page internet", "www",
    )),
    Target("email", "Adresse électronique", (
        "email", "e-mail", "mail", "courriel", "adresse mail", "adresse email", "adresse electronique", "contact mail",
        "adresse e-mail",
    )),
    Target("phone", "Téléphone", (
        "phone", "telephone", "tel", "tel.", "numero de telephone", "telephone fixe", "no telephone", "contact phone",
    )),
    Target("headcount_band", "Tranche d’effectif", (
        "headcount_band", "tranche d'effectif", "trancheEffectifsUniteLegale", "tranche effectif salarie",
        "tranche effectifs", "code tranche effectif",
    )),
    Target("headcount_note", "Effectif en clair", ("headcount_note", "effectif", "effectifs", "nombre de salaries")),
    Target("creation_date", "Date de création", (
        "creation_date", "date de creation", "date creation", "dateCreationUniteLegale", "date_creat", "creation",
        "annee de creation",
    )),
    Target("closed_date", "Date de fermeture", (
        "closed_date", "date de fermeture", "date fermeture", "date de dissolution", "date_disso", "fermeture",
    )),
    Target("state", "État (ouverte ou fermée)", (
        "etat administratif", "etatAdministratifUniteLegale", "etatAdministratifEtablissement", "position",
        "position_activite", "etat", "is_active",
    )),
    Target("place.name", "Enseigne", (
        "place.name", "enseigne", "enseigne1Etablissement", "brand", "nom de l'etablissement", "nom commercial",
    )),
    Target("place.address", "Adresse", (
        "place.address", "adresse", "address", "adresse postale", "voie", "rue", "adresse 1", "adresse1",
        "adresse complete", "geo_adresse", "adresse du siege",
    )),
    Target("address_more", "Complément d’adresse", (
        "complement adresse", "complement d'adresse", "complement_adresse", "adresse 2", "adresse2",
        "complementAdresseEtablissement", "adrs_complement", "lieu-dit",
    )),
    Target("street_number", "Numéro dans la voie", ("numero voie", "numeroVoieEtablissement", "adrs_numvoie")),
    Target("street_suffix", "Bis, ter", ("indice repetition", "indiceRepetitionEtablissement", "adrs_repetition")),
    Target("street_type", "Type de voie", ("type voie", "typeVoieEtablissement", "adrs_typevoie", "type de voie")),
    Target("street_name", "Nom de la voie", (
        "libelle voie", "libelleVoieEtablissement", "adrs_libvoie", "nom de la voie", "nom voie",
    )),
    Target("place.postal_code", "Code postal", (
        "place.postal_code", "code postal", "codepostal", "cp", "post_code", "codePostalEtablissement",
        "adrs_codepostal", "postcode", "zip",
    )),
    Target("commune_code", "Code INSEE de la commune", (
        "place.commune_id", "code insee", "code_insee", "insee", "code commune", "codeCommuneEtablissement",
        "adrs_codeinsee", "citycode", "code commune insee", "commune code", "codgeo", "insee commune",
    )),
    Target("commune_name", "Commune", (
        "commune", "ville", "city", "libelle commune", "libelleCommuneEtablissement", "adrs_libcommune", "localite",
        "nom commune", "nom de la commune", "place.place_label", "commune du siege",
    )),
    Target("place.latitude", "Latitude", ("place.latitude", "latitude", "lat", "y wgs84")),
    Target("place.longitude", "Longitude", ("place.longitude", "longitude", "lon", "lng", "long", "x wgs84")),
    Target("point", "Coordonnées (latitude, longitude)", (
        "coordonnees", "geo_point_2d", "geo point", "gps", "coordonnees gps", "latlon", "geopoint", "geolocalisation",
    )),
    Target("place.opening_hours", "Horaires d’ouverture", (
        "place.opening_hours", "horaires", "horaires d'ouverture", "horaires_accueil", "horaires accueil",
        "opening_hours", "heures d'ouverture",
    )),
)  # fmt: skip
BY_CODE = {target.code: target for target in TARGETS}
# Several columns may feed these: their values add up.
MANY = frozenset({"sector", "theme", "target_group", "qualification"})


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """A title as titles are compared: `Dénomination_Unité` and `denominationUnite` are two spellings of one."""
    bare = title[:200].strip()
    if bare.lower().startswith(("n°", "nº")):  # « N° SIRET » says no more than « SIRET »
        bare = bare[2:]
    return fold(bare).replace(" ", "")


_KNOWN: dict[str, tuple[str, int]] = {}
for _target in TARGETS:
    for _rank, _title in enumerate((_target.code, _target.label, *_target.titles)):
        _KNOWN.setdefault(title_key(_title), (_target.code, _rank))


def recognise(title: str) -> tuple[str, int] | None:
    """The target that this title announces and how plainly (0 = its own name), or None."""
    key = title_key(title)
    # Long tables write the entity before the field ("structure_siret") or a star after what is required.
    return _KNOWN.get(key) or _KNOWN.get(key.removeprefix("structure"))
