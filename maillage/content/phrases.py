"""The French wording of the room that several screens share, and what its refusals say."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

EXAMPLE = "(donnée d’exemple)"
INDEX_TITLE = "Ressources"
NO_INDEX = "La liste des ressources n’est pas encore en place\u00a0: lancez «\u00a0maillage prepare\u00a0»."
NO_TITLE = "Donnez un titre à la ressource."
NO_SUMMARY = "Dites en une ou deux phrases à quoi elle sert."
NOT_HTTPS = "L’adresse commence par https://."
NOTHING_TO_READ = "Ajoutez un texte, un fichier ou un lien\u00a0: il n’y a rien à lire."
NOT_YET = "On ne vérifie pas une ressource à une date à venir."
NOT_PUBLIC = "Cette ressource n’est pas publiée."
TOO_LONG = "C’est trop long\u00a0: {most} signes au plus."
NOT_A_KIND = "Ce genre de fichier ne s’ouvre pas partout\u00a0: PDF, OpenDocument, Word, Excel ou CSV."
NOT_A_THEME = "Ce terme n’est pas un thème."

DEAD_LINK = "Le lien de la ressource «\u00a0{title}\u00a0» ne répond plus"
MISSING_FILE = "Le fichier de la ressource «\u00a0{title}\u00a0» manque"
ANSWERS_AGAIN = "Le lien ou le fichier est là de nouveau."
FILE_TROUBLE = "file"
TROUBLES = {
    "404": "page introuvable",
    "410": "page supprimée",
    "host": "site inconnu",
    FILE_TROUBLE: "fichier manquant",
}

LISTS = {
    "publiees": "Publiées",
    "a-verifier": "À vérifier",
    "a-reparer": "Lien ou fichier à revoir",
    "brouillons": "Brouillons",
}
KINDS = {
    "pdf": "PDF", "odt": "texte OpenDocument", "ods": "tableur OpenDocument", "odp": "diaporama OpenDocument",
    "docx": "texte Word", "xlsx": "tableur Excel", "pptx": "diaporama PowerPoint", "csv": "tableau CSV",
}  # fmt: skip

_RESOURCE = "content.resource"
FEED = (
    FeedLine(_RESOURCE, "create_resource", "requests", "{who} a ajouté la ressource {what}",
             "Ressource ajoutée : {what}"),
    FeedLine(_RESOURCE, "publish_resource", "requests", "{who} a publié la ressource {what}"),
    FeedLine(_RESOURCE, "withdraw_resource", "requests", "{who} a retiré la ressource {what}"),
    FeedLine(_RESOURCE, "verify_resource", "requests", "{who} a vérifié la ressource {what}"),
    FeedLine("wagtaildocs.document", "add_document", "requests", "{who} a ajouté le document {what}",
             "Document ajouté : {what}"),
    FeedLine("content.hub", "write_hub", "requests", "{who} a écrit la page du thème {what}"),
)  # fmt: skip
OUR_DOCUMENTS = "les documents des ressources"
CONDEMNED_FILE = "Le fichier de « {title} » portait un programme malveillant\u00a0: il est effacé. En donner un autre"
