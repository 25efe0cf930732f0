"""The French wording of the room that several screens share, and what its refusals say."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

EMPTY = "Dites en quelques mots ce qui manque."
TOO_LONG = "Cinq cents signes au plus : dites l’essentiel, nous vous appellerons s’il en faut plus."
NO_CONSENT = "Cochez la case : on n’écrit pas le besoin de quelqu’un sans son accord."
NOT_YOURS = "Vous ne faites pas partie de cette structure : dites ce besoin en votre nom."
NOT_PUBLISHED = "Ce besoin n’est pas publié : on ne peut pas s’y joindre."
NO_ADDRESS = (
    "Pour vous joindre à un besoin, donnez votre adresse électronique. Sans adresse, envoyez le vôtre tel quel."
)
GONE = "Ce besoin n’est plus là."
READ_BEFORE = "Quelqu’un a lu ce besoin entre-temps : regardez ce qui a été décidé."
NEEDS_REASON = "Dites pourquoi : la personne le lira."
GROUPED = "Ce besoin est dans un thème : sortez-le d’abord du thème."
NOTHING_TO_GROUP = "Cochez au moins un besoin."
NOT_TO_GROUP = "Un des besoins cochés n’est pas publié, ou est déjà dans un autre thème : rien n’a changé."
THEME_OVER = "Ce thème est terminé ou n’est pas retenu : choisissez-en un autre, ou ouvrez-en un."
NO_TITLE = "Donnez un titre au thème."
TITLE_TAKEN = "Un thème porte déjà ce titre."
DECISION_NEEDS_REASON = "Une décision se motive : dites pourquoi en une phrase, tout le monde la lira."
WRONG_ADDRESS = "L’adresse commence par / (une page de ce site) ou par https://."
WRONG_ORDER = "Ce thème en est à « {state} » : cette étape ne vient pas maintenant. Rien n’a changé."
WORKSHOP_TOO_LATE = "Ce thème est terminé ou n’est pas retenu : il n’y a plus d’atelier ni de projet dessus."
TAKE_BACK_NEEDS_REASON = "Dites pourquoi, en trois cents signes au plus : les personnes déjà prévenues le liront."
NOTHING_TO_TAKE_BACK = "Une étape se reprend le jour même. Il n’y en a pas d’aujourd’hui : dites plutôt la suivante."
HELD_BY_A_VOTE = "Cette étape vient d’une consultation : annulez la consultation, ou dites l’étape suivante."
SENTENCE_TOO_LONG = "Quatre cents signes au plus."

HEALTH = (
    "N’écrivez rien sur la santé d’une personne, ni son nom. Une personne de l’équipe vous lit avant que rien ne soit "
    "publié."
)
HEALTH_NOTED = "Rien sur la santé d’une personne, ni son nom."
CSV_COLUMNS = (
    "reference", "besoin", "pour_qui", "commune", "code_commune", "communaute_de_communes", "theme", "etat",
    "personnes", "dit_le", "donnee_exemple", "page",
)  # fmt: skip

# By value of `enums.ThemeState`. What each turn is called in the line of turns, and in the title of its letter.
PASSING = {"workshop": "Un atelier", "project": "Un projet est né"}
TURNS = {
    "gathered": "Regroupé avec des besoins semblables",
    "to_vote": "Mis au vote",
    "chosen": "Retenu",
    "not_chosen": "Pas retenu",
    "in_call": "Dans un appel à projets",
    "open": "Ouvert",
    "closed": "Terminé",
}
TONES = {
    "gathered": "info", "to_vote": "warning", "chosen": "done",
    "not_chosen": "late", "in_call": "ess", "open": "done", "closed": "neutral",
}  # fmt: skip

_NEED, _THEME = "needs.need", "needs.theme"
FEED = (
    FeedLine(_NEED, "say_need", "requests", "{who} a noté un besoin : {what}", "Quelqu’un dit un besoin : {what}"),
    FeedLine(_NEED, "publish_need", "requests", "{who} a publié {what}"),
    FeedLine(_NEED, "set_aside", "requests", "{who} a mis de côté {what}"),
    FeedLine(_NEED, "ungroup", "requests", "{who} a sorti {what} de son thème"),
    FeedLine(_THEME, "propose_theme", "requests", "{who} a ouvert le thème {what}"),
    FeedLine(_THEME, "group_needs", "requests", "{who} a regroupé des besoins dans {what}"),
    FeedLine(_THEME, "workshop", "strategy", "{who} a monté un atelier sur {what}", "Un atelier se monte sur {what}"),
    FeedLine(_THEME, "take_back", "strategy", "{who} a repris une étape de {what}", "Une étape de {what} est reprise"),
    FeedLine(_THEME, "turn", "strategy", "{who} a fait avancer le thème {what}", "Le thème {what} avance"),
)

# What comes next, said under the line of turns.
NEXT_NEW = "Ensuite : une personne de l’équipe le lit, puis le publie ou dit pourquoi non."
NEXT_ALONE = "Ensuite : il sera rapproché des besoins qui lui ressemblent."
NEXT = {
    "gathered": "Ensuite : ce thème pourra être mis au vote.",
    "to_vote": "Ensuite : le résultat du vote, avec ses raisons.",
    "chosen": "Ensuite : les appels à projets pourront proposer ce thème.",
    "in_call": "Ensuite : des projets répondent, et l’un d’eux ouvre peut-être.",
    "not_chosen": "Il peut revenir au vote une autre année.",
}
SAID, PUBLISHED, SET_ASIDE = "Dit", "Lu et publié", "Mis de côté"


def with_others(people: int) -> str:
    """« Regroupé avec 7 autres », of how many people there are in all behind the theme."""
    others = max(people - 1, 0)
    if not others:
        return "Premier besoin de ce thème."
    return f"Regroupé avec {others}\u00a0{'autre' if others == 1 else 'autres'}."


# On paper.
PAPER = {
    "title": "Dites ce qui manque",
    "lead": "Un car, un café, un coup de main\u2026 Dites-le en une phrase\u00a0: l’équipe du territoire vous lit.",
    "words": "Que manque-t-il\u202f?",
    "audience": "Pour qui\u202f?",
    "place": "Dans quelle commune\u202f?",
    "everywhere": "Partout",
    "contact": "Pour savoir ce que ça devient (si vous voulez)\u00a0: votre adresse électronique",
    "consent": "Je suis d’accord pour que ce besoin soit publié, sans mon nom.",
    "health": "N’écrivez rien sur la santé d’une personne.",
    "qr_text": "Plus vite sur le téléphone",
}
PAPER_BACK = "À rendre à l’accueil qui vous l’a donnée, ou à l’équipe du territoire"
