"""What schemes and calls say, and refuse."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

# By value of CallState: what the button that moves a call there says.
STEPS = {
    "review": "Passer en instruction",
    "decided": "Noter comme décidé",
    "archived": "Archiver l’appel",
}
NO_TITLE = "Donnez un titre."
NO_LEGAL_BASIS = "Dites sur quelle délibération ou quel texte le dispositif s’appuie."
TITLE_TAKEN = "Cette autorité a déjà un dispositif de ce nom."
WRONG_YEAR = "Choisissez une année entre 2020 et 2100."
BELOW_AWARDED = "Cette enveloppe a déjà servi : elle ne peut pas descendre sous {awarded}."
LOOKS_LIKE_A_PURCHASE = (
    "Attention : si la collectivité définit elle-même ce qui est à faire, ce n’est pas une subvention mais un marché "
    "public (loi n° 2000-321, art. 9-1). Relisez avec le service juridique."
)
CLOSES_BEFORE_IT_OPENS = "La clôture vient après l’ouverture."
LEAST_OVER_MOST = "L’aide la plus petite ne dépasse pas la plus grande."
RULES_ARE_FIXED = (
    "L’appel est publié : ses règles d’argent, ses critères et ses pièces ne changent plus, pour que chacun soit "
    "traité pareil. Vous pouvez repousser la clôture, corriger les textes ou le formulaire."
)
CLOSE_ONLY_LATER = "La clôture d’un appel publié peut être repoussée, jamais avancée."
WEIGHTS = "Les poids des critères font 100 ensemble : ils font {total}."
TWICE = "« {label} » est écrit deux fois."
NO_OPTIONS = "Donnez au moins deux choix à la question « {label} », un par ligne."
TOO_MANY = "Trente au plus."
NOT_READY = "Il manque encore quelque chose : voyez la liste."
PUBLISHED_ALREADY = "Cet appel est déjà publié."
NOT_PUBLISHED = "Cet appel n’est pas publié."
SAY_WHY = "Dites pourquoi : la raison reste au dossier."
REOPEN_LATER = "Choisissez un moment à venir."
STILL_OPEN = "L’appel est encore ouvert."
NO_QUESTION = "Écrivez votre question."
NO_ANSWER = "Écrivez une réponse."
OFFERED = "Ce thème est dans l’appel « {call} ». Vous pouvez y répondre, ou le faire savoir."

# By value of CallState: tones of badges.
STATE_TONES = {
    "draft": "neutral", "published": "info", "open": "done", "closed": "neutral", "review": "warning",
    "decided": "info", "archived": "neutral",
}  # fmt: skip
# What must be there before a call is published: key → (label, what to do).
BEFORE = {
    "line": ("Une enveloppe", "Choisissez l’année de l’enveloppe sur laquelle l’appel est payé."),
    "budget": (
        "Un montant dans l’enveloppe",
        "Le montant de l’appel est plus grand que zéro, et tient dans ce qui reste.",
    ),
    "dates": ("Une ouverture et une clôture", "Donnez les deux moments, la clôture à venir."),
    "themes": ("Un thème", "Choisissez un thème retenu par une consultation, ou dites pourquoi un autre sujet."),
    "criteria": ("Des critères qui font 100", "Donnez au moins un critère ; leurs poids font 100."),
    "words": ("Ce qu’il veut soutenir", "Écrivez ce que l’appel veut soutenir, et les dépenses prises en compte."),
    "contact": ("À qui parler", "Dites qui répond aux questions, et comment."),
}
# Each new call starts from these; they are changed at will.
CRITERIA = (
    ("Réponse à un besoin du territoire", "Le besoin est dit, et quelqu’un l’a entendu ici.", 25),
    ("Utilité sociale et nouveauté", "Ce que le projet change, pour qui, et ce qui n’existait pas.", 20),
    ("Viabilité et emploi", "Le budget tient, et ce qui se passe après l’aide.", 20),
    ("Ancrage et partenaires", "Qui y prend part, sur quelles communes.", 15),
    ("Participation", "Les personnes concernées décident.", 10),
    ("Transition écologique", "Ce que le projet épargne ou répare.", 10),
)
PIECES = (
    ("Statuts à jour", "statutes", True),
    ("RIB au nom de la structure", "bank", True),
    ("Comptes de la dernière année", "accounts", True),
    ("Rapport d’activité", "report", False),
    ("Devis des dépenses les plus grandes", "", False),
)
FEED = (
    FeedLine("calls.call", "publish_call", "grants", "{who} a publié {what}"),
    FeedLine("calls.call", "reopen_call", "grants", "{who} a rouvert {what}"),
    FeedLine("calls.call", "answer_question", "grants", "{who} a répondu à une question sur {what}"),
)
