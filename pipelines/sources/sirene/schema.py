"""Columns of the two Sirene stock files: the whole header, and the part that we read.

Words: a unit is an "unité légale" (one SIREN), an establishment is one of its places (one SIRET).
Neighbours: `stock` checks a file against this, `staging.sirene` types it, `synthetic` writes made-up files.
Source: description of the stock files by INSEE, columns of NAF 2025 added on 16 December 2025.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["code", "text", "date", "boolean", "number"]

_UNIT_STEMS = """siren statutDiffusion+ unitePurgee+ dateCreation+ sigle+ sexe+ prenom1+ prenom2+ prenom3+ prenom4+
prenomUsuel+ pseudonyme+ identifiantAssociation+ trancheEffectifs+ anneeEffectifs+ dateDernierTraitement+
nombrePeriodes+ categorieEntreprise anneeCategorieEntreprise dateDebut etatAdministratif+ nom+ nomUsage+
denomination+ denominationUsuelle1+ denominationUsuelle2+ denominationUsuelle3+ categorieJuridique+
activitePrincipale+ nomenclatureActivitePrincipale+ nicSiege+ economieSocialeSolidaire+ societeMission+
caractereEmployeur+ activitePrincipaleNAF25+"""
_SECOND_ADDRESS = """complementAdresse2+ numeroVoie2+ indiceRepetition2+ typeVoie2+ libelleVoie2+ codePostal2+
libelleCommune2+ libelleCommuneEtranger2+ distributionSpeciale2+ codeCommune2+ codeCedex2+ libelleCedex2+
codePaysEtranger2+ libellePaysEtranger2+"""
_ESTABLISHMENT_STEMS = f"""siren nic siret statutDiffusion+ dateCreation+ trancheEffectifs+ anneeEffectifs+
activitePrincipaleRegistreMetiers+ dateDernierTraitement+ etablissementSiege nombrePeriodes+ complementAdresse+
numeroVoie+ indiceRepetition+ dernierNumeroVoie+ indiceRepetitionDernierNumeroVoie+ typeVoie+ libelleVoie+
codePostal+ libelleCommune+ libelleCommuneEtranger+ distributionSpeciale+ codeCommune+ codeCedex+ libelleCedex+
codePaysEtranger+ libellePaysEtranger+ identifiantAdresse+ coordonneeLambertAbscisse+ coordonneeLambertOrdonnee+
{_SECOND_ADDRESS} dateDebut etatAdministratif+ enseigne1+ enseigne2+ enseigne3+ denominationUsuelle+
activitePrincipale+ nomenclatureActivitePrincipale+ caractereEmployeur+ activitePrincipaleNAF25+"""

UNIT_HEADER = tuple(_UNIT_STEMS.replace("+", "UniteLegale").split())
ESTABLISHMENT_HEADER = tuple(_ESTABLISHMENT_STEMS.replace("+", "Etablissement").split())


@dataclass(frozen=True, slots=True)
class Column:
    """A column that we read: its name at INSEE, ours, how to type it.

    width: digits of a code, to give back zeros lost by a file that stored it as a number.
    is_optional: absent from older editions; read as empty then.
    """

    source: str
    name: str
    kind: Kind
    width: int = 0
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class StockSchema:
    """One of the two stock files."""

    name: str
    header: tuple[str, ...]
    columns: tuple[Column, ...]


UNITS = StockSchema(
    "StockUniteLegale",
    UNIT_HEADER,
    (
        Column("siren", "siren", "code", 9),
        Column("statutDiffusionUniteLegale", "diffusion", "code"),
        Column("dateCreationUniteLegale", "creation_date", "date"),
        Column("sigleUniteLegale", "acronym", "text"),
        Column("identifiantAssociationUniteLegale", "rna", "text", is_optional=True),
        Column("trancheEffectifsUniteLegale", "headcount_band", "code", 2),
        Column("dateDebut", "period_start_date", "date"),
        Column("etatAdministratifUniteLegale", "state", "code"),
        Column("denominationUniteLegale", "name", "text"),
        Column("denominationUsuelle1UniteLegale", "usual_name", "text"),
        Column("categorieJuridiqueUniteLegale", "legal_category", "code", 4),
        Column("activitePrincipaleUniteLegale", "naf", "text"),
        Column("nomenclatureActivitePrincipaleUniteLegale", "naf_list", "code"),
        Column("nicSiegeUniteLegale", "head_office_nic", "code", 5),
        Column("economieSocialeSolidaireUniteLegale", "ess_flag", "code"),
        Column("activitePrincipaleNAF25UniteLegale", "naf25", "text", is_optional=True),
    ),
)
ESTABLISHMENTS = StockSchema(
    "StockEtablissement",
    ESTABLISHMENT_HEADER,
    (
        Column("siren", "siren", "code", 9),
        Column("siret", "siret", "code", 14),
        Column("statutDiffusionEtablissement", "diffusion", "code"),
        Column("dateCreationEtablissement", "creation_date", "date"),
        Column("trancheEffectifsEtablissement", "headcount_band", "code", 2),
        Column("etablissementSiege", "is_head_office", "boolean"),
        Column("complementAdresseEtablissement", "address_complement", "text"),
        Column("numeroVoieEtablissement", "street_number", "text"),
        Column("indiceRepetitionEtablissement", "street_number_suffix", "text"),
        Column("typeVoieEtablissement", "street_type", "text"),
        Column("libelleVoieEtablissement", "street_name", "text"),
        Column("codePostalEtablissement", "postal_code", "code", 5),
        Column("distributionSpecialeEtablissement", "post_box", "text"),
        Column("codeCommuneEtablissement", "commune_code", "code", 5),
        Column("coordonneeLambertAbscisseEtablissement", "lambert_x", "number", is_optional=True),
        Column("coordonneeLambertOrdonneeEtablissement", "lambert_y", "number", is_optional=True),
        Column("dateDebut", "period_start_date", "date"),
        Column("etatAdministratifEtablissement", "state", "code"),
        Column("enseigne1Etablissement", "sign", "text"),
        Column("denominationUsuelleEtablissement", "usual_name", "text"),
        Column("activitePrincipaleEtablissement", "naf", "text"),
        Column("nomenclatureActivitePrincipaleEtablissement", "naf_list", "code"),
        Column("activitePrincipaleNAF25Etablissement", "naf25", "text", is_optional=True),
    ),
)
