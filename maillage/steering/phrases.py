"""The French wording of the committee's file."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

LAST_COMMITTEE = "le dernier dossier du comité"
TITLE = "Dossier du comité de pilotage"
EYEBROW = "État au {day}"
LEAD = (
    "Ce dossier est écrit par la plateforme à partir de ce qu’elle contient. Chaque chiffre mène à la liste qu’il "
    "compte. {compared}"
)
COMPARED = "Les écarts sont comptés depuis le dossier du {day}."
FIRST = "C’est le premier dossier : il n’y a pas encore d’écart à montrer."
SOURCE = "{strategy}. État au {day}."
AFTERWARDS = (
    "Dossier établi le {made} pour le {day} : les étapes écrites et le budget sont ceux du {made} ; les états des "
    "mesures, les étapes faites, les indicateurs, les actions et les suites des décisions sont ceux du {day}."
)
IN_A_PAGE = "En une page"
SETTLE = "Trois questions à trancher"
NOTHING_TO_SETTLE = (
    "Les données ne posent aucune question : rien n’est en retard, bloqué ou sans personne pour le suivre."
)
MEASURES = "Les mesures"
ENGAGED = "Mesures engagées, axe par axe"
MOVED = "Ce qui a changé depuis le dernier dossier"
NOTHING_MOVED = "Aucune mesure n’a changé d’état."
MOVED_LINE = "{measure} : {before} → {after}"
INDICATORS = "Les indicateurs"
NOT_MEASURED = "Pas encore mesurés : {names}."
CURVES = "Les courbes"
LATE = "Les mesures en retard"
NOT_LATE = "Aucune mesure n’est en retard."
DECISIONS = "Les décisions et leurs suites"
DECIDED = "{body}, n° {number} : {text} ({state})"
NO_DECISION = "Aucune décision n’est écrite depuis le dernier dossier."
ACTIONS = "Les actions"
CHOICES = "Les consultations"
NO_CHOICE = "Aucune consultation n’a été close depuis le dernier dossier."
DIFFER = "Ont mis autre chose en premier : {names}."
DECISION, NOT_DECIDED = "Décision :", "Elle n’est pas encore prise."
NEEDS = "Les besoins et les thèmes"
BUDGET = "Le budget"
NO_BUDGET = "Aucune ligne de budget n’est écrite."
BY_STAGE = "Par stade"
BY_FUNDER = "Espéré et acquis, par financeur"
APPENDIX = "Où lire chaque chiffre"
NOBODY = "Personne ne la suit"

MORE, LESS, SAME, NEW = "{gap} de plus", "{gap} de moins", "inchangé", "première mesure"

ASK_LATE = "« {measure} » est en retard depuis {long} : la relancer, lui donner une autre date, ou l’abandonner ?"
ASK_BLOCKED = "« {measure} » est bloquée : {reason}. Qui peut la débloquer ?"
ASK_UNOWNED = "{count} n’ont personne pour les suivre, dont « {measure} » : qui s’en charge ?"
ASK_TARGET = "« {indicator} » : {told}. Changer la cible, ou les moyens ?"
ASK_MONEY = "{funder} : {amount} sont espérés et ne sont pas acquis. Relancer, ou se passer de cette somme ?"
ASK_UNDECIDED = "« {question} » : le vote est compté, et personne n’a encore décidé. Que répond le comité ?"
ASK_DECISION = "La décision {number} n’est pas tenue : {text} La confirmer, la changer, ou y renoncer ?"

FEED = (
    FeedLine("steering.committeefile", "prepare_file", "strategy", "{who} a préparé le {what}"),
    FeedLine("steering.committeefile", "discard_file", "strategy", "{who} a écarté le {what}"),
)
ALREADY_DISCARDED = "Ce dossier a déjà été écarté."
NEEDS_REASON = "Dites pourquoi ce dossier est écarté."
TOMORROW = "Un dossier ne peut pas être fait pour un jour à venir."
BEFORE = "La stratégie commence en {year} : un dossier ne peut pas être fait pour un jour d’avant."
