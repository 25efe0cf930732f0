"""The closed lists of the directory, in the field's own words."""

from __future__ import annotations

from django.db import models


class Family(models.TextChoices):
    """Families of the ESS by law 2014-856, art. 1; empty = unknown."""

    ASSOCIATION = "association", "Association"
    COOPERATIVE = "cooperative", "Coopérative"
    MUTUAL = "mutual", "Mutuelle"
    FOUNDATION = "foundation", "Fondation"
    COMMERCIAL_ESS = "commercial_ess", "Société commerciale de l’ESS"


class Status(models.TextChoices):
    """Where a sheet stands; only published ones are seen by the public."""

    TO_REVIEW = "to_review", "À qualifier"
    PUBLISHED = "published", "Publiée"
    ARCHIVED = "archived", "Archivée"


class EssVerdict(models.TextChoices):
    """Does it belong to the ESS? Always with its reason."""

    YES = "yes", "Relève de l’ESS"
    TO_CONFIRM = "to_confirm", "À confirmer"
    NO = "no", "Hors ESS"


class NafVersion(models.TextChoices):
    REV2 = "rev2", "NAF rév. 2"
    NAF2025 = "2025", "NAF 2025"


class TermKind(models.TextChoices):
    SECTOR = "sector", "Secteur"
    THEME = "theme", "Thème"
    TARGET_GROUP = "target_group", "Public"


class QualificationKind(models.TextChoices):
    """Accreditations, labels and structure types: each with its dates and evidence."""

    ESUS = "esus", "Agrément ESUS"
    EI = "EI", "Entreprise d’insertion (EI)"
    AI = "AI", "Association intermédiaire (AI)"
    ACI = "ACI", "Atelier et chantier d’insertion (ACI)"
    ETTI = "ETTI", "Entreprise de travail temporaire d’insertion (ETTI)"
    EITI = "EITI", "Entreprise d’insertion par le travail indépendant (EITI)"
    GEIQ = "GEIQ", "Groupement d’employeurs pour l’insertion et la qualification (GEIQ)"
    EA = "EA", "Entreprise adaptée (EA)"
    EATT = "EATT", "Entreprise adaptée de travail temporaire (EATT)"
    ESAT = "ESAT", "Établissement et service d’accompagnement par le travail (ESAT)"
    NEIGHBOURHOOD_COMPANY = "neighbourhood_company", "Régie de quartier ou de territoire"
    EBE = "EBE", "Entreprise à but d’emploi (EBE)"
    REUSE_CENTRE = "reuse_centre", "Ressourcerie, recyclerie"
    THIRD_PLACE = "third_place", "Tiers-lieu"
    WORKER_COOPERATIVE = "worker_cooperative", "Société coopérative de production (SCOP)"
    MULTI_STAKEHOLDER_COOPERATIVE = (
        "multi_stakeholder_cooperative",
        "Société coopérative d’intérêt collectif (SCIC)",
    )
    BUSINESS_EMPLOYMENT_COOPERATIVE = (
        "business_employment_cooperative",
        "Coopérative d’activité et d’emploi (CAE)",
    )
    FARM_MACHINERY_COOPERATIVE = (
        "farm_machinery_cooperative",
        "Coopérative d’utilisation de matériel agricole (CUMA)",
    )
    TERRITORIAL_CLUSTER = "territorial_cluster", "Pôle territorial de coopération économique (PTCE)"
    SOCIAL_CENTRE = "social_centre", "Centre social"
    PRODUCTION_SCHOOL = "production_school", "École de production"
    SOCIAL_GROCERY = "social_grocery", "Épicerie sociale ou solidaire"
    EMPLOYERS_GROUP = "employers_group", "Groupement d’employeurs"
    MISSION_COMPANY = "mission_company", "Société à mission"


# Work integration (IAE, code du travail L5132-4): being one is not the same as belonging to the ESS.
SIAE_KINDS = frozenset({"EI", "AI", "ACI", "ETTI", "EITI"})


class FlagCode(models.TextChoices):
    """Doubts raised by a check; a person settles them, nothing is dropped."""

    BAD_SIREN = "bad_siren", "SIREN à la clé fausse"
    BAD_SIRET = "bad_siret", "SIRET à la clé fausse"
    CLOSED = "closed", "Fermée selon la source"
    CLOSED_SIRET = "closed_siret", "SIRET fermé au répertoire"
    OUTSIDE_COMMUNE = "outside_commune", "Point en dehors de sa commune"
    SWAPPED_POINT = "swapped_point", "Latitude et longitude interverties"
    OUTSIDE_TERRITORY = "outside_territory", "Commune hors du territoire"
    UNKNOWN_COMMUNE = "unknown_commune", "Commune non reconnue"
    BAD_HOURS = "bad_hours", "Horaires illisibles"
    ESS_TO_CONFIRM = "ess_to_confirm", "Appartenance à l’ESS à confirmer"


# Raised and closed by a comparison with a register (`check_sirets`), not by reading the sheet alone.
KEPT_BY_OTHERS = frozenset({FlagCode.CLOSED_SIRET})


class HeadcountBand(models.TextChoices):
    """Sirene bands (code as published). The exact number is not public: never added up."""

    NN = "NN", "Sans salarié"
    B00 = "00", "Aucun salarié au 31 décembre"
    B01 = "01", "1 ou 2 salariés"
    B02 = "02", "3 à 5 salariés"
    B03 = "03", "6 à 9 salariés"
    B11 = "11", "10 à 19 salariés"
    B12 = "12", "20 à 49 salariés"
    B21 = "21", "50 à 99 salariés"
    B22 = "22", "100 à 199 salariés"
    B31 = "31", "200 à 249 salariés"
    B32 = "32", "250 à 499 salariés"
    B41 = "41", "500 à 999 salariés"
    B42 = "42", "1 000 à 1 999 salariés"
    B51 = "51", "2 000 à 4 999 salariés"
    B52 = "52", "5 000 à 9 999 salariés"
    B53 = "53", "10 000 salariés et plus"
