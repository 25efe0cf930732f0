"""The French wording of the strategy room."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

UNREADABLE = "Le fichier « {path} » ne peut pas être lu : {reason}."
NOT_JSON = "Le fichier « {path} » n’est pas du JSON : ligne {line}, colonne {column}."
NOT_TEXT = "Le fichier « {path} » n’est pas du texte en UTF-8."
TOO_BIG = "Le fichier « {path} » dépasse 2 Mo : ce n’est pas une stratégie."
REFUSED = "Le fichier « {path} » n’est pas une stratégie que l’on peut charger :"
MISSING = "{place} : clé absente."
WRONG_KIND = "{place} : {expected} attendu."
EMPTY = "{place} : ne peut pas être vide."
TOO_LONG = "{place} : {limit} caractères au plus."
UNKNOWN_KEY = "{place} : clé inconnue. Clés possibles : {known}."
WRONG_FORMAT = "format : {found} n’est pas connu ; cette version lit le format 1."
WRONG_CODE = "{place} : « {code} » n’est pas un code comme {example}."
TWICE = "{place} : « {code} » est déjà pris."
YEARS = "end_year : la dernière année vient avant la première."
WRONG_SIREN = "territory : un SIREN a 9 chiffres."
WRONG_SLUG = "slug : des minuscules sans accent, des chiffres et des tirets seulement."
WRONG_COUNTS = "{place} : « {found} » n’est pas connu. Valeurs possibles : {known}."
NEEDS_YEAR = "{place} : donnez l’année du recensement (year)."
NO_TERRITORY = "Le territoire {siren} n’est pas chargé. Lancez d’abord « maillage load_territory »."
UNCHANGED = "Rien à changer : « {title} » est déjà à jour ({axes}, {measures}, {bodies})."
LOADED = "« {title} » est chargée : {axes}, {measures}, {bodies}."
WOULD_LOAD = "À blanc : « {title} » serait chargée ({axes}, {measures}, {bodies}). Rien n’est écrit."
LINE = "  {kind} : {created} de plus, {changed} changements, {removed} de moins"
KINDS = {"strategy": "stratégie", "axis": "axes", "objective": "objectifs", "measure": "mesures et instances"}

# Steering.
MOVED = "Cette mesure a changé pendant que vous écriviez. Relisez-la ci-dessous, puis recommencez : rien n’a été écrit."
NEEDS_REASON = "Dites en quelques mots pourquoi la mesure est {state}."
ENDS_BEFORE_START = "La fin vient avant le début."
UNKNOWN_FRAMEWORK = "Ce cadre n’est pas connu : choisissez dans la liste."
TOO_MANY_STEPS = "Une mesure a {most} étapes au plus : regroupez-en."
STEP_GONE = "Cette étape a été retirée entre-temps."
DONE_TOMORROW = "Une étape ne peut pas être faite un jour à venir."
NEWS_TOMORROW = "Une nouvelle ne peut pas dater d’un jour à venir."
LATE = "En retard"
# One word for each state, singular and plural, as a sum of measures is told.
SUMS = {
    "done": "réalisée,réalisées",
    "under_way": "en cours,en cours",
    "late": "en retard,en retard",
    "blocked": "bloquée,bloquées",
    "paused": "en pause,en pause",
    "postponed": "reportée,reportées",
    "to_launch": "à lancer,à lancer",
    "abandoned": "abandonnée,abandonnées",
}
FEED = (
    FeedLine("strategy.measure", "steer", "strategy", "{who} a mis à jour la mesure {what}"),
    FeedLine("strategy.measure", "add_step", "strategy", "{who} a ajouté une étape à {what}"),
    FeedLine("strategy.measure", "change_step", "strategy", "{who} a changé une étape de {what}"),
    FeedLine("strategy.measure", "finish_step", "strategy", "{who} a terminé une étape de {what}"),
    FeedLine("strategy.measure", "remove_step", "strategy", "{who} a retiré une étape de {what}"),
    FeedLine("strategy.measure", "tell_news", "strategy", "{who} a donné des nouvelles de {what}"),
    FeedLine("strategy.measure", "withdraw_news", "strategy", "{who} a retiré une nouvelle de {what}"),
    FeedLine("strategy.measure", "add_measure", "strategy", "{who} a ajouté la mesure {what}"),
    FeedLine("strategy.measure", "rename_measure", "strategy", "{who} a changé les mots de la mesure {what}"),
    FeedLine("strategy.measure", "remove_measure", "strategy", "{who} a retiré la mesure {what}"),
    FeedLine("strategy.measure", "attach_evidence", "strategy", "{who} a attaché une preuve à {what}"),
    FeedLine("strategy.measure", "detach_evidence", "strategy", "{who} a détaché une preuve de {what}"),
    FeedLine("strategy.measure", "use_rule", "strategy", "{who} a choisi une règle de preuves pour {what}"),
    FeedLine("strategy.measure", "drop_rule", "strategy", "{who} a retiré une règle de preuves de {what}"),
    FeedLine("strategy.measure", "add_budget_line", "strategy", "{who} a ajouté une ligne de budget à {what}"),
    FeedLine("strategy.measure", "change_budget_line", "strategy", "{who} a changé une ligne de budget de {what}"),
    FeedLine("strategy.measure", "remove_budget_line", "strategy", "{who} a retiré une ligne de budget de {what}"),
    FeedLine(
        "strategy.measure",
        "ask",
        "strategy",
        "{who} a posé une question sur {what}",
        "Une question est posée sur {what}",
    ),
    FeedLine("strategy.measure", "answer", "strategy", "{who} a répondu à une question sur {what}"),
    FeedLine("strategy.measure", "set_question_aside", "strategy", "{who} a écarté une question sur {what}"),
    FeedLine("strategy.strategy", "import_plan", "strategy", "{who} a importé le plan {what} depuis un classeur"),
)

# On paper.
PAPER_AXIS = "Axe {number}, mesure"
PAPER_BODY = "Instance"
PAPER_SINCE = ", depuis le {day}"
PAPER_STEPS = "Les étapes ({done} sur {total})"
PAPER_NO_STEPS_TITLE = "Les étapes"
PAPER_NO_STEP = "Aucune étape n’est encore écrite."
PAPER_NEWS = "Les dernières nouvelles"
PAPER_CODE = "La suite se lit sur la page de la mesure, avec le code ou à l’adresse"
PAPER_SOURCE = "{title}. Feuille du {day}."
PAPER_DONE = "Faite le {day}"
PAPER_DUE = "Prévue pour le {day}"
PAPER_LATE = "En retard : prévue pour le {day}"
PAPER_UNDATED = "À faire, sans date"

# Evidence, money, questions, added measures.
NO_SUCH_PROOF = "Cet objet n’existe plus, ou n’est pas public : il ne peut pas servir de preuve."
NO_SUCH_RULE = "Cette règle n’existe pas."
TOO_MANY_LINES = "Une mesure a {most} lignes de budget au plus : regroupez-en."
SAME_LINE = "Il y a déjà une ligne de ce financeur, pour cette année, à ce stade : changez son montant."
LINE_GONE = "Cette ligne a été retirée entre-temps."
NO_MONEY = "Un montant est plus grand que zéro."
FAR_YEAR = "L’année va de {first} à {last}."
QUESTION_CONFIRMED = "Cette question a déjà été confirmée."
NEEDS_WORDS = "Écrivez une phrase : la personne qui a demandé la recevra."
NOT_CONFIRMED = "La personne n’a pas encore confirmé cette question."
NOT_OF_AXIS = "« {code} » n’est pas un code de l’axe {axis} : écrivez par exemple {axis}.9."
CODE_TAKEN = "Le code « {code} » est déjà pris."
NO_COPY_OF_BODY = "Une instance ne se duplique pas."
COPY_OF = "Copie de « {title} »"
OF_THE_DOCUMENT = "Cette mesure est celle du document de la stratégie : son titre et son résumé se changent là."
SOMETHING_HANGS = "Des nouvelles, des preuves, un budget ou des questions y sont attachés : dites-la plutôt abandonnée."

# The workbook of the plan.
BOOK_PLAN, BOOK_MOMENT, BOOK_HOW = "plan", "exporté le", "comment faire"
BOOK_ADVICE = (
    "Changez les cellules, ajoutez ou retirez des lignes, puis donnez le classeur à « Plan d’action ». Les mesures qui "
    "n’y sont plus ne changent pas ; pour celles qui y sont, les étapes, le budget et les nouvelles deviennent ceux du "
    "classeur."
)
BOOK_MORE = "Et {more} autres."
BOOK_NO_SHEET = "La feuille « {sheet} » manque."
BOOK_NO_COLUMN = "Feuille « {sheet} » : la colonne « {column} » manque."
BOOK_TOO_LONG = "Feuille « {sheet} » : plus de {most} lignes."
BOOK_PLACE = "Feuille « {sheet} », ligne {line}, colonne « {column} »"
BOOK_EMPTY = "ne peut pas être vide."
BOOK_LONG = "{longest} signes au plus."
BOOK_NUMBER = "« {text} » n’est pas un nombre entier."
BOOK_DAY = "« {text} » n’est pas un jour : écrivez 2026-03-31 ou 31/03/2026."
BOOK_MONEY = "« {text} » n’est pas un montant en euros."
BOOK_CHOICE = "« {text} » n’est pas connu. Possibles : {known}."
BOOK_NOBODY = "« {text} » n’est le nom de personne qui puisse s’en charger."
BOOK_NAMESAKES = "plusieurs personnes s’appellent « {text} » : choisissez dans l’écran de la mesure."
BOOK_TWICE = "Feuille « {sheet} », ligne {line} : la même que la ligne {first}."
BOOK_OTHER_PLAN = "Ce classeur est celui d’un autre plan (« {plan} »)."
BOOK_UNDATED = "Le classeur ne dit plus quand il a été exporté (feuille « Lisez-moi ») : exportez-en un, et changez-le."
BOOK_MOVED = "La mesure {code} a changé depuis l’export : exportez de nouveau, et refaites-y vos changements."
BOOK_UNKNOWN_MEASURE = "Feuille « {sheet} », ligne {line} : la mesure {code} n’est pas dans la feuille « Mesures »."
BOOK_NO_AXIS = "Feuille « Mesures », ligne {line} : il n’y a pas d’axe pour le code « {code} »."
BOOK_LINE = "Feuille « {sheet} », ligne {line} : {reason}"
