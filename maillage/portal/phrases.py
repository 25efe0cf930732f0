"""The French wording of the portal that does not stand in a template."""

from __future__ import annotations

# What a town hall can do, and the measure of the strategy that asks for it.
COMMUNE_CAN_DO = (
    ("Faire connaître l’annuaire aux associations de la commune, et nous dire qui y manque.", "1.3"),
    ("Prêter une salle, un véhicule ou du matériel, et le faire savoir.", "1.4"),
    ("Parler d’une structure d’ici dans le bulletin municipal, afficher la page de la commune en mairie.", "3.1"),
    ("Ouvrir ses portes en novembre, pendant le Mois de l’ESS.", "3.3"),
    ("Inviter un élu ou un agent à une formation ou à une visite.", "4.1"),
    ("Acheter à une structure d’insertion ou à un ESAT, prévoir une clause sociale dans un marché.", "4.4"),
)

# Six doors: title, line, icon, route or address, and what is said when the room itself is not open yet.
SOON = "Bientôt en ligne"

ERRORS: dict[int, dict[str, str]] = {
    400: {
        "title": "Cette demande n’est pas lisible",
        "message": "L’adresse ou le formulaire envoyé contient quelque chose que le site ne comprend pas.",
        "todo": "Vérifiez le lien que vous avez suivi, ou repartez de l’accueil.",
    },
    403: {
        "title": "Cette page ne vous est pas ouverte",
        "message": "Il faut un autre droit pour la voir.",
        "todo": "Si vous pensez devoir y accéder, demandez-le à la personne qui suit l’ESS sur le territoire.",
    },
    404: {
        "title": "Cette page n’existe pas",
        "message": "Elle a peut-être changé d’adresse, ou le lien est incomplet.",
        "todo": "Cherchez une structure ou une commune : tout est à portée depuis l’accueil.",
    },
    405: {
        "title": "Cette adresse ne s’ouvre pas directement",
        "message": "Elle reçoit ce qu’un formulaire envoie. Le formulaire est sur la page d’avant.",
        "kept": "Ce que vous aviez déjà enregistré est conservé.",
        "todo": "Revenez en arrière, puis envoyez-le de nouveau.",
    },
    429: {
        "title": "Trop de demandes en peu de temps",
        "message": "Pour que le site reste rapide pour tout le monde, il vous demande une pause.",
        "kept": "Rien n’est perdu.",
    },
    500: {
        "title": "Le site a eu un problème",
        "message": "La page n’a pas pu s’afficher. Ce n’est pas votre faute, et nous en gardons la trace.",
        "kept": "Ce que vous aviez déjà enregistré est conservé.",
        "todo": "Réessayez dans un moment.",
    },
    503: {
        "title": "Le site se repose un instant",
        "message": "Il ne peut pas répondre pour le moment : une réparation ou une mise à jour est en cours.",
        "kept": "Ce que vous aviez déjà enregistré est conservé.",
        "todo": "Réessayez dans une minute.",
    },
}
# Instead of the words of 503.
FULL = {
    "title": "Notre serveur n’a plus de place",
    "message": "Ce que vous venez d’envoyer n’a pas pu être enregistré. Ce n’est pas votre faute.",
    "kept": "Tout ce qui était déjà enregistré est conservé.",
    "todo": "Revenez en arrière et renvoyez-le dans une heure, ou appelez-nous si le temps presse.",
}
CSRF = "La page était restée ouverte trop longtemps, ou votre appareil refuse les cookies de ce site."
WAIT = "Réessayez dans {seconds} secondes."
REQUEST_NUMBER = "Numéro à donner si vous nous appelez : {number}."

# The site map for people: what it says of each address; only those that answer are shown.
LONG_SECTIONS = frozenset({"communes", "structures"})
BY_EPCI = "Communes par communauté de communes"
COMMUNES_OF = "Communes de la CC {name}"
SITE_PLAN: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Trouver",
        (
            ("Accueil", "/"),
            ("Chercher dans tout le site", "/recherche/"),
            ("Annuaire des structures", "/annuaire/"),
            ("Carte des structures", "/carte/"),
            ("Toutes les communes", "/communes/"),
        ),
    ),
    (
        "Comprendre",
        (
            ("La stratégie et ses mesures", "/strategie/"),
            ("Le calendrier de la stratégie", "/strategie/calendrier/"),
            ("Les mesures par état", "/strategie/tableau/"),
            ("La stratégie en chiffres", "/strategie/indicateurs/"),
            ("Les subventions accordées", "/subventions/"),
            ("Le glossaire", "/glossaire/"),
            ("À propos des données", "/a-propos/"),
        ),
    ),
    (
        "Participer",
        (
            ("Toutes les façons de participer", "/participer/"),
            ("Le guichet : j’ai une idée", "/guichet/"),
            ("Les projets qui avancent ici", "/projets/"),
            ("Les appels du territoire", "/appels/"),
            ("Les aides", "/aides/"),
            ("Guides, modèles et vidéos", "/ressources/"),
            ("Tout d’un thème en une page", "/themes/"),
            ("Les besoins", "/besoins/"),
            ("Les consultations", "/consultations/"),
            ("Les instances et leurs réunions", "/instances/"),
            ("Les dialogues avec les collectivités", "/dialogues/"),
        ),
    ),
    (
        "Le site",
        (
            ("Contact", "/contact/"),
            ("Accessibilité", "/accessibilite/"),
            ("Mentions légales", "/mentions-legales/"),
            ("Données personnelles", "/donnees-personnelles/"),
            ("Plan du site", "/plan-du-site/"),
            ("Données ouvertes et interface de programmation (API)", "/api/v1/docs"),
        ),
    ),
)

POSTER_OFFICER = "Référente, référent ESS"
POSTER_EYEBROW = "L’économie sociale et solidaire, ici"
POSTER_LOCAL = "{count} dans la commune, et d’autres tout près."
POSTER_NEAR = "Pas encore de structure connue dans la commune : voici les plus proches."
POSTER_NONE = "Pas encore de structure connue dans la commune ni alentour."
POSTER_EMPTY = "Une association, une coopérative, une structure d’insertion d’ici ? Faites-la connaître."
POSTER_HERE = "Dans la commune"
POSTER_CODE = "Voir la suite, ou ajouter une structure"
POSTER_SOURCE = (
    "Source : annuaire de ce site, le {day}. Distances à vol d’oiseau depuis le centre de la commune. "
    "Une structure manque ? Le code ci-dessus mène à la page où le dire. C’est gratuit."
)
EXAMPLE = "donnée d’exemple"
