"""The French wording of the directory: one file an editor can proofread."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

# Why an organisation is said to belong to the ESS, or not (codes of pipelines/contracts).
ESS_REASONS = {
    "sirene_flag": "Le répertoire Sirene la déclare de l’économie sociale et solidaire.",
    "ess_list": "Elle figure dans la liste des entreprises de l’ESS publiée par ESS France.",
    "esus": "Elle a l’agrément « entreprise solidaire d’utilité sociale » (ESUS).",
    "core_category": "Sa forme juridique relève de l’ESS (loi du 31 juillet 2014, article 1).",
    "category_to_confirm": "Sa forme juridique peut relever de l’ESS : une personne doit le confirmer.",
    "commercial_without_flag": "Sa forme juridique ne suffit pas : il faut une mention au répertoire ou un agrément.",
    "naf_excluded": "Son activité principale est hors du champ de l’ESS (administration, syndicat, culte…).",
    "category_outside": "Sa forme juridique ne relève pas de l’ESS.",
    "category_unknown": "Sa forme juridique n’est pas connue : une personne doit le confirmer.",
    "document": "Le document de la stratégie la cite parmi les acteurs de l’ESS.",
    "partner": "C’est un partenaire qui accompagne les projets.",
    "person": "Une personne du territoire en a décidé.",
}

# Whose voice the public reads in the place of a name (kinds of kernel.Source).
PUBLIC_VOICES = {"person": "Une personne du territoire", "owner": "La structure elle-même"}

FIELD_LABELS = {
    "name": "Nom",
    "acronym": "Sigle",
    "legal_name": "Dénomination légale",
    "siren": "SIREN",
    "rna": "Numéro RNA",
    "family": "Famille de l’ESS",
    "legal_form": "Catégorie juridique",
    "naf_code": "Activité principale (NAF)",
    "naf_version": "Version de la NAF",
    "terms": "Secteurs, thèmes et publics",
    "description": "Présentation",
    "activities": "Activités",
    "services": "Services rendus",
    "served_area": "Zone d’action",
    "website": "Site internet",
    "email": "Adresse électronique",
    "phone": "Téléphone",
    "contact_consent_at": "Accord pour publier le contact",
    "contact_consent_note": "Comment l’accord a été donné",
    "picture_id": "Image",
    "picture_alt": "Texte de remplacement de l’image",
    "picture_credit": "Crédit de l’image",
    "ess_verdict": "Appartenance à l’ESS",
    "ess_reason": "Motif de l’appartenance",
    "ess_overridden": "Appartenance décidée par une personne",
    "ess_note": "Explication de la décision",
    "headcount_band": "Effectif salarié",
    "headcount_note": "Effectif en clair",
    "creation_date": "Date de création",
    "closed_date": "Date de fermeture",
    "status": "État de la fiche",
    "is_example": "Donnée d’exemple",
    "is_partner": "Partenaire de l’accompagnement",
    "verified_at": "Vérifiée le",
    "qualifications": "Qualifications",
    "place.siret": "SIRET",
    "place.name": "Enseigne",
    "place.is_head_office": "Siège",
    "place.address": "Adresse",
    "place.postal_code": "Code postal",
    "place.commune_id": "Commune (code INSEE)",
    "place.place_label": "Commune telle que reçue",
    "place.latitude": "Latitude",
    "place.longitude": "Longitude",
    "place.is_point_exact": "Point à l’adresse",
    "place.opening_hours": "Horaires d’ouverture",
    "place.closed_date": "Fermeture de l’établissement",
    "other_places": "Autres lieux",
    "merged_into": "Fusionnée dans la fiche",
    "merged_from": "Fiche reprise",
    "former_slugs": "Adresses reprises",
    "duplicate": "Doublon possible",
    "doubt": "Doute",
}

# What a long import does now (ImportRun.stage; the middle ones are the steps of pipelines/progress).
IMPORT_STAGES = {
    "fetch": "Lecture du service, page par page",
    "download": "Téléchargement des fichiers",
    "check": "Vérification de l’édition",
    "units": "Lecture des unités légales de toute la France",
    "establishments": "Lecture des établissements de toute la France",
    "publish": "Rangement de la sélection nationale",
    "cut": "Découpe du territoire",
    "compare": "Comparaison avec l’annuaire",
    "write": "Écriture des fiches",
}

_SHEET = "directory.organisation"
FEED = (
    FeedLine(_SHEET, "create", "sheets", "{who} crée la fiche de {what}", "Une fiche est créée : {what}"),
    FeedLine(_SHEET, "revise", "sheets", "{who} modifie {what}", "La structure corrige sa fiche : {what}"),
    FeedLine(_SHEET, "verify", "sheets", "{who} confirme {what}", "La structure confirme sa fiche : {what}"),
    FeedLine(_SHEET, "publish", "sheets", "{who} publie {what}"),
    FeedLine(_SHEET, "archive", "sheets", "{who} archive {what}"),
    FeedLine(_SHEET, "review", "sheets", "{who} remet à qualifier {what}"),
    FeedLine(_SHEET, "revert", "sheets", "{who} remet {what} comme avant"),
    FeedLine(_SHEET, "follow_rule", "sheets", "{who} rend à la règle le verdict sur {what}"),
    FeedLine("directory.importrun", "force", "sheets", "{who} continue un import quand même"),
    FeedLine("directory.importrun", "stop", "sheets", "{who} arrête un import"),
    FeedLine("directory.importrun", "abandon", "sheets", "{who} abandonne un import"),
)  # fmt: skip
VERBS = {
    "create": "Création",
    "revise": "Modification",
    "publish": "Publication",
    "archive": "Archivage",
    "review": "Remise à qualifier",
    "merge": "Fusion",
    "undo": "Annulation",
    "set_distinct": "Dites différentes",
    "delete": "Suppression",
    "revert": "Retour à une version antérieure",
    "verify": "Vérification",
    "settle": "Doute réglé",
    "follow_rule": "Retour à la règle de l’ESS",
    "force": "Import continué quand même",
    "stop": "Import arrêté",
    "abandon": "Import abandonné",
}
