"""The French wording of the room that several screens share, and what its refusals say."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

NO_IDEA = "Dites votre idée en quelques mots, même si elle est encore floue."
TOO_LONG = "Deux mille signes au plus : l’essentiel suffit, nous en parlerons ensemble."
NO_NAME = "Dites comment vous appeler."
NO_WAY_BACK = "Donnez une adresse électronique ou un téléphone : sans cela, personne ne peut vous répondre."
ADDRESS_FOR_LATER = "Pour finir plus tard, donnez votre adresse : une lettre vous ramènera ici."
NO_CONSENT = "Cochez la case : on n’ouvre pas le dossier de quelqu’un sans son accord."
GONE = "Cette demande n’est plus là."
ACCOUNT_CLOSED = "Le compte de cette adresse est fermé : appelez-nous."
ALREADY_HOLDER = "Vous portez déjà ce projet, avec une autre adresse."
CLOSED = "Ce dossier est clos. L’équipe du territoire peut le rouvrir."
NOT_CLOSED = "Ce dossier n’est pas clos."
NO_WORDS = "Écrivez quelques mots."
NOBODY_READS = (
    "Personne ne peut encore vous lire : la personne n’a pas confirmé d’adresse. Appelez-la, puis notez l’entretien."
)
IN_THE_FUTURE = "Ce jour n’est pas encore venu."
EIGHT_MARKS = "Les huit sujets se notent de 0 à 3."
NO_MARK = "Choisissez un niveau pour un sujet au moins."
NOT_MARKED = "Pas encore abordé"
CLOSED_NEWS_LATER = "Dossier clos. Des nouvelles seront demandées à 6, 12 et 36 mois."
CLOSED_FOR_GOOD = "Dossier clos. Avec cette issue, aucune nouvelle ne sera demandée."
NO_TITLE = "Donnez un titre."
ANSWER_FIRST = "Répondez d’abord : un dossier sans réponse ne se met pas en pause."
RESUME_LATER = "Choisissez un jour à venir : c’est ce jour-là que le suivi reprend."
SAME_PERSON = "Choisissez une autre personne."
KNOWN_ADDRESS = "Cette adresse est déjà dans le dossier."
LAST_HOLDER = "Un dossier garde au moins une personne qui porte le projet."
WRONG_ADDRESS = "L’adresse commence par / (une page de ce site) ou par https://."
RESOURCE_GONE = "Cette ressource n’est plus publiée : choisissez-en une autre."
MOVED = "Cette recommandation a changé entre-temps : relisez-la."
SAY_WHY = "Dites pourquoi ce partenaire : la personne le lira."
SAY_WHAT = "Écrivez ce qui sera dit au partenaire : la personne l’accepte mot pour mot."
REFERRED_ALREADY = "Ce partenaire est déjà proposé pour ce projet."
REFERRAL_OVER = "Cette mise en relation est terminée."
TOLD_ALREADY = "Le partenaire a déjà été sollicité : appelez-nous pour arrêter."
RATE_LATER = "Cela se dit une fois la mise en relation terminée."
PARTNER_ANSWERED = "Le partenaire a répondu."
SAY_OUTCOME = "Dites en une phrase ce que le projet est devenu."
ENDED_WITH_FILE = "Terminée avec le dossier."
NEWS_CAME = "Les nouvelles sont arrivées."
FOLLOWED_AGAIN = "Le dossier est rouvert."
NO_ORGANISATION = "Choisissez une structure de l’annuaire, ou écrivez un nom."
INVOLVED_ALREADY = "Cette structure y est déjà, ou il y a déjà un chef de file."
HALF_DAYS = "De 1 à 20 demi-journées."
NAME_TAKEN = "Un partenaire porte déjà ce nom."

PUBLIC_WORDS = "Écrivez ce que tous liront : une à trois phrases, quatre cents signes au plus."
NO_CONSENT_TO_SHOW = "Cochez la case : un projet ne se montre qu’avec l’accord de la personne qui le porte."
WORKSHOP_TO_COME = "Cet atelier n’a pas encore eu lieu : le projet s’ouvre après."
BORN_OF_WORKSHOP = "Pendant l’atelier, un projet est né. Le guichet du territoire l’accompagne."

THREAD = "Votre projet et le guichet"
CALL_HOLDER = "Appeler le porteur d’un projet : pas de nouvelles d’une recommandation"
CALL_PARTNER = "Appeler un partenaire : il n’a pas d’adresse"
CALL_PARTNER_LATE = "Appeler un partenaire : pas de réponse depuis 45 jours"
CALL_FOR_NEWS = "Appeler pour prendre des nouvelles d’un projet clos"
HEALTH = (
    "N’écrivez rien sur la santé d’une personne, ses opinions ou sa religion. Votre demande reste confidentielle : "
    "seule l’équipe du guichet la lit."
)

# By value of the enums: tones of badges.
STANDING_TONES = {"new": "warning", "followed": "info", "paused": "neutral", "closed": "done"}
ADVICE_TONES = {
    "proposed": "info", "seen": "info", "doing": "ess", "stuck": "late", "done": "done", "declined": "neutral",
}  # fmt: skip
TURN_TONES = {
    "proposed": "warning", "refused": "neutral", "asked": "info", "taken": "done", "not_for_us": "neutral",
    "already": "done", "closed": "neutral",
}  # fmt: skip

_PROJECT, _PARTNER = "desk.project", "desk.partner"
FEED = (
    FeedLine(_PROJECT, "send_request", "requests", "{who} a noté une demande : {what}", "Une demande arrive : {what}"),
    FeedLine(_PROJECT, "confirm_holder", "requests", "{who} a confirmé son adresse : {what}"),
    FeedLine(_PROJECT, "log_interview", "requests", "{who} a noté un entretien : {what}"),
    FeedLine(_PROJECT, "write_note", "calls", "{who} a écrit une note : {what}"),
    FeedLine(_PROJECT, "diagnose", "requests", "{who} a fait le point : {what}"),
    FeedLine(_PROJECT, "move_stage", "requests", "{who} a changé l’étape : {what}"),
    FeedLine(_PROJECT, "recommend", "requests", "{who} a proposé une étape du plan : {what}"),
    FeedLine(_PROJECT, "move_advice", "requests", "{who} a répondu à une recommandation : {what}",
             "Une recommandation avance : {what}"),
    FeedLine(_PROJECT, "propose_referral", "requests", "{who} a proposé un partenaire : {what}"),
    FeedLine(_PROJECT, "agree_referral", "requests", "{who} a donné son accord pour un partenaire : {what}",
             "L’accord est donné pour un partenaire : {what}"),
    FeedLine(_PROJECT, "answer_referral", "requests", "{who} a noté la réponse d’un partenaire : {what}",
             "Un partenaire a répondu : {what}"),
    FeedLine(_PROJECT, "assign", "people", "{who} a confié {what}"),
    FeedLine(_PROJECT, "pause", "requests", "{who} a mis en pause {what}"),
    FeedLine(_PROJECT, "close_project", "requests", "{who} a clos {what}"),
    FeedLine(_PROJECT, "reopen_project", "requests", "{who} a rouvert {what}"),
    FeedLine(_PROJECT, "answer_check", "requests", "{who} a donné des nouvelles : {what}", "Des nouvelles de {what}"),
    FeedLine(_PARTNER, "save_partner", "requests", "{who} a mis à jour un partenaire : {what}"),
)  # fmt: skip
